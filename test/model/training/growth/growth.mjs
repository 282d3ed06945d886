/**
 * A process in which nothing runs but the engine, so that what it holds is the engine's:
 * node --expose-gc --no-opt --no-sparkplug growth.mjs ROUND THREADS SLACK.
 * ROUND "fit" is two hundred fits on one engine, "engine" ten engines that are made, used and disposed of.
 * Prints, as JSON, what the process held before and after each round; a round that leaves less than SLACK bytes behind is the last.
 *
 * Without V8's compilers, which go on for thousands of fits and keep what they make: with them two hundred fits leave
 * between -80 and 90 KiB behind even in the thirtieth round, without them 3 KiB in the third (Node 20).
 */
import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createEngine, layers, sequential } from "../../../../dist/index.js";

const [round, ...numbers] = process.argv.slice(2);
const [threads, slack] = numbers.map(Number);
const onLinux = existsSync("/proc/self/task");

/** 70 examples: a last batch of another size. 64 features: wide enough for threads to share the products. */
const x = Float32Array.from({ length: 70 * 64 }, (_, i) => ((i * 7919) % 1009) / 1009);
const data = { x, shape: [70, 64], y: Uint8Array.from({ length: 70 }, (_, i) => i % 3) };

async function trainee(engine) {
  const net = sequential(
    [
      layers.dense({ units: 256, activation: "relu" }),
      layers.dropout({ rate: 0.2 }),
      layers.dense({ units: 3, activation: "softmax" }),
    ],
    { inputShape: [64], seed: 1 },
  );
  const loss = "sparseCategoricalCrossentropy";
  await net.compile({ optimizer: "adam", loss, metrics: ["accuracy"], engine });
  return net;
}

/** What the system gave this process: names of what keeps the event loop alive, threads, open files. */
const handles = () => ({
  resources: process.getActiveResourcesInfo().sort().join(),
  threads: onLinux ? readdirSync("/proc/self/task").length : 0,
  files: onLinux ? readdirSync("/proc/self/fd").length : 0,
});

const pause = () => new Promise((resolve) => setTimeout(resolve, 10));

/**
 * Counted once nothing is left to collect. A worker that is told to end needs a moment for it, on a busy machine a
 * longer one: it is waited for as long as the process holds more than `wanted`, a thousand looks at most.
 */
async function held(wanted, engine) {
  const more = (now) =>
    now.resources !== wanted.resources || now.threads > wanted.threads || now.files > wanted.files;
  for (let i = 0; i < 4; i++) {
    gc();
    await pause();
  }
  for (let looks = 0; wanted && more(handles()) && looks < 1000; looks++) await pause();
  gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const ofEngine = engine
    ? { ...engine.info, usedBytes: engine.allocator.backend.heap.usedBytes }
    : undefined;
  return { ...handles(), objects: heapUsed, buffers: arrayBuffers, engine: ofEngine };
}

/** A round to warm up, in which V8 notes what types it sees, and those that count: of three the one that leaves the least. */
async function rounds(work, engine) {
  const first = await held(undefined, engine);
  const after = [];
  const leaves = (kind) => after.slice(1).every((now, i) => now[kind] - after[i][kind] >= slack);
  while (after.length < 4 && (leaves("objects") || leaves("buffers"))) {
    await work();
    after.push(await held(first, engine));
  }
  return { first, after };
}

// what the runtime makes for itself at the first need: its threads for files, the pipes to who reads
await readFile(new URL(import.meta.url));
process.stdout.write("");
process.stderr.write("");
let result;
if (round === "fit") {
  const engine = await createEngine({ threads });
  const net = await trainee(engine);
  const train = () => net.fit(data, { epochs: 1, batchSize: 40, validationSplit: 0.2 });
  for (let i = 0; i < 3; i++) await train();
  while (engine.info.workers < threads - 1) await pause(); // they start with the first work that is shared
  await train();
  result = await rounds(async () => {
    for (let i = 0; i < 200; i++) await train();
  }, engine);
  engine.dispose();
} else {
  result = await rounds(async () => {
    for (let i = 0; i < 10; i++) {
      const engine = await createEngine({ threads, memoryLimit: 1 << 26 });
      await (await trainee(engine)).fit(data, { epochs: 2, batchSize: 40 });
      engine.dispose();
    }
  });
}
console.log(JSON.stringify(result));
