/** The loops that the benchmark measures against: the same work in every build. */

import { describe, expect, it } from "vitest";
import { open } from "../../bench/suite/builds.ts";
import {
  ceiling_copy_f32,
  ceiling_madd_f32,
  ceiling_tile_f32,
} from "../../bench/suite/kernels/ceiling.generated.ts";
import { ceilingKernels } from "../../bench/suite/kernels/ceiling.ts";
import type { Backend } from "../../src/backend/backend.ts";
import type { Variant } from "../../src/kernels/variants.ts";

const loops = (variant: Variant, threads: number): Promise<Backend> =>
  open({ variant, threads }, ceilingKernels(variant));
const scalar = await loops("scalar", 1);
const simd = await loops("simd", 1);

/** What a kernel leaves in `floats` floats. */
function run(backend: Backend, floats: number, work: (out: number) => void): number[] {
  const { heap } = backend;
  const out = heap.allocate(4 * floats);
  heap.f32.fill(Number.NaN, out / 4, out / 4 + floats);
  work(out);
  const left = [...heap.f32.subarray(out / 4, out / 4 + floats)];
  heap.free(out);
  return left;
}

describe("ceiling_madd_f32", () => {
  it("runs ten chains of a = a·0.75 + 0.5, every lane as the scalar build does", () => {
    const numbers = run(scalar, 10, (out) =>
      scalar.kernels.run(ceiling_madd_f32, { out, copies: 1, steps: 3 }),
    );
    const wanted = Array.from({ length: 10 }, (_, start) => {
      let a = start;
      for (let i = 0; i < 3; i++) a = Math.fround(Math.fround(a * 0.75) + 0.5);
      return a;
    });
    expect(numbers).toEqual(wanted);
    const lanes = run(simd, 40, (out) => simd.kernels.run(ceiling_madd_f32, { out, copies: 1, steps: 3 }));
    expect(lanes).toEqual(wanted.flatMap((a) => [a, a, a, a]));
  });

  it("stays finite however long it runs", () => {
    const lanes = run(simd, 40, (out) =>
      simd.kernels.run(ceiling_madd_f32, { out, copies: 1, steps: 100_000 }),
    );
    for (const lane of lanes) expect(lane).toBeCloseTo(2, 4);
  });
});

describe("ceiling_tile_f32", () => {
  const factors = [1, 2, 3, 4];
  const operands = [10, 11, 12, 13, 20, 21, 22, 23, ...factors];
  const tile = (backend: Backend, floats: number, second: number): number[] => {
    const p = backend.heap.allocate(96);
    backend.heap.f32.set([...operands, ...operands.map((x, i) => (i < 8 ? x : second * x))], p / 4);
    return run(backend, floats, (out) =>
      backend.kernels.run(ceiling_tile_f32, { out, operands: p, copies: 1, steps: 5 }),
    );
  };

  it("multiplies two vectors by four factors, twice a step", () => {
    const wanted = factors.flatMap((factor) => [10, 11, 12, 13, 20, 21, 22, 23].map((x) => 10 * factor * x));
    expect(tile(simd, 32, 1)).toEqual(wanted);
    expect(tile(scalar, 8, 1)).toEqual(wanted.filter((_, i) => i % 4 === 0));
  });

  it("comes to nothing where the second half undoes the first", () => {
    expect(tile(simd, 32, -1)).toEqual(new Array(32).fill(0));
  });
});

describe("ceiling_copy_f32", () => {
  it.each([1, 3, 4, 15, 16, 17, 67])("copies %i numbers and no more", (n) => {
    for (const { heap, kernels } of [scalar, simd]) {
      const [to, from] = [heap.allocate(4 * n + 4), heap.allocate(4 * n)];
      const numbers = Array.from({ length: n }, (_, i) => i + 1);
      heap.f32.set(numbers, from / 4);
      heap.f32[to / 4 + n] = -7;
      kernels.run(ceiling_copy_f32, { out: to, x: from, n, copies: 1 });
      expect([...heap.f32.subarray(to / 4, to / 4 + n + 1)]).toEqual([...numbers, -7]);
    }
  });
});

describe.each([scalar, simd])("on threads, in the $variant build", (alone) => {
  it.each([2, 3])("a copy each on %i gives the bits of all on one", async (threads) => {
    const shared = await loops(alone.variant, threads);
    const chains = (backend: Backend): number[] =>
      run(backend, 320, (out) => backend.kernels.run(ceiling_madd_f32, { out, copies: 8, steps: 3 }));
    const rest = (backend: Backend): number[] => {
      const [operands, x] = [96, 4 * 8 * 1001].map((bytes) => backend.heap.allocate(bytes));
      backend.heap.f32.set(
        Array.from({ length: 24 }, (_, i) => i / 8),
        operands! / 4,
      );
      backend.heap.f32.set(
        Array.from({ length: 8 * 1001 }, (_, i) => i / 8),
        x! / 4,
      );
      return [
        ...run(backend, 256, (out) =>
          backend.kernels.run(ceiling_tile_f32, { out, operands: operands!, copies: 8, steps: 3 }),
        ),
        ...run(backend, 8 * 1001, (out) =>
          backend.kernels.run(ceiling_copy_f32, { out, x: x!, n: 1001, copies: 8 }),
        ),
      ];
    };
    const began = Date.now();
    while (shared.info.workers < threads - 1 && Date.now() - began < 20_000) {
      chains(shared);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(shared.info.workers).toBe(threads - 1);
    expect(chains(shared)).toEqual(chains(alone));
    expect(rest(shared)).toEqual(rest(alone));
    shared.dispose();
  });
});
