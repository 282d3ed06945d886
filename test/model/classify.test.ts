/** Class names: from the training data into the model and its file, and out of it with the predictions. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { layers } from "../../src/layers/index.ts";
import { load, sequential } from "../../src/model/index.ts";
import { optimizers } from "../../src/optimizers/index.ts";
import { failure } from "../data/failure.ts";

const engine = await createEngine();
const set = {
  x: Float32Array.of(-1, -2, 1, 2),
  shape: [4, 1],
  y: Uint8Array.of(0, 0, 1, 1),
  classNames: ["cold", "warm"],
  preparation: { columns: [{ name: "t", kind: "number", mean: 20, deviation: 5 }] },
} as const;

async function trained(units: number) {
  const net = sequential([layers.dense({ units, activation: units === 1 ? "sigmoid" : "softmax" })], {
    inputShape: [1],
    seed: 1,
  });
  const loss = units === 1 ? "binaryCrossentropy" : "sparseCategoricalCrossentropy";
  await net.compile({ optimizer: optimizers.adam({ learningRate: 0.1 }), loss, engine });
  await net.fit(units === 1 ? { ...set, y: Float32Array.from(set.y) } : set, { epochs: 50 });
  return net;
}

describe("classify", () => {
  it.each([1, 2])(
    "names the class of each example, with %s outputs and out of a file, too",
    async (units) => {
      const net = await trained(units);
      const again = await load(await net.save(), { engine });
      expect(again.classNames).toEqual(set.classNames);
      expect(again.preparation).toEqual(set.preparation);
      const { data } = await net.predict(set);
      const classes = await again.classify(set);
      expect(classes.map(({ label }) => label)).toEqual(["cold", "cold", "warm", "warm"]);
      expect(classes[2]!.probability).toBe(units === 1 ? data[2] : data[5]);
      const both = await again.classify(set, { top: 5 });
      expect(both.map((list) => list.map(({ label }) => label))[3]).toEqual(["warm", "cold"]);
      expect(both[0]!.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5);
    },
  );

  it("refuses outputs that are no probabilities", async () => {
    const net = sequential([layers.dense({ units: 1 })], { inputShape: [1], seed: 1 });
    await net.compile({ loss: "meanSquaredError", engine });
    const message = await failure(() => net.classify([[1000]]), "INVALID_ARGUMENT");
    expect(message).toMatch(/which is no probability; end it in a softmax or sigmoid, or use predict/);
  });

  it("gives numbers where there are no names, and refuses a top of 0", async () => {
    const net = sequential([layers.dense({ units: 3, activation: "softmax" })], { inputShape: [1], seed: 1 });
    await net.compile({ loss: "sparseCategoricalCrossentropy", engine });
    for (const { label, classId } of await net.classify([[1]])) expect(label).toBe(String(classId));
    expect(await failure(() => net.classify([[1]], { top: 0 }), "INVALID_ARGUMENT")).toMatch(/top is 0/);
  });
});
