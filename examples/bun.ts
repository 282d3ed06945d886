// Trains in a worker while Bun answers requests: http://127.0.0.1:PORT tells how far it is. Run: bun examples/bun.ts
import { layers, sequential } from "anygrad";
import { datasets, inWorker } from "anygrad/worker";

const net = inWorker(
  sequential(
    [
      layers.conv2d({ filters: 16, kernelSize: 3, activation: "relu" }),
      layers.maxPooling2d(),
      layers.conv2d({ filters: 32, kernelSize: 3, activation: "relu" }),
      layers.maxPooling2d(),
      layers.flatten(),
      layers.dense({ units: 10, activation: "softmax" }),
    ],
    { inputShape: [28, 28, 1], seed: 1 },
  ),
);
await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
const { train, test } = await datasets.digits({ train: 4000, test: 1000, seed: 1 });

const progress: Record<string, number> = {};
const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => Response.json(progress) });
const training = net.fit(train, {
  epochs: 4,
  batchSize: 64,
  seed: 1,
  callbacks: [{ onStepEnd: (logs) => Object.assign(progress, logs) }],
});
const timer = setInterval(async () => {
  const { epoch, accuracy } = (await (await fetch(server.url)).json()) as Record<string, number>;
  if (epoch !== undefined) console.log(`epoch ${epoch + 1}, accuracy ${accuracy?.toFixed(3)}`);
}, 500);
await training;
clearInterval(timer);
await server.stop();

const { accuracy } = await net.evaluate(test);
console.log(`${accuracy?.toFixed(3)} of new digits right`);
console.log(`weights ${await net.digest()}`);
net.dispose();
