/** What a console shows of a data set, a model, a tensor and so on: one readable line, however large they are. */
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { readCsv } from "../../src/data/csv.ts";
import { dataset } from "../../src/data/dataset.ts";
import { datasets } from "../../src/data/datasets.ts";
import { normalize } from "../../src/data/normalize.ts";
import { split, subset, take } from "../../src/data/selection.ts";
import * as ops from "../../src/ops/index.ts";
import { blobs, perceptron } from "../model/examples.ts";

const engine = await createEngine({ variant: "simd", threads: 1 });

describe("a console shows", () => {
  it("a data set, and what is made of it", async () => {
    const set = dataset({
      x: new Float32Array(3_000_000),
      shape: [1_000_000, 3],
      y: new Uint8Array(1_000_000),
      name: "big",
    });
    expect(inspect(set)).toBe(
      'Dataset "big": 1000000 examples of [3] (Float32Array), y: 1000000 of Uint8Array',
    );
    expect(inspect(take(set, 5))).toBe('Dataset "big": 5 examples of [3] (Float32Array), y: 5 of Uint8Array');
    expect(inspect(subset(set, [1]))).toMatch(/^Dataset "big": 1 example of/);
    expect(inspect(split(take(set, 10), 0.5).train)).toMatch(/^Dataset "big": 5 examples of/);
    const { train, test } = await datasets.digits({ train: 20, test: 10 });
    expect(inspect(train)).toBe('Dataset "digits": 20 examples of [28, 28, 1] (Uint8Array), 10 classes');
    expect(inspect({ train, test }).length).toBeLessThan(200);
    expect(inspect(normalize({ train: take(set, 4), test: take(set, 2) }, "simple").test)).toMatch(
      /^Dataset "big": 2/,
    );
    expect(inspect(await readCsv("1,2\n0,3\n"))).toBe(
      "Dataset: 2 examples of [1] (Uint8Array), y: 2 of Uint8Array",
    );
  });

  it("nothing else of the line: copies, JSON, messages to workers and comparisons are those of plain data", () => {
    const set = dataset({ x: [[1], [2]], y: [0, 1] });
    expect(Object.keys(set)).toEqual(["x", "shape", "y"]);
    expect(structuredClone(set)).toEqual({ x: Float32Array.of(1, 2), shape: [2, 1], y: Int32Array.of(0, 1) });
    expect(Object.getOwnPropertySymbols({ ...set })).toEqual([]);
  });

  it("tensors and variables", () => {
    expect(
      inspect(
        engine.tensor([
          [1, 2],
          [3, 0.1],
        ]),
      ),
    ).toBe("Tensor float32 [2, 2]: 1, 2, 3, 0.1");
    expect(inspect(engine.tensor(new Uint8Array(1000)))).toBe(
      "Tensor uint8 [1000]: 0, 0, 0, 0, 0, 0, 0, 0, …",
    );
    expect(inspect(engine.variable(7))).toBe("Variable float32 []: 7");
    const gone = engine.step(() => ops.square(engine.tensor([1])));
    expect(inspect(gone)).toBe("Tensor float32 [1]: released");
  });

  it("an engine, a model and a history", async () => {
    expect(inspect(engine)).toMatch(/^Engine: simd kernels in node [\d.]+, strict, 1 thread, [\d.]+ [KM]iB$/);
    const net = perceptron();
    expect(inspect(net)).toBe('Model "sequential": 3 layers, [6] to [3], 83 parameters, not compiled');
    await net.compile({ loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"], engine });
    expect(inspect(net)).toMatch(/, compiled$/);
    const history = await net.fit(blobs(), {
      epochs: 3,
      callbacks: [{ onEpochEnd: (epoch, _, run) => void (epoch === 1 && run.stop("enough")) }],
    });
    expect(inspect(history)).toMatch(
      /^History: 2 epochs, loss [\d.]+ to [\d.]+, .*learningRate 0.001, accuracy [\d.]+( to [\d.]+)?$/,
    );
    expect(history.stopped).toBe("enough");
    expect(Object.keys(history)).toContain("loss");
  });
});
