// Trains in Deno, writes the model to a file and reads it again. In a project: deno add npm:anygrad
// Run: deno run --allow-read --allow-write --allow-env --allow-sys examples/deno.ts
import { datasets, layers, load, sequential } from "anygrad";

const { train, test } = await datasets.digits({ train: 4000, test: 1000, seed: 1 });
const net = sequential(
  [
    layers.conv2d({ filters: 16, kernelSize: 3, activation: "relu" }),
    layers.maxPooling2d(),
    layers.conv2d({ filters: 32, kernelSize: 3, activation: "relu" }),
    layers.maxPooling2d(),
    layers.flatten(),
    layers.dense({ units: 10, activation: "softmax" }),
  ],
  { inputShape: [28, 28, 1], seed: 1 },
);
await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
const onEpochEnd = (epoch: number, { accuracy, seconds }: Record<string, number>) =>
  console.log(`epoch ${epoch + 1}: accuracy ${accuracy.toFixed(3)}, ${seconds.toFixed(1)} s`);
await net.fit(train, { epochs: 4, batchSize: 64, seed: 1, callbacks: [{ onEpochEnd }] });

const file = await Deno.makeTempFile({ suffix: ".safetensors" });
await Deno.writeFile(file, await net.save());
const again = await load(await Deno.readFile(file));
await Deno.remove(file);
console.log(`from the file: ${(await again.evaluate(test)).accuracy.toFixed(3)} of new digits right`);
console.log(`weights ${await again.digest()}`);
