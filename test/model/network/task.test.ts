/** What is refused before the first step: losses, metrics, last layers and data that do not speak of the same task. */
import { beforeAll, describe, expect, it } from "vitest";
import {
  createEngine,
  type Dataset,
  dataset,
  type Engine,
  type Layer,
  layers,
  losses,
  type Model,
  ops,
  sequential,
} from "../../../src/index.ts";
import type { LossLike } from "../../../src/losses/index.ts";
import type { MetricName } from "../../../src/metrics/index.ts";
import { failure } from "../../data/failure.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine({ threads: 1 });
});

const x = Array.from({ length: 12 }, (_, i) => [Math.sin(i), Math.cos(i)]);
const numbers = dataset({ x, y: x.map(([a = 0, b = 0]) => [a + 2 * b]) });
const classes = dataset({ x, y: x.map((_, i) => i % 3), classNames: ["rose", "lily", "iris"] });
const oneHot = dataset({ x, y: x.map((_, i) => [0, 1, 2].map((c) => (c === i % 3 ? 1 : 0))) });
const yesNo = dataset({ x, y: x.map((_, i) => [i % 2]) });

async function compiled(stack: readonly Layer[], loss: LossLike, metrics: MetricName[] = []): Promise<Model> {
  const net = sequential(stack, { inputShape: [2], seed: 1 });
  await net.compile({ optimizer: "sgd", loss, metrics, engine });
  return net;
}

const linear = (units: number) => layers.dense({ units });
const dense = (units: number, activation: "softmax" | "sigmoid" | "relu" | "tanh" | "logSoftmax") =>
  layers.dense({ units, activation });

describe("refused, in a line that says what to do", () => {
  it.each<[string, readonly Layer[], LossLike, MetricName[], Dataset, RegExp]>([
    [
      "logits",
      [linear(3)],
      "sparseCategoricalCrossentropy",
      [],
      classes,
      /\(linear\); end with activation: "softmax", or pass losses.sparseCategoricalCrossentropy\(\{ fromLogits: true \}\)/,
    ],
    [
      "logits of one-hot rows",
      [linear(3)],
      "categoricalCrossentropy",
      ["accuracy"],
      oneHot,
      /\(linear\); end with activation: "softmax"/,
    ],
    [
      "logits of a yes or no",
      [linear(1)],
      "binaryCrossentropy",
      ["accuracy"],
      yesNo,
      /\(linear\); end with activation: "sigmoid"/,
    ],
    ["numbers above 1", [dense(3, "relu")], "sparseCategoricalCrossentropy", [], classes, /\(relu\)/],
    ["numbers below 0", [dense(1, "tanh")], "binaryCrossentropy", [], yesNo, /\(tanh\)/],
    [
      "numbers below 0 of a recurrent layer, within a wrapper too",
      [
        layers.reshape({ targetShape: [2, 1] }),
        layers.bidirectional({ layer: layers.lstm({ units: 1 }), mergeMode: "sum" }),
      ],
      "binaryCrossentropy",
      [],
      yesNo,
      /\(tanh\)/,
    ],
    ["logarithms", [dense(3, "logSoftmax")], "sparseCategoricalCrossentropy", [], classes, /\(logSoftmax\)/],
    [
      "logits behind a view",
      [linear(3), layers.reshape({ targetShape: [3] })],
      "sparseCategoricalCrossentropy",
      [],
      classes,
      /\(linear\)/,
    ],
    [
      "probabilities as logits",
      [dense(3, "softmax")],
      losses.sparseCategoricalCrossentropy({ fromLogits: true }),
      [],
      classes,
      /fromLogits: true, but the last layer gives probabilities \(softmax\)/,
    ],
    [
      "accuracy of numbers",
      [linear(1)],
      "meanSquaredError",
      ["accuracy"],
      numbers,
      /^fit: metrics has accuracy, which counts classes, but meanSquaredError predicts numbers and y has 2, .*; pass metrics: \["r2", "mae"\]/,
    ],
    ["acc of numbers", [linear(1)], "huber", ["acc"], numbers, /metrics has acc,/],
    ["f1Score of numbers", [linear(1)], "huber", ["f1Score"], numbers, /metrics has f1Score,/],
    ["top k of numbers", [linear(1)], "huber", ["topKCategoricalAccuracy"], numbers, /metrics has topK/],
    ["IoU of numbers", [linear(1)], "huber", ["meanIoU"], numbers, /metrics has meanIoU,/],
    ["F1 of numbers", [linear(1)], "huber", ["mae", "f1"], numbers, /metrics has f1/],
    ["AUC of numbers", [dense(1, "relu")], "meanAbsoluteError", ["auc"], numbers, /metrics has auc/],
    [
      "numbers to a divergence",
      [linear(3)],
      "klDivergence",
      [],
      oneHot,
      /^fit: klDivergence takes.*"softmax"$/,
    ],
    [
      "numbers to dice",
      [dense(3, "relu")],
      "dice",
      [],
      oneHot,
      /dice takes .*end with activation: "sigmoid"$/,
    ],
    [
      "logits to a focal loss",
      [linear(1)],
      "binaryFocalCrossentropy",
      [],
      yesNo,
      /"sigmoid", or pass losses.binaryFocalCrossentropy\(\{ fromLogits: true \}\)/,
    ],
    ["IoU of numbers", [linear(1)], "logCosh", ["meanIoU" as MetricName], numbers, /metrics has meanIoU/],
    ["PR-AUC of numbers", [linear(1)], "poisson", ["prAuc" as MetricName], numbers, /metrics has prAuc/],
    [
      "class indices as numbers",
      [linear(1)],
      "meanSquaredError",
      [],
      classes,
      /^fit: y has 3 classes, .*end with dense\(\{ units: 3, activation: "softmax" \}\)/,
    ],
  ])("%s", async (_, stack, loss, metrics, data, message) => {
    const net = await compiled(stack, loss, metrics);
    const before = await net.digest();
    const said = await failure(() => net.fit(data, { epochs: 1 }), "INVALID_ARGUMENT");
    expect(said).toMatch(message);
    expect(said.length).toBeLessThanOrEqual(300);
    expect(await net.digest()).toBe(before);
  });
});

describe("taken", () => {
  it.each<[string, readonly Layer[], LossLike, MetricName[], Dataset]>([
    [
      "a class of each step, by a layer within timeDistributed",
      [layers.reshape({ targetShape: [2, 1] }), layers.timeDistributed({ layer: dense(3, "softmax") })],
      "categoricalCrossentropy",
      ["accuracy"],
      dataset({
        x,
        y: x.map(() => [
          [1, 0, 0],
          [0, 1, 0],
        ]),
      }),
    ],
    [
      "a recurrent layer whose outputs are probabilities",
      [layers.reshape({ targetShape: [2, 1] }), layers.simpleRNN({ units: 1, activation: "sigmoid" })],
      "binaryCrossentropy",
      [],
      yesNo,
    ],
    [
      "logits that are said to be",
      [linear(3)],
      losses.sparseCategoricalCrossentropy({ fromLogits: true }),
      ["accuracy"],
      classes,
    ],
    [
      "probabilities behind a view",
      [dense(3, "softmax"), layers.reshape({ targetShape: [3] })],
      "sparseCategoricalCrossentropy",
      ["accuracy"],
      classes,
    ],
    ["probabilities to a divergence", [dense(3, "softmax")], "klDivergence", ["accuracy"], oneHot],
    [
      "logits that a focal loss is told of",
      [linear(1)],
      losses.binaryFocalCrossentropy({ fromLogits: true }),
      [],
      yesNo,
    ],
    [
      "a straight sigmoid",
      [layers.dense({ units: 1, activation: "hardSigmoid" })],
      "binaryCrossentropy",
      ["accuracy"],
      yesNo,
    ],
    ["sigmoids of one-hot rows", [dense(3, "sigmoid")], "categoricalCrossentropy", ["accuracy"], oneHot],
    ["squares of one-hot rows", [linear(3)], "meanSquaredError", ["accuracy"], oneHot],
    ["squares of a yes or no", [linear(1)], "meanSquaredError", ["accuracy"], yesNo],
    ["squares of probabilities", [dense(1, "sigmoid")], "meanSquaredError", ["accuracy"], yesNo],
    ["numbers", [linear(1)], "meanSquaredError", ["r2", "mae"], numbers],
    [
      "a loss of one's own",
      [linear(1)],
      (yTrue, yPred) => ops.mean(ops.square(ops.subtract(yPred, yTrue)), { axis: -1 }),
      [],
      numbers,
    ],
  ])("%s", async (_, stack, loss, metrics, data) => {
    const net = await compiled(stack, loss, metrics);
    const {
      loss: [end],
    } = await net.fit(data, { epochs: 1 });
    expect(end).toEqual(expect.any(Number));
  });
});
