// npm run build:kernels && node bench/scaling.mjs [batch|side|width|depth …] [--quick] [--write] [--draw]
// What an image costs against the size of the batch, of the image and of the network, in training and prediction, beside what arithmetic and
// memory allow; steps that are dearer than 1.3 times their size are named. --write keeps the figures in scaling/figures.json, and draws the
// charts and the table of docs/speed.md; --draw only draws those that are kept. Processor time, one thread, medians of rounds in turns.
// Bundles bench/scaling/: Node 20 does not read TypeScript.
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { rolldown } from "rolldown";
import { written } from "./docsTable.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const flag = { type: "boolean", default: false };
const { values: asked, positionals: names } = parseArgs({
  options: { quick: flag, write: flag, draw: flag },
  allowPositionals: true,
});
const folder = mkdtempSync(join(tmpdir(), "anygrad-scaling-"));
process.on("exit", () => rmSync(folder, { recursive: true }));
const bundle = await rolldown({ input: at("scaling/main.ts"), platform: "node", external: /^(?:node:|#)/ });
await bundle.write({ dir: folder, format: "esm", entryFileNames: "main.mjs", chunkFileNames: "[name].mjs" });
const { measureAll, drawAll } = await import(pathToFileURL(join(folder, "main.mjs")).href);
const machine = `${cpus()[0].model}, one thread, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;
const figures = at("scaling/figures.json");
if (!asked.draw) await measureAll(names, asked.quick, machine, asked.write ? figures : undefined);
console.log(machine, `load average ${loadavg()[0].toFixed(1)}`);
if (asked.write || asked.draw) {
  const { lines, machines } = drawAll(figures, at("../docs/pictures"));
  const head = [
    "",
    "training, µs an image",
    "limit over it",
    "steepest step",
    "prediction, µs an image",
    "limit over it",
    "steepest step",
  ];
  written(at("../docs/speed.md"), "scaling", head, lines, `(${machines.join("; ")}.)`);
}
