// An autoencoder takes noise off digits: it learns to draw them from 32 numbers. Run: node examples/autoencoder.mjs
import { datasets, layers, optimizers, sequential } from "anygrad";

const { train, test } = await datasets.digits({ train: 1500, test: 200, seed: 1 });
const size = 28 * 28;

let state = 7;
/** Uniform numbers from 0 to 1, the same in every run. */
function random() {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return (state >>> 0) / 2 ** 32;
}

/** Digits with a third of their pixels replaced, and what they were, both from 0 to 1. */
function spoiled({ x: pixels, shape: [count] }) {
  const y = Float32Array.from(pixels, (pixel) => pixel / 255);
  const x = y.map((pixel) => (random() < 0.33 ? random() : pixel));
  return { x, y, shape: [count, 28, 28, 1] };
}

/** The picture at place i, a letter for two pixels. */
function drawing(pixels, i) {
  const shades = " .:*#";
  return Array.from({ length: 14 }, (_, row) =>
    Array.from({ length: 28 }, (__, column) => {
      const value = pixels[i * size + 2 * row * 28 + column];
      return shades[Math.min(4, Math.max(0, Math.floor(5 * value)))];
    }).join(""),
  );
}

const half = { kernelSize: 3, strides: 2, padding: "same", activation: "relu" };
const net = sequential(
  [
    layers.conv2d({ filters: 8, ...half }),
    layers.conv2d({ filters: 16, ...half }),
    layers.flatten(),
    layers.dense({ units: 32 }), // all that is kept of a digit
    layers.dense({ units: 7 * 7 * 16, activation: "relu" }),
    layers.reshape({ targetShape: [7, 7, 16] }),
    layers.conv2dTranspose({ filters: 16, ...half }),
    layers.conv2dTranspose({ filters: 8, ...half }),
    layers.conv2d({ filters: 1, kernelSize: 3, padding: "same", activation: "sigmoid" }),
  ],
  { inputShape: [28, 28, 1], seed: 1 },
);
console.log(net.summary());
await net.compile({ optimizer: optimizers.adam({ learningRate: 3e-3 }), loss: "binaryCrossentropy" });
const unseen = spoiled(test);
await net.fit(spoiled(train), { epochs: 16, batchSize: 32, seed: 1 });

const cleaned = await net.predict({ x: unseen.x, shape: unseen.shape });
const [before, after] = [drawing(unseen.x, 0), drawing(cleaned.data, 0)];
before.forEach((line, row) => {
  console.log(`${line}  ${after[row]}`);
});
const error = (pixels) =>
  pixels.reduce((sum, pixel, i) => sum + (pixel - unseen.y[i]) ** 2, 0) / unseen.y.length;
const [noise, left] = [error(unseen.x), error(cleaned.data)];
console.log(`mean squared error: spoiled ${noise.toFixed(4)}, cleaned ${left.toFixed(4)}`);
if (left > 0.2 * noise) throw new Error("the autoencoder did not learn");
