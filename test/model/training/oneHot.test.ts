/** One-hot targets: what library users pass to categoricalCrossentropy, in each of the forms that a data set takes. */
import { expect, it } from "vitest";
import { createEngine, dataset, layers, oneHot, optimizers, sequential } from "../../../src/index.ts";

const examples = 48;
const x = Float32Array.from({ length: examples * 4 }, (_, i) => Math.fround(((i * 37) % 101) / 101 - 0.5));
const labels = Array.from({ length: examples }, (_, i) => (i * 7) % 3);
const rows = labels.map((label) => [0, 1, 2].map((classId) => (classId === label ? 1 : 0)));

async function trained(y: Parameters<typeof dataset>[0]["y"], loss: string, batchSize: number) {
  const net = sequential(
    [layers.dense({ units: 8, activation: "relu" }), layers.dense({ units: 3, activation: "softmax" })],
    {
      inputShape: [4],
      seed: 3,
    },
  );
  await net.compile({
    optimizer: optimizers.adam({ learningRate: 0.05 }),
    loss: loss as "categoricalCrossentropy",
    metrics: ["accuracy"],
    engine: await createEngine({ threads: 1 }),
  });
  const data = dataset({ x, shape: [examples, 4], y });
  const { loss: losses, accuracy } = await net.fit(data, { epochs: 12, batchSize, seed: 5 });
  return { losses, accuracy, digest: await net.digest() };
}

it.each([1, 7, 48, 100])("rows of 0 and 1 train as class indices do, in batches of %d", async (batchSize) => {
  const sparse = await trained(labels, "sparseCategoricalCrossentropy", batchSize);
  for (const y of [rows, Float32Array.from(rows.flat()), oneHot(labels, 3)]) {
    const dense = await trained(y, "categoricalCrossentropy", batchSize);
    expect(dense.accuracy).toEqual(sparse.accuracy);
    for (const [epoch, loss] of dense.losses!.entries()) expect(loss).toBeCloseTo(sparse.losses![epoch]!, 5);
  }
  expect(sparse.losses!.at(-1)).toBeLessThan(sparse.losses![0]!);
});

it("says what to do where class indices meet categoricalCrossentropy", async () => {
  await expect(trained(labels, "categoricalCrossentropy", 8)).rejects.toThrow(
    /y has one label per example but this loss wants 3 numbers; use sparseCategoricalCrossentropy, or oneHot\(y, 3\)/,
  );
});
