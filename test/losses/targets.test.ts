/** Losses of two networks: what is learned from may learn, too. The gradients themselves are rows of the case table. */
import { describe, expect, it, vi } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import * as ops from "../../src/ops/index.ts";
import type { Tensor, Variable } from "../../src/tensor/tensor.ts";

const engine = await createEngine({ threads: 1 });
const [a, b] = [engine.tensor([[0.2, -0.4, 0.9]]), engine.tensor([[0.7, 0.1, -0.3]])];
const matrix = (seed: number): Variable =>
  engine.variable(
    Array.from({ length: 6 }, (_, i) => 2 * Math.sin(3 * i * i + seed)),
    [3, 2],
  );
const [v, w] = [matrix(1), matrix(2)];

type Pair = (prediction: Tensor, target: Tensor) => Tensor;
/** Each loss, of arrays that suit it. */
const pairs: Readonly<Record<string, readonly [loss: Pair, of: (x: Tensor) => Tensor]>> = {
  meanSquaredError: [ops.meanSquaredError, (x) => x],
  meanAbsoluteError: [ops.meanAbsoluteError, (x) => x],
  huber: [(p, t) => ops.huber(p, t, { delta: 0.3 }), (x) => x],
  categoricalCrossentropy: [ops.categoricalCrossentropy, ops.softmax],
  "categoricalCrossentropy, smoothed": [
    (p, t) => ops.categoricalCrossentropy(p, t, { labelSmoothing: 0.2 }),
    ops.softmax,
  ],
  binaryCrossentropy: [ops.binaryCrossentropy, ops.sigmoid],
  "binaryCrossentropy, smoothed": [
    (p, t) => ops.binaryCrossentropy(p, t, { labelSmoothing: 0.2 }),
    ops.sigmoid,
  ],
};

describe.each(Object.entries(pairs))("%s", (_, [loss, of]) => {
  const between = (left: Tensor, right: Tensor) => (): Tensor =>
    ops.sum(loss(of(ops.matmul(a, left)), of(ops.matmul(b, right))));

  /** The slope by finite differences. */
  const slope = (compute: () => Tensor, variable: Variable, i: number): number => {
    const [start, step] = [variable.data.slice(), 1e-2];
    const at = (sign: number): number => {
      const moved = start.slice();
      moved[i]! += sign * step;
      variable.assign(moved);
      return engine.step(() => compute().item());
    };
    const [above, below] = [at(1), at(-1)];
    variable.assign(start);
    return (above - below) / (2 * step);
  };

  it("learns on both sides", () => {
    const compute = between(v, w);
    const { gradients } = engine.valueAndGrad(compute, [v, w]);
    for (const [k, variable] of [v, w].entries())
      for (let i = 0; i < 6; i++) expect(gradients[k]!.data[i]).toBeCloseTo(slope(compute, variable, i), 2);
    expect(gradients[1]!.data.some((value) => Math.abs(value) > 1e-3)).toBe(true);
  });

  it("adds up where both sides are one network, as in a siamese one", () => {
    const apart = engine.valueAndGrad(between(v, engine.tensor(v.data, [3, 2])), [v]).gradients[0]!.data;
    const other = engine.valueAndGrad(between(engine.tensor(v.data, [3, 2]), v), [v]).gradients[0]!.data;
    const both = engine.valueAndGrad(between(v, v), [v]).gradients[0]!.data;
    both.forEach((value, i) => {
      expect(value).toBeCloseTo(apart[i]! + other[i]!, 5);
    });
  });

  it("takes what gradients are stopped at as constants: the value is the same, and no kernel more runs", () => {
    const kernels = (compute: () => Tensor): { value: number; gradient: number[]; runs: number } => {
      const run = vi.spyOn(engine.allocator.kernels, "run");
      const { value, gradients } = engine.valueAndGrad(compute, [v]);
      const runs = run.mock.calls.length;
      run.mockRestore();
      return { value, gradient: Array.from(gradients[0]!.data), runs };
    };
    const targets = of(ops.matmul(b, w));
    const constant = kernels(() => ops.sum(loss(of(ops.matmul(a, v)), targets)));
    const stopped = kernels(() => ops.sum(loss(of(ops.matmul(a, v)), ops.stopGradient(targets))));
    expect(stopped).toEqual(constant);
    expect(engine.valueAndGrad(between(v, w), [v, w]).value).toBe(constant.value);
  });
});

it("a network that follows another stops there", () => {
  const { gradients } = engine.valueAndGrad(
    () => ops.sum(ops.meanSquaredError(ops.matmul(a, v), ops.stopGradient(ops.matmul(a, w)))),
    [v, w],
  );
  expect(gradients[0]!.data.some((value) => value !== 0)).toBe(true);
  expect(Array.from(gradients[1]!.data)).toEqual([0, 0, 0, 0, 0, 0]);
});
