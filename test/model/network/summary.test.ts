/** The table of layers, to the letter as Keras draws it, and the numbers under it. */
import { describe, expect, it } from "vitest";
import { layers } from "../../../src/layers/index.ts";
import { input, model, sequential } from "../../../src/model/index.ts";
import { convolution, perceptron } from "../examples.ts";
import { residual, sharing } from "../graphs.ts";

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

  it("draws a functional chain as Keras does: the same with a row for the input", () => {
    const x = input({ shape: [8] });
    const outputs = layers.dense({ units: 3 }).apply(layers.dense({ units: 5 }).apply(x));
    expect(model({ inputs: x, outputs }).summary()).toBe(
      `
Model: "functional"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━┓
┃ Layer (type)                  ┃ Output Shape           ┃     Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━┩
│ input_layer (InputLayer)      │ (None, 8)              │           0 │
├───────────────────────────────┼────────────────────────┼─────────────┤
│ dense (Dense)                 │ (None, 5)              │          45 │
├───────────────────────────────┼────────────────────────┼─────────────┤
│ dense_1 (Dense)               │ (None, 3)              │          18 │
└───────────────────────────────┴────────────────────────┴─────────────┘
 Total params: 63 (252.00 B)
 Trainable params: 63 (252.00 B)
 Non-trainable params: 0 (0.00 B)`.trimStart(),
    );
  });

  it("tells of a graph what feeds each layer, and the place where a shared one feeds another", () => {
    expect(sharing().summary()).toBe(
      `
Model: "functional"
┏━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━┓
┃ Layer (type)          ┃ Output Shape       ┃ Param # ┃ Connected to          ┃
┡━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━┩
│ input_layer           │ (None, 8, 8, 1)    │       0 │ -                     │
│ (InputLayer)          │                    │         │                       │
├───────────────────────┼────────────────────┼─────────┼───────────────────────┤
│ conv2d (Conv2D)       │ (None, 8, 8, 4)    │      40 │ input_layer[0][0]     │
├───────────────────────┼────────────────────┼─────────┼───────────────────────┤
│ shared (Conv2D)       │ (None, 8, 8, 4)    │     148 │ conv2d[0][0],         │
│                       │                    │         │ shared[0][0],         │
│                       │                    │         │ average_pooling2d     │
│                       │                    │         │ [0][0]                │
├───────────────────────┼────────────────────┼─────────┼───────────────────────┤
│ add (Add)             │ (None, 8, 8, 4)    │       0 │ shared[1][0],         │
│                       │                    │         │ conv2d[0][0]          │
├───────────────────────┼────────────────────┼─────────┼───────────────────────┤
│ global_average_       │ (None, 4)          │       0 │ add[0][0]             │
│ pooling2d (Global     │                    │         │                       │
│ AveragePooling2D)     │                    │         │                       │
├───────────────────────┼────────────────────┼─────────┼───────────────────────┤
│ average_pooling2d     │ (None, 4, 4, 4)    │       0 │ shared[1][0]          │
│ (AveragePooling2D)    │                    │         │                       │
├───────────────────────┼────────────────────┼─────────┼───────────────────────┤
│ global_average_       │ (None, 4)          │       0 │ shared[2][0]          │
│ pooling2d_1 (Global   │                    │         │                       │
│ AveragePooling2D)     │                    │         │                       │
├───────────────────────┼────────────────────┼─────────┼───────────────────────┤
│ concatenate           │ (None, 8)          │       0 │ global_average_       │
│ (Concatenate)         │                    │         │ pooling2d[0][0],      │
│                       │                    │         │ global_average_       │
│                       │                    │         │ pooling2d_1[0][0]     │
├───────────────────────┼────────────────────┼─────────┼───────────────────────┤
│ dense (Dense)         │ (None, 4)          │      36 │ concatenate[0][0]     │
└───────────────────────┴────────────────────┴─────────┴───────────────────────┘
 Total params: 224 (896.00 B)
 Trainable params: 224 (896.00 B)
 Non-trainable params: 0 (0.00 B)`.trimStart(),
    );
  });

  it("stays within 80 columns for a residual net", () => {
    for (const line of residual().summary().split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("is there before anything is built, and the same after", async () => {
    const net = perceptron();
    const before = net.summary();
    await net.compile({ loss: "sparseCategoricalCrossentropy" });
    expect(net.summary()).toBe(before);
  });
});
