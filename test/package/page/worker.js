// The page of workerPage.mjs: the network of train.js, in a worker. In Node as well, which says what digest is wanted.
import { layers, sequential } from "anygrad";
import { inWorker } from "anygrad/worker";

export async function train() {
  const net = inWorker(
    sequential(
      [
        layers.conv2d({ filters: 8, kernelSize: 3, activation: "relu" }),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.flatten(),
        layers.dense({ units: 10, activation: "softmax" }),
      ],
      { inputShape: [28, 28, 1], seed: 1 },
    ),
  );
  await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  const count = 256;
  const x = Float32Array.from({ length: count * 784 }, (_, i) => ((i * 2654435761) >>> 24) / 255);
  const y = Uint8Array.from({ length: count }, (_, i) => i % 10);
  const history = await net.fit({ x, y, shape: [count, 28, 28, 1] }, { epochs: 2, batchSize: 64, seed: 1 });
  const result = { loss: history.loss, digest: await net.digest() };
  net.dispose();
  return result;
}
