/** Nobody frees anything: a step's temporaries go with the step, loudly, and many steps need no more memory than one. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { AnygradError } from "../../src/errors.ts";
import * as ops from "../../src/ops/index.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof AnygradError) return error.code;
    throw error;
  }
  return "no error";
}

describe("the step arena", () => {
  it("takes a step's temporaries back, and says so when one is read later", async () => {
    const engine = await createEngine({ variant: "simd" });
    const x = engine.variable([1, 2, 3]);
    let kept: Tensor | undefined;
    engine.valueAndGrad(() => {
      kept = ops.square(x);
      return ops.sum(kept);
    }, [x]);
    engine.valueAndGrad(() => ops.sum(x), [x]);
    expect(codeOf(() => kept!.data)).toBe("RELEASED");
    expect(codeOf(() => ops.sum(kept!))).toBe("RELEASED");
  });

  it("keeps the gradients readable after the step", async () => {
    const engine = await createEngine({ variant: "simd" });
    const x = engine.variable([1, 2, 3]);
    const { gradients } = engine.valueAndGrad(() => ops.sum(ops.square(x)), [x]);
    expect(gradients[0]!.toArray()).toEqual([2, 4, 6]);
  });

  it("keeps variables and their values through the steps", async () => {
    const engine = await createEngine({ variant: "simd" });
    const x = engine.variable([1, 2, 3]);
    for (let step = 0; step < 10; step++) engine.valueAndGrad(() => ops.sum(ops.square(x)), [x]);
    expect(x.toArray()).toEqual([1, 2, 3]);
  });

  it("does not grow over many steps, nor when a step throws", async () => {
    const engine = await createEngine({ variant: "simd" });
    const images = engine.variable(new Float32Array(2 * 16 * 16 * 8).fill(0.5), [2, 16, 16, 8]);
    const kernel = engine.variable(new Float32Array(3 * 3 * 8 * 16).fill(0.01), [3, 3, 8, 16]);
    const step = (fails: boolean): void => {
      engine.valueAndGrad(() => {
        const y = ops.relu(ops.conv2d(images, kernel, null, { padding: "same" }));
        if (fails) throw new RangeError("mine");
        return ops.mean(ops.square(y));
      }, [images, kernel]);
    };
    step(false);
    step(false);
    const { memoryBytes } = engine.info;
    expect(memoryBytes).toBeGreaterThan(0);
    for (let i = 0; i < 300; i++) step(false);
    for (let i = 0; i < 300; i++) expect(() => step(true)).toThrow(RangeError);
    expect(engine.info.memoryBytes).toBe(memoryBytes);
  });

  it("keeps two engines apart", async () => {
    const [one, other] = [await createEngine({ variant: "simd" }), await createEngine({ variant: "scalar" })];
    const mine = one.variable([1, 2]);
    const theirs = other.variable([3, 4]);
    expect(codeOf(() => ops.add(mine, theirs))).toBe("INVALID_ARGUMENT");
    expect(ops.add(mine, mine).toArray()).toEqual([2, 4]);
    expect(ops.add(theirs, theirs).toArray()).toEqual([6, 8]);
  });
});
