// The bundled worker, ended and started again between requests, against a run in Node that nothing interrupted.
// Run: npm test
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { datasets, load, subset } from "anygrad";
import { openWorker } from "./miniflare.mjs";

const { train: images, test } = await datasets.digits({ train: 800, test: 300, seed: 5 });
const image = (set, i) => set.x.subarray(784 * i, 784 * (i + 1));
const row = (i) => [images.y.subarray(i, i + 1), image(images, i)];
const labelled = (from, to) => Buffer.concat([...Array(to - from).keys()].flatMap((i) => row(from + i)));

const { ask, restart, heap, end } = await openWorker();
/** The share of right answers among the test images of some classes, each posted by itself. */
const accuracy = async (from) => {
  const answers = [];
  for (const [i, label] of test.y.entries())
    if (label >= from) answers.push((await ask("POST", "ada/classify", image(test, i))).label === label);
  return answers.filter(Boolean).length / answers.length;
};

const began = performance.now();
const { probabilities } = await ask("POST", "ada/classify", image(test, 0));
const cold = performance.now() - began;
assert.ok(Math.abs(probabilities.reduce((a, b) => a + b) - 1) < 1e-5);
const before = { new: await accuracy(8), all: await accuracy(0) };

// in Node: on 600 images, then on all 800, with the optimizer's past
const net = await load(readFileSync(new URL("src/base.bin", import.meta.url)));
const plan = { epochs: 6, batchSize: 32, seed: 1 };
const wanted = [];
for (const n of [600, 800]) {
  await net.fit({ ...subset(images, [...Array(n).keys()]), normalization: net.normalization }, plan);
  wanted.push(await net.digest());
}

const seen = { slices: 0, steps: 17, slowest: 0, state: 0, heap: 0, wasm: 0 }; // ms, bytes
const train = async (between) => {
  for (;;) {
    const begun = performance.now();
    const { position, loss, stateBytes } = await ask("POST", `ada/train?steps=${seen.steps}`);
    seen.slowest = Math.max(seen.slowest, performance.now() - begun);
    seen.heap = Math.max(seen.heap, await heap());
    seen.state = Math.max(seen.state, stateBytes);
    assert.ok(Number.isFinite(loss) && ++seen.slices < 40);
    const { digest, engine } = await ask("GET", "ada");
    seen.wasm = Math.max(seen.wasm, engine.peakBytes);
    if (position.done) return digest;
    await between();
  }
};
let from = 0;
for (const to of [250, 251, 600]) {
  assert.deepEqual(await ask("POST", "ada/examples", labelled(from, to)), { examples: to });
  await restart();
  from = to;
}
assert.equal(await train(restart), wanted[0]);
await ask("POST", "ada/examples", labelled(600, 800));
assert.equal(await train(async () => {}), wanted[1]);
await restart();
const after = { new: await accuracy(8), all: await accuracy(0) };
console.log({ cold, before, after, ...seen });
assert.ok(before.new < 0.1 && after.new > 0.85 && after.all > before.all + 0.1, "it has learned 8 and 9");
assert.ok(seen.state < 2e6, "a value of a Durable Object may have 2 MB");
assert.ok(seen.heap + seen.wasm < 100 * 2 ** 20, "a worker has 128 MB");

for (const [request, status, error] of [
  [["POST", "ada/classify", "short"], 400, /has 5 bytes; post 784/],
  [["POST", "ada/examples", new Uint8Array(785).fill(10)], 400, /label 10; pass 0 to 9/],
  [["POST", "ada/train?steps=1000", ""], 400, /whole number from 1 to 50/],
  [["POST", "nobody/train", ""], 409, /no examples/],
  [["GET", ""], 404, /name of a learner/],
])
  assert.match((await ask(request[0], request[1], request[2], status)).error, error);
const most = new Uint8Array(2500 * 785);
for (let i = 0; i < 8; i++) await ask("POST", "full/examples", most);
assert.match((await ask("POST", "full/examples", most, 413)).error, /no room/);
await end();
