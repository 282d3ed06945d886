/**
 * The process that is watched: node --expose-gc soak.mjs ROUNDS PARTS KIND… does a PARTS-th of each kind's count in ROUNDS rounds, and prints a line
 * of JSON a round with what it holds then.
 */
import { layers, sequential } from "../../dist/index.js";
import { held } from "./held.mjs";
import { kinds } from "./kinds.mjs";

const [rounds, parts, ...names] = process.argv.slice(2);
const works = [];
for (const name of names) {
  const { count, begin } = kinds[name];
  works.push({ name, each: Math.ceil((count || 1e5) / parts / rounds), work: await begin() });
}
// the engine that all models share which are given none
const probe = sequential([layers.dense({ units: 1 })], { inputShape: [1], seed: 1 });
await probe.build();
const shared = probe.trainableVariables[0].allocator.backend;
const done = Object.fromEntries(works.map(({ name }) => [name, 0]));
// what the runtime makes for itself at the first need: the pipe to who reads
process.stdout.write("");
let handles;
for (let round = 0; round < rounds; round++) {
  for (const { name, each, work } of works) {
    await work(each);
    done[name] += each;
  }
  const now = await held(handles);
  handles ??= now;
  const workers = [];
  for (const { work } of works) if (work.bytes) workers.push(await work.bytes());
  const wasm = { wasm: shared.heap.memoryBytes, used: shared.heap.usedBytes };
  const workerWasm = workers.reduce((sum, bytes) => sum + bytes, 0);
  process.stdout.write(
    `${JSON.stringify({ ...now, ...wasm, workerWasm, cpu: process.cpuUsage().user / 1e6, done })}\n`,
  );
}
for (const { work } of works) work.end?.();
