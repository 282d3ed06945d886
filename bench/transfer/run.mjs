// npm run build && node bench/transfer/run.mjs [--sizes=96,160,224] [--no-page] [--no-peer] [--write]
// Transfer learning, measured: three classes of 60 pictures, 40 to learn from and 20 held out, MobileNetV2 of the package nsfwjs; its frozen layers run once
// a picture, a new head learns for 20 epochs. In Node, and in a page of Chromium where a worker does it and the page should go on at 60 frames;
// beside TensorFlow.js by its own functions, with its WebAssembly backend. --write puts the table into docs/guide/fine-tuning.md.
// Seconds are those of a clock; processor seconds are those of all processes and threads that took part, which other work on the machine changes less.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { packages, systemProgram } from "../../test/runtimes/install.mjs";
import { serve } from "../../test/runtimes/serve.mjs";
import { written } from "../docsTable.mjs";
import { byAnygrad } from "./anygrad.mjs";
import { writePhotos } from "./photos.mjs";
import { byTfjs } from "./tfjs.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = join(here, "../../dist");
const { values: options } = parseArgs({
  options: {
    sizes: { type: "string", default: "96,160,224" },
    "no-page": { type: "boolean", default: false },
    "no-peer": { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    child: { type: "string" }, // anygrad or tfjs: this process does the work on the files of --folder
    folder: { type: "string" },
  },
});

/** What a folder holds for the work: a model, and sets of bytes. */
function given(folder) {
  const read = (name) => new Uint8Array(readFileSync(join(folder, name)));
  const json = JSON.parse(readFileSync(join(folder, "model.json"), "utf8"));
  const shapes = JSON.parse(readFileSync(join(folder, "sets.json"), "utf8"));
  const set = (name) => ({ ...shapes[name], x: read(`${name}.x`), y: read(`${name}.y`) });
  return [
    { json, weights: read("weights.bin") },
    { train: set("train"), test: set("test") },
  ];
}

/** Does the work in this process and prints it. */
async function work(who, folder) {
  const [model, sets] = given(folder);
  let result;
  if (who === "anygrad") {
    const { createEngine, fineTune } = await import(pathToFileURL(join(dist, "index.js")).href);
    const { loadTfjs } = await import(pathToFileURL(join(dist, "tfjs/index.js")).href);
    result = await byAnygrad({ createEngine, fineTune, loadTfjs }, model, sets);
  } else {
    const require = createRequire(join(await peerModules(), "x.js"));
    const tf = require("@tensorflow/tfjs");
    const { setWasmPaths } = require("@tensorflow/tfjs-backend-wasm");
    setWasmPaths(join(await peerModules(), "@tensorflow/tfjs-backend-wasm/dist/"));
    await tf.setBackend("wasm");
    result = await byTfjs(tf, model, sets);
  }
  const { user, system } = process.cpuUsage();
  process.stdout.write(`\n${JSON.stringify({ ...result, processor: (user + system) / 1e6 })}`);
}

const peerModules = () =>
  packages(["nsfwjs@4.4.0", "@tensorflow/tfjs@4.22.0", "@tensorflow/tfjs-backend-wasm@4.22.0"]);

function inNode(who, folder) {
  const child = spawn(
    process.execPath,
    [fileURLToPath(import.meta.url), "--child", who, "--folder", folder],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let text = "";
  child.stdout.on("data", (piece) => {
    text += piece;
  });
  return new Promise((resolve, reject) => {
    child.on("exit", (code) =>
      code === 0
        ? resolve(JSON.parse(text.trim().split("\n").at(-1)))
        : reject(new Error(`${who}: exit code ${code}`)),
    );
  });
}

/** Processor seconds of a process and those that it has started, as Linux counts them: hundredths of a second. */
function processorOf(pid) {
  const numbers = new Map();
  for (const name of readdirSync("/proc").filter((each) => /^\d+$/.test(each)))
    try {
      const fields = readFileSync(`/proc/${name}/stat`, "utf8")
        .replace(/^.*\) /, "")
        .split(" ");
      numbers.set(Number(name), { parent: Number(fields[1]), time: Number(fields[11]) + Number(fields[12]) });
    } catch {} // it has ended
  const isOurs = (id) => id === pid || (numbers.has(id) && isOurs(numbers.get(id).parent));
  return [...numbers].reduce((sum, [id, { time }]) => sum + (isOurs(id) ? time / 100 : 0), 0);
}

async function inPage(who, folder, browser) {
  const { address, close } = await serve(folder, { isolated: true });
  const tab = await browser.newPage();
  tab.on("pageerror", (error) => console.error(String(error)));
  try {
    const before = processorOf(browser.process().pid);
    await tab.goto(`${address}/index.html?who=${who}`);
    const result = await tab.evaluate(() => globalThis.run);
    return { ...result, processor: processorOf(browser.process().pid) - before };
  } finally {
    await tab.close();
    close();
  }
}

/** The files for a size, those of a page among them. */
async function prepared(photos, size, models, peer) {
  const { readImages } = await import(pathToFileURL(join(dist, "node/index.js")).href);
  const { train, test } = await readImages(photos, {
    imageSize: size,
    color: "rgb",
    testSplit: 1 / 3,
    cache: false,
  });
  const folder = mkdtempSync(join(tmpdir(), "anygrad-transfer-"));
  for (const [name, set] of Object.entries({ train, test })) {
    writeFileSync(join(folder, `${name}.x`), set.x);
    writeFileSync(join(folder, `${name}.y`), Uint8Array.from(set.y));
  }
  const facts = ({ shape, classNames }) => ({
    shape,
    classNames,
    normalization: { scale: 1 / 255, shift: 0 },
  });
  writeFileSync(join(folder, "sets.json"), JSON.stringify({ train: facts(train), test: facts(test) }));
  writeFileSync(join(folder, "model.json"), JSON.stringify(models.json));
  writeFileSync(join(folder, "weights.bin"), models.weights);
  symlinkSync(dist, join(folder, "dist"));
  symlinkSync(here, join(folder, "transfer"));
  if (peer) symlinkSync(join(peer, "@tensorflow"), join(folder, "tensorflow"));
  writeFileSync(join(folder, "index.html"), readFileSync(join(here, "page.html")));
  return folder;
}

/** @param frames a second; undefined: there is no page; null: not two were drawn, as when a page's own thread works */
function framesText(frames, gap) {
  if (frames === undefined) return "";
  return frames === null ? "none" : `${frames.toFixed(0)} a second, ${gap.toFixed(0)} ms`;
}

async function main() {
  const peer = await peerModules();
  const at = join(peer, "nsfwjs/dist/models/mobilenet_v2");
  const require = createRequire(join(at, "x.js"));
  const models = {
    json: require("./model.min.js"),
    weights: Buffer.from(require("./group1-shard1of1.min.js"), "base64"),
  };
  const photos = mkdtempSync(join(tmpdir(), "anygrad-photos-"));
  process.on("exit", () => rmSync(photos, { recursive: true }));
  writePhotos(photos);
  const browser = options["no-page"] ? undefined : await opened();
  const lines = [];
  try {
    for (const size of options.sizes.split(",").map(Number)) {
      const folder = await prepared(photos, size, models, peer);
      process.on("exit", () => rmSync(folder, { recursive: true }));
      for (const who of ["anygrad", ...(options["no-peer"] ? [] : ["tfjs"])])
        for (const [where, run] of [
          [`Node ${process.versions.node}`, () => inNode(who, folder)],
          ...(browser ? [[await browser.version(), () => inPage(who, folder, browser)]] : []),
        ]) {
          const { accuracy, seconds, processor, threads = "", frames, gap } = await run();
          lines.push([
            `${size}×${size}`,
            who === "anygrad" ? "anygrad" : "TensorFlow.js 4.22, wasm",
            where,
            String(threads),
            accuracy.toFixed(3),
            `${seconds.toFixed(1)} s`,
            `${processor.toFixed(1)} s`,
            framesText(frames, gap),
          ]);
          console.log(lines.at(-1).join("  "));
        }
    }
  } finally {
    await browser?.close();
  }
  const machine = `${cpus()[0].model}, ${availableParallelism()} cores, load average ${loadavg()[0].toFixed(1)}, ${new Date().toISOString().slice(0, 10)}`;
  console.log(machine);
  const head = [
    "pictures",
    "by",
    "in",
    "threads",
    "held out",
    "time",
    "processor time",
    "frames, longest gap",
  ];
  if (options.write)
    written(join(here, "../../docs/guide/fine-tuning.md"), "transfer", head, lines, `(${machine}.)`);
}

async function opened() {
  const modules = await packages(["puppeteer-core@24"]);
  const { default: puppeteer } = await import(
    join(modules, "puppeteer-core/lib/esm/puppeteer/puppeteer-core.js")
  );
  const executablePath = await systemProgram(["chromium", "google-chrome"], ["chromium"]);
  return puppeteer.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu"],
    protocolTimeout: 600_000,
  });
}

await (options.child ? work(options.child, options.folder) : main());
