// The page of pages.mjs: a small convolutional network on data of its own.
import { createEngine, layers, optimizers, sequential } from "anygrad";

export async function train() {
  const engine = await createEngine();
  const net = sequential(
    [
      layers.conv2d({ filters: 8, kernelSize: 3, activation: "relu" }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dense({ units: 10, activation: "softmax" }),
    ],
    { inputShape: [28, 28, 1], seed: 1 },
  );
  await net.compile({
    optimizer: optimizers.adam({ learningRate: 1e-3 }),
    loss: "sparseCategoricalCrossentropy",
    metrics: ["accuracy"],
    engine,
  });
  const count = 256;
  const x = Float32Array.from({ length: count * 784 }, (_, i) => ((i * 2654435761) >>> 24) / 255);
  const y = Uint8Array.from({ length: count }, (_, i) => i % 10);
  const history = await net.fit({ x, y, shape: [count, 28, 28, 1] }, { epochs: 2, batchSize: 64, seed: 1 });
  const { variant, threads } = engine.info;
  const result = { loss: history.loss, digest: await net.digest(), variant, threads };
  engine.dispose();
  return result;
}
