/** Networks of several inputs and outputs in a worker: the bits of the page, and its forms. */
import { expect, it, onTestFinished } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { layers } from "../../src/layers/index.ts";
import { input, load, model } from "../../src/model/index.ts";
import { inWorker } from "./entry.ts";

function network() {
  const [a, b] = [input({ shape: [2], name: "a" }), input({ shape: [3], name: "b" })];
  const both = layers.dense({ units: 4, activation: "tanh" }).apply(layers.concatenate([a, b]));
  const outputs = {
    kind: layers.dense({ units: 2, activation: "softmax" }).apply(both),
    price: layers.dense({ units: 1 }).apply(both),
  };
  return model({ inputs: [a, b], outputs, seed: 3 });
}

const options = {
  optimizer: "adam",
  loss: { kind: "sparseCategoricalCrossentropy", price: "mse" },
  lossWeights: { price: 0.5 },
  metrics: { kind: ["accuracy"] },
} as const;
const n = 20;
const x = {
  a: Array.from({ length: n }, (_, i) => [Math.sin(i), Math.cos(i)]),
  b: Array.from({ length: n }, (_, i) => [i / n, 1, i % 3]),
};
const y = { kind: x.a.map((_, i) => i % 2), price: x.a.map(([sine = 0]) => [sine]) };
const fit = { epochs: 3, batchSize: 6, seed: 2 };

it("trains to the page's bits, evaluates, predicts and is saved", async () => {
  const engine = await createEngine();
  const page = network();
  await page.compile({ ...options, engine });
  const history = await page.fit(x, y, { ...fit, validationSplit: 0.25 });
  const net = inWorker(network(), { engine: { threads: 1 } });
  onTestFinished(() => net.dispose());
  await net.compile(options);
  const there = await net.fit(x, y, { ...fit, validationSplit: 0.25 });
  expect(await net.digest()).toBe(await page.digest());
  expect(there.val_price_loss).toEqual(history.val_price_loss);
  expect(await net.evaluate({ x, y })).toEqual(await page.evaluate(x, y));
  const { kind, price } = await net.predict([engine.tensor(x.a), engine.tensor(x.b)]);
  const wanted = await page.predict(x);
  expect([kind.data, price.data]).toEqual([wanted.kind.data, wanted.price.data]);
  const again = await load(await net.save(), { engine });
  expect(await again.evaluate(x, y)).toEqual(await page.evaluate(x, y));
  await expect(net.fit({ a: x.a }, y)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
});

it("takes streams of such batches, and validates on records", async () => {
  const engine = await createEngine();
  const part = (from: number, to: number) => ({
    x: { a: x.a.slice(from, to), b: x.b.slice(from, to) },
    y: { kind: y.kind.slice(from, to), price: y.price.slice(from, to) },
  });
  const stream = () => [part(0, 8), part(8, 14)];
  const page = network();
  await page.compile({ ...options, engine });
  const wanted = await page.fit(stream, { epochs: 2, validationData: part(14, 20) });
  const net = inWorker(network(), { engine: { threads: 1 } });
  onTestFinished(() => net.dispose());
  await net.compile(options);
  const history = await net.fit(stream, { epochs: 2, validationData: part(14, 20) });
  expect(history.val_loss).toEqual(wanted.val_loss);
  expect(await net.digest()).toBe(await page.digest());
});
