import { describe, expect, it } from "vitest";
import { getLoss } from "../../src/losses/index.ts";
import { sequential } from "../../src/model/index.ts";
import {
  changeRecipe,
  defaultPreset,
  describeRecipe,
  findPreset,
  lossOf,
  type NetworkOptions,
  optimizerOf,
  type Preset,
  presets,
  recipeFor,
} from "../../src/presets/index.ts";
import { failure } from "../data/failure.ts";

// those that choose their sizes, the table of the design, then the recipes for speed and accuracy: name, parameters, those that no gradient changes
const table: readonly [string, number, number][] = [
  ["mlp", 109_386, 0],
  ["cnn", 206_922, 0],
  ["photos", 24_282, 224],
  ["table", 235_146, 0],
  ["series", 44_202, 0],
  ["softmax", 7_850, 0],
  ["mlp-64", 50_890, 0],
  ["mlp-64-64", 55_050, 0],
  ["mlp-512", 407_050, 0],
  ["mlp-512-256", 535_818, 0],
  ["mlp-128-64", 109_386, 0],
  ["mlp-256-128", 235_146, 0],
  ["cnn-2x2", 1_387_434, 0],
  ["cnn-32-32", 113_386, 0],
  ["cnn-64-64", 236_618, 0],
  ["cnn-relu", 454_410, 0],
  ["cnn-bn-sigmoid", 455_346, 468],
  ["mnist-fast", 17_734, 168],
  ["mnist-best", 289_962, 832],
  ["fashion-best", 289_962, 832],
];

function preset(name: string): Preset {
  const found = findPreset(name);
  if (!found) throw new Error(`no preset ${name}`);
  return found;
}

const network = (name: string, options?: NetworkOptions) =>
  sequential(preset(name).network(options), { inputShape: [28, 28, 1] });

describe("presets", () => {
  it("are those of the design, in its order", () => {
    expect(presets.map(({ name }) => name)).toEqual(table.map(([name]) => name));
    expect(findPreset(defaultPreset)?.name).toBe("cnn-32-32");
  });

  it.each(table)("%s has %i parameters, %i of them not trainable", (name, total, nonTrainable) => {
    const { parameters, outputShape } = network(name);
    expect(parameters).toEqual({ total, nonTrainable, trainable: total - nonTrainable });
    expect(outputShape).toEqual([10]);
  });

  it.each(table)("%s takes every option without another weight", (name, total) => {
    const hidden: NetworkOptions =
      name === "softmax" ? {} : { activation: name === "cnn-bn-sigmoid" ? "relu" : "sigmoid", dropout: 0.25 };
    const net = network(name, { init: "he", l1: 1e-5, l2: 1e-4, ...hidden });
    expect(net.parameters.total).toBe(total);
    const configs = JSON.stringify(net.layers.map(({ config }) => config));
    expect(configs).toContain("heNormal");
    expect(configs).toContain('"l1":0.00001,"l2":0.0001');
    expect(configs).not.toContain("glorotUniform");
    if (name !== "softmax") expect(configs).toContain('"rate":0.25');
  });

  it("puts the rate asked for in the place of each dropout, and nowhere else", () => {
    const rates = (name: string, dropout?: number): unknown[] =>
      preset(name)
        .network(dropout === undefined ? {} : { dropout })
        .flatMap(({ type, config }) => (type === "dropout" ? [config] : []));
    expect(rates("cnn-64-64")).toEqual([{ rate: 0.5 }, { rate: 0.5 }, { rate: 0.5 }]);
    expect(rates("cnn-64-64", 0.1)).toEqual([{ rate: 0.1 }, { rate: 0.1 }, { rate: 0.1 }]);
    expect(rates("mlp-128-64", 0.1)).toEqual([{ rate: 0.1 }]);
    expect(rates("mlp-128-64", 0)).toEqual([]);
    expect(rates("mlp-64-64")).toEqual([]);
    expect(rates("mlp-64-64", 0.1)).toEqual([{ rate: 0.1 }, { rate: 0.1 }]);
    expect(rates("cnn-32-32", 0.1)).toEqual([{ rate: 0.1 }]);
  });

  it("end in as many units as there are classes", () => {
    for (const { name } of presets) expect(network(name, { classes: 26 }).outputShape).toEqual([26]);
  });

  it("refuse options that mean nothing", async () => {
    expect(await failure(() => network("softmax", { dropout: 0.5 }), "INVALID_ARGUMENT")).toBe(
      "softmax: it has no hidden layer for dropout 0.5; leave it out, or train mlp-64",
    );
  });
});

describe("recipes", () => {
  const { recipe } = preset("cnn-32-32");

  it("are the design's", () => {
    expect(describeRecipe(recipe)).toBe("adam 0.001, batches of 64, 10 epochs");
    expect(describeRecipe(preset("mlp-256-128").recipe)).toBe(
      "adam 0.0001, batches of 64, 10 epochs, standard normalisation",
    );
    expect(preset("mlp-512").recipe).toMatchObject({ optimizer: "sgd", batchSize: "all" });
    expect(preset("mlp-512-256").recipe).toMatchObject({ optimizer: "sgd", loss: "binaryCrossentropy" });
  });

  it("are shorter on the digits, where the preset says so", () => {
    expect(changeRecipe(recipe, {}, true).epochs).toBe(4);
    expect(changeRecipe(recipe, {}, false).epochs).toBe(10);
    expect(changeRecipe(recipe, { epochs: 7 }, true).epochs).toBe(7);
  });

  it("have more epochs for few examples, where the preset says how many steps, unless the user says how many", () => {
    const { recipe: photos } = preset("photos");
    const epochs = (changes: object, examples: number): number =>
      recipeFor(changeRecipe(photos, changes, false), "classification", examples).epochs;
    expect([160, 161, 1999, 50_000].map((examples) => epochs({}, examples))).toEqual([300, 250, 24, 20]);
    expect(epochs({ batchSize: 16 }, 160)).toBe(150);
    expect(epochs({ batchSize: "all" }, 160)).toBe(1500);
    expect(epochs({ epochs: 5 }, 160)).toBe(5);
    expect(describeRecipe(photos)).toMatch(/, 20 epochs or 1500 steps$/);
    expect(describeRecipe(recipeFor(photos, "classification", 160))).toMatch(/, 300 epochs$/);
    expect(recipeFor(preset("cnn").recipe, "classification", 160).epochs).toBe(20);
  });

  it("give a changed optimizer its usual rate, unless there is another", () => {
    expect(changeRecipe(recipe, { optimizer: "sgd" }, false).learningRate).toBe(0.1);
    expect(changeRecipe(recipe, { optimizer: "sgd", learningRate: 0.3 }, false).learningRate).toBe(0.3);
    expect(changeRecipe(recipe, { batchSize: 32, normalize: "standard" }, false)).toMatchObject({
      optimizer: "adam",
      learningRate: 1e-3,
      batchSize: 32,
      normalize: "standard",
    });
  });

  it("become optimizers, with the classic decay", () => {
    const nesterov = optimizerOf(changeRecipe(recipe, { optimizer: "nesterov", decay: 0.5 }, false), 100);
    expect(nesterov.config).toMatchObject({ momentum: 0.9, nesterov: true });
    expect([0, 2, 6].map((step) => nesterov.schedule.at(step))).toEqual([0.01, 0.005, 0.0025]);
    expect(optimizerOf(recipe, 100).schedule.at(1000)).toBe(1e-3);
  });

  it("bring the learning rate down with the run, by a cosine or in one cycle", async () => {
    const cosine = optimizerOf(changeRecipe(recipe, { schedule: "cosine", weightDecay: 0.01 }, false), 100);
    expect([0, 50, 100].map((step) => cosine.schedule.at(step))).toEqual([1e-3, 5e-4, 0]);
    expect(cosine.config).toMatchObject({ weightDecay: 0.01 });
    const cycle = optimizerOf(changeRecipe(recipe, { schedule: "one-cycle" }, false), 100).schedule;
    expect(cycle.at(0)).toBeCloseTo(1e-4);
    expect(cycle.at(24)).toBeCloseTo(1e-3);
    expect(cycle.at(99)).toBeCloseTo(1e-7);
    const both = (): unknown => changeRecipe(recipe, { schedule: "cosine", decay: 0.1 }, false);
    expect(await failure(both, "INVALID_ARGUMENT")).toBe(
      "decay 0.1 and the cosine schedule both set the learning rate; use one of them",
    );
  });

  it("smooth the labels where asked", async () => {
    expect(lossOf(recipe)).toBe("sparseCategoricalCrossentropy");
    const smoothed = await getLoss(lossOf(changeRecipe(recipe, { labelSmoothing: 0.1 }, false)));
    expect(smoothed.config).toMatchObject({ labelSmoothing: 0.1 });
    expect(
      describeRecipe(
        changeRecipe(recipe, { labelSmoothing: 0.1, schedule: "one-cycle", weightDecay: 5e-4 }, false),
      ),
    ).toBe("adam 0.001 one-cycle, weight decay 0.0005, label smoothing 0.1, batches of 64, 10 epochs");
  });
});
