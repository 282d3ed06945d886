// Saves a trained network, loads it, freezes its first layers and teaches it inverted images.
// Run: node examples/save-and-fine-tune.mjs
import { datasets, layers, load, optimizers, sequential } from "anygrad";

const { train, test } = await datasets.digits({ train: 3000, test: 500, seed: 1 });
const net = sequential(
  [
    layers.conv2d({ filters: 16, kernelSize: 5, strides: 2, activation: "relu", name: "features" }),
    layers.batchNormalization(),
    layers.flatten(),
    layers.dense({ units: 10, activation: "softmax", name: "head" }),
  ],
  { inputShape: [28, 28, 1], seed: 1 },
);
await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
await net.fit(train, { epochs: 3, batchSize: 32, seed: 1 });
const bytes = await net.save();
console.log(`trained: ${(await net.evaluate(test)).accuracy.toFixed(3)}, saved in ${bytes.length} bytes`);

const invert = (set) => ({ ...set, x: set.x.map((pixel) => 255 - pixel) });
const again = await load(bytes);
console.log(`inverted images: ${(await again.evaluate(invert(test))).accuracy.toFixed(3)}`);
again.getLayer("features").trainable = false;
await again.compile({
  optimizer: optimizers.adam({ learningRate: 3e-3 }),
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
});
await again.fit(invert(train), { epochs: 3, batchSize: 32, seed: 2 });
const { accuracy } = await again.evaluate(invert(test));
console.log(`fine-tuned: ${accuracy.toFixed(3)}`);
if (accuracy < 0.8) throw new Error("fine-tuning did not help");
