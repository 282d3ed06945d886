/** A sample of the edge shapes of every tiled kernel in every build, between fences; and that the fences see what they are for. */

import { describe, expect, it } from "vitest";
import type {} from "../../src/kernels/abi.generated.ts";
import { copy_strided_f32, sum_f32 } from "../../src/kernels/abi.generated.ts";
import type { Kernels } from "../../src/kernels/kernel.ts";
import { stridedShape } from "../../src/tensor/broadcast.ts";
import { hasGradient } from "../cases/case.ts";
import { edgeCases } from "../cases/edges.ts";
import { fencedEngine } from "../fences.ts";
import { sizeOf } from "../reference/array64.ts";
import { sample } from "../sample.ts";
import { describeAgreement } from "./agree.ts";

for (const [kind, cases] of Object.entries(edgeCases)) describe(kind, () => describeAgreement(sample(cases)));

describe("the edge shapes", () => {
  const convolutions = [
    ...edgeCases["convolution by im2col"]!,
    ...edgeCases["convolution by Winograd"]!,
  ].flatMap(({ inputs, reference }) => {
    const [x, kernel] = inputs.filter(hasGradient);
    return x && kernel ? [{ x: x.shape, kernel: kernel.shape, reference }] : [];
  });

  it("leave every remainder of a tile of 4, 6 and 8", () => {
    for (const tile of [4, 6, 8])
      for (const sizesOf of [
        ({ x }: (typeof convolutions)[number]) => sizeOf(x.slice(0, 3)),
        ({ kernel }: (typeof convolutions)[number]) => sizeOf(kernel.slice(0, 3)),
        ({ kernel }: (typeof convolutions)[number]) => kernel[3]!,
      ]) {
        const remainders = new Set(convolutions.map((each) => sizesOf(each) % tile));
        expect(remainders.size, `of ${tile}`).toBe(tile);
      }
  });
});

/** out[0 … n) = x[0] */
function repeat(kernels: Kernels, out: number, x: number, n: number): void {
  kernels.run(copy_strided_f32, { out, x, ...stridedShape([1, 1, 1, n], [0, 0, 0, 0]) });
}

describe("a fence", async () => {
  const engine = await fencedEngine("simd");
  const { kernels } = engine.allocator;

  it.each([
    ["one element behind an output", 0, 6],
    ["one element before it", -4, 5],
  ])("sees a write %s", (_, offset, n) => {
    const [y, one] = [engine.tensor([0, 0, 0, 0, 0]), engine.tensor([1])];
    repeat(kernels, y.pointer + offset, one.pointer, n);
    expect(() => engine.fences.inspect()).toThrow(/^\d+ bytes (behind|before) an array of 20 were written$/);
    expect(() => engine.fences.inspect()).not.toThrow();
  });

  it("inside a step too, around tensors and around scratch", () => {
    const one = engine.tensor([1]);
    const fill = (at: number) => repeat(kernels, at, one.pointer, 6);
    expect(() => engine.step(() => fill(engine.allocator.allocate([5]).pointer))).toThrow(
      /behind an array of 20/,
    );
    expect(() => engine.step(() => engine.allocator.scratch(20, fill))).toThrow(/behind an array of 20/);
  });

  it("turns what is read outside, or never written, into NaN", () => {
    const x = engine.tensor([1, 2, 3, 4, 5]);
    const y = engine.allocator.allocate([1]);
    kernels.run(sum_f32, { out: y.pointer, x: x.pointer, outer: 1, reduce: 5, inner: 1 });
    expect(y.item()).toBe(15);
    kernels.run(sum_f32, { out: y.pointer, x: x.pointer, outer: 1, reduce: 6, inner: 1 });
    expect(y.item()).toBeNaN();
    const unwritten = engine.allocator.allocate([3]).pointer;
    kernels.run(sum_f32, { out: y.pointer, x: unwritten, outer: 1, reduce: 3, inner: 1 });
    expect(y.item()).toBeNaN();
  });
});
