// npm run build && node bench/loading.mjs [--write]
// How long it takes to read a model of 10 MB in each format, and how much memory: a MobileNetV2 of 224×224 pixels with drawn weights, each file
// read in a process of its own. --write puts the table into docs/formats.md. Processor time, all threads counted: a busy machine changes it less.
//   first    the first read in a process, when nothing is compiled yet
//   again    the median of nine further ones
//   memory   what the process has grown by at its largest during the first read, in sizes of the file, the file's own bytes included
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEngine, load } from "../dist/index.js";
import { loadKeras, saveKeras } from "../dist/keras/index.js";
import { loadOnnx, saveOnnx } from "../dist/onnx/index.js";
import { loadTfjs, saveTfjs } from "../dist/tfjs/index.js";
import { written } from "./docsTable.mjs";
import { mobileNetV2 } from "./networks/mobileNetV2.mjs";

const reading = {
  safetensors: (files, engine) => load(files[0], { engine }),
  keras: (files, engine) => loadKeras(files[0], { engine }),
  tfjs: ([json, weights], engine) => loadTfjs(json, { engine, fetchWeights: () => weights }),
  onnx: (files, engine) => loadOnnx(files[0], { engine }),
};

/** Processor milliseconds of a piece of work. */
async function timed(work) {
  const begun = process.cpuUsage();
  const made = await work();
  const { user, system } = process.cpuUsage(begun);
  return { made, milliseconds: (user + system) / 1000 };
}

/** The most bytes that the process has held. On Linux `resourceUsage().maxRSS` begins with what the process that started this one held. */
function highWater() {
  try {
    return 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]);
  } catch {
    return 1024 * process.resourceUsage().maxRSS;
  }
}

/** In a process of its own: reads the files and prints what it took. */
async function measure(format, paths) {
  const engine = await createEngine({ threads: 1 });
  gc();
  const before = process.memoryUsage.rss();
  const { made, milliseconds: first } = await timed(() =>
    reading[format](
      paths.map((path) => readFileSync(path)),
      engine,
    ),
  );
  const peak = highWater() - before;
  made.dispose();
  const others = [];
  for (let i = 0; i < 9; i++) {
    const files = paths.map((path) => readFileSync(path));
    const { made: net, milliseconds } = await timed(() => reading[format](files, engine));
    net.dispose();
    others.push(milliseconds);
  }
  const again = others.sort((a, b) => a - b)[4];
  process.stdout.write(JSON.stringify({ first, again, peak }));
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), "anygrad-loading-"));
  process.on("exit", () => rmSync(folder, { recursive: true }));
  const engine = await createEngine({ threads: 1 });
  const net = mobileNetV2({ inputShape: [224, 224, 3], classes: 200 });
  await net.build({ engine });
  const tfjs = saveTfjs(net);
  const files = {
    safetensors: [await net.save()],
    keras: [saveKeras(net)],
    tfjs: [tfjs["model.json"], tfjs["weights.bin"]],
    onnx: [saveOnnx(net)],
  };
  const lines = [];
  for (const [format, list] of Object.entries(files)) {
    const paths = list.map((bytes, i) => {
      const path = join(folder, `${format}-${i}`);
      writeFileSync(path, bytes);
      return path;
    });
    const size = list.reduce((sum, bytes) => sum + bytes.length, 0);
    const runs = Array.from({ length: 3 }, () => {
      const args = ["--expose-gc", fileURLToPath(import.meta.url), format, ...paths];
      const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
      if (!stdout) throw new Error(stderr);
      return JSON.parse(stdout);
    });
    const median = (name) => runs.map((run) => run[name]).sort((a, b) => a - b)[1];
    lines.push([
      format,
      `${(size / 1e6).toFixed(1)} MB`,
      `${median("first").toFixed(0)} ms`,
      `${median("again").toFixed(0)} ms`,
      `${(median("peak") / size).toFixed(1)} ×`,
    ]);
    console.log(lines.at(-1).join("  "));
  }
  const machine = `${cpus()[0].model}, one thread, Node ${process.versions.node}, load average ${loadavg()[0].toFixed(1)}, ${new Date().toISOString().slice(0, 10)}`;
  console.log(machine);
  if (process.argv[2] !== "--write") return;
  const page = fileURLToPath(new URL("../docs/formats.md", import.meta.url));
  const head = ["format", "file", "first read", "again", "memory"];
  written(page, "loading", head, lines, `(${machine}.)`);
}

const [format, ...paths] = process.argv.slice(2);
await (format && format !== "--write" ? measure(format, paths) : main());
