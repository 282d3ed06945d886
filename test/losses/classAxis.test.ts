/** Class indices over classes that lie on another axis than the last: values by hand, and a network that learns the same bits. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/engine/createEngine.ts";
import { type Layer, layers } from "../../src/layers/index.ts";
import { type Loss, losses } from "../../src/losses/index.ts";
import { load, type Sequential, sequential } from "../../src/model/index.ts";
import { failure } from "../data/failure.ts";

const engine = await createEngine();
// predictions[1, 3, 2]: three classes at each of two places
const p = [0.2, 0.5, 0.3, 0.25, 0.5, 0.25];

describe("sparseCategoricalCrossentropy with an axis", () => {
  it.each([1, -2])("%i: −ln of each place's probability, or of its softmax", (axis) => {
    const predictions = engine.tensor(p, [1, 3, 2]);
    const labels = engine.tensor(new Int32Array([2, 0]), [1, 2], "int32");
    const each = losses.sparseCategoricalCrossentropy({ axis }).call(predictions, labels, false);
    expect(each.shape).toEqual([1, 2]);
    expect(each.data[0]).toBeCloseTo(-Math.log(0.5), 6);
    expect(each.data[1]).toBeCloseTo(-Math.log(0.5), 6);
    const raw = losses.sparseCategoricalCrossentropy({ axis, fromLogits: true });
    const sum = (column: number): number => [0, 1, 2].reduce((s, c) => s + Math.exp(p[2 * c + column]!), 0);
    const logits = raw.call(predictions, labels, false).data;
    expect(logits[0]).toBeCloseTo(Math.log(sum(0)) - 0.5, 6);
    expect(logits[1]).toBeCloseTo(Math.log(sum(1)) - 0.5, 6);
  });

  const x = Float32Array.from({ length: 12 * 4 * 2 }, (_, i) => Math.sin(7 * i));
  const y = Int32Array.from({ length: 12 * 4 }, (_, i) => (i * i) % 3);
  const trained = async (loss: Loss, ...last: Layer[]): Promise<Sequential> => {
    const net = sequential([layers.dense({ units: 3 }), ...last], { inputShape: [4, 2], seed: 1 });
    await net.compile({ optimizer: "sgd", loss, engine });
    const options = { epochs: 2, batchSize: 5, seed: 1, classWeight: { 2: 3 } };
    await net.fit(
      { x, shape: [12, 4, 2], y },
      { ...options, sampleWeight: Float32Array.from(y, (_, i) => i % 2) },
    );
    return net;
  };

  it("trains classes before places to the bits of classes behind them, weights of classes and places too", async () => {
    const wanted = await trained(losses.sparseCategoricalCrossentropy({ fromLogits: true }));
    const loss = losses.sparseCategoricalCrossentropy({ fromLogits: true, axis: 1 });
    const net = await trained(loss, layers.permute({ dims: [2, 1] }));
    expect(await net.digest()).toBe(await wanted.digest());
    const again = await load(await net.save({ optimizer: true }), { engine });
    const set = { x, shape: [12, 4, 2], y };
    expect(await again.evaluate(set)).toEqual(await wanted.evaluate(set));
  });

  it("refuses the batch's axis, one that is not there, and metrics, which take the last axis", async () => {
    const loss = () => losses.sparseCategoricalCrossentropy({ axis: 0 });
    expect(await failure(loss, "INVALID_ARGUMENT")).toContain("axis is 0");
    const net = sequential([layers.dense({ units: 3 })], { inputShape: [4, 2] });
    const compiled = (axis: number, metrics: "accuracy"[]) => () =>
      net.compile({ loss: losses.sparseCategoricalCrossentropy({ axis }), metrics, engine });
    expect(await failure(compiled(1, ["accuracy"]), "INVALID_ARGUMENT")).toContain("the metric accuracy");
    expect(await failure(compiled(3, []), "INVALID_ARGUMENT")).toContain("axis 3");
    await compiled(2, ["accuracy"])();
  });
});
