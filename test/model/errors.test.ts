/**
 * Every mistake a user of models can make is a typed error in one line: what was got, what was wanted, what to do.
 * The list of the issue, "Bad input", and what lies beside it.
 */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import type { Dataset } from "../../src/data/dataset.ts";
import type { ErrorCode } from "../../src/errors.ts";
import { layers } from "../../src/layers/index.ts";
import { type FitOptions, load, type Model, sequential } from "../../src/model/index.ts";
import { optimizers } from "../../src/optimizers/index.ts";
import { schedules } from "../../src/optimizers/schedules/index.ts";
import { failure } from "../data/failure.ts";
import { blobs, convolution, perceptron, preset, quarters } from "./examples.ts";

const engine = await createEngine();
const sparse = { loss: "sparseCategoricalCrossentropy" } as const;
const fresh = await compiled(perceptron());
const images = await compiled(convolution());

async function compiled(net: Model): Promise<Model> {
  await net.compile({ optimizer: "adam", ...sparse, metrics: ["accuracy"], engine });
  return net;
}

/** A value as plain JavaScript passes it: without the types that would refuse it. */
const untyped = <T>(json: string): T => JSON.parse(json) as T;

type Mistake = readonly [string, () => unknown, ErrorCode, string | RegExp];

const { x, y } = blobs();
const set = (changes: Partial<Dataset>): Dataset => ({ ...blobs(), ...changes });
const labels = (at: number, label: number): Dataset["y"] =>
  Float32Array.from(y).with(at, label) as Float32Array<ArrayBuffer>;

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
        /^conv2d: the input of an example is \[28, 28\]; \[height, width, channels\] is wanted, so .*\(layer "conv2d", which gets \[28, 28\]\)$/,
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
    "fit: options",
    [
      ...(
        [
          ["batchSize 0", { batchSize: 0 }, "fit: batchSize is 0; pass a whole number from 1"],
          ["batchSize 1.5", { batchSize: 1.5 }, "fit: batchSize is 1.5; pass a whole number from 1"],
          ["batchSize NaN", { batchSize: Number.NaN }, "fit: batchSize is NaN; pass a whole number from 1"],
          [
            "batchSize Infinity",
            { batchSize: Infinity },
            "fit: batchSize is Infinity; pass a whole number from 1",
          ],
          ["epochs -1", { epochs: -1 }, "fit: epochs is -1; pass a whole number from 0"],
          ["epochs NaN", { epochs: Number.NaN }, "fit: epochs is NaN; pass a whole number from 0"],
          ["epochs 0.5", { epochs: 0.5 }, "fit: epochs is 0.5; pass a whole number from 0"],
          ["initialEpoch -2", { initialEpoch: -2 }, "fit: initialEpoch is -2; pass a whole number from 0"],
          ["ema 1", { ema: 1 }, /^fit: ema is 1; pass a number from 0 to below 1, the share /],
          ["ema NaN", { ema: Number.NaN }, /^fit: ema is NaN; pass a number from 0 to below 1, the share /],
          ["recalibrate 0.5", { recalibrate: 0.5 }, /^fit: recalibrate is 0.5; pass a whole number from 0/],
          [
            "recalibrate without batch normalisation",
            { recalibrate: 9 },
            "fit: recalibrate is 9 but the network has no batch normalisation; leave recalibrate out, or add layers.batchNormalization()",
          ],
          ["seed -1", { seed: -1 }, "fit: seed is -1; pass a whole number from 0"],
          [
            "validationSplit 1",
            { validationSplit: 1 },
            "fit: validationSplit is 1; pass a number from 0 to below 1",
          ],
          [
            "validationSplit NaN",
            { validationSplit: Number.NaN },
            "fit: validationSplit is NaN; pass a number from 0 to below 1",
          ],
          [
            "a split that leaves nothing",
            { validationSplit: 0.999 },
            /^fit: validationSplit 0.999 of 96 examples leaves a part empty; /,
          ],
          [
            "a split and data",
            { validationSplit: 0.5, validationData: blobs() },
            "fit: validationSplit and validationData are both given; pass one of them",
          ],
        ] satisfies [string, FitOptions, string | RegExp][]
      ).map(
        ([name, options, message]): Mistake => [
          name,
          () => fresh.fit(blobs(), options),
          "INVALID_ARGUMENT",
          message,
        ],
      ),
      [
        "too few sample weights",
        () => fresh.fit(blobs(), { sampleWeight: [1, 2] }),
        "SHAPE_MISMATCH",
        "fit: sampleWeight has 2 numbers but there are 96 examples; pass one each",
      ],
      [
        "too many sample weights",
        () => fresh.fit(blobs(), { sampleWeight: new Float32Array(97) }),
        "SHAPE_MISMATCH",
        "fit: sampleWeight has 97 numbers but there are 96 examples; pass one each",
      ],
      [
        "a NaN sample weight",
        () => fresh.fit(blobs(), { sampleWeight: new Float32Array(96).fill(Number.NaN, 5, 6) }),
        "INVALID_ARGUMENT",
        /^fit: sampleWeight 5 is NaN/,
      ],
      [
        "a class weight that is no number",
        () => fresh.fit(blobs(), { classWeight: { 0: Number.NaN } }),
        "INVALID_ARGUMENT",
        /^fit: classWeight.*NaN/,
      ],
      [
        "a learning rate set to NaN by a callback",
        () =>
          fresh.fit(blobs(), {
            callbacks: [
              {
                onStepEnd: (_, run) => {
                  run.learningRate = Number.NaN;
                },
              },
            ],
          }),
        "INVALID_ARGUMENT",
        "fit: learningRate is NaN; pass a number from 0",
      ],
      [
        "validation data of another shape",
        () => fresh.fit(blobs(), { validationData: set({ shape: [96, 5] }) }),
        "SHAPE_MISMATCH",
        /^fit: validationData: an example has the shape \[5\] but the model takes \[6\]/,
      ],
    ],
  ],
  [
    "fit: data",
    [
      [
        "examples of another shape",
        () => images.fit({ x: new Uint8Array(2 * 81), y: new Uint8Array(2), shape: [2, 9, 9, 1] }),
        "SHAPE_MISMATCH",
        "fit: an example has the shape [9, 9, 1] but the model takes [8, 8, 1]; pass inputShape: [9, 9, 1] or data of that shape",
      ],
      [
        "channels in the wrong place",
        () => images.fit({ ...quarters(), shape: [64, 1, 8, 8] }),
        "SHAPE_MISMATCH",
        /^fit: an example has the shape \[1, 8, 8\] but the model takes \[8, 8, 1\]/,
      ],
      [
        "x shorter than its shape",
        () => fresh.fit(set({ x: x.subarray(0, 100) as Float32Array })),
        "SHAPE_MISMATCH",
        "fit: x has 100 numbers but its shape [96, 6] wants 576",
      ],
      [
        "fewer labels than examples",
        () => fresh.fit(set({ y: y.subarray(0, 95) })),
        "SHAPE_MISMATCH",
        /^fit: there are 96 examples but y has 95 numbers where 96 are wanted; pass one class index per example/,
      ],
      [
        "no examples",
        () => fresh.fit({ x: new Float32Array(0), y: new Uint8Array(0), shape: [0, 6] }),
        "DATA_FORMAT",
        "fit: the data set is empty; pass at least one example",
      ],
      [
        "a label out of range",
        () => fresh.fit(set({ y: labels(7, 3) })),
        "DATA_FORMAT",
        /^fit: label 7 is 3 but the model has 3 outputs, so 0 to 2 are possible; /,
      ],
      [
        "a negative label",
        () => fresh.fit(set({ y: labels(0, -1) })),
        "DATA_FORMAT",
        /^fit: label 0 is -1 but/,
      ],
      [
        "a label with a fraction",
        () => fresh.fit(set({ y: labels(95, 0.5) })),
        "DATA_FORMAT",
        /^fit: label 95 is 0.5 but/,
      ],
      [
        "a label that is NaN",
        () => fresh.fit(set({ y: labels(1, Number.NaN) })),
        "DATA_FORMAT",
        /^fit: label 1 is NaN but/,
      ],
      [
        "labels for a loss of rows",
        async () => {
          const net = perceptron();
          await net.compile({ loss: "categoricalCrossentropy", engine });
          await net.fit(blobs());
        },
        "SHAPE_MISMATCH",
        "fit: y has one label per example but this loss wants 3 numbers; use sparseCategoricalCrossentropy, or oneHot(y, 3)",
      ],
      [
        "a label out of range in the validation",
        () => fresh.fit(blobs(), { validationData: set({ y: labels(2, 9) }) }),
        "DATA_FORMAT",
        /^fit: validationData: label 2 is 9 but/,
      ],
      [
        "{ train, test } in place of a set",
        () => Reflect.apply(fresh.fit, fresh, [{ train: blobs(), test: blobs() }]),
        "INVALID_ARGUMENT",
        /^fit: .*train/,
      ],
    ],
  ],
  [
    "evaluate and predict",
    [
      [
        "evaluate in batches of 0",
        () => fresh.evaluate(blobs(), { batchSize: 0, signal: AbortSignal.timeout(200) }),
        "INVALID_ARGUMENT",
        "evaluate: batchSize is 0; pass a whole number from 1",
      ],
      [
        "evaluate in batches of -1",
        () => fresh.evaluate(blobs(), { batchSize: -1, signal: AbortSignal.timeout(200) }),
        "INVALID_ARGUMENT",
        "evaluate: batchSize is -1; pass a whole number from 1",
      ],
      [
        "evaluate in batches of NaN",
        () => fresh.evaluate(blobs(), { batchSize: Number.NaN }),
        "INVALID_ARGUMENT",
        "evaluate: batchSize is NaN; pass a whole number from 1",
      ],
      [
        "predict in batches of 2.5",
        () => fresh.predict(x, { batchSize: 2.5 }),
        "INVALID_ARGUMENT",
        "predict: batchSize is 2.5; pass a whole number from 1",
      ],
      [
        "predict in batches of NaN",
        () => fresh.predict(x, { batchSize: Number.NaN }),
        "INVALID_ARGUMENT",
        "predict: batchSize is NaN; pass a whole number from 1",
      ],
      [
        "evaluate of another shape",
        () => fresh.evaluate(set({ shape: [72, 8] })),
        "SHAPE_MISMATCH",
        /^evaluate: an example has the shape \[8\] but the model takes \[6\]/,
      ],
      [
        "evaluate of an empty set",
        () => fresh.evaluate({ x: new Float32Array(0), y: new Uint8Array(0), shape: [0, 6] }),
        "DATA_FORMAT",
        /^evaluate: the data set is empty/,
      ],
      [
        "predict for half an example",
        () => fresh.predict(new Float32Array(9)),
        "SHAPE_MISMATCH",
        "predict: got 9 numbers but an example of [6] has 6; pass whole examples",
      ],
      [
        "predict for nothing",
        () => fresh.predict(new Float32Array(0)),
        "SHAPE_MISMATCH",
        /^predict: got 0 numbers/,
      ],
      ["predict for an empty list", () => fresh.predict([]), "SHAPE_MISMATCH", /^predict: /],
      [
        "predict for rows that differ in length",
        () =>
          fresh.predict([
            [1, 2, 3, 4, 5, 6],
            [1, 2],
          ]),
        "SHAPE_MISMATCH",
        /^predict: x is ragged/,
      ],
      [
        "predict for rows of another length",
        () =>
          fresh.predict([
            [1, 2, 3],
            [4, 5, 6],
          ]),
        "SHAPE_MISMATCH",
        /^predict: .*\[3\].*\[6\]/,
      ],
      [
        "predict for a set of another shape",
        () => images.predict({ x: new Uint8Array(256), shape: [1, 16, 16, 1] }),
        "SHAPE_MISMATCH",
        /^predict: .*\[16, 16, 1\].*\[8, 8, 1\]/,
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
])("%s", (_, mistakes) => {
  it.each(mistakes)("%s", async (_name, act, code, wanted) => {
    const message = await failure(act, code);
    if (typeof wanted === "string") expect(message).toBe(wanted);
    else expect(message).toMatch(wanted);
  });
});

describe("a loss that is no longer a number", () => {
  it("names the step, the epoch, the rate and what to try", async () => {
    const net = perceptron();
    await net.compile({ ...sparse, optimizer: optimizers.sgd({ learningRate: 1e30 }), engine });
    const message = await failure(() => net.fit(blobs(), { batchSize: 48, epochs: 5 }), "NOT_FINITE");
    expect(message).toMatch(
      /^fit: the loss became (NaN|Infinity) at step [12] of epoch [12] with learning rate 1e\+30; try a lower learning rate, gradient clipping/,
    );
  });

  it("leaves every weight as the last good step left it, moving statistics too", async () => {
    const net = await compiled(convolution());
    await net.fit(quarters(), { batchSize: 24 });
    const weights = net.getWeights();
    weights[0]!.data.fill(10);
    net.setWeights(weights);
    const before = await net.digest();
    const pixels = new Float32Array(64 * 64);
    pixels[100] = 3e38; // infinite behind the convolution
    const spoiled: Dataset = { ...quarters(), x: pixels };
    const message = await failure(() => net.fit(spoiled, { batchSize: 64 }), "NOT_FINITE");
    expect(message).toMatch(/^fit: the loss became NaN at step 1 of epoch 1/);
    expect(await net.digest()).toBe(before);
  });

  it("does not wait for the NaN to reach the loss of the next step: infinite weights", async () => {
    const net = await compiled(perceptron());
    const weights = net.getWeights();
    weights[1]!.data.fill(Infinity);
    net.setWeights(weights);
    await failure(() => net.fit(blobs()), "NOT_FINITE");
  });
});

describe("a memory limit that is too small", () => {
  it("for the weights: says how much is needed, before and in all", async () => {
    const small = await createEngine({ memoryLimit: 2 ** 20 });
    const message = await failure(
      () => preset("mlp-512-256").compile({ ...sparse, engine: small }),
      "MEMORY_LIMIT",
    );
    expect(message).toMatch(
      /^memory: \d+\.\d MiB of wasm memory are needed but the limit is 1\.0 MiB; raise memoryLimit, or use a smaller batchSize or model \(this model needs about \d+\.\d MiB to train at batch size 32\)$/,
    );
    const needed = Number(/about (\d+\.\d)/.exec(message)![1]);
    expect(needed).toBeGreaterThan(8);
    expect(needed).toBeLessThan(12);
  });

  it("for a step: the need named is enough", async () => {
    const data: Dataset = { x: new Uint8Array(784 * 64), y: new Uint8Array(64), shape: [64, 28, 28, 1] };
    const run = async (memoryLimit: number): Promise<void> => {
      const net = preset("cnn-32-32");
      await net.compile({ ...sparse, optimizer: "adam", engine: await createEngine({ memoryLimit }) });
      await net.fit(data, { batchSize: 64 });
    };
    const message = await failure(() => run(10 * 2 ** 20), "MEMORY_LIMIT");
    const needed = Number(/about (\d+\.\d) MiB to train at batch size 64/.exec(message)![1]);
    await run(needed * 2 ** 20 * 1.1);
  });

  it("for the kernels alone", async () => {
    const message = await failure(() => createEngine({ memoryLimit: 1000 }), "MEMORY_LIMIT");
    expect(message).toBe(
      "createEngine: memoryLimit is 1000 bytes but the kernels alone need 64 KiB; raise it",
    );
  });
});
