/** Layers of users' own: shapes, weights, options, training, and the way through a file. */
import { describe, expect, it } from "vitest";
import {
  createEngine,
  dataset,
  defineActivation,
  defineConstraint,
  defineInitializer,
  defineLayer,
  defineLoss,
  defineMetric,
  defineOptimizer,
  defineRegularizer,
  input,
  layers,
  load,
  model,
  modelFromConfig,
  ops,
  schedules,
  sequential,
  type Tensor,
} from "../../src/index.ts";
import { failure } from "../data/failure.ts";

const engine = await createEngine({ threads: 1 });

/** As dense without an activation. */
const plain = defineLayer({
  name: "plain",
  options: { units: Number, useBias: true },
  weights: ([features], { units, useBias }) => ({
    kernel: { shape: [features!, units] },
    ...(useBias && { bias: { shape: [units], initializer: "zeros" } as const }),
  }),
  call: (x, { weights }) => ops.dense(x, weights.kernel!, weights.bias ?? null),
});

const n = 24;
const x = Float32Array.from({ length: n * 4 }, (_, i) => ((i * 7919) % 101) / 50 - 1);
const y = Float32Array.from({ length: n * 2 }, (_, i) => ((i * 104729) % 97) / 97);
const data = dataset({ x, shape: [n, 4], y } as never);
const fitting = { epochs: 3, batchSize: 8, seed: 3 };

async function trained(list: Parameters<typeof sequential>[0], compile: object = {}) {
  const net = sequential(list, { inputShape: [4], seed: 5 });
  await net.compile({ optimizer: "adam", loss: "meanSquaredError", engine, ...compile });
  return { net, history: await net.fit(x, y, fitting as never) };
}

describe("a layer of one's own", () => {
  it("trains to the bits of the package's own", async () => {
    const own = await trained([plain({ units: 3 }), layers.relu(), plain({ units: 2 })]);
    const known = await trained([layers.dense({ units: 3 }), layers.relu(), layers.dense({ units: 2 })]);
    expect(await own.net.digest()).toBe(await known.net.digest());
    expect(own.history.loss).toEqual(known.history.loss);
    expect(own.net.parameters).toEqual(known.net.parameters);
    expect(own.net.summary()).toContain("plain_1 (Plain)");
  });

  it("comes back from a file, and goes on with the same bits", async () => {
    const { net } = await trained([plain({ units: 3, name: "first" }), plain({ units: 2, useBias: false })]);
    const again = await load(await net.save({ optimizer: true }), { engine, custom: [plain, plain] });
    expect(again.layers.map(({ type, name, config }) => [type, name, config])).toEqual([
      ["plain", "first", { units: 3, useBias: true }],
      ["plain", "plain", { units: 2, useBias: false }],
    ]);
    expect(await again.digest()).toBe(await net.digest());
    for (const each of [net, again]) await each.fit(x, y, { ...fitting, epochs: 6, resume: true } as never);
    expect(await again.digest()).toBe(await net.digest());
    expect(modelFromConfig(net.getConfig(), { custom: [plain] }).parameters).toEqual(net.parameters);
  });
});
