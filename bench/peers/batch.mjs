// The networks of networks.json and the one batch of random images that every peer trains on.
// batch.py draws the same numbers; the generator is the 32-bit linear congruential one of Numerical Recipes.
import { readFileSync } from "node:fs";

export const { networks, batchSize, inputShape, classes, learningRate } = JSON.parse(
  readFileSync(new URL("./networks.json", import.meta.url), "utf8"),
);

/** @returns images in [0, 1), row-major [batchSize, 28, 28, 1] or, with one channel the same, [batchSize, 1, 28, 28] */
export function randomBatch() {
  let state = 1;
  const draw = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
  const size = inputShape.reduce((product, n) => product * n, batchSize);
  const images = Float32Array.from({ length: size }, draw);
  const labels = Int32Array.from({ length: batchSize }, () => Math.floor(draw() * classes));
  return { images, labels };
}
