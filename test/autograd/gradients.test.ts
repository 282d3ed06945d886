/** What reverse mode must get right whatever the ops are: repeated use, broadcasting, shared parts, what is not used. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { AnygradError } from "../../src/errors.ts";
import * as ops from "../../src/ops/index.ts";

const engine = await createEngine({ variant: "simd" });

describe("a tensor used more than once", () => {
  it("accumulates the gradients of every use", () => {
    const x = engine.variable([1, -2, 3]);
    // d(x² + 3x) = 2x + 3
    const { value, gradients } = engine.valueAndGrad(
      () => ops.sum(ops.add(ops.square(x), ops.multiply(x, 3))),
      [x],
    );
    expect(value).toBe(20);
    expect(gradients[0]!.toArray()).toEqual([5, -1, 9]);
  });

  it("accumulates when both arguments of one op are the same tensor", () => {
    const x = engine.variable([2, -3]);
    const product = engine.valueAndGrad(() => ops.sum(ops.multiply(x, x)), [x]);
    expect(product.gradients[0]!.toArray()).toEqual([4, -6]);
    const quotient = engine.valueAndGrad(() => ops.sum(ops.divide(x, x)), [x]);
    expect(quotient.gradients[0]!.toArray()).toEqual([0, 0]);
    const difference = engine.valueAndGrad(() => ops.sum(ops.subtract(x, x)), [x]);
    expect(difference.gradients[0]!.toArray()).toEqual([0, 0]);
  });

  it("accumulates through a matrix times itself", () => {
    const w = engine.variable([
      [1, 2],
      [3, 4],
    ]);
    // d sum(w·w) = 1·wᵀ + wᵀ·1
    const { gradients } = engine.valueAndGrad(() => ops.sum(ops.matmul(w, w)), [w]);
    expect(gradients[0]!.toArray()).toEqual([
      [7, 11],
      [9, 13],
    ]);
  });

  it("computes a shared sub-expression once and sends it both gradients", () => {
    const x = engine.variable([3]);
    const { value, gradients } = engine.valueAndGrad(() => {
      const shared = ops.square(x);
      return ops.sum(ops.multiply(shared, ops.add(shared, x)));
    }, [x]);
    // x⁴ + x³
    expect(value).toBe(108);
    expect(gradients[0]!.toArray()).toEqual([4 * 27 + 3 * 9]);
  });

  it("is listed twice as a variable: the whole gradient each time", () => {
    const x = engine.variable([1, 2]);
    const { gradients } = engine.valueAndGrad(() => ops.sum(ops.square(x)), [x, x]);
    expect(gradients.map((gradient) => gradient.toArray())).toEqual([
      [2, 4],
      [2, 4],
    ]);
  });
});

describe("the chain", () => {
  it("runs through broadcasting: a repeated argument receives the sum over its repetitions", () => {
    const row = engine.variable([1, 2, 3]);
    const column = engine.variable([[10], [20]]);
    const { gradients } = engine.valueAndGrad(() => ops.sum(ops.multiply(row, column)), [row, column]);
    expect(gradients[0]!.toArray()).toEqual([30, 30, 30]);
    expect(gradients[1]!.toArray()).toEqual([[6], [6]]);
  });

  it("runs through reshape, flatten and transpose back to the variable's shape", () => {
    const x = engine.variable([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const scale = engine.tensor([
      [1, 10],
      [100, 1000],
      [10000, 100000],
    ]);
    const { gradients } = engine.valueAndGrad(
      () => ops.sum(ops.multiply(ops.reshape(ops.flatten(x), [3, 2]), scale)),
      [x],
    );
    expect(gradients[0]!.toArray()).toEqual([
      [1, 10, 100],
      [1000, 10000, 100000],
    ]);
    const turned = engine.valueAndGrad(() => ops.sum(ops.multiply(ops.transpose(x), scale)), [x]);
    expect(turned.gradients[0]!.toArray()).toEqual([
      [1, 100, 10000],
      [10, 1000, 100000],
    ]);
  });

  it("runs through gather: a row taken twice receives both gradients, a row left out none", () => {
    const table = engine.variable([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const rows = engine.tensor(Int32Array.of(2, 0, 2), [3], "int32");
    const { value, gradients } = engine.valueAndGrad(() => ops.sum(ops.gather(table, rows)), [table]);
    expect(value).toBe(25);
    expect(gradients[0]!.toArray()).toEqual([
      [1, 1],
      [0, 0],
      [2, 2],
    ]);
  });

  it("runs through dropout with the mask of the forward pass", () => {
    const x = engine.variable(new Float32Array(1000).fill(1), [1000]);
    const drop = { rate: 0.25, seed: 9, stream: 1, step: 4 };
    const kept = ops.dropout(x, drop).data;
    const { gradients } = engine.valueAndGrad(() => ops.sum(ops.dropout(x, drop)), [x]);
    expect(gradients[0]!.data).toEqual(kept);
    const dropped = [...kept].filter((value) => value === 0).length;
    expect(dropped).toBeGreaterThan(200);
    expect(dropped).toBeLessThan(300);
  });

  it("is as deep as anybody likes", () => {
    const x = engine.variable([1]);
    const { gradients } = engine.valueAndGrad(() => {
      let y = ops.multiply(x, 1);
      for (let depth = 0; depth < 20_000; depth++) y = ops.add(y, 0);
      return ops.sum(y);
    }, [x]);
    expect(gradients[0]!.toArray()).toEqual([1]);
  });

  it("does not run into constants", () => {
    const x = engine.tensor([2]);
    const w = engine.variable([3]);
    const { gradients } = engine.valueAndGrad(() => ops.sum(ops.multiply(x, w)), [w]);
    expect(gradients.map((gradient) => gradient.toArray())).toEqual([[2]]);
  });
});

describe("what cannot have a gradient", () => {
  it("a variable the loss does not use: zeros of its shape", () => {
    const used = engine.variable([1, 2]);
    const unused = engine.variable([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const { gradients } = engine.valueAndGrad(() => ops.sum(used), [used, unused]);
    expect(gradients[0]!.toArray()).toEqual([1, 1]);
    expect(gradients[1]!.toArray()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it("a loss that is not a scalar: a typed error that names its shape", () => {
    const x = engine.variable([1, 2, 3]);
    const act = () => engine.valueAndGrad(() => ops.square(x), [x]);
    expect(act).toThrow(AnygradError);
    expect(act).toThrow(/\[3\].*(sum|mean)/);
  });

  it("leaves the engine ready after the function throws", () => {
    const x = engine.variable([1, 2, 3]);
    expect(() =>
      engine.valueAndGrad(() => {
        ops.square(x);
        throw new RangeError("mine");
      }, [x]),
    ).toThrow(RangeError);
    expect(engine.valueAndGrad(() => ops.sum(x), [x]).gradients[0]!.toArray()).toEqual([1, 1, 1]);
  });
});

describe("descent", () => {
  it("finds the line through three points by valueAndGrad alone", () => {
    const x = engine.tensor([[0], [1], [2]]);
    const y = engine.tensor([[1], [3], [5]]);
    let [slope, offset] = [0, 0];
    let loss = Number.POSITIVE_INFINITY;
    for (let step = 0; step < 200; step++) {
      const [w, b] = [engine.variable([[slope]]), engine.variable([offset])];
      const { value, gradients } = engine.valueAndGrad(
        () => ops.mean(ops.square(ops.subtract(ops.dense(x, w, b), y))),
        [w, b],
      );
      expect(value).toBeLessThanOrEqual(loss + 1e-9);
      loss = value;
      slope -= 0.2 * gradients[0]!.item();
      offset -= 0.2 * gradients[1]!.item();
    }
    expect(slope).toBeCloseTo(2, 3);
    expect(offset).toBeCloseTo(1, 3);
  });
});
