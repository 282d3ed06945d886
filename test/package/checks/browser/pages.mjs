// What a page costs: the same training program built by Vite and by webpack, and run in Chromium from what they wrote.
// Holds the budget (what the browser downloads: the page's code, the core, one build of the kernels; minified, gzip), that
// the unused builds and families are not downloaded, that nothing of the command line is in any chunk, and that the page trains
// to the digest that Node gives. What a page without convolutions costs, which downloads no kernels of theirs. And what a page costs
// more that calls an op of a family: that family alone.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build as viteBuild } from "vite";
import { trainIn } from "../../chromium.mjs";

/**
 * Bytes after gzip that a browser may download to train: on a page as most are, and on one that is cross-origin isolated, which has threads
 * and downloads what they need. The project's goal is 40,000; docs/size.md says what takes the space and what was tried. Raise
 * them only with a reason in the commit.
 */
const budgets = {
  vite: { alone: 56_580, isolated: 58_633 },
  webpack: { alone: 57_520, isolated: 59_521 },
};
/** The same of a page of dense layers that is not isolated, by either bundler. */
const denseBudget = 50_000;
/** Headers of a page that is not isolated. */
const notIsolated = Object.fromEntries(
  ["opener", "embedder"].map((who) => [`cross-origin-${who}-policy`, "unsafe-none"]),
);
const dist = fileURLToPath(new URL("../../../../dist/kernels/", import.meta.url));
const onlyInTheCommandLine = ["commander", "tinybench", "log-update", "node:readline", "anygrad bench"];

const require = createRequire(import.meta.url);

export async function check({ user }) {
  const page = join(user, "page");
  mkdirSync(page);
  for (const name of ["index.html", "main.js", "train.js"])
    copyFileSync(fileURLToPath(new URL(`../../page/${name}`, import.meta.url)), join(page, name));
  const wanted = trainInNode(user, "train");
  const lines = [];
  let trained = true;
  for (const [bundler, build] of Object.entries({ vite, webpack })) {
    const budget = budgets[bundler];
    const out = join(user, bundler);
    await build(page, out);
    const chunks = readChunks(out);
    for (const { name, text } of chunks)
      for (const word of onlyInTheCommandLine)
        if (text.includes(word)) throw new Error(`${bundler}: ${name} holds ${word}`);
    const builds = chunks.filter(({ kernels }) => kernels);
    if (builds.length !== 3)
      throw new Error(`${bundler}: ${builds.length} chunks of kernels, not one a build`);
    const isolated = (await trainIn(out)) ?? {};
    const { downloaded, result, version } = (await trainIn(out, notIsolated)) ?? {};
    for (const each of [isolated.result, result])
      if (each && each.digest !== wanted.digest)
        throw new Error(`${bundler}: Chromium gives ${JSON.stringify(each)}, Node ${JSON.stringify(wanted)}`);
    if (result && (result.threads !== 1 || isolated.result.threads < 2))
      throw new Error(`${bundler}: ${result.threads} threads alone, ${isolated.result.threads} isolated`);
    trained &&= result !== undefined;
    const used = chunks.filter(({ name, kernels }) =>
      downloaded ? downloaded.has(name) : !kernels || kernels === wanted.variant,
    );
    const usedBuilds = used.filter(({ kernels }) => kernels).map(({ kernels }) => kernels);
    if (usedBuilds.length !== 1)
      throw new Error(`${bundler}: the page downloads the kernels ${usedBuilds.join(", ")}`);
    const total = sum(used, "gzip");
    lines.push(
      `       ${bundler}${result ? `, trained in ${version}, on one thread and on ${isolated.result.threads}` : ""}`,
    );
    for (const chunk of chunks)
      lines.push(row(chunk.kernels ?? chunk.name, chunk, used.includes(chunk) ? "" : "not downloaded"));
    lines.push(
      row(
        "downloaded",
        { raw: sum(used, "raw"), gzip: total, brotli: sum(used, "brotli") },
        `of ${budget.alone}`,
      ),
    );
    const onThreads = chunks.filter(({ name }) => isolated.downloaded?.has(name));
    const most = result ? sum(onThreads, "gzip") : 0;
    if (result) lines.push(`         ${most} bytes where it is cross-origin isolated, of ${budget.isolated}`);
    const carried = families.filter((family) => used.some(({ text }) => text.includes(familyText(family))));
    // without a browser nobody knows what is downloaded
    if (result && carried.join() !== "conv2d")
      throw new Error(`${bundler}: the page downloads the families ${carried.join(", ") || "none"}`);
    if (total > budget.alone || most > budget.isolated)
      throw new Error(
        `${bundler}: ${total} bytes after gzip, ${most} isolated; the budgets are ${JSON.stringify(budget)}\n${lines.join("\n")}`,
      );
    lines.push(await densePage(user, bundler, build));
  }
  for (const family of families) lines.push(await familyPage(user, family));
  if (!trained)
    lines.push("       SKIPPED: no Chromium here (ANYGRAD_CHROMIUM names one), so no page was run");
  return lines.join("\n");
}

/** Families by name: their files in the package. */
const families = readdirSync(dist)
  .filter((file) => file.endsWith("-simd.wasm"))
  .map((file) => file.replace("-simd.wasm", ""));

/** A call of a kernel of each family, on the page itself, and what it gives. */
const calls = {
  activations: ["ops.softsign(engine.tensor([-1, 3])).toArray()", [-0.5, 0.75]],
  arrays: ["ops.slice(engine.tensor([1, 2, 3]), { strides: [-1] }).toArray()", [3, 2, 1]],
  attention: [
    "ops.dotProductAttention(...[[1, 3], [0, 0], [1, 3]].map((x) => engine.tensor(x, [1, 2, 1, 1]))).toArray()",
    [[[[2]], [[2]]]],
  ],
  audio: ["ops.rfft(engine.tensor([1, 0, -1, 0]))[0].toArray()", [0, 2, 0]],
  batchNormalization: [
    `ops.batchNormalization(engine.tensor([[1], [3]]), ...[1, 0, 0, 1].map((value) => engine.tensor([value])), { epsilon: 0 })
      .toArray()`,
    [[1], [3]],
  ],
  conv1d: [
    `Math.round(ops.conv1d(...[[1, 26, 24], [3, 24, 24]].map((shape) =>
      engine.tensor(new Float32Array(shape[0] * shape[1] * shape[2]).fill(1), shape))).data[0])`,
    72,
  ],
  conv2d: [
    "ops.conv2d(engine.tensor([1, 2, 3, 4], [1, 2, 2, 1]), engine.tensor([1, 1, 1, 1], [2, 2, 1, 1])).toArray()",
    [[[[10]]]],
  ],
  depthwise: [
    "ops.depthwiseConv2d(engine.tensor([1, 2, 3, 4], [1, 2, 2, 1]), engine.tensor([1, 1, 1, 1], [2, 2, 1, 1])).toArray()",
    [[[[10]]]],
  ],
  distributions: [
    `engine.step(() => {
      const w = engine.variable([0, 0]);
      initializers.randomNormal({ mean: 1, stddev: 0 }).fill(w, { seed: 1, stream: 0, step: 0 });
      return w.toArray();
    })`,
    [1, 1],
  ],
  dropout: ["ops.dropout(engine.tensor([1, 2]), { rate: 0, seed: 0 }).toArray()", [1, 2]],
  elementary: ["ops.sqrt(engine.tensor([4, 9])).toArray()", [2, 3]],
  extremes: ["ops.max(engine.tensor([[1, 4], [3, 2]]), { axis: 0 }).toArray()", [3, 4]],
  images: ["ops.averagePooling2d(engine.tensor([[[[1], [2]], [[3], [6]]]])).toArray()", [[[[3]]]]],
  losses: ["losses.huber().call(engine.tensor([[1, 3]]), engine.tensor([[1, 1]]), false).toArray()", [0.75]],
  noise: [
    `layers.gaussianNoise({ stddev: 1e-30 })
      .call([engine.tensor([[1, 2]])], { training: true, draw: { seed: 1, stream: 0, step: 0 } })
      .toArray()`,
    [[1, 2]],
  ],
  normalization: [
    "ops.layerNormalization(engine.tensor([[1, 3]]), engine.tensor([1, 1]), engine.tensor([0, 0]), { epsilon: 0 }).toArray()",
    [[-1, 1]],
  ],
  optimizers: [
    `{
      const w = engine.variable([1, 1]);
      new Updater(optimizers.lion({ learningRate: 0.25 }), [w]).apply([engine.tensor([3, -5])]);
      return w.toArray();
    }`,
    [0.75, 1.25],
  ],
  powers: ["ops.pow(engine.tensor([2, 3]), 2).toArray()", [4, 9]],
  products: ["ops.matmul(engine.tensor([[[1, 2]]]), engine.tensor([[[3], [4]]])).toArray()", [[[11]]]],
  recurrent: [
    `ops.simpleRNN(engine.tensor([[[1], [2], [3]]]), engine.tensor([[1]]), engine.tensor([[2]]), null, { activation: "relu" }).toArray()`,
    [[[11]]],
  ],
  resize: ["[...ops.resize(engine.tensor([0, 4], [1, 1, 2, 1]), [1, 4]).data]", [0, 1, 3, 4]],
  scans: ["ops.cumsum(engine.tensor([1, 2, 3])).toArray()", [1, 3, 6]],
  sequences: [
    // of four equal paths of two steps three are read as the label
    `Math.exp(-losses.ctc().call(engine.tensor(new Float32Array(4), [1, 2, 2]), engine.tensor([1, 0], [1, 2], "int32")).item()).toFixed(4)`,
    "0.7500",
  ],
};

/** A family's simd build as a page carries it: packed, in base64. */
function familyText(family) {
  return textIn(`${sources}families/${family}-simd.generated.ts`);
}

const sources = fileURLToPath(new URL("../../../../src/kernels/", import.meta.url));

/** The packed kernels in a file that the build has written. */
function textIn(file) {
  return readFileSync(file, "utf8").match(/wasm: string =\s+"([^"]+)"/)[1];
}

/** A page of dense layers trains as in Node, and downloads no convolutions. */
async function densePage(user, bundler, build) {
  const page = join(user, `page-dense-${bundler}`);
  mkdirSync(page);
  for (const [name, as] of [["index.html"], ["main.js"], ["dense.js", "train.js"]])
    copyFileSync(fileURLToPath(new URL(`../../page/${name}`, import.meta.url)), join(page, as ?? name));
  const wanted = trainInNode(user, "dense");
  const out = join(user, `${bundler}-dense`);
  await build(page, out);
  const { downloaded, result } = (await trainIn(out, notIsolated)) ?? {};
  if (!result) return "         a page of dense layers was built and not run";
  if (JSON.stringify(result) !== JSON.stringify(wanted))
    throw new Error(
      `${bundler}, dense: ${JSON.stringify(result)} in Chromium, ${JSON.stringify(wanted)} in Node`,
    );
  const used = readChunks(out).filter(({ name }) => downloaded.has(name));
  const carried = families.filter((family) => used.some(({ text }) => text.includes(familyText(family))));
  const total = sum(used, "gzip");
  if (carried.length > 0 || total > denseBudget)
    throw new Error(
      `${bundler}: a page of dense layers downloads ${total} bytes of ${denseBudget}, and the families ${carried.join(", ") || "none"}: ${used.map((chunk) => `${chunk.name} ${chunk.gzip}`).join(", ")}`,
    );
  return `         ${total} bytes where all layers are dense, of ${denseBudget}`;
}

/** A page that calls an op of a family by its namespace downloads that family alone, at once with its code, and runs it. */
async function familyPage(user, family) {
  const [call, wanted] = calls[family] ?? [];
  if (!call) throw new Error(`pages: no call of the family ${family} is known here; add one to \`calls\``);
  const page = join(user, `page-${family}`);
  mkdirSync(page);
  copyFileSync(fileURLToPath(new URL("../../page/index.html", import.meta.url)), join(page, "index.html"));
  const program = `import { createEngine, initializers, layers, losses, ops, optimizers, Updater } from "anygrad";
createEngine({ threads: 1 }).then((engine) => ${call.startsWith("{") ? call : `(${call})`}).then((result) => { window.result = { result }; }, (error) => { window.result = { error: String(error) }; });`;
  writeFileSync(join(page, "main.js"), program);
  const out = join(user, `vite-${family}`);
  await vite(page, out);
  const { result, downloaded } = (await trainIn(out)) ?? {};
  if (result && JSON.stringify(result.result) !== JSON.stringify(wanted))
    throw new Error(`pages: ${call} gives ${JSON.stringify(result)} in Chromium`);
  const used = readChunks(out).filter(
    ({ name }) => downloaded?.has(name) ?? name.startsWith("assets/index-"),
  );
  // an engine of createEngine has convolutions, whatever it is for
  const carried = families.filter(
    (each) =>
      (each !== "conv2d" || each === family) && used.some(({ text }) => text.includes(familyText(each))),
  );
  if (carried.join() !== family)
    throw new Error(
      `pages: a page that calls ${family} downloads the families ${carried.join(", ") || "none"}`,
    );
  return row(
    `family ${family}`,
    sizesOf(Buffer.from(familyText(family))),
    result ? "of a page that calls it, run in Chromium" : "of a page that calls it",
  );
}

async function vite(page, out) {
  await viteBuild({
    root: page,
    logLevel: "error",
    configFile: false,
    build: { outDir: out, modulePreload: { polyfill: false }, reportCompressedSize: false, target: "es2022" },
  });
}

async function webpack(page, out) {
  const stats = await new Promise((resolve, reject) => {
    require("webpack")(
      {
        mode: "production",
        target: ["web", "es2022"],
        context: page,
        entry: "./main.js",
        output: { path: out, filename: "main.js", publicPath: "auto" },
        performance: { hints: false },
      },
      (error, result) => (error ? reject(error) : resolve(result)),
    );
  });
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  if (errors.length + warnings.length > 0)
    throw new Error(`webpack: ${[...errors, ...warnings].map(({ message }) => message).join("; ")}`);
  copyFileSync(join(page, "index.html"), join(out, "index.html"));
}

function readChunks(out) {
  return readdirSync(out, { recursive: true })
    .filter((name) => name.endsWith(".js"))
    .map((name) => {
      const bytes = readFileSync(join(out, name));
      const text = bytes.toString();
      return {
        name: name.replaceAll("\\", "/"),
        text,
        kernels: buildOf(text),
        ...sizesOf(bytes),
      };
    });
}

function sizesOf(bytes) {
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes).length,
  };
}

/** Which build of the core a chunk holds. */
function buildOf(text) {
  return ["scalar", "simd", "relaxed"].find((build) =>
    text.includes(textIn(`${sources}${build}.generated.ts`)),
  );
}

function trainInNode(user, name) {
  copyFileSync(fileURLToPath(new URL(`../../page/${name}.js`, import.meta.url)), join(user, `${name}.js`));
  const program = `import { train } from "./${name}.js"; console.log(JSON.stringify(await train()))`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: user,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the page's program fails in Node: ${stderr}`);
  return JSON.parse(stdout);
}

function row(name, { raw, gzip, brotli }, note) {
  const figures = [raw, gzip, brotli].map((n) => String(n).padStart(8)).join("");
  return `         ${name.padEnd(28)}${figures}  raw, gzip, brotli${note ? ` (${note})` : ""}`;
}

const sum = (chunks, key) => chunks.reduce((total, chunk) => total + chunk[key], 0);
