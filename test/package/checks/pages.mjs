// What a page costs: the same training program built by Vite and by webpack, and run in Chromium from what they wrote.
// Holds the budget (what the browser downloads: the page's code, the core, one build of the kernels; minified, gzip), that
// the unused builds are not downloaded, that nothing of the command line is in any chunk, and that the page trains to
// the digest that Node gives.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build as viteBuild } from "vite";
import { trainIn } from "../chromium.mjs";

/**
 * Bytes after gzip that a browser may download to train. The project's goal is 40,000; docs/size.md says what takes the
 * space and what was tried. Raise it only with a reason in the commit.
 */
const budget = 58_600;
const onlyInTheCommandLine = ["commander", "tinybench", "log-update", "node:readline", "anygrad bench"];

const require = createRequire(import.meta.url);

export async function check({ user }) {
  const page = join(user, "page");
  mkdirSync(page);
  for (const name of ["index.html", "main.js", "train.js"])
    copyFileSync(fileURLToPath(new URL(`../page/${name}`, import.meta.url)), join(page, name));
  const wanted = trainInNode(user);
  const lines = [];
  let trained = true;
  for (const [bundler, build] of Object.entries({ vite, webpack })) {
    const out = join(user, bundler);
    await build(page, out);
    const chunks = readChunks(out);
    for (const { name, text } of chunks)
      for (const word of onlyInTheCommandLine)
        if (text.includes(word)) throw new Error(`${bundler}: ${name} holds ${word}`);
    const builds = chunks.filter(({ kernels }) => kernels);
    if (builds.length !== 3)
      throw new Error(`${bundler}: ${builds.length} chunks of kernels, not one a build`);
    const { downloaded, result, version } = (await trainIn(out)) ?? {};
    if (result && result.digest !== wanted.digest)
      throw new Error(`${bundler}: Chromium gives ${JSON.stringify(result)}, Node ${JSON.stringify(wanted)}`);
    trained &&= result !== undefined;
    const used = chunks.filter(({ name, kernels }) =>
      downloaded ? downloaded.has(name) : !kernels || kernels === wanted.variant,
    );
    const usedBuilds = used.filter(({ kernels }) => kernels).map(({ kernels }) => kernels);
    if (usedBuilds.length !== 1)
      throw new Error(`${bundler}: the page downloads the kernels ${usedBuilds.join(", ")}`);
    const total = sum(used, "gzip");
    lines.push(`       ${bundler}${result ? `, trained in ${version}, ${result.threads} threads` : ""}`);
    for (const chunk of chunks)
      lines.push(row(chunk.kernels ?? chunk.name, chunk, used.includes(chunk) ? "" : "not downloaded"));
    lines.push(
      row("downloaded", { raw: sum(used, "raw"), gzip: total, brotli: sum(used, "brotli") }, `of ${budget}`),
    );
    if (total > budget)
      throw new Error(`${bundler}: ${total} bytes after gzip, the budget is ${budget}\n${lines.join("\n")}`);
  }
  if (!trained)
    lines.push("       SKIPPED: no Chromium here (ANYGRAD_CHROMIUM names one), so no page was run");
  return lines.join("\n");
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
        raw: bytes.length,
        gzip: gzipSync(bytes, { level: 9 }).length,
        brotli: brotliCompressSync(bytes).length,
      };
    });
}

/** Which build of the kernels a chunk holds: the package's own file has the same base64. */
function buildOf(text) {
  const [base64] = text.match(/[\w+/]{9000,}={0,2}/) ?? [];
  if (!base64) return undefined;
  return ["scalar", "simd", "relaxed"].find((build) => embedded(build).includes(base64)) ?? "unknown";
}

function embedded(build) {
  return readFileSync(fileURLToPath(new URL(`../../../dist/kernels/${build}.js`, import.meta.url)), "utf8");
}

function trainInNode(user) {
  const program = 'import { train } from "./page/train.js"; console.log(JSON.stringify(await train()))';
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
