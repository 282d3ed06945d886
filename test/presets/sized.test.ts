/** Presets on data of other sizes than 28 × 28 × 1 and ten classes. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { dataset } from "../../src/data/dataset.ts";
import { sequential } from "../../src/model/index.ts";
import { findPreset, type NetworkOptions, presetNameFor, presets } from "../../src/presets/index.ts";

const made = (name: string, inputShape: number[], options: NetworkOptions = {}) =>
  sequential(findPreset(name)!.network({ inputShape, ...options }), { inputShape });
const units = (name: string, inputShape: number[], options?: NetworkOptions) =>
  made(name, inputShape, options).layers.flatMap(({ config }) => ("units" in config ? [config.units] : []));
const filters = (name: string, inputShape: number[]) =>
  made(name, inputShape).layers.flatMap(({ config }) => ("filters" in config ? [config.filters] : []));

const shapes = [
  [1, 1, 1],
  [3, 3, 1],
  [4, 30, 1],
  [8, 8, 1],
  [8, 8],
  [16, 16, 3],
  [32, 32, 3],
  [96, 96, 3],
];

describe("every preset", () => {
  it.each(presets.map(({ name }) => name))(
    "%s takes pictures of any size and any number of classes",
    (name) => {
      for (const shape of shapes)
        for (const classes of [2, 10, 1000])
          expect(made(name, shape, { classes }).outputShape, `${shape} ${classes}`).toEqual([classes]);
    },
  );

  it.each(presets.map(({ name }) => name))("%s ends linear for a regression", (name) => {
    const net = made(name, [16, 16, 3], { outputs: 1 });
    expect([net.outputShape, net.layers.at(-1)!.lastActivation]).toEqual([[1], "linear"]);
  });

  it("has its own padding and poolings where they fit", () => {
    const configs = made("cnn-64-64", [28, 28, 1]).layers.flatMap(({ config }) =>
      "padding" in config && "filters" in config ? [config.padding] : [],
    );
    expect(configs).toEqual(["valid", "valid"]);
    const small = made("cnn-64-64", [8, 8, 1]);
    // 8 → 4 by the valid convolution, → 2 by pooling, where a kernel of 5 is too large: same padding, → 1 by pooling
    expect(small.layers.map(({ type }) => type).filter((type) => /conv|Pool/.test(type))).toEqual([
      "conv2d",
      "maxPooling2d",
      "conv2d",
      "maxPooling2d",
    ]);
    expect(small.parameters.total).toBe(64 * 26 + 64 * (64 * 25 + 1) + 128 * 65 + 10 * 129);
  });
});

describe("presets that choose their sizes", () => {
  it("mlp: 2 · √(inputs · outputs) units as a power of two from 32 to 512, and half of them", () => {
    expect(units("mlp", [4], { classes: 3 })).toEqual([32, 16, 3]); // 6.9
    expect(units("mlp", [28, 28, 1])).toEqual([128, 64, 10]); // 177: 128 is nearer by factor than 256
    expect(units("mlp", [32, 32, 3])).toEqual([256, 128, 10]); // 351
    expect(units("mlp", [32, 32, 3], { classes: 1000 })).toEqual([512, 256, 1000]);
  });

  it("table: 8 units a column as a power of two from 32 to 256, and half of them", () => {
    expect(units("table", [4], { classes: 3 })).toEqual([32, 16, 3]);
    expect(units("table", [13], { outputs: 1 })).toEqual([128, 64, 1]); // 104
    expect(units("table", [500])).toEqual([256, 128, 10]);
  });

  it("cnn: filters double, halved as long as 4 rows and columns stay", () => {
    expect(filters("cnn", [5, 5, 1])).toEqual([16]);
    expect(filters("cnn", [8, 8, 1])).toEqual([16]);
    expect(filters("cnn", [16, 16, 1])).toEqual([16, 32]);
    expect(filters("cnn", [28, 28, 1])).toEqual([16, 32]);
    expect(filters("cnn", [96, 64, 3])).toEqual([16, 32, 64, 128]);
    expect(filters("cnn", [224, 224, 3])).toEqual([16, 32, 64, 128, 128]);
    expect(() => made("cnn", [4])).toThrow(/no picture; train table/);
  });

  it("photos: filters double up to 64, and each gives its mean over the picture", () => {
    expect(filters("photos", [64, 64, 3])).toEqual([16, 32, 64, 64]);
    expect(filters("photos", [32, 32, 3])).toEqual([16, 32, 64, 64]);
    expect(filters("photos", [5, 5, 1])).toEqual([16, 32]);
    expect(made("photos", [64, 64, 3]).layers[0]!.config).toMatchObject({ strides: [2, 2] });
    expect(made("photos", [32, 32, 3]).layers[0]!.config).toMatchObject({ strides: [1, 1] });
    const types = made("photos", [32, 32, 3], { classes: 3 }).layers.map(({ type }) => type);
    expect(types.slice(-3)).toEqual(["globalAveragePooling2d", "dropout", "dense"]);
    expect(() => made("photos", [4])).toThrow(/^photos: an example is 4 values, no picture/);
  });

  it("series: convolves over the rows, all columns at once", () => {
    const net = made("series", [50, 6], { classes: 4 });
    expect(filters("series", [50, 6])).toEqual([32, 64, 128]);
    expect(net.layers[0]!.config).toEqual({ targetShape: [50, 1, 6] });
    for (const rows of [1, 2, 3, 7, 200])
      expect(made("series", [rows, 1], { outputs: 1 }).outputShape).toEqual([1]);
  });

  it("are chosen by the data", () => {
    expect(presetNameFor({ inputShape: [28, 28, 1] })).toBe("cnn-32-32");
    expect(presetNameFor({ inputShape: [32, 32, 3] })).toBe("cnn");
    expect(presetNameFor({ inputShape: [8, 8] })).toBe("cnn");
    expect(presetNameFor({ inputShape: [13] })).toBe("table");
    expect(presetNameFor({ inputShape: [50, 6], isSeries: true })).toBe("series");
    expect(presetNameFor({ inputShape: [64, 64, 3], pictures: 160 })).toBe("photos");
    expect(presetNameFor({ inputShape: [28, 28, 1], pictures: 160 })).toBe("photos");
    expect(presetNameFor({ inputShape: [64, 64, 3], pictures: 2000 })).toBe("cnn");
  });

  it("table learns two classes that a line divides", async () => {
    const x = Array.from({ length: 80 }, (_, i) => [Math.sin(i), Math.cos(2 * i), Math.sin(3 * i)]);
    const data = dataset({ x, y: x.map(([a = 0, b = 0]) => (a > b ? 1 : 0)) });
    const net = made("table", [3], { classes: 2 });
    await net.compile({
      optimizer: "adam",
      loss: "sparseCategoricalCrossentropy",
      metrics: ["accuracy"],
      engine: await createEngine({ threads: 1 }),
    });
    await net.fit(data, { epochs: 60, batchSize: 16, seed: 1 });
    expect((await net.evaluate(data)).accuracy).toBeGreaterThan(0.95);
  });
});
