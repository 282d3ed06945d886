/**
 * What the smallest work costs, where TypeScript is the most of it: a prediction of one example, a fit of ten steps, and the first prediction of
 * a process and of a worker at the edge. The table of docs/speed.md.
 *
 *     npm run build && node bench/small.mjs [--dist FOLDER]     # of another build of the package, to compare
 *
 * Processor time, the least of some rounds, at the edge their median: a busy machine changes it less. TypeScript is timed with kernels that do nothing.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const [, , option, folder] = process.argv;
const dist = option === "--dist" ? resolve(folder) : join(root, "dist");
const ROUNDS = Number(process.env.ROUNDS ?? 15);

/** Whether kernels do their work. */
let working = true;

/** Has modules that are instantiated from now on export functions that do nothing while they are not to work. */
function switchKernels() {
  const switched =
    (f) =>
    (...values) =>
      working ? f(...values) : 0;
  const exportsOf = ({ t, ...others }) => {
    const functions = Array.from({ length: t.length }, (_, i) => switched(t.get(i)));
    return { ...others, t: { length: functions.length, get: (i) => functions[i] } };
  };
  const { instantiate, Instance } = WebAssembly;
  WebAssembly.instantiate = async (...given) => ({
    exports: exportsOf((await instantiate(...given)).exports),
  });
  WebAssembly.Instance = function instance(...given) {
    return { exports: exportsOf(new Instance(...given).exports) };
  };
}

/** Processor microseconds of `count` pieces of work, a piece. */
async function timed(count, work) {
  const begun = process.cpuUsage();
  for (let i = 0; i < count; i++) await work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / count;
}

async function least(count, work) {
  await timed(10 * count, work);
  const times = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await timed(count, work));
  return Math.min(...times);
}

const networks = {
  "dense 8, 3": {
    inputShape: [4],
    of: (l) => [l.dense({ units: 8, activation: "relu" }), l.dense({ units: 3, activation: "softmax" })],
  },
  "mlp-128-64": {
    inputShape: [28, 28, 1],
    of: (l) => [
      l.flatten(),
      l.dense({ units: 128, activation: "relu" }),
      l.dropout({ rate: 0.5 }),
      l.dense({ units: 64, activation: "relu" }),
      l.dense({ units: 10, activation: "softmax" }),
    ],
  },
  "mlp-512-256": {
    inputShape: [28, 28, 1],
    of: (l) => [
      l.flatten(),
      l.dense({ units: 512, activation: "relu" }),
      l.dense({ units: 256, activation: "relu" }),
      l.dense({ units: 10, activation: "softmax" }),
    ],
  },
  "cnn-32-32": {
    inputShape: [28, 28, 1],
    of: (l) => [
      ...[0, 1].flatMap(() => [
        l.conv2d({ filters: 32, kernelSize: 3, activation: "relu" }),
        l.maxPooling2d({ poolSize: 2 }),
      ]),
      l.flatten(),
      l.dense({ units: 128, activation: "relu" }),
      l.dense({ units: 10, activation: "softmax" }),
    ],
  },
};

async function networkOf(name, { sequential, layers }, engine) {
  const { inputShape, of } = networks[name];
  const net = sequential(of(layers), { inputShape, seed: 1 });
  await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", engine });
  const size = inputShape.reduce((product, n) => product * n, 1);
  // as a picture: nothing at its border
  const example = Float32Array.from({ length: size }, (_, i) => (i < size / 5 ? 0 : (i % 17) / 17));
  return { net, size, example };
}

async function predictions() {
  switchKernels();
  const library = await import(join(dist, "index.js"));
  const engine = await library.createEngine({ threads: 1 });
  for (const name of Object.keys(networks)) {
    const { net, example } = await networkOf(name, library, engine);
    const whole = await least(200, () => net.predict(example));
    working = false;
    const typescript = await least(1000, () => net.predict(example));
    working = true;
    console.log(
      `predict one, ${name}: ${whole.toFixed(0)} µs, of which TypeScript ${typescript.toFixed(1)} µs`,
    );
  }
}

async function fits() {
  const library = await import(join(dist, "index.js"));
  const engine = await library.createEngine({ threads: 1 });
  for (const name of ["dense 8, 3", "mlp-128-64"]) {
    const { net, size, example } = await networkOf(name, library, engine);
    const x = Float32Array.from({ length: 320 * size }, (_, i) => example[i % size]);
    const y = Int32Array.from({ length: 320 }, (_, i) => i % 3);
    const short = await least(5, () => net.fit(x, y, { epochs: 1, batchSize: 32 }));
    const epochs = 40;
    const long = await least(1, () => net.fit(x, y, { epochs, batchSize: 32 }));
    console.log(
      `fit of 10 steps, ${name}: ${(short / 1e3).toFixed(2)} ms, such an epoch within a fit ${(long / epochs / 1e3).toFixed(2)} ms`,
    );
  }
}

/** In a process of its own: what each part of the first prediction takes. */
async function first(name) {
  const lap = (since) => {
    const { user, system } = process.cpuUsage(since);
    return (user + system) / 1e3;
  };
  const begun = process.cpuUsage();
  const library = await import(join(dist, "index.js"));
  const imported = lap(begun);
  const engine = await library.createEngine({ threads: 1 });
  const made = lap(begun);
  const { net, example } = await networkOf(name, library, engine);
  await net.predict(example);
  process.stdout.write(JSON.stringify([imported, made - imported, lap(begun) - made, lap(begun)]));
}

function firsts() {
  const here = fileURLToPath(import.meta.url);
  for (const name of ["mlp-128-64", "cnn-32-32"]) {
    const runs = Array.from({ length: ROUNDS }, () =>
      JSON.parse(execFileSync(process.execPath, [here, "--dist", dist, "first", name], { encoding: "utf8" })),
    );
    const [imported, engine, prediction, all] = [0, 1, 2, 3].map((i) =>
      Math.min(...runs.map((run) => run[i])).toFixed(1),
    );
    console.log(
      `first prediction in Node, ${name}: ${all} ms: import ${imported}, engine ${engine}, network and prediction ${prediction}`,
    );
  }
}

/** The threads of a process have had so many milliseconds of processors. */
const consumed = (pid) =>
  readdirSync(`/proc/${pid}/task`).reduce(
    (sum, task) =>
      sum + Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]) / 1e6,
    0,
  );

const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];

/** In workerd: the script's start, which imports the package, and the first request, which makes engine and network and predicts. */
async function edge() {
  const require = createRequire(join(root, "test/package/x.js"));
  const program = require("workerd").default;
  const { build } = require("esbuild");
  const nothing = "export default { fetch: () => new Response('') };";
  const imports = `import * as kernels from ${JSON.stringify(join(dist, "edge/workerd.js"))}; globalThis.kernels = kernels;`;
  const kernels = [];
  for (const name of ["mlp-128-64", "cnn-32-32"]) {
    const began = [];
    const requests = [];
    for (let round = 0; round < ROUNDS; round++) {
      const empty = await inWorkerd(program, build, nothing);
      kernels.push((await inWorkerd(program, build, imports + nothing)).start - empty.start);
      const full = await inWorkerd(
        program,
        build,
        `import * as library from ${JSON.stringify(join(dist, "edge/index.js"))};
const networks = { ${JSON.stringify(name)}: { inputShape: [28, 28, 1], of: ${networks[name].of} } };
${networkOf}
let known;
export default { async fetch() {
  known ??= await networkOf(${JSON.stringify(name)}, library, await library.createEngine());
  const { data } = await known.net.predict(known.example);
  return new Response(data.join());
} };`,
      );
      began.push(full.start - empty.start);
      requests.push(full.first - empty.first);
    }
    console.log(
      `first prediction in workerd, ${name}: start ${median(began).toFixed(1)} ms, first request ${median(requests).toFixed(1)} ms more than of a worker that does nothing`,
    );
  }
  console.log(`the kernels alone in workerd: start ${median(kernels).toFixed(1)} ms more`);
}

async function inWorkerd(program, build, contents) {
  const place = mkdtempSync(join(tmpdir(), "anygrad-small-"));
  const conditions = ["workerd", "worker", "browser"];
  const shared = { bundle: true, format: "esm", conditions, loader: { ".wasm": "copy" }, logLevel: "silent" };
  await build({
    ...shared,
    stdin: { contents, resolveDir: root },
    outfile: join(place, "worker.mjs"),
    assetNames: "[name]",
  });
  const wasm = readdirSync(place).filter((file) => file.endsWith(".wasm"));
  writeFileSync(
    join(place, "worker.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .program)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]);
const program :Workerd.Worker = (compatibilityDate = "2026-04-01", modules = [
  (name = "worker.mjs", esModule = embed "worker.mjs"),
  ${wasm.map((file) => `(name = "${file}", wasm = embed "${file}")`).join(",\n  ")}]);
`,
  );
  const stdio = ["ignore", "ignore", "inherit", "pipe"];
  const child = spawn(program, ["serve", "--control-fd=3", "worker.capnp"], { cwd: place, stdio });
  try {
    const port = await new Promise((found, failed) => {
      createInterface({ input: child.stdio[3] }).on("line", (line) => {
        const message = JSON.parse(line);
        if (message.event === "listen") found(message.port);
      });
      child.once("exit", (code) => failed(new Error(`workerd ended (${code})`)));
    });
    const start = consumed(child.pid);
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(text);
    return { start, first: consumed(child.pid) - start };
  } finally {
    child.kill();
    rmSync(place, { recursive: true });
  }
}

const [, , , , part, name] = process.argv;
if (part === "first") await first(name);
else {
  console.log(
    `${cpus()[0].model}, Node ${process.versions.node}, one thread, load average ${loadavg()[0].toFixed(1)}`,
  );
  const parts = { predictions, fits, firsts, edge };
  for (const [own, run] of Object.entries(parts)) if (part === undefined || part === own) await run();
}
