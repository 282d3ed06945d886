/** Weights in smaller files: float16 and int8 as numpy rounds them, what stays float32, and what is refused. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/engine/createEngine.ts";
import { readSafetensors } from "../../../src/io/safetensors/index.ts";
import { type Layer, layers } from "../../../src/layers/index.ts";
import { input, load, type Model, model, sequential } from "../../../src/model/index.ts";
import { isShrunk, stored } from "../../../src/model/saving/stored.ts";
import { failure } from "../../data/failure.ts";
import fixtures from "../../fixtures/stored/weights.json" with { type: "json" };
import { convolution, quarters } from "../examples.ts";

const engine = await createEngine({ threads: 1 });

describe("as numpy stores them", () => {
  it.each(fixtures.map((each) => [`${each.layer} ${each.name} [${each.weights.shape}]`, each] as const))(
    "%s",
    (_, { layer: type, name, weights, ...wanted }) => {
      const layer = { type, name: "a", trainable: true, config: {} };
      const array = { name: `a/${name}`, shape: weights.shape, data: Float32Array.from(weights.data) };
      const [numbers, scale] = stored([array], [layer], { weights: "int8" });
      expect([numbers!.shape, [...numbers!.data]]).toEqual([wanted.int8.shape, wanted.int8.data]);
      expect([scale!.name, scale!.shape]).toEqual([`scale//a/${name}`, wanted.scale.shape]);
      expect([...scale!.data]).toEqual(wanted.scale.data);
    },
  );

  /** Layers whose weights have the shapes of fixtures. */
  const nets: readonly (readonly [layer: Layer, inputShape: readonly number[], fixture: number])[] = [
    [layers.dense({ units: 4, name: "a" }), [8], 0],
    [layers.dense({ units: 2, name: "a" }), [6], 1],
    [layers.conv2d({ filters: 4, kernelSize: 3, name: "a" }), [5, 5, 2], 2],
    [layers.conv2dTranspose({ filters: 4, kernelSize: [3, 2], name: "a" }), [5, 5, 5], 3],
    [layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, name: "a" }), [5, 5, 4], 4],
  ];
  it.each(nets)("a file of $type, loaded", async (layer, inputShape, which) => {
    const fixture = fixtures[which]!;
    const net = sequential([layer], { inputShape });
    await net.build({ engine });
    const [kernel, bias] = net.getWeights();
    expect(kernel!.shape).toEqual(fixture.weights.shape);
    const biases = bias!.data.map((_, i) => 0.1 * (i + 1));
    net.setWeights([
      { ...kernel!, data: Float32Array.from(fixture.weights.data) },
      { ...bias!, data: biases },
    ]);
    for (const [weights, wanted] of [
      ["float16", fixture.float16],
      ["int8", fixture.restored],
    ] as const) {
      const bytes = await net.save({ weights });
      expect(await net.save({ weights })).toEqual(bytes);
      const [found, same] = (await load(bytes, { engine })).getWeights();
      expect([...found!.data].map((value) => value + 0)).toEqual(wanted.data.map((value) => value + 0));
      expect(same!.data).toEqual(biases);
      const { arrays } = await readSafetensors(bytes);
      expect(arrays["a/kernel"]!.dtype).toBe(weights);
      expect(arrays["a/bias"]!.dtype).toBe("float32");
    }
  });
});

/** A network of a hundred thousand weights, trained a little. */
async function large(): Promise<Model> {
  const net = sequential(
    [
      layers.conv2d({ filters: 64, kernelSize: 3, padding: "same", name: "eye" }),
      layers.batchNormalization({ name: "norm" }),
      layers.conv2d({ filters: 96, kernelSize: 3, activation: "relu", name: "look" }),
      layers.globalAveragePooling2d(),
      layers.dense({ units: 512, activation: "relu", name: "think" }),
      layers.dense({ units: 4, activation: "softmax", name: "say" }),
    ],
    { inputShape: [8, 8, 1], seed: 1 },
  );
  await net.compile({
    optimizer: "adam",
    loss: "sparseCategoricalCrossentropy",
    metrics: "accuracy",
    engine,
  });
  await net.fit(quarters(), { epochs: 1 });
  return net;
}

describe("a file", () => {
  it("of float16 has half the size, of int8 a quarter, and predicts nearly the same", async () => {
    const net = await large();
    const whole = (await net.save()).length;
    const { data: wanted } = await net.predict(quarters());
    for (const [weights, share, near] of [
      ["float16", 0.5, 1e-3],
      ["int8", 0.25, 2e-2],
    ] as const) {
      const bytes = await net.save({ weights });
      expect(bytes.length / whole).toBeGreaterThan(share);
      expect(bytes.length / whole).toBeLessThan(share + 0.03);
      const again = await load(bytes, { engine });
      const { data } = await again.predict(quarters());
      expect(Math.max(...data.map((value, i) => Math.abs(value - wanted[i]!)))).toBeLessThan(near);
      expect(data).not.toEqual(wanted);
      await again.fit(quarters(), { epochs: 1 }); // its weights are float32 numbers, and learn as any
      expect(await again.save({ weights })).not.toEqual(bytes);
    }
  });

  it("saved once more is the same: what int8 and float16 hold they hold again", async () => {
    const net = await large();
    for (const weights of ["float16", "int8"] as const) {
      const once = await load(await net.save({ weights }), { engine });
      const twice = await load(await once.save({ weights }), { engine });
      expect(twice.getWeights()).toEqual(once.getWeights());
    }
  });

  it("keeps the layers that are named in float32", async () => {
    const net = await large();
    const { arrays } = await readSafetensors(await net.save({ weights: "int8", keep: ["say", "look"] }));
    expect(Object.entries(arrays).map(([name, { dtype }]) => `${name} ${dtype}`)).toEqual([
      "eye/kernel int8",
      "scale//eye/kernel float32",
      "eye/bias float32",
      "norm/gamma float32",
      "norm/beta float32",
      "norm/moving_mean float32",
      "norm/moving_variance float32",
      "look/kernel float32",
      "look/bias float32",
      "think/kernel int8",
      "scale//think/kernel float32",
      "think/bias float32",
      "say/kernel float32",
      "say/bias float32",
    ]);
  });

  it("goes through loadWeights into another model", async () => {
    const [net, other] = [await large(), await large()];
    const bytes = await net.save({ weights: "int8" });
    await other.loadWeights(bytes);
    expect(await other.digest()).toBe(await (await load(bytes, { engine })).digest());
  });

  it("of layers of many kinds holds what multiplies in int8, and loads", async () => {
    const x = input({ shape: [6, 4] });
    const steps = layers.timeDistributed({ layer: layers.dense({ units: 4 }), name: "each" }).apply(x);
    const attended = layers.multiHeadAttention({ numHeads: 2, keyDim: 3, name: "mha" }).apply([steps, steps]);
    const both = layers.bidirectional({ layer: layers.gru({ units: 3 }), name: "both" }).apply(attended);
    const sloped = layers.prelu({ name: "slope" }).apply(both);
    const net = model({ inputs: x, outputs: layers.rmsNormalization({ name: "rms" }).apply(sloped) });
    await net.build({ engine });
    const bytes = await net.save({ weights: "int8" });
    const { arrays } = await readSafetensors(bytes);
    const ofType = (type: string): string[] =>
      Object.entries(arrays).flatMap(([name, { dtype }]) => (dtype === type ? [name] : []));
    expect(ofType("int8")).toEqual([
      "each/kernel",
      "mha/query_kernel",
      "mha/key_kernel",
      "mha/value_kernel",
      "mha/attention_output_kernel",
      "both/forward_kernel",
      "both/forward_recurrent_kernel",
      "both/backward_kernel",
      "both/backward_recurrent_kernel",
    ]);
    expect(arrays["scale//mha/query_kernel"]!.shape).toEqual([1, 2, 3]);
    const found = (await load(bytes, { engine })).getWeights();
    for (const [i, { name, shape, data }] of net.getWeights().entries()) {
      const tolerance = isShrunk(shape, name.split("/")[1]!) ? Math.max(...data.map(Math.abs)) / 253 : 0;
      const differences = data.map((value, j) => Math.abs(value - found[i]!.data[j]!));
      expect(Math.max(...differences), name).toBeLessThanOrEqual(tolerance);
    }
  });
});

describe("is refused", () => {
  const changed = async (value: number): Promise<Model> => {
    const net = convolution();
    await net.build({ engine });
    const weights = net.getWeights();
    weights.at(-2)!.data[3] = value;
    net.setWeights(weights);
    return net;
  };
  const weights = "int8" as const;
  it.each([
    [
      "a number that float16 has not",
      70000,
      { weights: "float16" },
      "INVALID_ARGUMENT",
      /65504, but dense\/kernel has 70000; save int8, or name its layer in keep/,
    ],
    ["NaN", Number.NaN, { weights }, "NOT_FINITE", /dense\/kernel are NaN or infinite/],
    ["an infinity", Number.POSITIVE_INFINITY, { weights: "float16" }, "NOT_FINITE", /dense\/kernel/],
    ["another type", 1, { weights: "int4" }, "INVALID_ARGUMENT", /save: weights is "int4"/],
    ["a run that is to go on", 1, { weights, optimizer: true }, "INVALID_ARGUMENT", /from float32 alone/],
    [
      "a layer that is not there",
      1,
      { weights, keep: ["dens"] },
      "INVALID_ARGUMENT",
      /save: keep: "dens" is unknown; did you mean dense/,
    ],
    ["the same without a type", 1, { keep: ["dens"] }, "INVALID_ARGUMENT", /save: keep: "dens" is unknown/],
    ["no list of layers", 1, { weights, keep: "dense" }, "INVALID_ARGUMENT", /keep is "dense"/],
  ] as const)("%s", async (_, value, options, code, message) => {
    const net = await changed(value);
    expect(await failure(() => net.save(options as never), code)).toMatch(message);
  });

  it("numbers that float16 has as its largest are not, nor those of layers that are kept", async () => {
    const bytes = await (await changed(65519)).save({ weights: "float16" });
    expect((await load(bytes, { engine })).getWeights().at(-2)!.data[3]).toBe(65504);
    const kept = await (await changed(70000)).save({ weights: "float16", keep: ["dense"] });
    expect((await load(kept, { engine })).getWeights().at(-2)!.data[3]).toBe(70000);
  });

  it("a resumed run of such a file", async () => {
    const net = await load(await (await large()).save({ weights }), { engine });
    expect(await failure(() => net.fit(quarters(), { resume: true }), "NOT_READY")).toMatch(
      /no run to go on with/,
    );
  });

  /** The bytes with a header that says something else in the same length. */
  const altered = (bytes: Uint8Array, from: string, to: string): Uint8Array => {
    const text = Buffer.from(bytes);
    const at = text.indexOf(from);
    expect([at >= 0, from.length]).toEqual([true, to.length]);
    text.write(to, at);
    return text;
  };
  it.each([
    [
      "scales of an array that is not there",
      '"scale//conv2d/kernel"',
      '"scale//conv2d/kernal"',
      /scales of "conv2d\/kernal"/,
    ],
    [
      "scales of another shape",
      '"shape":[1,1,1,4]',
      '"shape":[1,1,4,1]',
      /scales of "conv2d\/kernel" are \[1, 1, 4, 1\]/,
    ],
    [
      "scales of fewer axes",
      '"shape":[1,1,1,4]',
      '"shape":[      4]',
      /scales of "conv2d\/kernel" are \[4\]/,
    ],
    ["an array under another name", '"conv2d/kernel"', '"conv2d/kernal"', /./],
  ])("a file with %s", async (_, from, to, message) => {
    const bytes = altered(await (await changed(1)).save({ weights }), from, to);
    expect(await failure(() => load(bytes), "DATA_FORMAT")).toMatch(message);
  });
});
