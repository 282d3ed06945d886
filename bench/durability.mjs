// npm run build && node bench/durability.mjs [--write]
// What it costs that nothing is lost: saving and loading a network of 455,346 parameters with its optimizer (cnn-bn-sigmoid, Adam), a
// checkpoint every 100 steps of cnn-32-32, and the fsyncs of a run in a folder. Medians; wall time, which the disk and other programs have a part
// in, and processor time, all threads counted. --write puts the table into docs/reliability.md. The folder is TMPDIR's: choose one on a disk.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as anygrad from "../dist/index.js";
import { checkpointFolder, loadCheckpoint } from "../dist/node/index.js";
import { networks } from "../test/runtimes/program.mjs";
import { written } from "./docsTable.mjs";

const folder = mkdtempSync(join(tmpdir(), "anygrad-durability-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Milliseconds of a piece of work: by the clock, and of the processors. */
async function timed(work) {
  const [begun, clock] = [process.cpuUsage(), performance.now()];
  await work();
  const { user, system } = process.cpuUsage(begun);
  return { wall: performance.now() - clock, processor: (user + system) / 1000 };
}

const medians = (times) => ({
  wall: median(times.map(({ wall }) => wall)),
  processor: median(times.map(({ processor }) => processor)),
});

async function compiled(name, engine) {
  const net = anygrad.sequential(networks[name](anygrad), { inputShape: [28, 28, 1], seed: 1 });
  const optimizer = anygrad.optimizers.adam({ learningRate: 1e-3 });
  await net.compile({ optimizer, loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"], engine });
  return net;
}

/** Saving, loading, and both through a file: work that is done in turn, 25 times. */
async function saving(engine, train) {
  const net = await compiled("cnn-bn-sigmoid", engine);
  const out = join(folder, "saved");
  // one step, so that the optimizer has a state; the run is left in the middle of its epoch
  const run = net.train(train, { epochs: 1, batchSize: 64, seed: 1 });
  await run.next();
  await run.return();
  const bytes = await net.save({ optimizer: true });
  const again = async (load) => (await load()).dispose();
  const keeper = checkpointFolder(net, out, { every: 1, keep: 1 });
  await keeper.onTrainBegin(undefined);
  // at the end of a run what was begun is on the disk
  const checkpoint = async () => {
    await keeper.onStepEnd({ globalStep: 0 }, undefined);
    await keeper.onTrainEnd(undefined);
  };
  const works = {
    saving: () => net.save({ optimizer: true }),
    loading: () => again(() => anygrad.load(bytes, { engine })),
    "saving to the disk, sealed": checkpoint,
    "loading from there": () => again(() => loadCheckpoint(out, { engine })),
  };
  const times = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
  for (let round = 0; round < 25; round++)
    for (const [name, work] of Object.entries(works)) times[name].push(await timed(work));
  // the first round compiles
  return Object.entries(times).map(([name, list]) => [
    `${name}, 455,346 parameters with optimizer, ${(bytes.length / 1e6).toFixed(1)} MB`,
    medians(list.slice(1)),
    50,
  ]);
}

/** Blocks of 100 steps with a checkpoint in their middle, and without, by turns. @returns shares */
async function checkpoints(engine, train) {
  const options = { epochs: 1e6, batchSize: 64, seed: 1 };
  const [bare, kept] = [await compiled("cnn-32-32", engine), await compiled("cnn-32-32", engine)];
  const callbacks = checkpointFolder(kept, join(folder, "kept"), { every: 100, keep: 2 });
  const runs = [bare.train(train, options), kept.train(train, { ...options, callbacks })];
  const steps = async (run, n) => {
    for (let i = 0; i < n; i++) await run.next();
  };
  for (const run of runs) await steps(run, 50);
  const ratios = [];
  for (let round = 0; round < 16; round++) {
    const [first, second] = round % 2 === 0 ? [0, 1] : [1, 0];
    const times = [];
    for (const which of [first, second]) times[which] = await timed(() => steps(runs[which], 100));
    ratios.push({
      wall: 100 * (times[1].wall / times[0].wall - 1),
      processor: 100 * (times[1].processor / times[0].processor - 1),
    });
  }
  for (const run of runs) await run.return();
  return medians(ratios);
}

/** The fsyncs of `anygrad train --out`: how many, and how long the run waits for them. @param more options */
function syncs(name, ...more) {
  const log = join(folder, name);
  for (let i = 0; i < 11; i++) {
    const out = join(folder, `${name}-${i}`);
    const args = ["train", "mlp-64", "--limit", "100", "--epochs", "1", "--quiet", "--out", out, ...more];
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--require", path("syncTimes.cjs"), path("../dist/cli/main.js"), ...args],
      { env: { ...process.env, SYNC_TIMES: `${log}.jsonl` }, encoding: "utf8" },
    );
    if (status !== 0) throw new Error(stderr);
  }
  const runs = readFileSync(`${log}.jsonl`, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return { count: runs[0].count, wall: median(runs.map(({ milliseconds }) => milliseconds)) };
}

const engine = await anygrad.createEngine({ threads: 1 });
const { train } = await anygrad.datasets.digits({ train: 1280, test: 1, seed: 1 });
const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const share = (value) => `${value.toFixed(1)} %`;
const rows = (await saving(engine, train)).map(([name, { wall, processor }, limit]) => [
  name,
  ms(wall),
  ms(processor),
  `${limit} ms`,
]);
const added = await checkpoints(engine, train);
rows.push([
  "a checkpoint every 100 steps of cnn-32-32, batches of 64",
  share(added.wall),
  share(added.processor),
  "2 %",
]);
for (const [what, ...more] of [["without a report", "--no-report"], ["with report and figures"]]) {
  const { count, wall } = syncs(what, ...more);
  rows.push([`waiting for the ${count} fsyncs of a run of one epoch ${what}`, ms(wall), "", "20 ms"]);
}
engine.dispose();

const head = ["", "wall", "processor", "wanted"];
for (const row of [head, ...rows])
  console.log(row[0].padEnd(78), ...row.slice(1).map((cell) => cell.padStart(10)));
const machine = `${cpus()[0].model.trim()}, ${availableParallelism()} cores, Node ${process.versions.node}, load ${loadavg()[0].toFixed(1)}`;
console.log(machine);
if (process.argv.includes("--write"))
  written(
    path("../docs/reliability.md"),
    "durability",
    head,
    rows,
    `Medians of \`node bench/durability.mjs\` on ${machine}; the disk is that of ${tmpdir()}.`,
  );
