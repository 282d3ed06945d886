/** What layers do in models: noise by step and seed, penalties in the loss, statistics of data, attention's masks, files, errors. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { activationNames } from "../../src/layers/activation.ts";
import { type Layer, layers } from "../../src/layers/index.ts";
import { input, load, type Model, model, sequential } from "../../src/model/index.ts";
import { failure } from "../data/failure.ts";

const engine = await createEngine({ threads: 1 });
const numbers = (n: number): Float32Array =>
  Float32Array.from({ length: n }, (_, i) => ((i * 7919) % 101) / 50 - 1);

async function compiled(net: Model): Promise<Model> {
  await net.compile({ optimizer: "sgd", loss: "meanSquaredError", engine });
  return net;
}

/** What learns and changes nothing at first. */
const identity = (): Layer => layers.prelu({ alphaInitializer: "ones" });

describe("noise", () => {
  const noisy: readonly Layer[] = [
    layers.gaussianNoise({ stddev: 0.5 }),
    layers.gaussianDropout({ rate: 0.3 }),
    layers.spatialDropout2d({ rate: 0.3 }),
    layers.dropout({ rate: 0.3, noiseShape: [null, 1, 1, null] }),
  ];

  it.each(noisy)(
    "$type: nothing in prediction, other numbers in each step, the same for a seed",
    async (layer) => {
      const net = (): Model =>
        sequential([layer, layers.flatten(), layers.dense({ units: 1 })], { inputShape: [4, 4, 3], seed: 1 });
      const x = numbers(4 * 48);
      const data = { x, y: new Float32Array(4), shape: [4, 4, 4, 3] };
      const losses = async (seed: number): Promise<number[]> => {
        const { loss } = await (await compiled(net())).fit(data, {
          epochs: 3,
          batchSize: 4,
          seed,
          shuffle: false,
        });
        return loss;
      };
      const still = await compiled(sequential([layer], { inputShape: [4, 4, 3] }));
      expect([...(await still.predict(x)).data]).toEqual([...x]);
      const [first, again, other] = [await losses(1), await losses(1), await losses(2)];
      expect(again).toEqual(first);
      expect(other).not.toEqual(first);
    },
  );

  it("spatial dropout drops a channel of an example as a whole, and scales the others", async () => {
    const net = await compiled(
      sequential([identity(), layers.spatialDropout2d({ rate: 0.5 }), layers.globalAveragePooling2d()], {
        inputShape: [2, 2, 64],
      }),
    );
    const x = new Float32Array(2 * 2 * 64).fill(1);
    const { loss } = await net.fit(
      { x, y: new Float32Array(64), shape: [1, 2, 2, 64] },
      { epochs: 1, batchSize: 1, seed: 3 },
    );
    // of 64 channels k are 2 and the others 0: the mean of their squares is 4 k / 64
    const kept = (loss[0]! * 64) / 4;
    expect(kept).toBe(Math.round(kept));
    expect(kept).toBeGreaterThan(15);
    expect(kept).toBeLessThan(49);
  });

  it("dropout with a noiseShape drops what lies along its ones as a whole: pixels, examples, channels", async () => {
    const loss = async (layer: Layer): Promise<number> => {
      const net = await compiled(
        sequential([identity(), layer, layers.globalAveragePooling2d()], { inputShape: [2, 2, 4] }),
      );
      const x = new Float32Array(64 * 2 * 2 * 4).fill(1);
      const data = { x, y: new Float32Array(64 * 4), shape: [64, 2, 2, 4] };
      return (await net.fit(data, { epochs: 1, batchSize: 64, seed: 3 })).loss[0]!;
    };
    const dropout = (...noiseShape: (number | null)[]): Promise<number> =>
      loss(layers.dropout({ rate: 0.5, noiseShape }));
    // k of the parts are 2 and the others 0: the mean of their squares is 4 times their share
    const wholeExamples = ((await dropout(null, 1, 1, 1)) / 4) * 64;
    expect(wholeExamples).toBe(Math.round(wholeExamples));
    expect(wholeExamples).toBeGreaterThan(15);
    expect(wholeExamples).toBeLessThan(49);
    expect([0, 1, 2, 3, 4]).toContain(await dropout(1, 1, 1, 4)); // four channels, of all examples alike
    expect(await dropout(null, 1, 1, null)).toBe(await loss(layers.spatialDropout2d({ rate: 0.5 })));
    expect(await dropout(null, null, null, null)).toBe(await loss(layers.dropout({ rate: 0.5 })));
  });

  it("a noiseShape that is none, or is that of another input, is told", async () => {
    const message = (noiseShape: never, code: "INVALID_ARGUMENT" | "SHAPE_MISMATCH"): Promise<string> =>
      failure(
        async () =>
          sequential([layers.dropout({ rate: 0.5, noiseShape })], { inputShape: [4, 3] }).build({ engine }),
        code,
      );
    expect(await message("1" as never, "INVALID_ARGUMENT")).toContain("noiseShape");
    expect(await message([2, 1, 1] as never, "INVALID_ARGUMENT")).toContain("such as [null, 1, 1, 1]");
    expect(await message([null, 1, 0] as never, "INVALID_ARGUMENT")).toContain("[null, 1, 0]");
    expect(await message([null, 1] as never, "SHAPE_MISMATCH")).toContain(
      "noiseShape is [null, 1], the input [n, 4, 3]",
    );
    expect(await message([null, 2, 1] as never, "SHAPE_MISMATCH")).toContain("noiseShape is [null, 2, 1]");
  });
});

it("activityRegularization adds its penalty, a mean over examples, to the loss of training and evaluation", async () => {
  const net = await compiled(
    sequential([identity(), layers.activityRegularization({ l1: 0.5, l2: 0.25 })], { inputShape: [3] }),
  );
  const data = { x: Float32Array.from([1, -2, 0, 2, 2, -1]), y: new Float32Array(6), shape: [2, 3] };
  const mean = (1 + 4 + 0 + 4 + 4 + 1) / 6;
  const penalty = (0.5 * 8 + 0.25 * 14) / 2;
  const { loss } = await net.fit(data, { epochs: 1, batchSize: 2 });
  expect(loss[0]).toBeCloseTo(mean + penalty, 5);
  const before = (await net.evaluate(data, { batchSize: 2 })).loss;
  expect(before).toBeGreaterThan(penalty);
  expect(before).toBeLessThan(mean + penalty); // it has learned
  const [alpha] = net.getWeights();
  net.setWeights([{ ...alpha!, data: new Float32Array(3).fill(1) }]);
  expect((await net.evaluate(data, { batchSize: 2 })).loss).toBeCloseTo(mean + penalty, 5);
});

it("masks are looked for once in a network of many branches, whose ways would be 2 to the 60th", async () => {
  let x = input({ shape: [2, 2, 1] });
  const first = x;
  for (let i = 0; i < 60; i++) x = layers.add().apply([x, layers.rescaling({ scale: 0 }).apply(x)]);
  const net = model({ inputs: first, outputs: x }) as Model;
  await net.build({ engine });
  expect([...(await net.predict(Float32Array.of(1, 2, 3, 4))).data]).toEqual([1, 2, 3, 4]);
  net.dispose();
});

describe("normalization", () => {
  const x = Float32Array.from([1, 10, 3, 30, 5, 20]);

  it("adapts to data, is saved with its statistics, and comes back", async () => {
    const layer = layers.normalization().adapt({ x, shape: [3, 2] });
    expect(layer.config).toMatchObject({ mean: [3, 20] });
    const net = await compiled(sequential([layer], { inputShape: [2] }));
    const wanted = [-1.2247449, -1.2247449, 0, 1.2247449, 1.2247449, 0];
    const again = await load(await net.save(), { engine });
    for (const each of [net, again])
      [...(await each.predict(x)).data].forEach((value, i) => {
        expect(value).toBeCloseTo(wanted[i]!, 5);
      });
  });

  it("without statistics, and adapted too late, says so", async () => {
    const make = (layer: Layer) => () => sequential([layer], { inputShape: [2] });
    expect(await failure(make(layers.normalization()), "NOT_READY")).toMatch(/call adapt\(data\) before/);
    const used = layers.normalization({ mean: 0, variance: 1 });
    make(used)();
    expect(await failure(() => used.adapt([[1, 2]]), "NOT_READY")).toMatch(/adapt it before/);
    expect(await failure(() => layers.normalization().adapt([]), "INVALID_ARGUMENT")).toMatch(/adapt got/);
    expect(await failure(() => layers.normalization({ mean: 1 }), "INVALID_ARGUMENT")).toMatch(/alone/);
    const wide = layers.normalization().adapt([[1, 2, 3]]);
    expect(await failure(make(wide), "SHAPE_MISMATCH")).toMatch(/3 places but the axis has 2/);
  });
});

describe("attention", () => {
  it("with a causal mask does not see later steps", async () => {
    const x = input({ shape: [5, 4] });
    const y = layers.multiHeadAttention({ numHeads: 2, keyDim: 3, useCausalMask: true }).apply(x);
    const net = await compiled(model({ inputs: x, outputs: y, seed: 2 }));
    const [one, other] = [numbers(20), numbers(20).map((value, i) => (i < 12 ? value : -3))];
    const [a, b] = [(await net.predict(one)).data, (await net.predict(other)).data];
    expect([...b.slice(0, 12)]).toEqual([...a.slice(0, 12)]);
    expect([...b.slice(12)]).not.toEqual([...a.slice(12)]);
  });

  it("of several tensors is saved and loaded, and learns", async () => {
    const x = input({ shape: [6, 4] });
    const query = layers.conv1d({ filters: 4, kernelSize: 3 }).apply(x);
    const seen = layers.multiHeadAttention({ numHeads: 2, keyDim: 2, dropout: 0.1 }).apply([query, x]);
    const scored = layers.attention().apply([seen, x, x]);
    const product = layers.dot([scored, query], { axes: 2, normalize: true });
    const outputs = layers.dense({ units: 1 }).apply(layers.flatten().apply(product));
    const net = await compiled(model({ inputs: x, outputs, seed: 3 }));
    const data = { x: numbers(8 * 24), y: numbers(8), shape: [8, 6, 4] };
    const { loss } = await net.fit(data, { epochs: 20, batchSize: 8, seed: 1 });
    expect(loss.at(-1)).toBeLessThan(loss[0]!);
    const again = await load(await net.save(), { engine });
    expect(await again.digest()).toBe(await net.digest());
    expect([...(await again.predict(data.x)).data]).toEqual([...(await net.predict(data.x)).data]);
  });
});

it.each(activationNames)("%s as an option trains, saves and loads", async (activation) => {
  const net = await compiled(
    sequential([layers.dense({ units: 4, activation }), layers.dense({ units: 1 })], {
      inputShape: [3],
      seed: 1,
    }),
  );
  const data = { x: numbers(24), y: numbers(8), shape: [8, 3] };
  await net.fit(data, { epochs: 2, batchSize: 4 });
  const again = await load(await net.save(), { engine });
  expect([...(await again.predict(data.x)).data]).toEqual([...(await net.predict(data.x)).data]);
});

// biome-ignore format: a row a line
const refused: readonly (readonly [name: string, make: () => unknown, code: "INVALID_ARGUMENT" | "SHAPE_MISMATCH", message: RegExp])[] = [
  ["conv1d of images", () => sequential([layers.conv1d({ filters: 1, kernelSize: 1 })], { inputShape: [4, 4, 1] }), "SHAPE_MISMATCH", /conv1d: the input of an example is \[4, 4, 1\]; \[steps, features\] is wanted/],
  ["a padding of another name", () => layers.conv1d({ filters: 1, kernelSize: 1, padding: "full" as "same" }), "INVALID_ARGUMENT", /conv1d: padding is "full"; pass "valid", "same" or "causal"/],
  ["a window longer than the sequence", () => sequential([layers.maxPooling1d({ poolSize: 9 })], { inputShape: [4, 1] }), "SHAPE_MISMATCH", /maxPooling1d: the window spans 9/],
  ["an outputPadding as large as the stride", () => sequential([layers.conv2dTranspose({ filters: 1, kernelSize: 3, strides: 2, outputPadding: 2 })], { inputShape: [4, 4, 1] }), "INVALID_ARGUMENT", /outputPadding is 2 but the stride is 2/],
  ["cropping all", () => sequential([layers.cropping1d({ cropping: 2 })], { inputShape: [4, 1] }), "SHAPE_MISMATCH", /cropping1d: nothing is left of an axis of 4/],
  ["a negative padding", () => layers.zeroPadding2d({ padding: -1 }), "INVALID_ARGUMENT", /zeroPadding2d: padding is -1; pass a whole number from 0/],
  ["a crop larger than the image", () => sequential([layers.centerCrop({ height: 5, width: 2 })], { inputShape: [4, 4, 1] }), "SHAPE_MISMATCH", /centerCrop: images of 4 by 4 have no middle of 5 by 2/],
  ["another interpolation", () => layers.upSampling2d({ interpolation: "cubic" as "nearest" }), "INVALID_ARGUMENT", /upSampling2d: interpolation is "cubic"/],
  ["dims that are no permutation", () => layers.permute({ dims: [0, 1] }), "INVALID_ARGUMENT", /permute: dims is \[0,1\]|permute: dims is \[0, 1\]/],
  ["repeatVector of a sequence", () => sequential([layers.repeatVector({ n: 2 })], { inputShape: [4, 1] }), "SHAPE_MISMATCH", /repeatVector: the input of an example is \[4, 1\]/],
  ["groups that do not divide", () => sequential([layers.groupNormalization({ groups: 3 })], { inputShape: [4] }), "SHAPE_MISMATCH", /3 groups do not divide 4 channels/],
  ["the batch axis", () => sequential([layers.layerNormalization({ axis: 0 })], { inputShape: [4] }), "INVALID_ARGUMENT", /axis 0 is that of the batch/],
  ["an axis that is not there", () => sequential([layers.batchNormalization({ axis: 3 })], { inputShape: [4, 2] }), "INVALID_ARGUMENT", /axis 3/],
  ["attention of images", () => sequential([layers.multiHeadAttention({ numHeads: 1, keyDim: 1 })], { inputShape: [4, 4, 1] }), "SHAPE_MISMATCH", /multiHeadAttention: it got \[4, 4, 1\]; pass \[query, value\]/],
  ["keyDim left out", () => layers.multiHeadAttention({ numHeads: 1 } as never), "INVALID_ARGUMENT", /keyDim is undefined/],
  ["another score mode", () => layers.attention({ scoreMode: "cosine" as "dot" }), "INVALID_ARGUMENT", /scoreMode is "cosine"/],
  ["one tensor for dot", () => sequential([layers.dot({ axes: -1 })], { inputShape: [4] }), "SHAPE_MISMATCH", /dot: it got 1 tensor/],
  ["boundaries that fall", () => layers.discretization({ binBoundaries: [2, 1] }), "INVALID_ARGUMENT", /pass rising numbers/],
  ["another output mode", () => layers.categoryEncoding({ numTokens: 3, outputMode: "one_hot" as "oneHot" }), "INVALID_ARGUMENT", /outputMode is "one_hot"; pass "multiHot" or "oneHot" or "count"/],
  ["a negative maxValue", () => layers.relu({ maxValue: -1 }), "INVALID_ARGUMENT", /relu: maxValue is -1/],
  ["an option in Keras's spelling", () => layers.conv1d({ filters: 1, kernel_size: 3 } as never), "INVALID_ARGUMENT", /kernel_size/],
];

it.each(refused)("%s is refused", async (_, make, code, message) => {
  expect(await failure(make, code)).toMatch(message);
});

describe("discretization", () => {
  // keras.layers.Discretization(num_bins, epsilon).adapt of Keras 3.15
  it.each<[numbers: number, numBins: number, epsilon: number, seed: number, boundaries: readonly number[]]>([
    [40, 4, 0.01, 1, [-2.809999942779541, -0.07999999821186066, 2.4000000953674316]],
    [300, 5, 0.02, 2, [-3.010000228881836, -0.990001380443573, 0.9599990844726562, 3.0200002193450928]],
    [7, 3, 0.01, 3, [-2.140000104904175, 0.8099998235702515]],
    [3, 6, 0.01, 4, [-4.71999979019165, -3.190000057220459]],
    [
      1000,
      10,
      0.05,
      5,
      [
        -3.999999761581421, -2.979999542236328, -1.9699996709823608, -0.9599995017051697, 0.05000029876828194,
        1.0600000619888306, 2.060000419616699, 3.070000410079956, 4.0799994468688965,
      ],
    ],
    [64, 2, 0.01, 6, [-0.05000000074505806]],
  ])("of %d numbers finds Keras's boundaries of %d bins", (n, numBins, epsilon, seed, wanted) => {
    const data = Array.from({ length: n }, (_, i) => ((i * 7919 + seed * 104729) % 1009) / 100 - 5);
    const { binBoundaries } = layers.discretization({ numBins, epsilon }).adapt(data).config as {
      binBoundaries: readonly number[];
    };
    expect(binBoundaries.length).toBe(wanted.length);
    wanted.forEach((boundary, i) => {
      expect(binBoundaries[i]).toBeCloseTo(boundary, 6);
    });
  });

  it("is adapted before the model is made, and saved with what it found", async () => {
    const layer = layers.discretization({ numBins: 3, outputMode: "oneHot" });
    const network = () => sequential([layer], { inputShape: [1] });
    expect(await failure(network, "NOT_READY")).toContain("call adapt(data) before");
    layer.adapt([[1], [2], [3], [4], [5], [6]]);
    const net = network();
    expect(net.outputShape).toEqual([3]);
    await net.compile({ loss: "meanSquaredError", engine });
    const again = await load(await net.save(), { engine });
    expect([...(await again.predict(Float32Array.of(1, 3, 9))).data]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
    expect(await failure(() => layer.adapt([1, 2, 3]), "NOT_READY")).toContain("adapt it before");
  });

  it("takes boundaries or a number of bins", async () => {
    for (const options of [{}, { binBoundaries: [1], numBins: 2 }])
      expect(await failure(() => layers.discretization(options), "INVALID_ARGUMENT")).toContain(
        "pass one of them",
      );
    const given = layers.discretization({ binBoundaries: [1] });
    expect(await failure(() => given.adapt([1, 2]), "INVALID_ARGUMENT")).toContain("were given");
    const asked = () => layers.discretization({ numBins: 2 });
    expect(await failure(() => asked().adapt([5]), "INVALID_ARGUMENT")).toContain("one number");
    expect(await failure(() => asked().adapt([Number.NaN, 1, 2]), "INVALID_ARGUMENT")).toContain(
      "not finite",
    );
    expect(await failure(() => layers.discretization({ numBins: 1 }), "INVALID_ARGUMENT")).toContain(
      "numBins",
    );
  });
});
