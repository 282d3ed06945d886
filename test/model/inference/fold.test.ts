/** Models for inference: what is folded, what stays, and that they predict what the model they are made of predicts. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/engine/createEngine.ts";
import { type Layer, layers } from "../../../src/layers/index.ts";
import * as kinds from "../../../src/layers/kinds.ts";
import { Random } from "../../../src/math/philox.ts";
import {
  forInference,
  input,
  load,
  type Model,
  model,
  type Prediction,
  type Predictions,
  sequential,
} from "../../../src/model/index.ts";
import { trainingOnly } from "../../../src/model/inference/fold.ts";
import { failure } from "../../data/failure.ts";
import { convolution, quarters } from "../examples.ts";

const engine = await createEngine({ threads: 1 });

/** Weights as after a training: biases, shifts and moving means that are not 0, factors of both signs, variances above 0. */
function trained<Outputs extends Predictions>(net: Model<Outputs>, seed = 1): Model<Outputs> {
  const random = new Random(seed, 7);
  net.setWeights(
    net.getWeights().map(({ name, shape, data }) => ({
      shape,
      data: data.map((value) =>
        name.endsWith("variance")
          ? 0.1 + 2 * random.uniform()
          : /kernel|embeddings/.test(name)
            ? value
            : random.normal(),
      ),
    })),
  );
  return net;
}

function noise(shape: readonly number[], seed = 2): { x: Float32Array; shape: readonly number[] } {
  const random = new Random(seed, 8);
  const size = shape.reduce((a, b) => a * b, 1);
  return { x: Float32Array.from({ length: size }, () => random.normal()), shape };
}

/** The largest difference, by the largest number. */
function distance({ data: a }: Prediction, { data: b }: Prediction): number {
  const largest = Math.max(...a.map(Math.abs));
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!))) / largest;
}

async function built(items: readonly Layer[], inputShape: readonly number[]): Promise<Model> {
  const net = sequential(items, { inputShape, seed: 3 });
  await net.build({ engine });
  return trained(net);
}

const types = (net: Model<Predictions>): string[] => net.layers.map(({ type }) => type);

const same = { kernelSize: 3, padding: "same" } as const;
const image = [6, 6, 4];
const sequence = [7, 4];
/** Layers with a kernel, and an example of what they take. */
const foldable: Readonly<Record<string, readonly [layer: Layer, inputShape: readonly number[]]>> = {
  dense: [layers.dense({ units: 5 }), [6]],
  "dense without a bias": [layers.dense({ units: 5, useBias: false }), [6]],
  "dense at each step": [layers.dense({ units: 5 }), sequence],
  conv1d: [layers.conv1d({ filters: 5, ...same, useBias: false }), sequence],
  "causal conv1d": [layers.conv1d({ filters: 5, kernelSize: 3, padding: "causal" }), sequence],
  conv2d: [layers.conv2d({ filters: 5, ...same, useBias: false }), image],
  "conv2d in groups": [layers.conv2d({ filters: 6, ...same, groups: 2 }), image],
  "conv2d by Winograd": [layers.conv2d({ filters: 8, ...same }), [8, 8, 8]],
  conv2dTranspose: [layers.conv2dTranspose({ filters: 3, ...same, strides: 2 }), image],
  depthwiseConv1d: [layers.depthwiseConv1d({ ...same, depthMultiplier: 2, useBias: false }), sequence],
  depthwiseConv2d: [layers.depthwiseConv2d({ ...same, depthMultiplier: 2 }), image],
  separableConv1d: [layers.separableConv1d({ filters: 5, ...same, useBias: false }), sequence],
  separableConv2d: [layers.separableConv2d({ filters: 5, ...same, depthMultiplier: 2 }), image],
};

describe("batch normalisation goes into the layer before it", () => {
  const norms = {
    whole: {},
    "without gamma": { scale: false },
    "without beta": { center: false, epsilon: 0.1 },
  } as const;
  it.each(Object.keys(foldable).flatMap((name) => Object.keys(norms).map((norm) => [name, norm] as const)))(
    "%s, normalisation %s",
    async (name, norm) => {
      const [layer, inputShape] = foldable[name]!;
      const copy = { ...layer }; // each network has weights of its own
      const net = await built(
        [copy, layers.batchNormalization(norms[norm as keyof typeof norms]), layers.sigmoid()],
        inputShape,
      );
      const made = await forInference(net);
      expect(types(made)).toEqual([layer.type]);
      expect(made.layers[0]!.lastActivation).toBe("sigmoid");
      const x = noise([3, ...inputShape]);
      expect(distance(await net.predict(x), await made.predict(x))).toBeLessThan(1e-6);
    },
  );

  it("by the numbers of its definition, in float64", async () => {
    const net = await built([layers.dense({ units: 3 }), layers.batchNormalization({ epsilon: 0.01 })], [4]);
    const [kernel, bias, gamma, beta, mean, variance] = net.getWeights().map(({ data }) => [...data]);
    const made = await forInference(net);
    const { x } = noise([2, 4]);
    const { data } = await made.predict({ x, shape: [2, 4] });
    for (const row of [0, 1])
      for (const unit of [0, 1, 2]) {
        let y = bias![unit]!;
        for (const k of [0, 1, 2, 3]) y += x[4 * row + k]! * kernel![3 * k + unit]!;
        const normal = (y - mean![unit]!) / Math.sqrt(variance![unit]! + 0.01);
        expect(data[3 * row + unit]).toBeCloseTo(gamma![unit]! * normal + beta![unit]!, 5);
      }
    expect(made.getWeights().map(({ name }) => name)).toEqual(["dense/kernel", "dense/bias"]);
  });

  it("and relu6 into both, as a layer of its own or relu({ maxValue: 6 })", async () => {
    for (const six of [layers.relu6(), layers.relu({ maxValue: 6 })]) {
      const net = await built(
        [layers.conv2d({ filters: 4, ...same }), layers.batchNormalization(), six],
        image,
      );
      const made = await forInference(net);
      expect(made.layers.map(({ lastActivation }) => lastActivation)).toEqual(["relu6"]);
      const x = noise([3, ...image]);
      expect(distance(await net.predict(x), await made.predict(x))).toBeLessThan(1e-6);
    }
  });

  it("two in a row, with dropout and a linear activation between", async () => {
    const net = await built(
      [
        layers.dropout({ rate: 0.1 }),
        layers.conv2d({ filters: 4, ...same, name: "eye" }),
        layers.activation("linear"),
        layers.batchNormalization(),
        layers.spatialDropout2d({ rate: 0.3 }),
        layers.batchNormalization({ axis: 3 }),
        layers.gaussianNoise({ stddev: 0.5 }),
        layers.relu(),
        layers.activityRegularization({ l1: 1 }),
        layers.maxPooling2d(),
      ],
      image,
    );
    const made = await forInference(net);
    expect(made.layers.map(({ name }) => name)).toEqual(["eye", "max_pooling2d"]);
    const x = noise([3, ...image]);
    expect(distance(await net.predict(x), await made.predict(x))).toBeLessThan(1e-6);
  });

  it("within a layer for each step of a sequence, too", async () => {
    const wrapped = layers.timeDistributed({ layer: layers.conv2d({ filters: 3, ...same }) });
    for (const norm of [
      layers.timeDistributed({ layer: layers.batchNormalization() }),
      layers.batchNormalization(),
    ]) {
      const net = await built([{ ...wrapped }, norm, layers.relu()], [2, ...image]);
      const made = await forInference(net);
      expect(types(made)).toEqual(["timeDistributed"]);
      const x = noise([2, 2, ...image]);
      expect(distance(await net.predict(x), await made.predict(x))).toBeLessThan(1e-6);
      expect(made.getWeights().map(({ name }) => name)).toEqual([
        "time_distributed/kernel",
        "time_distributed/bias",
      ]);
    }
  });
});

const inside = { kernelSize: 3, padding: "valid" } as const;
const [flat, steps, picture] = [[6], [7, 4], [6, 6, 4]];
/** Layers with a kernel whose windows stay inside, and an example of what they take. */
const foldableBehind: Readonly<Record<string, readonly [layer: Layer, inputShape: readonly number[]]>> = {
  dense: [layers.dense({ units: 5 }), flat],
  "dense without a bias": [layers.dense({ units: 5, useBias: false }), flat],
  "dense at each step": [layers.dense({ units: 5 }), steps],
  conv1d: [layers.conv1d({ filters: 5, ...inside, useBias: false }), steps],
  "conv1d of one step": [layers.conv1d({ filters: 5, kernelSize: 1, padding: "causal" }), steps],
  conv2d: [layers.conv2d({ filters: 5, ...inside }), picture],
  "conv2d of one pixel": [layers.conv2d({ filters: 5, kernelSize: 1, padding: "same", strides: 2 }), picture],
  "conv2d in groups": [layers.conv2d({ filters: 6, ...inside, groups: 2 }), picture],
  "conv2d by Winograd": [layers.conv2d({ filters: 8, ...inside }), [10, 10, 8]],
  depthwiseConv1d: [layers.depthwiseConv1d({ ...inside, depthMultiplier: 2, useBias: false }), steps],
  depthwiseConv2d: [layers.depthwiseConv2d({ ...inside, depthMultiplier: 3 }), picture],
  separableConv1d: [layers.separableConv1d({ filters: 5, ...inside, useBias: false }), steps],
  separableConv2d: [layers.separableConv2d({ filters: 5, ...inside, depthMultiplier: 2 }), picture],
};

describe("batch normalisation that no layer before it takes goes into the layer behind it", () => {
  it.each(
    Object.keys(foldableBehind).flatMap((name) => ["whole", "bare"].map((norm) => [name, norm] as const)),
  )("%s, normalisation %s", async (name, norm) => {
    const [layer, inputShape] = foldableBehind[name]!;
    const net = await built(
      [
        layers.relu(),
        layers.batchNormalization(norm === "bare" ? { scale: false, center: false } : {}),
        layers.gaussianNoise({ stddev: 0.1 }),
        { ...layer },
        layers.batchNormalization(),
        layers.relu(),
      ],
      inputShape,
    );
    const made = await forInference(net);
    expect(types(made)).toEqual(["relu", layer.type]);
    const x = noise([3, ...inputShape]);
    expect(distance(await net.predict(x), await made.predict(x))).toBeLessThan(2e-6);
  });

  it("through a flattening, two in a row, and at the beginning", async () => {
    const net = await built(
      [
        layers.batchNormalization(),
        layers.conv2d({ filters: 4, ...inside, activation: "relu" }),
        layers.batchNormalization({ axis: 3 }),
        layers.batchNormalization({ name: "second" }),
        layers.flatten(),
        layers.dropout({ rate: 0.5 }),
        layers.dense({ units: 3 }),
      ],
      picture,
    );
    const made = await forInference(net);
    expect(types(made)).toEqual(["conv2d", "flatten", "dense"]);
    const x = noise([3, ...picture]);
    expect(distance(await net.predict(x), await made.predict(x))).toBeLessThan(2e-6);
    const again = await load(await made.save(), { engine });
    expect((await again.predict(x)).data).toEqual((await made.predict(x)).data);
  });

  it("within a layer for each step of a sequence, too", async () => {
    const wrapped = layers.timeDistributed({ layer: layers.conv2d({ filters: 3, ...inside }) });
    const net = await built(
      [layers.timeDistributed({ layer: layers.batchNormalization() }), wrapped],
      [2, ...picture],
    );
    const made = await forInference(net);
    expect(types(made)).toEqual(["timeDistributed"]);
    const x = noise([2, 2, ...picture]);
    expect(distance(await net.predict(x), await made.predict(x))).toBeLessThan(2e-6);
  });

  it("by the numbers of its definition, in float64", async () => {
    const net = await built([layers.batchNormalization({ epsilon: 0.01 }), layers.dense({ units: 2 })], [3]);
    const [gamma, beta, mean, variance, kernel, bias] = net.getWeights().map(({ data }) => [...data]);
    const made = await forInference(net);
    const { x } = noise([2, 3]);
    const { data } = await made.predict({ x, shape: [2, 3] });
    for (const row of [0, 1])
      for (const unit of [0, 1]) {
        let y = bias![unit]!;
        for (const c of [0, 1, 2])
          y +=
            ((gamma![c]! * (x[3 * row + c]! - mean![c]!)) / Math.sqrt(variance![c]! + 0.01) + beta![c]!) *
            kernel![2 * c + unit]!;
        expect(data[2 * row + unit]).toBeCloseTo(y, 5);
      }
  });

  it("not where windows reach over an edge, another axis is normalised, or somebody else sees it", async () => {
    const padded = [
      layers.conv2d({ filters: 4, ...same }),
      layers.depthwiseConv2d({ ...same }),
      layers.separableConv2d({ filters: 4, ...same }),
      layers.conv2dTranspose({ filters: 4, ...inside }),
    ];
    for (const layer of padded) {
      const made = await forInference(await built([layers.batchNormalization(), layer], picture));
      expect(types(made)).toEqual(["batchNormalization", layer.type]);
    }
    const rows = await built(
      [layers.batchNormalization({ axis: 1 }), layers.conv2d({ filters: 4, ...inside })],
      picture,
    );
    expect(types(await forInference(rows))).toEqual(["batchNormalization", "conv2d"]);
    const x = input({ shape: [4] });
    const norm = layers.batchNormalization().apply(x);
    const net = model({
      inputs: x,
      outputs: layers.add().apply([norm, layers.dense({ units: 4 }).apply(norm)]),
    });
    await net.build({ engine });
    expect(types(await forInference(net))).toEqual(["batchNormalization", "dense", "add"]);
  });
});

describe("what stays", () => {
  const others: Readonly<Record<string, readonly [items: () => readonly Layer[], left: readonly string[]]>> =
    {
      "a normalisation of another axis": [
        () => [layers.conv2d({ filters: 6, ...same }), layers.batchNormalization({ axis: 1 })],
        ["conv2d", "batchNormalization"],
      ],
      "a normalisation behind an activation": [
        () => [layers.conv2d({ filters: 6, ...same, activation: "relu" }), layers.batchNormalization()],
        ["conv2d", "batchNormalization"],
      ],
      "a normalisation at the beginning": [
        () => [layers.batchNormalization(), layers.conv2d({ filters: 6, ...same })],
        ["batchNormalization", "conv2d"],
      ],
      "a normalisation behind a pooling": [
        () => [layers.conv2d({ filters: 6, ...same }), layers.maxPooling2d(), layers.batchNormalization()],
        ["conv2d", "maxPooling2d", "batchNormalization"],
      ],
      "an activation that no layer applies while it writes": [
        () => [layers.conv2d({ filters: 6, ...same }), layers.batchNormalization(), layers.silu()],
        ["conv2d", "silu"],
      ],
      "layer normalisation": [
        () => [layers.conv2d({ filters: 6, ...same }), layers.layerNormalization()],
        ["conv2d", "layerNormalization"],
      ],
    };
  it.each(Object.keys(others))("%s", async (name) => {
    const [items, left] = others[name]!;
    const net = await built(items(), image);
    const made = await forInference(net);
    expect(types(made)).toEqual(left);
    const x = noise([3, ...image]);
    expect(distance(await net.predict(x), await made.predict(x))).toBeLessThan(1e-6);
  });

  it("a kernel whose outputs somebody else sees, or that stands at two places", async () => {
    const x = input({ shape: image });
    const shared = layers.conv2d({ filters: 4, ...same, name: "shared" });
    const norm = layers.batchNormalization({ name: "norm" });
    const seen = layers.conv2d({ filters: 4, ...same, name: "seen" }).apply(x);
    const residual = layers.add().apply([layers.batchNormalization({ name: "side" }).apply(seen), seen]);
    const twice = norm.apply(shared.apply(norm.apply(shared.apply(residual))));
    const alone = norm.apply(layers.conv2d({ filters: 4, ...same, name: "alone" }).apply(twice));
    const out = layers.conv2d({ filters: 2, kernelSize: 1, name: "out" }).apply(alone);
    const scores = layers.batchNormalization({ name: "scores" }).apply(out);
    const net = model({ inputs: x, outputs: { scores, alone, raw: out } });
    await net.build({ engine });
    trained(net as Model<Predictions>);
    const made = await forInference(net);
    const kept = ["seen", "side", "add", "shared", "norm", "alone", "out", "scores"];
    expect(made.layers.map(({ name }) => name)).toEqual(kept);
    expect(made.getLayer("alone").config).toMatchObject({ useBias: true });
    const given = noise([2, ...image]);
    const [before, after] = [await net.predict(given), await made.predict(given)];
    for (const name of ["scores", "alone", "raw"] as const)
      expect(distance(before[name], after[name])).toBeLessThan(1e-6);
    const again = await load<typeof after>(await made.save(), { engine });
    expect((await again.predict(given)).raw).toEqual(after.raw);
  });

  it("every layer of training alone is known: it gives what it gets", async () => {
    const found = Object.entries(kinds).flatMap(([type, make]) => {
      for (const options of [{ rate: 0.5 }, { stddev: 0.5 }, {}])
        try {
          const { traits = {} } = (make as (options: object) => Layer)(options);
          return traits.differsInTraining && !traits.merges ? [type] : [];
        } catch {
          // it takes other options: the next ones, or those of layers that compute something
        }
      return [];
    });
    expect(found.sort()).toEqual([...trainingOnly].sort());
  });
});

describe("the model", () => {
  const options = { optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: "accuracy" } as const;
  const data = quarters();

  async function fitted(): Promise<Model> {
    const net = convolution();
    await net.compile({ ...options, engine });
    await net.fit(data, { epochs: 3 });
    return net;
  }

  it("predicts and scores as the other does, which goes on learning by itself", async () => {
    const net = await fitted();
    const made = await forInference(net);
    expect(types(made)).toEqual(["conv2d", "maxPooling2d", "flatten", "dense"]);
    const before = await made.predict(data);
    expect(distance(await net.predict(data), before)).toBeLessThan(1e-6);
    const [scores, own] = [await net.evaluate(data), await made.evaluate(data)];
    expect(own.accuracy).toBe(scores.accuracy);
    expect(own.loss).toBeCloseTo(scores.loss, 5);
    expect(made.normalization).toEqual(net.normalization);
    await net.fit(data, { epochs: 1 });
    expect(await made.predict(data)).toEqual(before);
    net.dispose();
    expect(await made.predict(data)).toEqual(before);
  });

  it("refuses to be fitted, saying what to do, also when it was loaded", async () => {
    const made = await forInference(await fitted());
    for (const net of [made, await load(await made.save(), { engine })]) {
      await net.compile(options);
      expect(await failure(() => net.fit(data), "UNSUPPORTED")).toMatch(/call forInference again/);
      expect(net.trainable).toBe(false);
      expect(net.parameters.trainable).toBe(0);
    }
  });

  it("is saved in fewer bytes, and loaded with the same bits", async () => {
    const net = await fitted();
    const made = await forInference(net);
    const bytes = await made.save();
    expect(bytes.length).toBeLessThan((await net.save()).length);
    const again = await load(bytes, { engine });
    expect(await again.digest()).toBe(await made.digest());
    expect(await again.predict(data)).toEqual(await made.predict(data));
    expect(await again.evaluate(data)).toEqual(await made.evaluate(data));
    expect(await again.save()).toEqual(bytes);
  });

  it("has the same bits in every build and number of threads", async () => {
    const bytes = await (await fitted()).save();
    const found: string[] = [];
    for (const setting of [
      { variant: "scalar", threads: 1 },
      { variant: "simd", threads: 1 },
      { variant: "simd", threads: 2 },
    ] as const) {
      const own = await createEngine(setting);
      const made = await forInference(await load(bytes, { engine: own }));
      const { data: numbers } = await made.predict(data);
      found.push(`${await made.digest()} ${Buffer.from(numbers.buffer).toString("hex")}`);
      own.dispose();
    }
    expect(new Set(found).size).toBe(1);
  });

  it.each([
    [
      "no model",
      (): unknown => forInference(undefined as never),
      "INVALID_ARGUMENT",
      /got undefined; pass a model/,
    ],
    ["bytes", (): unknown => forInference(new Uint8Array(3) as never), "INVALID_ARGUMENT", /pass a model/],
    ["no weights", (): unknown => forInference(convolution()), "NOT_READY", /forInference: .*compile/],
  ] as const)("is not made of %s", async (_, make, code, message) => {
    expect(await failure(make as () => Promise<unknown>, code)).toMatch(message);
  });
});
