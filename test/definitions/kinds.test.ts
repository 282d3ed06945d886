/** Losses, metrics, activations, initializers, penalties, constraints and optimizers of users' own, and their way through a file. */
import { describe, expect, it } from "vitest";
import {
  createEngine,
  defineActivation,
  defineConstraint,
  defineInitializer,
  defineLoss,
  defineMetric,
  defineOptimizer,
  defineRegularizer,
  type Layer,
  layers,
  load,
  losses,
  metrics,
  ops,
  optimizers,
  schedules,
  sequential,
} from "../../src/index.ts";
import { inWorker } from "../../src/worker/index.ts";
import { failure } from "../data/failure.ts";

const engine = await createEngine({ threads: 1 });
const n = 24;
const x = Float32Array.from({ length: n * 4 }, (_, i) => ((i * 7919) % 101) / 50 - 1);
const y = Float32Array.from({ length: n * 2 }, (_, i) => ((i * 104729) % 97) / 97);

async function trained(list: readonly Layer[], compile: object = {}) {
  const net = sequential(list, { inputShape: [4], seed: 5 });
  await net.compile({ optimizer: "adam", loss: "meanSquaredError", engine, ...compile });
  const history = await net.fit(x, y, { epochs: 3, batchSize: 8, seed: 3 });
  return { net, history, digest: await net.digest() };
}
const two = (options: object = {}): Layer => layers.dense({ units: 2, ...options });

/** The model as a file gives it, which goes on with the same bits as the one that was saved. */
async function again(net: Awaited<ReturnType<typeof trained>>["net"], custom: readonly unknown[]) {
  const loaded = await load(await net.save({ optimizer: true }), { engine, custom: custom as never });
  for (const each of [net, loaded]) await each.fit(x, y, { epochs: 5, batchSize: 8, seed: 3, resume: true });
  expect(await loaded.digest()).toBe(await net.digest());
  expect(await loaded.evaluate(x, y)).toEqual(await net.evaluate(x, y));
  return loaded;
}

describe("a loss", () => {
  const power = defineLoss({
    name: "power",
    options: { factor: 1 },
    call: (yTrue, yPred, { options: { factor } }) =>
      ops.multiply(ops.mean(ops.square(ops.subtract(yPred, yTrue)), { axis: -1 }), factor),
  });

  it("trains to the bits of the package's, with its options, also from a file", async () => {
    const own = await trained([two()], { loss: power });
    const known = await trained([two()]);
    expect(own.history.loss).toEqual(known.history.loss);
    const double = await trained([two()], { loss: power({ factor: 2 }) });
    expect(double.history.loss[0]).toBeCloseTo(2 * known.history.loss[0]!, 4);
    const loaded = await again(double.net, [power]);
    expect((await loaded.evaluate(x, y)).loss).toBe((await double.net.evaluate(x, y)).loss);
    const without = await load(await double.net.save(), { engine });
    expect(await failure(() => without.fit(x, y), "NOT_READY")).toBe(
      'fit: the loss "power" is one of your own, which files do not hold; pass it as load(bytes, { custom: [power] }), or compile again',
    );
    expect((await without.predict(x)).data).toEqual((await double.net.predict(x)).data);
  });

  it("may take labels, and give a loss for each place", async () => {
    const labelled = defineLoss({
      name: "labelled",
      targets: "labels",
      call: (yTrue, yPred) => ops.sparseCategoricalCrossentropy(yPred, yTrue),
    });
    const list = () => [
      layers.reshape({ targetShape: [2, 2] }),
      layers.dense({ units: 3, activation: "softmax" }),
    ];
    const labels = Int32Array.from({ length: 2 * n }, (_, i) => i % 3);
    const [own, known] = await Promise.all(
      [labelled(), "sparseCategoricalCrossentropy" as const].map(async (loss) => {
        const net = sequential(list(), { inputShape: [4], seed: 1 });
        await net.compile({ optimizer: "sgd", loss, engine });
        return net.fit(x, labels as never, { epochs: 2, seed: 1 });
      }),
    );
    expect(own!.loss[1]).toBeCloseTo(known!.loss[1]!, 5);
  });

  it("of another shape, or of ours by name, is refused", async () => {
    const scalar = defineLoss({ name: "scalar", call: (t, p) => ops.mean(ops.subtract(t, p)) });
    expect(await failure(() => trained([two()], { loss: scalar() }), "SHAPE_MISMATCH")).toContain(
      "scalar: the function gave [] where a tensor of a loss an example, [8], is wanted",
    );
    expect(await failure(() => defineLoss({ name: "mse", call: (t) => t }), "INVALID_ARGUMENT")).toContain(
      "mse",
    );
  });
});

describe("a metric", () => {
  const within = defineMetric({
    name: "within",
    options: { error: 0.5 },
    call: (yTrue, yPred, { options: { error } }) =>
      ops.mean(ops.less(ops.abs(ops.subtract(yTrue, yPred)), error), { axis: -1 }),
  });
  const worst = defineMetric({
    name: "worst",
    options: { power: 1 },
    create({ power }) {
      let most = 0;
      return {
        update({ data }, { dense }) {
          dense!.forEach((target, i) => {
            most = Math.max(most, Math.abs(target - data[i]!));
          });
        },
        result: () => most ** power,
        reset: () => {
          most = 0;
        },
        save: () => ({ most }),
        restore: (saved) => {
          most = (saved as { most: number }).most;
        },
      };
    },
  });

  it("is computed with its options under its name, also from a file", async () => {
    const compile = { metrics: [within, within({ error: 0.1, name: "near" }), worst({ power: 2 }), "mae"] };
    const { net } = await trained([two()], compile);
    const loaded = await again(net, [within, worst]);
    const scores = await loaded.evaluate(x, y);
    const { data } = await net.predict(x);
    const errors = [...data].map((value, i) => Math.abs(value - y[i]!));
    const share = (most: number): number => errors.filter((error) => error < most).length / errors.length;
    expect(scores.within).toBeCloseTo(share(0.5), 6);
    expect(scores.near).toBeCloseTo(share(0.1), 6);
    expect(scores.worst).toBeCloseTo(Math.max(...errors) ** 2, 6);
    const without = await load(await net.save(), { engine, custom: [worst] });
    expect(await failure(() => without.evaluate(x, y), "NOT_READY")).toContain('the metric "within"');
  });

  it("is one of both forms, and none of ours", async () => {
    const both = { name: "a", call: () => 1, create: () => ({}) };
    expect(await failure(() => defineMetric(both as never), "INVALID_ARGUMENT")).toContain(
      '"call" is unknown',
    );
    expect(await failure(() => defineMetric({ name: "a" } as never), "INVALID_ARGUMENT")).toContain(
      "or create",
    );
    expect(await failure(() => within({ name: "" }), "INVALID_ARGUMENT")).toContain("within: name is");
    expect(Object.hasOwn(metrics, "mse")).toBe(true);
  });
});

describe("an activation", () => {
  const bend = defineActivation({
    name: "bend",
    options: { by: 1 },
    call: (t, { options: { by } }) => ops.tanh(ops.multiply(t, by)),
  });

  it("is taken by every layer that takes one, and by a file", async () => {
    const known = await trained([layers.dense({ units: 5 }), layers.tanh(), two()]);
    for (const list of [
      [layers.dense({ units: 5 }), layers.activation(bend), two()],
      [layers.dense({ units: 5 }), layers.activation(bend()), two()],
      [layers.dense({ units: 5, activation: bend }), two()],
    ])
      expect((await trained(list)).digest).toBe(known.digest);
    const wide = [
      layers.reshape({ targetShape: [4, 1] }),
      layers.conv1d({ filters: 2, kernelSize: 2, activation: bend({ by: 0.5 }) }),
      layers.timeDistributed({ layer: layers.dense({ units: 3, activation: bend({ by: 2 }) }) }),
      layers.lstm({ units: 3, activation: bend }),
      two(),
    ];
    const { net } = await trained(wide);
    const loaded = await again(net, [bend]);
    expect(loaded.getConfig()).toEqual(net.getConfig());
    expect(net.getConfig().layers[1]!.config).toMatchObject({
      activation: { type: "bend", config: { by: 0.5 }, custom: "activation" },
    });
  });

  it("comes last before a loss of probabilities, of which it may be one", async () => {
    const half = defineActivation({ name: "half", call: (t) => ops.sigmoid(t) });
    const binary = { loss: "binaryCrossentropy", optimizer: "sgd" };
    const targets = y.map((value) => (value > 0.5 ? 1 : 0));
    const net = sequential([two({ activation: half })], { inputShape: [4], seed: 5 });
    await net.compile({ ...binary, engine } as never);
    expect((await net.fit(x, targets, { epochs: 2, seed: 1 })).loss[1]).toBeLessThan(2);
  });

  it("keeps shapes", async () => {
    const sums = defineActivation({ name: "sums", call: (t) => ops.sum(t, { axis: -1 }) });
    expect(await failure(() => trained([two({ activation: sums })]), "SHAPE_MISMATCH")).toBe(
      "sums: call gave [8] for [8, 2]; an activation gives a tensor of the same shape",
    );
    expect(await failure(() => two({ activation: losses.huber }), "INVALID_ARGUMENT")).toContain(
      "is unknown",
    );
  });
});

describe("an initializer", () => {
  const rising = defineInitializer({
    name: "rising",
    options: { step: 0.1 },
    call: ([rows, columns], { options: { step }, uniform }) =>
      Array.from({ length: rows! }, () => Array.from({ length: columns! }, () => step * (uniform() - 0.5))),
  });

  it("draws the same numbers for a seed, others for each weight, and is saved", async () => {
    const list = () => [
      layers.dense({ units: 4, kernelInitializer: rising({ step: 2 }) }),
      two({ kernelInitializer: rising }),
    ];
    const [a, b] = [await trained(list()), await trained(list())];
    expect(a.digest).toBe(b.digest);
    const [first, , second] = sequential(list(), { inputShape: [4], seed: 5 }).layers.length
      ? a.net.getWeights()
      : [];
    expect(String(first!.data.slice(0, 2))).not.toBe(String(second!.data.slice(0, 2)));
    const loaded = await again(a.net, [rising]);
    expect(loaded.getConfig()).toEqual(a.net.getConfig());
  });

  it("gives finite numbers, as many as there are", async () => {
    const three = defineInitializer({ name: "three", call: () => [1, 2, 3] });
    const none = defineInitializer({ name: "none", call: () => Number.NaN });
    expect(await failure(() => trained([two({ kernelInitializer: three })]), "SHAPE_MISMATCH")).toBe(
      "three: call gave 3 numbers for a weight [4, 2]; give one number for all, or 8",
    );
    expect(await failure(() => trained([two({ kernelInitializer: none() })]), "NOT_FINITE")).toContain("NaN");
  });
});

describe("a penalty and a constraint", () => {
  const squares = defineRegularizer({
    name: "squares",
    options: { factor: 0.01 },
    call: (w, { options: { factor } }) => ops.multiply(ops.sum(ops.square(w)), factor),
  });
  const box = defineConstraint({
    name: "box",
    options: { most: 1 },
    call: (w, { options: { most } }) => ops.clip(w, -most, most),
  });

  it("do what they say, also from a file", async () => {
    const own = await trained([
      two({ kernelRegularizer: squares({ factor: 0.1 }), kernelConstraint: box({ most: 0.2 }) }),
    ]);
    const known = await trained([two({ kernelRegularizer: { l2: 0.1 } })]);
    expect(own.history.loss[0]).toBeCloseTo(known.history.loss[0]!, 0);
    expect(own.net.getWeights()[0]!.data.every((w) => Math.abs(w) <= Math.fround(0.2))).toBe(true);
    const loaded = await again(own.net, [squares, box]);
    expect(loaded.getWeights()[0]!.data.every((w) => Math.abs(w) <= Math.fround(0.2))).toBe(true);
    expect(await failure(async () => load(await own.net.save(), { engine }), "NOT_READY")).toContain(
      'the regularizer "squares" and the constraint "box"',
    );
  });

  it("of the package's form have the package's bits", async () => {
    const own = await trained([two({ kernelRegularizer: squares({ factor: 0.1 }) })]);
    const known = await trained([two({ kernelRegularizer: { l2: 0.1 } })]);
    own.net.getWeights()[0]!.data.forEach((w, i) => {
      expect(w).toBeCloseTo(known.net.getWeights()[0]!.data[i]!, 5);
    });
  });

  it("give what they should", async () => {
    const wide = defineRegularizer({ name: "wide", call: (w) => w });
    const flat = defineConstraint({ name: "flat", call: (w) => ops.sum(w) });
    expect(await failure(() => trained([two({ kernelRegularizer: wide })]), "SHAPE_MISMATCH")).toContain(
      "wide: call gave [4, 2]",
    );
    expect(await failure(() => trained([two({ kernelConstraint: flat() })]), "SHAPE_MISMATCH")).toContain(
      "flat: call gave []",
    );
  });
});

describe("an optimizer", () => {
  const heavy = defineOptimizer({
    name: "heavy",
    options: { momentum: 0.9 },
    slots: ["velocity"],
    learningRate: 0.01,
    call(weights, gradients, { options: { momentum }, learningRate, slots }) {
      const velocity = ops.subtract(
        ops.multiply(slots.velocity!, momentum),
        ops.multiply(gradients, learningRate),
      );
      return { weights: ops.add(weights, velocity), velocity };
    },
  });

  it("is sgd with momentum, with schedules, decay and clipping, also from a file", async () => {
    const shared = {
      weightDecay: 0.01,
      clipnorm: 0.5,
      learningRate: schedules.exponential({ initialLearningRate: 0.1, decaySteps: 3, decayRate: 0.5 }),
    };
    const own = await trained([two(), layers.relu(), two()], { optimizer: heavy(shared) });
    const known = await trained([two(), layers.relu(), two()], {
      optimizer: optimizers.sgd({ momentum: 0.9, ...shared }),
    });
    own.net.getWeights().forEach(({ data }, i) => {
      data.forEach((w, j) => {
        expect(w).toBeCloseTo(known.net.getWeights()[i]!.data[j]!, 5);
      });
    });
    await again(own.net, [heavy]);
    const without = await load(await own.net.save({ optimizer: true }), { engine });
    expect((await without.evaluate(x, y)).loss).toBe((await own.net.evaluate(x, y)).loss);
    expect(await failure(() => without.fit(x, y), "NOT_READY")).toContain(
      'fit: the optimizer "heavy" is one of your own',
    );
    expect((await trained([two()], { optimizer: heavy })).net.setup.optimizer).toBe("heavy");
  });

  it("is told what it gives wrong", async () => {
    const less = defineOptimizer({ name: "less", slots: ["v"], call: (weights) => ({ weights }) });
    const wide = defineOptimizer({ name: "wide", call: (weights) => ({ weights: ops.sum(weights) }) });
    expect(await failure(() => trained([two()], { optimizer: less() }), "INVALID_ARGUMENT")).toContain(
      "less: call gave { weights }; give tensors by name: weights, v",
    );
    expect(await failure(() => trained([two()], { optimizer: wide() }), "SHAPE_MISMATCH")).toContain(
      "wide: call gave [] for weights; give a tensor [10]",
    );
    expect(
      await failure(
        () => defineOptimizer({ name: "a", slots: ["weights"], call: (weights) => ({ weights }) }),
        "INVALID_ARGUMENT",
      ),
    ).toContain("slots");
  });

  it("or a schedule that is a changed copy is not saved as what it was", async () => {
    const rate = schedules.constant({ learningRate: 0.1 });
    for (const optimizer of [
      { ...optimizers.adam(), update: optimizers.sgd().update.bind(undefined) },
      optimizers.adam({ learningRate: { ...rate, at: () => 0.2 } }),
      optimizers.adam({
        learningRate: schedules.warmup({ warmupSteps: 2, schedule: { ...rate, at: () => 0.2 } }),
      }),
    ]) {
      const { net } = await trained([two()], { optimizer });
      const loaded = await load(await net.save({ optimizer: true }), { engine });
      expect(await failure(() => loaded.fit(x, y), "NOT_READY")).toContain(
        'the optimizer "adam" is one of your own',
      );
    }
  });

  it("cannot be sent to a worker", async () => {
    const net = inWorker(sequential([two()], { inputShape: [4] }));
    const compile = (options: object) => () => net.compile({ loss: "meanSquaredError", ...options } as never);
    expect(await failure(compile({ optimizer: heavy() }), "UNSUPPORTED")).toContain('the optimizer "heavy"');
    const own = defineLoss({ name: "own", call: (t) => t });
    expect(await failure(compile({ loss: own() }), "UNSUPPORTED")).toContain('the loss "own"');
    const count = defineMetric({ name: "count", call: (t) => t });
    expect(await failure(compile({ metrics: [count()] }), "UNSUPPORTED")).toContain('the metric "count"');
    net.dispose();
  });
});
