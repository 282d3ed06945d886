/** Predictions use memory again while they run, and have the same bits as a pass that keeps all of it. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/engine/createEngine.ts";
import { layers } from "../../../src/layers/index.ts";
import { Random } from "../../../src/math/philox.ts";
import { input, type Model, model, type Prediction } from "../../../src/model/index.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";

const n = 16;

function noise(size: number): Float32Array {
  const random = new Random(5, 9);
  return Float32Array.from({ length: size }, () => random.normal());
}

/** Whether numbers have the same bits. */
const areSame = (a: Float32Array, b: Float32Array): boolean =>
  Buffer.compare(
    Buffer.from(a.buffer, a.byteOffset, a.byteLength),
    Buffer.from(b.buffer, b.byteOffset, b.byteLength),
  ) === 0;

/** Branches, sums, views, layers of several ops, outputs on the way, one layer at two places: [16, 32, 32, 3] in. */
function tangled(): Model<Record<string, Prediction>> {
  const same = { kernelSize: 3, padding: "same" } as const;
  const x = input({ shape: [32, 32, 3] });
  const early = layers.conv2d({ filters: 16, ...same, activation: "silu" }).apply(x);
  let y = early;
  for (let i = 0; i < 4; i++) {
    const z = layers.relu({ maxValue: 6 }).apply(layers.batchNormalization().apply(y));
    const wide = layers.separableConv2d({ filters: 16, ...same }).apply(z);
    y = layers.add().apply([y, layers.dropout({ rate: 0.3 }).apply(wide)]);
  }
  const shared = layers.conv2d({ filters: 16, ...same });
  const both = layers.concatenate().apply([shared.apply(shared.apply(y)), early, x]);
  const rows = layers.reshape({ targetShape: [32, 32 * 35] }).apply(both);
  const sequence = layers.lstm({ units: 8, returnSequences: true }).apply(rows);
  const last = layers.dense({ units: 4, activation: "softmax" }).apply(layers.flatten().apply(sequence));
  return model({ inputs: x, outputs: { last, early, rows, sequence } }) as Model<Record<string, Prediction>>;
}

describe("memory of predictions", () => {
  it("is used again, with the bits of a pass that keeps all", async () => {
    const engine = await createEngine({ threads: 1 });
    const net = tangled();
    await net.build({ engine });
    const x = noise(n * 32 * 32 * 3);
    const shape = [n, 32, 32, 3];
    const before = engine.info.peakBytes;
    const predicted = await net.predict({ x, shape }, { batchSize: n });
    const thrifty = engine.info.peakBytes - before;
    engine.step(() => {
      const whole = net.apply(engine.tensor(x, shape)) as unknown as Record<string, Tensor>;
      for (const [name, { data }] of Object.entries(predicted))
        expect(areSame(data, whole[name]!.data as Float32Array), name).toBe(true);
    });
    const whole = engine.info.peakBytes - before;
    expect(thrifty / whole).toBeLessThan(0.6);
    // in parts of a batch each: what one leaves does not reach the next
    for (const batchSize of [5, n])
      for (const [name, { data }] of Object.entries(await net.predict({ x, shape }, { batchSize })))
        expect(areSame(data, predicted[name]!.data), `${name}, ${batchSize} at once`).toBe(true);
    engine.dispose();
  });

  it("of masks and of layers of the user's own is kept, since these look back", async () => {
    const engine = await createEngine({ threads: 1 });
    const x = input({ shape: [400] });
    const y = layers.embedding({ inputDim: 20, outputDim: 64, maskZero: true }).apply(x);
    const z = layers.lambda((a: Tensor) => a).apply(layers.dense({ units: 64 }).apply(y));
    const net = model({ inputs: x, outputs: layers.gru({ units: 4 }).apply(z) }) as Model;
    await net.build({ engine });
    const ids = Float32Array.from({ length: n * 400 }, (_, i) => (i % 400 < 300 ? 1 + (i % 19) : 0));
    const { data } = await net.predict({ x: ids, shape: [n, 400] });
    engine.step(() => {
      expect(data).toEqual((net.apply(engine.tensor(ids, [n, 400])) as Tensor).data);
    });
    engine.dispose();
  });
});
