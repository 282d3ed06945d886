/** Every mistake with training, evaluating and predicting is a typed error in one line: what was got, what was wanted, what to do. */
import { describe } from "vitest";
import type { Dataset } from "../../../src/data/dataset.ts";
import type { FitOptions } from "../../../src/model/index.ts";
import { blobs, convolution, perceptron, quarters } from "../examples.ts";
import { compiled, engine, type Mistake, testMistakes } from "./mistakes.ts";

const fresh = await compiled(perceptron());
const images = await compiled(convolution());
const { x, y } = blobs();
const set = (changes: Partial<Dataset>): Dataset => ({ ...blobs(), ...changes });
const labels = (at: number, label: number): Dataset["y"] =>
  Float32Array.from(y).with(at, label) as Float32Array<ArrayBuffer>;

describe.each<[string, readonly Mistake[]]>([
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
          ["ema 1", { ema: 1 }, /^fit: ema is 1; pass a number from 0 to below 1, such as 0.999$/],
          [
            "ema NaN",
            { ema: Number.NaN },
            /^fit: ema is NaN; pass a number from 0 to below 1, such as 0.999$/,
          ],
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
        "predict: there are no examples; pass at least one",
      ],
      [
        "predict for an empty list",
        () => fresh.predict([]),
        "SHAPE_MISMATCH",
        "predict: there are no examples; pass at least one",
      ],
      [
        "predict for an empty set",
        () => fresh.predict({ x: new Float32Array(0), shape: [0, 6] }),
        "SHAPE_MISMATCH",
        "predict: there are no examples; pass at least one",
      ],
      [
        "predict for an example of nothing",
        () => fresh.predict([[]]),
        "SHAPE_MISMATCH",
        "predict: got 0 numbers but an example of [6] has 6; pass whole examples",
      ],
      [
        "evaluate of empty lists",
        () => fresh.evaluate([], []),
        "SHAPE_MISMATCH",
        "evaluate: there are no examples; pass at least one",
      ],
      [
        "fit of empty lists",
        () => fresh.fit([], []),
        "SHAPE_MISMATCH",
        "fit: there are no examples; pass at least one",
      ],
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
])("%s", (_, mistakes) => testMistakes(mistakes));
