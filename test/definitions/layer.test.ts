/** Layers of users' own: shapes, weights, options, training, and the way through a file. */
import { describe, expect, it } from "vitest";
import {
  createEngine,
  defineActivation,
  defineLayer,
  input,
  layers,
  load,
  model,
  modelFromConfig,
  ops,
  sequential,
  type Tensor,
} from "../../src/index.ts";
import { inWorker } from "../../src/worker/index.ts";
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

  it("is at every place: a graph, shared, a wrapper, beside frozen ones", async () => {
    const give = input({ shape: [3, 4] });
    const shared = plain({ units: 4 });
    const each = layers.timeDistributed({ layer: plain({ units: 4 }) }).apply(give);
    const y2 = layers.flatten().apply(layers.add([each, give]));
    const net = model({ inputs: give, outputs: plain({ units: 2, trainable: false }).apply(y2) });
    await net.compile({ optimizer: "sgd", loss: "meanSquaredError", engine });
    const before = net.getWeights();
    await net.fit(new Float32Array(24).fill(1), new Float32Array(4), { epochs: 1, batchSize: 2 });
    const moved = net.getWeights().map(({ data }, i) => String(data) !== String(before[i]!.data));
    expect(moved).toEqual([true, true, false, false]);
    const again = await load(await net.save(), { engine, custom: [plain] });
    expect(await again.digest()).toBe(await net.digest());
    const twice = input({ shape: [4] });
    const chained = model({ inputs: twice, outputs: shared.apply(shared.apply(twice)) });
    expect(chained.parameters.total).toBe(20);
  });

  it("takes several tensors where it says so", async () => {
    const mix = defineLayer({
      name: "mix",
      inputs: 2,
      weights: ([a]) => ({ share: { shape: [a!.at(-1)!], initializer: "zeros", constraint: "nonNeg" } }),
      call: ([a, b], { weights }) => ops.add(ops.multiply(a!, weights.share!), b!),
    });
    const give = input({ shape: [3] });
    const net = model({ inputs: give, outputs: mix().apply([give, layers.relu().apply(give)]) });
    await net.compile({ optimizer: "sgd", loss: "meanSquaredError", engine });
    expect([...(await net.predict(Float32Array.of(-1, 2, 3))).data]).toEqual([0, 2, 3]);
    await net.fit(Float32Array.of(-1, 2, 3), Float32Array.of(-5, 9, 0), { epochs: 4 });
    expect(net.getWeights()[0]!.data.every((share) => share >= 0)).toBe(true);
    expect(await failure(() => mix().apply(give), "SHAPE_MISMATCH")).toBe(
      "mix: it got 1 tensor but takes 2; pass a list of them to apply",
    );
    expect(await failure(() => sequential([mix()], { inputShape: [3] }), "SHAPE_MISMATCH")).toContain(
      "takes 2",
    );
    expect(await failure(() => plain({ units: 1 }).apply([give, give]), "INVALID_ARGUMENT")).toContain(
      "takes one",
    );
  });

  it("knows of training, draws by the seed, and adds to the loss", async () => {
    const noisy = defineLayer({
      name: "noisy",
      options: { rate: 0.5, factor: 0 },
      call(input, { options: { rate, factor }, training, draw, penalize }) {
        if (factor > 0) penalize(ops.multiply(ops.sum(ops.square(input)), factor / input.shape[0]!));
        return training ? ops.dropout(input, { rate, ...draw }) : input;
      },
    });
    const [a, b] = [noisy({ rate: 0.3 }), layers.dropout({ rate: 0.3 })];
    const own = await trained([layers.dense({ units: 6 }), a, layers.dense({ units: 2 })]);
    const known = await trained([layers.dense({ units: 6 }), b, layers.dense({ units: 2 })]);
    expect(await own.net.digest()).toBe(await known.net.digest());
    const punished = await trained([noisy({ rate: 0, factor: 0.1 }), layers.dense({ units: 2 })]);
    const likewise = await trained([layers.activityRegularization({ l2: 0.1 }), layers.dense({ units: 2 })]);
    expect(punished.history.loss[0]).toBeCloseTo(likewise.history.loss[0]!, 5);
  });

  it("may make tensors and look at numbers: its code runs in every step", async () => {
    let calls = 0;
    const counting = defineLayer({
      name: "counting",
      outputShape: (shape) => shape,
      call(input, { tensor }) {
        calls++;
        const largest = Math.max(...input.data); // zeros where shapes are worked out
        return ops.multiply(input, tensor(Number.isFinite(largest) ? 1 : 0));
      },
    });
    const own = await trained([layers.dense({ units: 2 }), counting()]);
    const known = await trained([layers.dense({ units: 2 })]);
    expect(calls).toBeGreaterThanOrEqual(9);
    expect(await own.net.digest()).toBe(await known.net.digest());
  });

  it("assigns to a weight that no gradient changes, as docs/guide/custom.md says", async () => {
    const centred = defineLayer({
      name: "centred",
      weights: ([features]) => ({
        mean: { shape: [features!], initializer: "zeros", trainable: false },
        steps: { shape: [], initializer: "zeros", trainable: false },
      }),
      call(input, { weights, training }) {
        if (training) {
          weights.mean!.assign(ops.mean(input, { axis: 0 }).data);
          weights.steps!.assign([weights.steps!.item() + 1]);
        }
        return ops.subtract(input, weights.mean!);
      },
    });
    // behind another layer, whose weights lie in the same piece of memory and have been read
    const { net } = await trained([layers.dense({ units: 3 }), centred(), layers.dense({ units: 2 })]);
    const [, , mean, steps] = net.getWeights();
    expect(steps!.data[0]).toBeGreaterThan(1);
    expect(mean!.data.some((value) => value !== 0)).toBe(true);
    const again = await load(await net.save(), { custom: [centred], engine });
    expect(await again.digest()).toBe(await net.digest());
  });

  it("gets the mask of what is before it, and hands it on", async () => {
    const seen: (number[] | undefined)[] = [];
    const looking = defineLayer({
      name: "looking",
      call(input, { mask }) {
        seen.push(mask && [...mask.data]);
        return input;
      },
    });
    const list = [
      layers.embedding({ inputDim: 5, outputDim: 3, maskZero: true }),
      looking(),
      layers.lstm({ units: 2 }),
    ];
    const net = sequential(list, { inputShape: [4], seed: 1 });
    await net.compile({ loss: "meanSquaredError", engine });
    const [one, two] = [Float32Array.of(3, 1, 0, 0), Float32Array.of(3, 1)];
    const padded = await net.predict(one);
    expect(seen.at(-1)).toEqual([1, 1, 0, 0]);
    const short = sequential([list[0]!, list[2]!], { inputShape: [2], seed: 1 });
    await short.compile({ loss: "meanSquaredError", engine });
    short.setWeights(net.getWeights());
    expect(padded.data).toEqual((await short.predict(two)).data);
  });

  it("is counted in the estimate of memory", () => {
    const wide = defineLayer({
      name: "wide",
      call: (input) => ops.tanh(ops.sin(ops.cos(ops.exp(input)))),
    });
    const list = [layers.dense({ units: 1000 }), wide(), layers.dense({ units: 1 })];
    const known = [list[0]!, layers.tanh(), list[2]!];
    const [own, less] = [list, known].map((each) =>
      sequential(each, { inputShape: [8] }).memory({ batchSize: 256 }),
    );
    // what exp, cos and sin give; gradients take each other's place, and where all layers are of the package a gradient takes that of the outputs, too
    const [wideOutputs, outputs] = [3 * 4 * 256_000, 4 * 256];
    expect(own!.activations - less!.activations).toBe(wideOutputs + outputs);
  });
});

describe("what is wrong with one is told", () => {
  const build = (definition: object, options?: object) => () =>
    sequential([(defineLayer(definition as never) as unknown as (given?: object) => never)(options)], {
      inputShape: [3],
    });
  const same = (input: Tensor): Tensor => input;

  it.each<[string, () => unknown, string, RegExp]>([
    ["no name", build({ call: same }), "INVALID_ARGUMENT", /^defineLayer: name is undefined; pass a text/],
    ["a name with a stroke", build({ name: "a/b", call: same }), "INVALID_ARGUMENT", /without "\/"/],
    [
      "a name of ours",
      build({ name: "relu", call: same }),
      "INVALID_ARGUMENT",
      /"relu" is that of anygrad's own layer/,
    ],
    [
      "no call",
      build({ name: "a" }),
      "INVALID_ARGUMENT",
      /^defineLayer: call is undefined; pass a function \(x, /,
    ],
    [
      "a misspelt part",
      build({ name: "a", call: same, weight: {} }),
      "INVALID_ARGUMENT",
      /did you mean weights\?/,
    ],
    [
      "a taken option",
      build({ name: "a", call: same, options: { trainable: true } }),
      "INVALID_ARGUMENT",
      /every layer has/,
    ],
    [
      "inputs of 0",
      build({ name: "a", call: same, inputs: 0 }),
      "INVALID_ARGUMENT",
      /^defineLayer: inputs is 0/,
    ],
    [
      "an unknown option",
      build({ name: "a", call: same, options: { rate: 1 } }, { rat: 2 }),
      "INVALID_ARGUMENT",
      /^a: "rat" is unknown; did you mean rate\?/,
    ],
    [
      "an option of another type",
      build({ name: "a", call: same, options: { rate: 1 } }, { rate: "2" }),
      "INVALID_ARGUMENT",
      /^a: rate is "2"; pass a value of type number/,
    ],
    [
      "NaN",
      build({ name: "a", call: same, options: { rate: 1 } }, { rate: Number.NaN }),
      "INVALID_ARGUMENT",
      /^a: rate: it is NaN/,
    ],
    [
      "a missing option",
      build({ name: "a", call: same, options: { units: Number } }),
      "INVALID_ARGUMENT",
      /^a: units: it is missing; pass a value of type number/,
    ],
    [
      "a list that is none",
      build({ name: "a", call: same, options: { sizes: Array } }, { sizes: {} }),
      "INVALID_ARGUMENT",
      /^a: sizes: it is \{\}; pass a list/,
    ],
    [
      "a function as an option",
      build({ name: "a", call: same, options: { f: Object } }, { f: () => 1 }),
      "INVALID_ARGUMENT",
      /a file cannot hold/,
    ],
    [
      "weights without names",
      build({ name: "a", call: same, weights: () => [[3]] }),
      "INVALID_ARGUMENT",
      /^a: weights gave \[\[3\]\]; give them by their names/,
    ],
    [
      "a weight without a shape",
      build({ name: "a", call: same, weights: { w: {} } }),
      "SHAPE_MISMATCH",
      /^a: weight "w": shape is undefined/,
    ],
    [
      "an unknown part of a weight",
      build({ name: "a", call: same, weights: { w: { shape: [3], init: "zeros" } } }),
      "INVALID_ARGUMENT",
      /did you mean initializer\?/,
    ],
    [
      "a wrong initializer",
      build({ name: "a", call: same, weights: { w: { shape: [3], initializer: "zero" } } }),
      "INVALID_ARGUMENT",
      /^a: weight "w": initializer: "zero" is unknown; did you mean zeros\?/,
    ],
    [
      "a weight that is not there",
      build({
        name: "a",
        weights: { kernel: [3] },
        call: (input: Tensor, { weights }: { weights: Record<string, Tensor> }) =>
          ops.multiply(input, weights.kernal!),
      }),
      "INVALID_ARGUMENT",
      /^a: weight: "kernal" is unknown; did you mean kernel\?/,
    ],
    [
      "no tensor",
      build({ name: "a", call: () => 3 }),
      "SHAPE_MISMATCH",
      /^a: call gave 3 for a batch of 2; give a float32 tensor \[2, …\]/,
    ],
    [
      "a promise",
      build({ name: "a", call: async (input: Tensor) => input }),
      "SHAPE_MISMATCH",
      /not asynchronously/,
    ],
    [
      "a sum over the batch",
      build({ name: "a", call: (input: Tensor) => ops.sum(input) }),
      "SHAPE_MISMATCH",
      /call gave float32 \[\] for a batch of 2/,
    ],
    [
      "an outputShape that is none",
      build({ name: "a", call: same, outputShape: () => 3 }),
      "SHAPE_MISMATCH",
      /^a: outputShape gave 3; give the shape/,
    ],
  ])("%s", async (_, run, code, message) => {
    expect(await failure(run, code)).toMatch(message);
  });

  it("an output of another shape than it said, in the first step", async () => {
    const wrong = defineLayer({ name: "wrong", outputShape: () => [2], call: same });
    const net = sequential([wrong()], { inputShape: [3] });
    await net.compile({ loss: "meanSquaredError", engine });
    expect(await failure(() => net.predict(new Float32Array(3)), "SHAPE_MISMATCH")).toBe(
      "wrong: call gave [1, 3] but outputShape says [1, 2]; correct one of them, or leave outputShape out",
    );
  });
});

describe("a file", () => {
  const bend = defineActivation({
    name: "bend",
    options: { by: 1 },
    call: (t, { options }) => ops.tanh(ops.multiply(t, options.by)),
  });
  const compiled = async (list: Parameters<typeof sequential>[0]) => {
    const net = sequential(list, { inputShape: [4], seed: 1 });
    await net.compile({ loss: "meanSquaredError", engine });
    return net;
  };

  it("says all that it wants and was not given", async () => {
    const bytes = await (
      await compiled([plain({ units: 3 }), layers.dense({ units: 2, activation: bend })])
    ).save();
    const wanted =
      'load: the model has the layer "plain" and the activation "bend" of your own, which files do not hold; pass what defineLayer, defineActivation gave, as load(bytes, { custom: [plain, bend] })';
    expect(await failure(() => load(bytes, { engine }), "NOT_READY")).toBe(wanted);
    expect(await failure(() => load(bytes, { engine, custom: [plain] }), "NOT_READY")).toContain(
      'has the activation "bend" of',
    );
    expect(await failure(() => load(bytes, { engine, custom: { bend } }), "NOT_READY")).toContain(
      'has the layer "plain" of',
    );
    expect((await load(bytes, { engine, custom: { bend, plain } })).parameters.total).toBe(15 + 8);
  });

  it("is not written of two definitions of one name, nor read with two", async () => {
    const other = defineLayer({ name: "plain", call: (input) => ops.tanh(input) });
    const net = await compiled([plain({ units: 3 }), other()]);
    expect(await failure(() => net.save(), "INVALID_ARGUMENT")).toContain(
      'two definitions of the layer "plain"',
    );
    const bytes = await (await compiled([plain({ units: 3 })])).save();
    expect(
      await failure(() => load(bytes, { engine, custom: [plain, other] }), "INVALID_ARGUMENT"),
    ).toContain("two definitions of layer plain");
  });

  it("holds no changed copies and no functions, and neither does a worker", async () => {
    const copy = { ...layers.relu(), call: layers.tanh().call };
    const other = { ...layers.dense({ units: 3 }), config: { units: 4 } };
    const square = layers.lambda((t) => ops.square(t));
    const start = { type: "zeros", config: {}, fill: (target: Tensor) => target.view.fill(5) };
    for (const [layer, what] of [
      [copy, "a changed copy of relu"],
      [other, "a changed copy of dense"],
      [
        layers.timeDistributed({ layer: { ...layers.dense({ units: 2 }), weights: () => [] } }),
        "a changed copy of dense",
      ],
      [square, "a function"],
      [plain({ units: 2 }), undefined],
      [
        layers.dense({ units: 2, kernelInitializer: start }),
        'an initializer "zeros" that defineInitializer has not made',
      ],
    ] as const) {
      const net = sequential([layers.reshape({ targetShape: [2, 2] }), layer], { inputShape: [4] });
      if (what !== undefined) expect(await failure(() => net.getConfig(), "UNSUPPORTED")).toContain(what);
      expect(await failure(() => inWorker(net), "UNSUPPORTED")).toMatch(/worker/);
    }
    expect(
      modelFromConfig(sequential([{ ...layers.relu(), name: "other" }], { inputShape: [1] }).getConfig())
        .layers[0]!.name,
    ).toBe("other");
  });
});

describe("lambda", () => {
  it("is a function as a layer, with gradients", async () => {
    const own = await trained([layers.dense({ units: 2 }), layers.lambda((t) => ops.tanh(t))]);
    const known = await trained([layers.dense({ units: 2 }), layers.tanh()]);
    expect(await own.net.digest()).toBe(await known.net.digest());
    expect(own.net.summary()).toContain("lambda (Lambda)");
    expect(await failure(() => own.net.save(), "UNSUPPORTED")).toBe(
      'layer "lambda" is a function, which no file or worker can hold; define it, as by defineLayer, and pass the definition as load(bytes, { custom: [it] })',
    );
  });

  it("knows its shape, or is told it", async () => {
    const rows = (t: Tensor): Tensor => ops.mean(t, { axis: -1 });
    expect(sequential([layers.lambda(rows)], { inputShape: [5, 3] }).outputShape).toEqual([5]);
    expect(layers.lambda(rows, { outputShape: [5], name: "rows" }).outputShape([[5, 3]])).toEqual([5]);
    expect(layers.lambda(rows, { outputShape: ([steps]) => [steps!] }).outputShape([[5, 3]])).toEqual([5]);
    expect(
      await failure(() => Reflect.apply(layers.lambda, undefined, [{ name: "a" }]), "INVALID_ARGUMENT"),
    ).toContain("lambda: it got { name } for a function");
  });

  it("may differ in training", async () => {
    const net = sequential([layers.lambda((t, { training }) => (training ? ops.multiply(t, 2) : t))], {
      inputShape: [1],
    });
    await net.compile({ loss: "meanSquaredError", engine });
    expect([...(await net.predict(Float32Array.of(3))).data]).toEqual([3]);
  });
});
