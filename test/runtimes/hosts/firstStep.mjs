// A page's first result: from the start of its script to the end of its first training step, in milliseconds. Loads the
// package, makes the engine, draws 64 digits, builds the network that the address names and does one step.
import * as anygrad from "anygrad";
import { networks } from "./program.mjs";

const network = location.hash.slice(1);
const imported = performance.now();
const engine = await anygrad.createEngine();
const { train } = await anygrad.datasets.digits({ train: 64, test: 1, seed: 1 });
const net = anygrad.sequential(networks[network](anygrad), { inputShape: [28, 28, 1], seed: 1 });
const optimizer = anygrad.optimizers.adam({ learningRate: 1e-3 });
await net.compile({ optimizer, loss: "sparseCategoricalCrossentropy", engine });
const { value } = await net.train(train, { batchSize: 64, seed: 1 }).next();
const { scriptStart } = globalThis;
globalThis.first = {
  ms: performance.now() - scriptStart,
  importMs: imported - scriptStart,
  loss: value.loss,
};
globalThis.loaded = true;
