// A page without convolutions, of pages.mjs: a network of dense layers, in the engine that models share.
import { layers, sequential } from "anygrad";

export async function train() {
  const net = sequential(
    [
      layers.flatten(),
      layers.dense({ units: 16, activation: "relu" }),
      layers.dense({ units: 10, activation: "softmax" }),
    ],
    { inputShape: [28, 28, 1], seed: 1 },
  );
  await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  const count = 256;
  const x = Float32Array.from({ length: count * 784 }, (_, i) => ((i * 2654435761) >>> 24) / 255);
  const y = Uint8Array.from({ length: count }, (_, i) => i % 10);
  await net.fit({ x, y, shape: [count, 28, 28, 1] }, { epochs: 2, batchSize: 64, seed: 1 });
  return { digest: await net.digest(), variant: net.engine.info.variant };
}
