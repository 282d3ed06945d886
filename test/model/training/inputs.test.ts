/** What goes into a model: bytes with a normalisation, floats, nested arrays; and what predict gives. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import type { Dataset } from "../../../src/data/dataset.ts";
import { take } from "../../../src/data/selection.ts";
import { type Layer, layers } from "../../../src/layers/index.ts";
import { type CompileOptions, type FitOptions, type Model, sequential } from "../../../src/model/index.ts";
import { optimizers } from "../../../src/optimizers/index.ts";
import { asFloats, blobs, convolution, perceptron, quarters, rows } from "../examples.ts";

const engine = await createEngine();
const sparse = { loss: "sparseCategoricalCrossentropy" } as const;

async function compiled(net: Model, options: Partial<CompileOptions> = {}): Promise<Model> {
  await net.compile({ optimizer: optimizers.adam(), ...sparse, engine, ...options });
  return net;
}

describe("pixels", () => {
  const plain = (first: Layer[] = []): Model =>
    sequential(
      [
        ...first,
        layers.conv2d({ filters: 4, kernelSize: 3, activation: "relu" }),
        layers.flatten(),
        layers.dense({ units: 4, activation: "softmax" }),
      ],
      { inputShape: [8, 8, 1], seed: 2 },
    );
  const options: FitOptions = { epochs: 2, batchSize: 24 };

  it("as bytes with a normalisation are the floats that it makes", async () => {
    const sets = [quarters(), asFloats(quarters())];
    const digests = [];
    for (const set of sets) {
      const net = await compiled(plain());
      await net.fit(set, options);
      digests.push(await net.digest());
    }
    expect(digests[1]).toBe(digests[0]);
  });

  it("reach a first layer that rescales as they are", async () => {
    const [one, two] = [
      await compiled(plain()),
      await compiled(plain([layers.rescaling({ scale: 1 / 255 })])),
    ];
    await one.fit(quarters(), options);
    await two.fit(quarters(), options);
    expect(one.normalization).toEqual({ scale: 1 / 255, shift: 0 });
    expect(two.normalization).toBeUndefined();
    expect(await two.digest()).toBe(await one.digest());
    expect(await two.evaluate(quarters())).toEqual(await one.evaluate(quarters()));
    expect(await two.predict(quarters())).toEqual(await one.predict(quarters()));
  });

  it("of another set are judged by the normalisation of the training", async () => {
    const net = await compiled(plain());
    await net.fit(quarters(), options);
    const { normalization: _, ...bare } = quarters();
    const foreign: Dataset = { ...bare, normalization: { scale: 5, shift: 3 } };
    const wanted = await net.predict(asFloats(quarters()));
    expect(await net.predict(foreign)).toEqual(wanted);
    expect(await net.predict(quarters().x)).toEqual(wanted);
    expect(await net.evaluate(foreign)).toEqual(await net.evaluate(asFloats(quarters())));
  });

  it("without a normalisation are taken as they are", async () => {
    const { normalization: _, ...bare } = quarters();
    const [one, two] = [await compiled(plain()), await compiled(plain())];
    await one.fit(bare, options);
    await two.fit(asFloats(bare), options);
    expect(await one.digest()).toBe(await two.digest());
  });
});

describe("predict", () => {
  it("takes nested arrays, flat floats and sets alike, in batches of any size", async () => {
    const net = await compiled(perceptron());
    const set = blobs({ n: 10 });
    const x = set.x as Float32Array;
    const nested = rows(0, 10).map((i) => [...x.subarray(6 * i, 6 * i + 6)]);
    const wanted = await net.predict(x);
    expect(wanted.shape).toEqual([10, 3]);
    expect(await net.predict(nested)).toEqual(wanted);
    expect(await net.predict(set)).toEqual(wanted);
    for (const batchSize of [1, 3, 10, 64]) {
      const { data } = await net.predict(x, { batchSize });
      data.forEach((p, i) => {
        expect(p).toBeCloseTo(wanted.data[i]!, 6);
      });
    }
    expect((await net.predict([nested[4]!])).data).toEqual(wanted.data.slice(12, 15));
  });

  it("draws no dropout and uses moving statistics", async () => {
    const net = await compiled(convolution());
    await net.fit(quarters(), { epochs: 2 });
    const alone = await net.predict(take(quarters(), 1));
    const among = await net.predict(quarters());
    expect(among.data.slice(0, 4)).toEqual(alone.data);
    expect(await net.predict(quarters())).toEqual(among);
  });
});
