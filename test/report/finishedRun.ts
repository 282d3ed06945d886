/** A made-up finished run, for reports: the texts of its files, its data and its weights. */

import type { RunReportInput } from "../../report/run/runReport.ts";
import { parseRun, type RunTexts } from "../../runs/reader.ts";
import type { LeftOut } from "../../runs/schema.ts";
import type { Dataset } from "../../src/data/dataset.ts";

export interface MadeUpRun {
  readonly classNames: readonly string[];
  readonly epochs?: number;
  readonly stepsAnEpoch?: number;
  /** Shape of an example. Default 8 × 8 × 1. */
  readonly shape?: readonly number[];
  /** Columns raw_val_*, as with averaged weights. */
  readonly raw?: boolean;
  /** Seconds unknown before this epoch, as in a resumed run. */
  readonly resumedAt?: number;
  /** Every test example right. */
  readonly perfect?: boolean;
  readonly kernel?: readonly number[];
  /** A class that no test example has. */
  readonly untested?: string;
  /** Whether the examples are windows over the lines of a file. */
  readonly window?: boolean;
  readonly leftOut?: readonly LeftOut[];
  /** The data set's name. */
  readonly name?: string;
  readonly where?: string;
}

const perClass = 6; // test examples

export function madeUpRun(options: MadeUpRun): RunReportInput & { readonly texts: RunTexts } {
  const { classNames, epochs = 4, stepsAnEpoch = 5, shape = [8, 8, 1], raw = false, resumedAt = 0 } = options;
  const classes = classNames.length;
  const examples = perClass * classes;
  const wave = (i: number): number => ((i * 7919) % 101) / 101;
  const columns = ["epoch", "loss", "accuracy", "val_loss", "val_accuracy", "seconds", "learningRate"];
  const history = Array.from({ length: epochs }, (_, e) => [
    ...[e + 1, 2 / (e + 1), 1 - 0.5 / (e + 1), 2.2 / (e + 1), 1 - 0.6 / (e + 1)],
    ...[e < resumedAt ? "NaN" : 1.5, 0.001],
    ...(raw ? [3 / (e + 1), 0.5 + 0.4 * wave(e)] : []),
  ]);
  const steps = Array.from({ length: epochs * stepsAnEpoch }, (_, i) => [
    i + 1,
    Math.floor(i / stepsAnEpoch) + 1,
    2 / (i + 1) + 0.1 * wave(i),
    1 - 0.9 / (i + 1),
    0.001 / (i + 1),
  ]);
  const predictions = Array.from({ length: examples }, (_, i) => {
    const label = i % (options.untested === undefined ? classes : classes - 1);
    const predicted = !options.perfect && i % 5 === 0 ? (label + 1) % classes : label;
    const sure = 0.6 + 0.39 * wave(i);
    const row = classNames.map((_, c) => (c === predicted ? sure : (1 - sure) / (classes - 1)));
    const lines = options.window ? [100 + 10 * i, 149 + 10 * i] : [];
    return [i, label, predicted, ...row.map((p) => Number(p.toPrecision(4))), ...lines];
  });
  const right = predictions.filter(([, label, predicted]) => label === predicted).length;
  const csv = (heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
    [heads, ...rows].map((row) => row.join(",")).join("\n");
  const texts = {
    run: JSON.stringify({
      anygrad: "0.1.0",
      command: "anygrad train mlp-64 --seed 1 --dataset 'made <up>'",
      preset: "mlp-64",
      seed: 1,
      engine: { runtime: "node 20", variant: "simd", precision: "strict", threads: 2, memoryBytes: 1 << 20 },
      params: { total: 50890, trainable: 50890, nonTrainable: 0 },
      test: { loss: 0.5, accuracy: right / examples },
      ...(raw && { raw: { loss: 3, accuracy: 0.5 } }),
      seconds: 12,
      secondsPerEpoch: 1.5,
      stepMilliseconds: 0.9,
      digest: "ab".repeat(32),
      network: { dropout: 0.2 },
      recipe: { optimizer: "adam", learningRate: 0.001, batchSize: 64, epochs, ...(raw && { ema: 0.99 }) },
      dataset: {
        name: options.name ?? "made <up>",
        where: options.where ?? "a & b",
        train: [2 * classes, ...shape],
        test: [examples, ...shape],
        limit: null,
        classNames,
        normalize: "simple",
        ...(options.window && {
          preparation: {
            columns: Array.from({ length: shape.at(-1)! }, (_, i) => ({
              name: `column ${i}`,
              kind: "number",
              mean: 0,
              deviation: 1,
            })),
            window: { steps: shape[0], stride: 10, horizon: 0 },
          },
        }),
        ...(options.leftOut && { leftOut: options.leftOut }),
      },
      environment: { processor: "a processor", cores: 2 },
    }),
    history: csv([...columns, ...(raw ? ["raw_val_loss", "raw_val_accuracy"] : [])], history),
    steps: csv(["step", "epoch", "loss", "accuracy", "learning_rate"], steps),
    predictions: csv(
      [
        ...["example", "label", "predicted", ...classNames.map((_, c) => `p${c}`)],
        ...(options.window ? ["first_line", "last_line"] : []),
      ],
      predictions,
    ),
  };
  const size = shape.reduce((a, b) => a * b, 1);
  const set = (n: number): Dataset => ({
    x: Uint8Array.from({ length: n * size }, (_, i) => 255 * wave(i)),
    shape: [n, ...shape],
    y: Uint8Array.from({ length: n }, (_, i) => i % classes),
  });
  const kernel = options.kernel ?? [size, 16];
  return {
    texts,
    run: parseRun(texts, "made-up"),
    train: set(2 * classes),
    test: set(examples),
    summary: [
      'Model: "sequential"',
      "┃ Layer (type)   ┃ Output Shape ┃ Param # ┃",
      "│ flatten (Flatten) │ (None, 784) │       0 │",
      "│ dense (Dense)  │ (None, 64)   │  50,240 │",
    ].join("\n"),
    weights: [
      {
        name: "first/kernel",
        shape: kernel,
        data: Float32Array.from({ length: kernel.reduce((a, b) => a * b, 1) }, (_, i) => wave(i) - 0.5),
      },
    ],
    inputShape: shape,
  };
}

/** The classes of Fashion-MNIST: names of several lengths, one of them with a space. */
export const fashion: readonly string[] = [
  "T-shirt/top",
  "Trouser",
  "Pullover",
  "Dress",
  "Coat",
  "Sandal",
  "Shirt",
  "Sneaker",
  "Bag",
  "Ankle boot",
];
