/** Batches of ever new sizes: what a model keeps of each is bounded, and the bits are those of a model that has kept nothing. */
import { expect, it } from "vitest";
import { createEngine } from "../../../../src/autograd/engine.ts";
import { layers } from "../../../../src/layers/index.ts";
import { type Model, sequential } from "../../../../src/model/index.ts";
import { kept } from "../../../../src/model/network/kept.ts";
import { ready } from "../../../../src/model/state.ts";
import { blobs } from "../../examples.ts";

const engine = await createEngine({ threads: 1 });

async function compiled(): Promise<Model> {
  const net = sequential([layers.dense({ units: 3, activation: "softmax" })], { inputShape: [6], seed: 2 });
  await net.compile({ optimizer: "sgd", loss: "sparseCategoricalCrossentropy", engine });
  return net;
}

it("bytes of steps are kept of 16 sizes, whatever has been trained", async () => {
  const net = await compiled();
  const { stepBytes } = ready(net.state, "fit");
  const sizes: number[] = [];
  for (let n = 1; n <= 20; n++) {
    await net.fit(blobs({ n }), { epochs: 1, batchSize: n, seed: 1 });
    sizes.push(stepBytes.size);
  }
  expect(sizes.slice(0, 16)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
  expect(Math.max(...sizes)).toBe(16);
  const fresh = await compiled();
  fresh.setWeights(net.getWeights());
  for (const each of [net, fresh]) await each.fit(blobs({ n: 5 }), { epochs: 2, batchSize: 2, seed: 1 });
  expect(await net.digest()).toBe(await fresh.digest());
});

it("a value is made once while it is kept, and none is lost where making it fails", () => {
  const map = new Map<string, number>();
  const asked: string[] = [];
  const get = (key: string): number => kept(map, key, () => asked.push(key), 2);
  expect(["a", "b", "a", "b"].map(get)).toEqual([1, 2, 1, 2]);
  expect(() =>
    kept(
      map,
      "c",
      () => {
        throw new Error("none");
      },
      2,
    ),
  ).toThrow("none");
  expect(["a", "b"].map(get)).toEqual([1, 2]);
  expect(["c", "c", "a"].map(get)).toEqual([3, 3, 4]);
  expect(asked).toEqual(["a", "b", "c", "a"]);
});
