/** Sizes beyond what can matter give what the sizes give that do: windows that meet the input once, strides that leave one place. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import * as ops from "../../../src/ops/index.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";

const engine = await createEngine({ threads: 1 });
const numbers = (...shape: number[]): Tensor =>
  engine.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => ((i * 13) % 11) - 5),
    shape,
  );
const x = numbers(2, 5, 6, 3);
const huge = [100, 20_000, 20_001, 2 ** 31, 2 ** 32 + 1, 2 ** 53] as const;

/** The tap in the middle of a kernel of odd height and width. */
const middle = (kernel: Tensor): Tensor => {
  const [kh, kw, c, o] = kernel.shape as [number, number, number, number];
  return ops.slice(kernel, {
    begin: [(kh - 1) / 2, (kw - 1) / 2, 0, 0],
    end: [(kh + 1) / 2, (kw + 1) / 2, c, o],
  });
};

describe.each(huge)("%d", (value) => {
  it("as dilationRate of an odd kernel leaves its middle", () => {
    for (const strides of [1, 2]) {
      const kernel = numbers(3, 5, 3, 4);
      const far = ops.conv2d(x, kernel, null, { dilationRate: value, strides, padding: "same" });
      const near = ops.conv2d(x, middle(kernel), null, { strides, padding: "same" });
      // of an even number of rows the middle of a window is between two, as that of one of 1 is at the first
      if (strides === 1) expect(far.toArray()).toEqual(near.toArray());
      else expect(far.shape).toEqual(near.shape);
    }
  });

  it("as dilationRate of an even kernel leaves nothing", () => {
    const far = ops.conv2d(x, numbers(2, 2, 3, 4), null, { dilationRate: value, padding: "same" });
    expect(far.data.every((number) => number === 0)).toBe(true);
    const deep = ops.depthwiseConv2d(x, numbers(2, 2, 3, 2), null, { dilationRate: value, padding: "same" });
    expect(deep.data.every((number) => number === 0)).toBe(true);
  });

  it("as dilationRate of a transposed convolution leaves its middle", () => {
    const kernel = numbers(3, 3, 4, 3);
    const far = ops.conv2dTranspose(x, kernel, null, { dilationRate: value, padding: "same" });
    const near = ops.conv2dTranspose(x, middle(kernel), null, { padding: "same" });
    expect(far.toArray()).toEqual(near.toArray());
  });

  it("as strides is one place", () => {
    const kernel = numbers(3, 3, 3, 4);
    for (const padding of ["same", "valid"] as const) {
      const [far, near] = [value, [5, 6] as const].map((strides) =>
        ops.conv2d(x, kernel, null, { strides, padding }),
      );
      expect(far!.shape).toEqual([2, 1, 1, 4]);
      expect(far!.toArray()).toEqual(near!.toArray());
      const pooled = [value, [5, 6] as const].map((strides) => ops.maxPooling2d(x, { strides, padding }));
      expect(pooled[0]!.toArray()).toEqual(pooled[1]!.toArray());
    }
  });

  it("as poolSize is the whole image", () => {
    const largest = ops.max(x, { axis: [1, 2], keepdims: true });
    const mean = ops.mean(x, { axis: [1, 2], keepdims: true });
    const options = { poolSize: value, padding: "same" } as const;
    expect(ops.maxPooling2d(x, options).toArray()).toEqual(largest.toArray());
    expect(ops.maxPoolWithArgmax(x, options).values.toArray()).toEqual(largest.toArray());
    const means = ops.averagePooling2d(x, options).data;
    for (const [i, wanted] of mean.data.entries()) expect(means[i]).toBeCloseTo(wanted, 6);
  });

  it("has gradients as what it means", () => {
    const kernel = engine.variable(numbers(3, 3, 3, 4).data, [3, 3, 3, 4]);
    const grad = (strides: number | readonly [number, number]): number[] => {
      const loss = () => ops.sum(ops.square(ops.conv2d(x, kernel, null, { strides, padding: "same" })));
      return [...engine.valueAndGrad(loss, [kernel]).gradients[0]!.data];
    };
    expect(grad(value)).toEqual(grad([5, 6]));
  });
});

describe("a step that memory cannot hold", () => {
  it("leaves the engine as it was: a small one after it is not refused", async () => {
    const small = await createEngine({ threads: 1, memoryLimit: 2 ** 26 });
    const fill = (n: number): void => void small.tensor(new Float32Array(n));
    expect(() =>
      small.step(() => {
        for (let i = 0; i < 100; i++) fill(2 ** 18);
      }),
    ).toThrow(/memory/);
    small.tensor(new Float32Array(2 ** 22)); // what it needed is not free any more
    for (let i = 0; i < 3; i++)
      expect(small.step(() => ops.add(small.tensor([1]), small.tensor([2])).item())).toBe(3);
  });
});
