/**
 * The matrix products themselves, at the edges of their tiles: rows that lie apart with NaN between them, addresses
 * that are no multiple of a vector, bias and activation, every build. Whole numbers in, so the sums are exact and every
 * build must give the twin's very numbers where the activation is piecewise linear; scalar and simd the same bits always.
 */

import { describe, expect, it } from "vitest";
import { gemm_nn_f32, gemm_nt_f32, gemm_tn_f32, gemm_tt_f32 } from "../../src/kernels/abi.generated.ts";
import type { Kernels } from "../../src/kernels/kernel.ts";
import { builds, forEachBuild, runs } from "../builds.ts";
import { pairs } from "../cases/pairs.ts";
import { type FencedHeap, fencedEngine } from "../fences.ts";
import { long } from "../long.ts";
import { activate } from "../reference/activations.ts";
import { type Array64, array64, map } from "../reference/array64.ts";
import { bitsOf, distance, firstDifference } from "../reference/comparison/closeness.ts";
import { matmul } from "../reference/matmul.ts";

const engines = await forEachBuild(fencedEngine);

const orientations = {
  gemm_nn_f32: {},
  gemm_nt_f32: { transposeB: true },
  gemm_tn_f32: { transposeA: true },
  gemm_tt_f32: { transposeA: true, transposeB: true },
} as const;
const gemms = { gemm_nn_f32, gemm_nt_f32, gemm_tn_f32, gemm_tt_f32 } as const;
const kernelNames = Object.keys(orientations) as (keyof typeof orientations)[];
const activations = ["linear", "relu", "sigmoid", "tanh"] as const;

interface Product {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** Floats between the rows of each matrix, bias or none, and which activation: drawn from this number. */
  readonly variety: number;
}

/** Whole numbers from −3 to 3 without a short period. */
const whole = (shape: readonly number[], salt: number): Array64 =>
  map(array64(shape), (_, i) => ((Math.imul(i + 1 + 1000 * salt, 0x9e37_79b1) >>> 24) % 7) - 3);

/** Places a matrix with its rows `stride` floats apart, one float beyond a vector's address; the gaps stay NaN. */
function place(heap: FencedHeap, [rows, columns]: readonly number[], stride: number, data?: Float64Array) {
  const offset = heap.allocate(4 * ((rows! - 1) * stride + columns! + 1)) + 4;
  const at = offset / 4;
  if (data)
    for (let r = 0; r < rows!; r++)
      heap.f32.set(data.subarray(r * columns!, (r + 1) * columns!), at + r * stride);
  return { offset, at };
}

/** C of one build, fences and gaps looked at. */
function run(
  { kernels, fences }: { kernels: Kernels; fences: FencedHeap },
  name: keyof typeof orientations,
  { m, n, k, variety }: Product,
  [a, b, bias]: readonly [Array64, Array64, Array64 | undefined],
  activation: number,
): Float32Array {
  const [lda, ldb, ldc] = [
    a.shape[1]! + (variety % 4),
    b.shape[1]! + (variety % 3),
    n + (variety % 5),
  ] as const;
  const blocks = [
    place(fences, a.shape, lda, a.data),
    place(fences, b.shape, ldb, b.data),
    place(fences, [1, n], n, bias?.data),
    place(fences, [m, n], ldc),
  ] as const;
  const [A, B, beta, C] = blocks.map(({ offset }) => offset) as [number, number, number, number];
  kernels.run(gemms[name], { c: C, a: A, b: B, bias: bias ? beta : 0, m, n, k, lda, ldb, ldc, activation });
  fences.inspect();
  const c = new Float32Array(m * n);
  const written: number[] = []; // rows behind which a number stands
  for (let r = 0; r < m; r++) {
    const row = blocks[3].at + r * ldc;
    c.set(fences.f32.subarray(row, row + n), r * n);
    if (r < m - 1 && !fences.f32.subarray(row + n, row + ldc).every(Number.isNaN)) written.push(r);
  }
  expect(written, "gaps of C").toEqual([]);
  for (const { offset } of blocks) fences.free(offset - 4);
  return c;
}

function expectTwin(name: keyof typeof orientations, product: Product): void {
  const { m, n, k, variety } = product;
  const { transposeA, transposeB } = { transposeA: false, transposeB: false, ...orientations[name] };
  const a = whole(transposeA ? [k, m] : [m, k], 1);
  const b = whole(transposeB ? [n, k] : [k, n], 2);
  const bias = variety % 2 ? whole([1, n], 3) : undefined;
  const activation = activations[Math.floor(variety / 2) % 4]!;
  const sum = matmul(a, b, orientations[name]);
  const wanted = activate(activation, bias ? map(sum, (value, i) => value + bias.data[i % n]!) : sum);
  const subject = `${name} m ${m} n ${n} k ${k}, ${activation}`;
  const results = builds.map((build) => {
    const engine = engines[build];
    if (!engine) return undefined;
    const { kernels } = engine.allocator;
    const c = run(
      { kernels, fences: engine.fences },
      name,
      product,
      [a, b, bias],
      activations.indexOf(activation),
    );
    const exact = activation === "linear" || activation === "relu";
    expect(distance(c, wanted.data), `${subject}, ${build}`).toBeLessThanOrEqual(exact ? 0 : 1e-6);
    return bitsOf(c);
  });
  expect(firstDifference(results[0]!, results[1]!), `${subject}, bits of scalar and simd`).toBe(-1);
}

describe.each(kernelNames)("%s", (name) => {
  it("every m, n and k from 1 to 9", () => {
    for (let at = 0; at < 729; at++) {
      const [m, n, k] = [1 + (at % 9), 1 + (Math.floor(at / 9) % 9), 1 + Math.floor(at / 81)] as const;
      expectTwin(name, { m, n, k, variety: at });
    }
  });

  it("every pair of sizes up to 257", () => {
    const sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 17, 31, 61, 67, 127, 257];
    const varieties = Array.from(sizes, (_, i) => i);
    for (const [m, n, k, variety] of pairs<[number, number, number, number]>(sizes, sizes, sizes, varieties))
      expectTwin(name, { m, n, k, variety });
  });

  long("one more and one less than a block of rows, columns and depth", () => {
    const around = [
      [63, 64, 65, 66, 97],
      [511, 512, 513, 519, 521],
      [255, 256, 257, 513, 515],
    ];
    for (const [i, [m, n, k]] of pairs<[number, number, number]>(
      around[0]!,
      around[1]!,
      around[2]!,
    ).entries())
      if (i % 3 === kernelNames.indexOf(name) % 3) expectTwin(name, { m, n, k, variety: i });
  });
});

it.each(builds)("%s: a row alone has the bits that it has among others", (build) => {
  const engine = engines[build];
  if (!engine) return;
  const setting = { kernels: engine.allocator.kernels, fences: engine.fences };
  const widths = [1, 4, 15, 16, 21, 37, 50];
  const depths = [1, 7, 255, 256, 257, 512, 600];
  const varieties = [0, 1, 2, 3, 4, 5, 6];
  for (const [n, k, variety] of pairs<[number, number, number]>(widths, depths, varieties)) {
    const fractions = (shape: readonly number[], salt: number): Array64 =>
      map(whole(shape, salt), (value, i) => Math.fround(value / 7 + 1 / (i + 3)));
    const [a, b] = [fractions([5, k], 1), fractions([k, n], 2)];
    const bias = variety % 2 ? fractions([1, n], 3) : undefined;
    const first = { ...a, shape: [1, k], data: a.data.subarray(0, k) };
    const activation = Math.floor(variety / 2);
    const among = run(setting, "gemm_nn_f32", { m: 5, n, k, variety }, [a, b, bias], activation);
    const alone = run(setting, "gemm_nn_f32", { m: 1, n, k, variety }, [first, b, bias], activation);
    expect(firstDifference(bitsOf(alone), bitsOf(among.subarray(0, n))), `n ${n} k ${k}, ${variety}`).toBe(
      -1,
    );
  }
});

it.skipIf(!runs("relaxed"))("the relaxed build took part", () => {
  expect(Object.keys(engines)).toEqual([...builds]);
});
