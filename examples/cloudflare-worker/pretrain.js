// Makes src/base.bin: a network that knows the digits 0 to 7, ready to learn 8 and 9 in its last two layers.
// Run: node pretrain.js
import { writeFile } from "node:fs/promises";
import { datasets, layers, optimizers, sequential, subset } from "anygrad";

const { train } = await datasets.digits({ train: 5000, test: 1, seed: 1 });
const known = subset(
  train,
  [...train.y.keys()].filter((i) => train.y[i] < 8),
);

const net = sequential(
  [
    layers.conv2d({ filters: 8, kernelSize: 5, activation: "relu" }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.conv2d({ filters: 16, kernelSize: 3, activation: "relu" }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.flatten(),
    layers.dense({ units: 64, activation: "relu" }),
    layers.dropout({ rate: 0.25 }),
    layers.dense({ units: 10, activation: "softmax" }),
  ],
  { inputShape: [28, 28, 1], seed: 1, name: "learner" },
);
const options = { loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] };
await net.compile({ optimizer: optimizers.adam({ learningRate: 2e-3 }), ...options });
const { accuracy } = await net.fit(known, { epochs: 3, batchSize: 64, seed: 1 });

// what is learned from here on is the last layers; the features stay
for (const layer of net.layers.slice(0, 5)) layer.trainable = false;
await net.compile({ optimizer: optimizers.adam({ learningRate: 2e-3 }), ...options });
const bytes = await net.save();
await writeFile(new URL("src/base.bin", import.meta.url), bytes);
console.log(`accuracy on 0 to 7: ${accuracy.at(-1).toFixed(3)}; src/base.bin: ${bytes.length} bytes`);
