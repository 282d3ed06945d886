/**
 * How a kernel's work is shared: a list from kernel name to a rule that cuts its arguments into slices of the output.
 * No rule cuts a sum, so a slice computes exactly the bits that the whole would: the number of threads changes
 * nothing but the time. Work too small to share is not cut; a kernel without a rule runs on the caller.
 */

import type { Kernels } from "../kernels/abi.generated.ts";
import { cut, minFlop, type Rule } from "./cut.ts";
import { passes } from "./passSlices.ts";
import type { Pool } from "./pool.ts";

type Name = Exclude<keyof Kernels, "heap_base" | "build_variant">;
type Workspace = (...sizes: readonly number[]) => number;

/** Rows or columns of C, whichever repeats the packing of the smaller operand. */
function productCuts(m: number, n: number, threads: number): { rows: boolean; cuts: [number, number][] } {
  const rows = m > n;
  return { rows, cuts: rows ? cut(m, threads, 4) : cut(n, threads, 8) };
}

type Twelve = [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/** c a b bias workspace m n k lda ldb ldc activation */
function product(transposeA: boolean, transposeB: boolean): Rule {
  return (values, threads, kernels) => {
    const [c, a, b, bias, workspace, m, n, k, lda, ldb, ldc, activation] = values as Twelve;
    if (2 * m * n * k < minFlop) return undefined;
    const { rows, cuts } = productCuts(m, n, threads);
    const bytes = productBytes(kernels, m, n, k, threads) / cuts.length;
    return cuts.map(([start, length], i) => {
      const scratch = workspace + i * bytes;
      if (rows) {
        const from = a + 4 * start * (transposeA ? 1 : lda);
        return [c + 4 * start * ldc, from, b, bias, scratch, length, n, k, lda, ldb, ldc, activation];
      }
      const from = b + 4 * start * (transposeB ? ldb : 1);
      return [
        c + 4 * start,
        a,
        from,
        bias && bias + 4 * start,
        scratch,
        m,
        length,
        k,
        lda,
        ldb,
        ldc,
        activation,
      ];
    });
  };
}

/** Workspace of all slices of a product together. */
function productBytes(kernels: Kernels, m: number, n: number, k: number, threads: number): number {
  const { rows, cuts } = productCuts(m, n, threads);
  const each = cuts.map(([, length]) =>
    rows ? kernels.gemm_workspace_bytes(length, n, k) : kernels.gemm_workspace_bytes(m, length, k),
  );
  return (
    cuts.length * align(Math.max(...each, Math.ceil(kernels.gemm_workspace_bytes(m, n, k) / cuts.length)))
  );
}

/** So that slices share no cache line. */
function align(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}

/** Nominal operations of a pass; its sixteen sizes begin n h w c kh kw oh ow o and end with groups. */
export function convolutionFlop(sizes: readonly number[]): number {
  const [n, , , c, kh, kw, oh, ow, o] = sizes as Twelve;
  return (2 * n * oh * ow * o * kh * kw * c) / sizes[15]!;
}

/** Floats of an image and of its output. */
function convolution(sizes: readonly number[]): { image: number; output: number } {
  const [, h, w, c, , , oh, ow, o] = sizes as Twelve;
  return { image: h * w * c, output: oh * ow * o };
}

/** Images in the longest of the slices. */
function longestSlice(n: number, threads: number): number {
  return Math.ceil(n / Math.min(threads, n));
}

/** Whole images. `sizesAt` is the position of n; the pointers before it step by an output's or an input's floats. */
function byImages(steps: readonly ("input" | "output" | "none")[], workspaceOf: Name): Rule {
  const sizesAt = steps.length + 1; // the workspace stands between
  return (values, threads, kernels) => {
    const sizes = values.slice(sizesAt, sizesAt + 16);
    const { image, output } = convolution(sizes);
    const n = sizes[0]!;
    if (convolutionFlop(sizes) < minFlop || n < 2) return undefined;
    const longest = longestSlice(n, threads);
    const bytes = imagesBytes(kernels[workspaceOf] as Workspace, sizes, threads) / Math.ceil(n / longest);
    const slices: number[][] = [];
    for (let start = 0; start < n; start += longest) {
      const own = [...values];
      steps.forEach((step, i) => {
        if (step !== "none") own[i] = values[i]! + 4 * start * (step === "input" ? image : output);
      });
      own[sizesAt - 1] = values[sizesAt - 1]! + slices.length * bytes;
      own[sizesAt] = Math.min(longest, n - start);
      slices.push(own);
    }
    return slices;
  };
}

/** Workspace of all slices of a convolution together; never less than the whole would need in one piece. */
function imagesBytes(bytesOf: Workspace, sizes: readonly number[], threads: number): number {
  const [n, ...rest] = sizes as [number, ...number[]];
  const longest = longestSlice(n, threads);
  const count = Math.ceil(n / longest);
  return count * align(Math.max(bytesOf(longest, ...rest), Math.ceil(bytesOf(n, ...rest) / count)));
}

const rules: Partial<Record<Name, Rule>> = {
  gemm_nn_f32: product(false, false),
  gemm_nt_f32: product(false, true),
  gemm_tn_f32: product(true, false),
  gemm_tt_f32: product(true, true),
  conv2d_f32: byImages(["output", "input", "none", "none"], "conv2d_workspace_bytes"),
  conv2d_input_gradient_f32: byImages(["input", "output", "none"], "conv2d_input_gradient_workspace_bytes"),
  conv2d_winograd_f32: byImages(["output", "input", "none", "none"], "conv2d_winograd_workspace_bytes"),
  conv2d_winograd_input_gradient_f32: byImages(
    ["input", "output", "none"],
    "conv2d_winograd_input_gradient_workspace_bytes",
  ),
  ...passes,
};

/** What slices need of a pool. */
export type Sharing = Pick<Pool, "threads" | "run">;

/** Kernels of the same names whose work is shared by the pool's threads. */
export function sliceKernels(kernels: Kernels, pool: Sharing): Kernels {
  const { threads } = pool;
  const sliced: Record<string, unknown> = {};
  for (const [key, rule] of Object.entries(rules)) {
    const name = key as Name;
    const whole = kernels[name] as (...values: readonly number[]) => void;
    sliced[name] = (...values: number[]): void => {
      const slices = rule(values, threads, kernels);
      if (slices && slices.length > 1) pool.run(name, slices);
      else whole(...values);
    };
  }
  sliced.gemm_workspace_bytes = (m: number, n: number, k: number): number =>
    productBytes(kernels, m, n, k, threads);
  for (const name of [
    "conv2d_workspace_bytes",
    "conv2d_input_gradient_workspace_bytes",
    "conv2d_winograd_workspace_bytes",
    "conv2d_winograd_input_gradient_workspace_bytes",
  ] as const) {
    const bytesOf = kernels[name] as Workspace;
    sliced[name] = (...sizes: readonly number[]): number => imagesBytes(bytesOf, sizes, threads);
  }
  return Object.assign({ ...kernels }, sliced);
}
