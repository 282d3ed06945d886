/** Predictions of one size repeat the kernel calls of the first: whatever else differs from call to call must still count. */
import { expect, it } from "vitest";
import { createEngine, layers, type Model, sequential } from "../../../src/index.ts";

const size = 64; // numbers of an example
const numbers = (examples: number, from = 0): Float32Array =>
  Float32Array.from({ length: examples * size }, (_, i) => ((i + from) * 7919) % 13);

async function network(): Promise<Model> {
  const net = sequential(
    [
      layers.conv2d({ filters: 4, kernelSize: 3, activation: "relu" }),
      layers.maxPooling2d(),
      layers.flatten(),
      layers.dense({ units: 3, activation: "softmax" }),
    ],
    { inputShape: [8, 8, 1], seed: 1 },
  );
  await net.compile({ loss: "sparseCategoricalCrossentropy", engine: await createEngine({ threads: 1 }) });
  return net;
}

const outputs = async (net: Model, x: Float32Array | Uint8Array, examples: number): Promise<number[]> =>
  Array.from((await net.predict({ x, shape: [examples, 8, 8, 1] })).data);

it("gives each call what a new model gives, whatever came before", async () => {
  const net = await network();
  const calls = [1, 1, 1, 5, 1, 40, 2, 3, 4, 5, 1].map(
    (examples, from) => [examples, numbers(examples, from)] as const,
  );
  for (const [examples, x] of calls) {
    expect(await outputs(net, x, examples)).toEqual(await outputs(await network(), x, examples));
    expect(await outputs(net, x, examples)).toEqual(await outputs(net, x, examples));
  }
});

it("tells bytes from floats", async () => {
  const net = await network();
  const bytes = Uint8Array.from(numbers(1), (value) => value * 20);
  const all = [bytes, numbers(1), bytes, bytes, numbers(1)];
  for (const x of all) expect(await outputs(net, x, 1)).toEqual(await outputs(await network(), x, 1));
});

it("reads the weights as they are now, and leaves other work in the engine alone", async () => {
  const net = await network();
  const x = numbers(1);
  const before = await outputs(net, x, 1);
  await outputs(net, x, 1);
  net.setWeights(net.getWeights().map((each) => ({ ...each, data: each.data.map((value) => -value) })));
  const after = await outputs(net, x, 1);
  expect(after).not.toEqual(before);
  const set = { x: numbers(32), y: Uint8Array.from({ length: 32 }, (_, i) => i % 3), shape: [32, 8, 8, 1] };
  const trained = await network();
  for (const each of [net, trained]) {
    each.setWeights((await network()).getWeights());
    await each.fit(set, { epochs: 2, batchSize: 8, seed: 1 });
    await outputs(each, x, 1);
  }
  expect(await outputs(net, x, 1)).toEqual(await outputs(trained, x, 1));
});
