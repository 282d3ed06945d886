/** The table of layers, to the letter as Keras draws it, and the numbers under it. */
import { describe, expect, it } from "vitest";
import { layers } from "../../src/layers/index.ts";
import { sequential } from "../../src/model/index.ts";
import { convolution, perceptron } from "./examples.ts";

describe("summary", () => {
  it("draws Keras's table", () => {
    expect(convolution().summary()).toBe(
      `
Model: "sequential"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━┓
┃ Layer (type)                             ┃ Output Shape           ┃     Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━┩
│ conv2d (Conv2D)                          │ (None, 8, 8, 4)        │          40 │
├──────────────────────────────────────────┼────────────────────────┼─────────────┤
│ batch_normalization (BatchNormalization) │ (None, 8, 8, 4)        │          16 │
├──────────────────────────────────────────┼────────────────────────┼─────────────┤
│ relu (ReLU)                              │ (None, 8, 8, 4)        │           0 │
├──────────────────────────────────────────┼────────────────────────┼─────────────┤
│ max_pooling2d (MaxPooling2D)             │ (None, 4, 4, 4)        │           0 │
├──────────────────────────────────────────┼────────────────────────┼─────────────┤
│ flatten (Flatten)                        │ (None, 64)             │           0 │
├──────────────────────────────────────────┼────────────────────────┼─────────────┤
│ dropout (Dropout)                        │ (None, 64)             │           0 │
├──────────────────────────────────────────┼────────────────────────┼─────────────┤
│ dense (Dense)                            │ (None, 4)              │         260 │
└──────────────────────────────────────────┴────────────────────────┴─────────────┘
 Total params: 316 (1.23 KB)
 Trainable params: 308 (1.20 KB)
 Non-trainable params: 8 (32.00 B)`.trimStart(),
    );
  });

  it("separates thousands, converts units, widens for long names and follows the freezing", () => {
    const name = "a_name_that_is_longer_than_the_column_of_layers";
    const net = sequential([layers.dense({ units: 2000, name }), layers.dense({ units: 1 })], {
      inputShape: [1000],
      name: "wide",
    });
    net.layers[0]!.trainable = false;
    const lines = net.summary().split("\n");
    expect(lines[0]).toBe('Model: "wide"');
    expect(lines[4]).toBe(`│ ${name} (Dense) │ (None, 2000)           │   2,002,000 │`);
    expect(new Set(lines.slice(1, 8).map((line) => line.length)).size).toBe(1);
    expect(lines.slice(-3)).toEqual([
      " Total params: 2,004,001 (7.64 MB)",
      " Trainable params: 2,001 (7.82 KB)",
      " Non-trainable params: 2,002,000 (7.64 MB)",
    ]);
    expect(net.parameters).toEqual({ total: 2_004_001, trainable: 2001, nonTrainable: 2_002_000 });
  });

  it("is there before anything is built, and the same after", async () => {
    const net = perceptron();
    const before = net.summary();
    await net.compile({ loss: "sparseCategoricalCrossentropy" });
    expect(net.summary()).toBe(before);
  });
});
