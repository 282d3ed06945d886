/** A model of any length in a worker is that of the page. */
import { expect, it } from "vitest";
import { createEngine } from "../../src/engine/createEngine.ts";
import { layers } from "../../src/layers/index.ts";
import { sequential } from "../../src/model/index.ts";
import { options, working } from "./entry.ts";

const words = (n: number, steps: number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: steps }, (_, t) => 1 + ((i * 5 + t * 3) % 8)));
const y = [0, 1, 1, 0, 1, 0];

it("learns, is evaluated and predicts at lengths that differ, to the same bits", async () => {
  const make = () =>
    sequential(
      [
        layers.embedding({ inputDim: 9, outputDim: 4, maskZero: true }),
        layers.gru({ units: 3 }),
        layers.dense({ units: 2, activation: "softmax" }),
      ],
      { inputShape: [null], seed: 1 },
    );
  const page = make();
  await page.compile({ ...options, engine: await createEngine({ threads: 1 }) });
  const net = working(make());
  await net.compile(options);
  const validationData = [words(4, 9), [0, 1, 0, 1]] as never;
  for (const each of [page, net]) {
    await each.fit(words(6, 5), y, { epochs: 2, batchSize: 4, validationData });
    await each.fit([3, 7].map((steps) => ({ x: words(6, steps), y })) as never, { epochs: 2 });
  }
  expect(await net.digest()).toBe(await page.digest());
  expect(await net.evaluate(words(6, 8), y)).toEqual(await page.evaluate(words(6, 8), y));
  for (const steps of [2, 11]) {
    const [a, b] = [await net.predict(words(3, steps)), await page.predict(words(3, steps))];
    expect(a.data).toEqual(b.data);
    const flat = { x: Float32Array.from(words(3, steps).flat()), shape: [3, steps] };
    expect((await net.predict(flat)).data).toEqual(b.data);
  }
  expect((await net.predict(Float32Array.from(words(1, 4)[0]!))).shape).toEqual([1, 2]);
  await expect(net.predict([[[1]]])).rejects.toMatchObject({ code: "SHAPE_MISMATCH" });
});
