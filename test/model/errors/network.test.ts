/** Every mistake with making, compiling and loading a network is a typed error in one line: what was got, what was wanted, what to do. */
import { describe } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { layers } from "../../../src/layers/index.ts";
import { load, sequential } from "../../../src/model/index.ts";
import { optimizers } from "../../../src/optimizers/index.ts";
import { schedules } from "../../../src/optimizers/schedules/index.ts";
import { blobs, perceptron } from "../examples.ts";
import { compiled, type Mistake, sparse, testMistakes, untyped } from "./mistakes.ts";

const fresh = await compiled(perceptron());
const { x } = blobs();

describe.each<[string, readonly Mistake[]]>([
  [
    "sequential",
    [
      [
        "no layers",
        () => sequential([], { inputShape: [4] }).outputShape,
        "NOT_READY",
        /^model: there are no layers yet/,
      ],
      [
        "no inputShape",
        () => sequential([layers.flatten()]).summary(),
        "NOT_READY",
        /^model: .* the shape of an example is not known; pass inputShape to sequential/,
      ],
      [
        "an inputShape of 0",
        () => sequential([layers.flatten()], { inputShape: [28, 0] }),
        "INVALID_ARGUMENT",
        /^sequential: inputShape is \[28, 0\]; pass/,
      ],
      [
        "an inputShape that is a number",
        () => sequential([layers.flatten()], untyped('{"inputShape":784}')),
        "INVALID_ARGUMENT",
        /^sequential: inputShape is 784; pass/,
      ],
      [
        "an inputShape that the first layer cannot take",
        () => sequential([layers.conv1d({ filters: 10, kernelSize: 3 })], { inputShape: [28, 28, 1] }),
        "SHAPE_MISMATCH",
        'conv1d: the input of an example is [28, 28, 1]; [steps, features] is wanted, so pass such an inputShape or put layers.reshape() before it (layer "conv1d", which gets [28, 28, 1])',
      ],
      [
        "images without channels",
        () => sequential([layers.conv2d({ filters: 1, kernelSize: 3 })], { inputShape: [28, 28] }),
        "SHAPE_MISMATCH",
        /^conv2d: the input of an example is \[28, 28\]; pass \[height, width, channels\] as inputShape, .*\(layer "conv2d", which gets \[28, 28\]\)$/,
      ],
      [
        "a kernel larger than its input",
        () => sequential([layers.conv2d({ filters: 1, kernelSize: 5 })], { inputShape: [4, 4, 1] }),
        "SHAPE_MISMATCH",
        /^conv2d: .*5.*4.*padding: "same".*\(layer "conv2d", which gets \[4, 4, 1\]\)$/,
      ],
      [
        "a kernel too large only by its dilation",
        () =>
          sequential([layers.depthwiseConv2d({ kernelSize: 3, dilationRate: 3 })], { inputShape: [6, 6, 1] }),
        "SHAPE_MISMATCH",
        /^depthwiseConv2d: .*7.*6/,
      ],
      [
        "a pool larger than what is left",
        () =>
          sequential([layers.maxPooling2d(), layers.maxPooling2d(), layers.maxPooling2d({ name: "last" })], {
            inputShape: [6, 6, 1],
          }),
        "SHAPE_MISMATCH",
        /^maxPooling2d: .*2.*1.*\(layer "last", which gets \[1, 1, 1\]\)$/,
      ],
      [
        "groups that do not divide the channels",
        () =>
          sequential([layers.conv2d({ filters: 4, kernelSize: 1, groups: 2 })], { inputShape: [4, 4, 3] }),
        "INVALID_ARGUMENT",
        /^conv2d: .*groups.*2.*3/,
      ],
      [
        "a reshape that does not fit",
        () => sequential([layers.reshape({ targetShape: [5, 5] })], { inputShape: [24] }),
        "SHAPE_MISMATCH",
        /^reshape: .*24.*5.*\(layer "reshape", which gets \[24\]\)$/,
      ],
      [
        "a reshape with two open axes",
        () => sequential([layers.reshape({ targetShape: [-1, -1] })], { inputShape: [24] }),
        "SHAPE_MISMATCH",
        /^reshape: .*-1/,
      ],
      [
        "one name twice",
        () => sequential([layers.flatten({ name: "a" }), layers.relu({ name: "a" })], { inputShape: [4] }),
        "INVALID_ARGUMENT",
        'model: two layers are named "a"; names must differ, so rename one',
      ],
      [
        "a seed below 0",
        () => sequential([layers.flatten()], { inputShape: [4], seed: -1 }),
        "INVALID_ARGUMENT",
        "model: seed is -1; pass a whole number from 0",
      ],
      [
        "a seed that is no number",
        () => sequential([layers.flatten()], { inputShape: [4], seed: Number.NaN }),
        "INVALID_ARGUMENT",
        "model: seed is NaN; pass a whole number from 0",
      ],
      [
        "a layer name that is not there",
        () => perceptron().getLayer("dense_7"),
        "INVALID_ARGUMENT",
        'getLayer: layer: "dense_7" is unknown; did you mean dense? There are dense, dropout, dense_1',
      ],
    ],
  ],
  [
    "before compile",
    [
      [
        "fit",
        () => perceptron().fit(blobs()),
        "NOT_READY",
        "fit: the model is not compiled; call await net.compile({ optimizer, loss }) first",
      ],
      [
        "train",
        () => perceptron().train(blobs()).next(),
        "NOT_READY",
        /^(fit|train): the model is not compiled; call/,
      ],
      [
        "evaluate",
        () => perceptron().evaluate(blobs()),
        "NOT_READY",
        /^evaluate: the model is not compiled; call/,
      ],
      ["predict", () => perceptron().predict(x), "NOT_READY", /^predict: the model is not compiled; call/],
      [
        "getWeights",
        () => perceptron().getWeights(),
        "NOT_READY",
        /^getWeights: the model is not compiled; call/,
      ],
      [
        "setWeights",
        () => perceptron().setWeights([]),
        "NOT_READY",
        /^setWeights: the model is not compiled; call/,
      ],
      ["digest", () => perceptron().digest(), "NOT_READY", /^\w+: the model is not compiled; call/],
      ["save", () => perceptron().save(), "NOT_READY", /^save: the model is not compiled; call/],
      ["engine", () => perceptron().engine, "NOT_READY", /^engine: the model is not compiled; call/],
    ],
  ],
  [
    "compile",
    [
      [
        "no loss",
        () => perceptron().compile(untyped("{}")),
        "INVALID_ARGUMENT",
        'compile: loss is missing; pass one, such as loss: "sparseCategoricalCrossentropy"',
      ],
      [
        "no options",
        () => Reflect.apply(fresh.compile, fresh, []),
        "INVALID_ARGUMENT",
        /^compile: loss is missing; pass one/,
      ],
      [
        "an unknown loss",
        () => perceptron().compile(untyped('{"loss":"crossentropy"}')),
        "INVALID_ARGUMENT",
        /^loss: "crossentropy" is unknown; did you mean binaryCrossentropy\? There are sparseCategoricalCrossentropy, /,
      ],
      [
        "an inherited name as loss",
        () => perceptron().compile(untyped('{"loss":"toString"}')),
        "INVALID_ARGUMENT",
        /^loss: "toString" is unknown/,
      ],
      [
        "an unknown optimizer",
        () => perceptron().compile({ ...sparse, optimizer: "sdg" }),
        "INVALID_ARGUMENT",
        `optimizer: "sdg" is unknown; did you mean sgd? There are ${Object.keys(optimizers).join(", ")}`,
      ],
      [
        "an unknown metric",
        () => perceptron().compile(untyped('{"loss":"huber","metrics":["accu"]}')),
        "INVALID_ARGUMENT",
        /^metrics: "accu" is unknown; did you mean acc/,
      ],
      [
        "a NaN learning rate",
        () => optimizers.adam({ learningRate: Number.NaN }),
        "INVALID_ARGUMENT",
        "adam: learningRate is NaN; pass a number from 0, such as 0.001, or schedules.*()",
      ],
      [
        "a negative learning rate",
        () => optimizers.sgd({ learningRate: -1 }),
        "INVALID_ARGUMENT",
        /^sgd: learningRate is -1; pass/,
      ],
      [
        "an infinite learning rate",
        () => optimizers.rmsprop({ learningRate: Infinity }),
        "INVALID_ARGUMENT",
        /^rmsprop: learningRate is Infinity; pass/,
      ],
      [
        "a learning rate that is text",
        () => optimizers.adamw(untyped('{"learningRate":"0.1"}')),
        "INVALID_ARGUMENT",
        /^adamw: learningRate is "0.1"; pass/,
      ],
      [
        "a NaN in a schedule",
        () => schedules.exponential({ initialLearningRate: Number.NaN, decaySteps: 1, decayRate: 1 }),
        "INVALID_ARGUMENT",
        /NaN; pass/,
      ],
      [
        "a clipnorm of 0",
        () => optimizers.sgd({ clipnorm: 0 }),
        "INVALID_ARGUMENT",
        "sgd: clipnorm is 0; pass a number above 0",
      ],
      [
        "a NaN beta",
        () => optimizers.adam({ beta1: Number.NaN }),
        "INVALID_ARGUMENT",
        /^adam: beta1 is NaN; pass/,
      ],
      ["a beta of 1", () => optimizers.adam({ beta1: 1 }), "INVALID_ARGUMENT", /^adam: beta1 is 1; pass/],
      [
        "a disposed engine",
        async () => {
          const gone = await createEngine();
          gone.dispose();
          await perceptron().compile({ ...sparse, engine: gone });
        },
        "NOT_READY",
        /^engine: it was used after dispose\(\); create a new one/,
      ],
    ],
  ],
  [
    "load",
    [
      ["no bytes", () => load(new Uint8Array(0)), "DATA_FORMAT", /0 bytes/],
      [
        "an image",
        () => load(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0)),
        "DATA_FORMAT",
        /safetensors/,
      ],
    ],
  ],
])("%s", (_, mistakes) => testMistakes(mistakes));
