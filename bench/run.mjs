// npm run bench [-- --quick] [-- --json]: how fast the kernels and whole training steps are here.
// Times are medians in milliseconds; run it with nothing else running.
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { createBackend } from "../dist/engine/backend.js";
import { benchKernels } from "./kernels.mjs";
import { benchSteps } from "./steps.mjs";

const { values } = parseArgs({ options: { quick: { type: "boolean" }, json: { type: "boolean" } } });
const milliseconds = values.quick ? 300 : 1500;
const variants = ["simd", "scalar"];
const presets = values.quick
  ? ["mlp-128-64", "cnn-32-32"]
  : ["mlp-128-64", "mlp-512-256", "cnn-32-32", "cnn-2x2", "cnn-relu", "cnn-bn-sigmoid"];

const machine = { cpu: cpus()[0].model, cores: cpus().length, engine: `node ${process.versions.node}` };
console.error(`${machine.cpu}, ${machine.cores} cores, ${machine.engine}, one thread, batch 64`);

const kernels = [];
for (const variant of variants)
  for (const row of await benchKernels(await createBackend({ variant }), milliseconds / 3)) {
    kernels.push({ ...row, variant });
    console.error(
      `${row.name.padEnd(50)} ${variant.padEnd(7)} ${row.median.toFixed(3).padStart(9)} ms ${row.gflops.toFixed(1).padStart(7)} GFLOP/s`,
    );
  }
const steps = await benchSteps(presets, variants, milliseconds);
for (const { name, variant, median, spread, memoryBytes } of steps)
  console.error(
    `${name.padEnd(50)} ${variant.padEnd(7)} ${median.toFixed(3).padStart(9)} ms ± ${spread.toFixed(3)}   ${(memoryBytes / 2 ** 20).toFixed(1)} MiB`,
  );
if (values.json) console.log(JSON.stringify({ machine, date: new Date().toISOString(), kernels, steps }));
