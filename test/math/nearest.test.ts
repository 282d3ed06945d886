/** Which name is meant by one that is not there: names of all kinds, as people misspell them. */
import { describe, expect, it } from "vitest";
import {
  augmentation,
  createEngine,
  datasets,
  layers,
  modelFromConfig,
  readTable,
  sequential,
} from "../../src/index.ts";
import { nearest } from "../../src/math/nearest.ts";
import { failure } from "../data/failure.ts";

describe("the nearest name", () => {
  const presets = ["mlp", "cnn", "table", "series", "softmax", "mlp-64", "cnn-32-32", "mnist-best"];
  const columns = ["age", "income", "sepal length", "größe", "x"];
  it.each<[string, readonly string[], string]>([
    ["Adam", ["sgd", "rmsprop", "adam", "adamw"], "adam"],
    ["SGD", ["sgd", "rmsprop", "adam", "adamw"], "sgd"],
    ["ReLU", ["linear", "relu", "leakyRelu"], "relu"],
    ["rleu", ["linear", "relu", "leakyRelu"], "relu"],
    ["Conv2D", ["dense", "conv2d", "depthwiseConv2d"], "conv2d"],
    ["mean_squared_eror", ["meanSquaredError", "meanAbsoluteError"], "meanSquaredError"],
    ["onecycle", ["constant", "cosine", "one-cycle"], "one-cycle"],
    ["mlp_64", presets, "mlp-64"],
    ["cnn-3232", presets, "cnn-32-32"],
    ["sepal", columns, "sepal length"],
    ["wage", columns, "age"],
    ["Grösse", columns, "größe"],
    ["epoch", ["epochs", "batchSize"], "epochs"],
  ])("of %s", (given, names, wanted) => {
    expect(nearest(given, names)).toBe(wanted);
  });

  it.each<[string, readonly string[]]>([
    ["resnet", presets],
    ["name", columns],
    ["index", columns],
    ["y", columns],
    ["", columns],
    ["foo", ["f1", "mse", "auc"]],
    ["日本", columns],
  ])("of %s is none", (given, names) => {
    expect(nearest(given, names)).toBe("");
  });
});

describe("names that are values", () => {
  const plain = (value: unknown) => value as never;
  const compiled = async (options: object) => {
    const net = sequential([layers.dense({ units: 1 })], { inputShape: [2] });
    await net.compile({ engine: await createEngine({ threads: 1 }), loss: "mse", ...options });
  };
  it.each<[string, () => unknown, string]>([
    ["an activation", () => layers.dense({ units: 1, activation: plain("ReLU") }), "did you mean relu?"],
    ["an optimizer", () => compiled({ optimizer: "Adam" }), "did you mean adam?"],
    ["a loss", () => compiled({ loss: "MeanSquaredError" }), "did you mean meanSquaredError?"],
    ["a short name in capitals", () => compiled({ loss: "MSE" }), "did you mean mse?"],
    ["a metric", () => compiled({ metrics: "acuracy" }), "did you mean accuracy?"],
    [
      "an initializer",
      () => layers.dense({ units: 1, kernelInitializer: plain("glorot_uniform") }),
      "did you mean glorotUniform?",
    ],
    ["a regularizer", () => layers.dense({ units: 1, kernelRegularizer: plain("L2") }), "did you mean l2?"],
    ["a kind of augmentation", () => augmentation(plain({ shfit: 2 })), "did you mean shift?"],
    ["a policy", () => readTable("a,b\n1,2\n", { label: "b", missing: plain("Mean") }), "did you mean mean?"],
    ["a column", () => readTable("age,b\n1,2\n", { label: "aeg" }), "did you mean age?"],
    ["a set", () => datasets.emnist({ split: plain("leters") }), "did you mean letters?"],
  ])("%s", async (_, act, wanted) => {
    expect(await failure(act, "INVALID_ARGUMENT")).toContain(wanted);
  });

  it("a kind of layer in a file", async () => {
    const config = sequential([layers.dense({ units: 1 })], { inputShape: [2] }).getConfig();
    const layersOf = [{ ...config.layers[0]!, type: "Dense" }];
    const message = await failure(() => modelFromConfig({ ...config, layers: layersOf }), "DATA_FORMAT");
    expect(message).toMatch(
      /^load: layer type: "Dense" is unknown; did you mean dense\? There are .*newer version/,
    );
  });
});
