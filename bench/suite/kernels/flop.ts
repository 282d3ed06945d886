/**
 * The nominal FLOP of a kernel call, from its arguments: two for each multiplication of a matrix product, and of a
 * convolution as im2col computes it, whatever the algorithm. So Winograd may pass the ceiling: it multiplies less.
 */
import { convolutionFlop } from "../../../src/threads/slices.ts";

export type FlopOf = (values: readonly number[]) => number;

/** The rule for a kernel; undefined for kernels that are neither products nor convolutions. */
export function flopRule(name: string): FlopOf | undefined {
  if (/^gemm_\w\w_f32$/.test(name)) return productFlop;
  if (!/^conv2d(_\w+)?_f32$/.test(name)) return undefined;
  const sizesAt = name.includes("gradient") ? 4 : 5; // pointers come first, the forward pass has one more
  return (values) => convolutionFlop(values.slice(sizesAt, sizesAt + 16));
}

/** c a b bias workspace m n k … */
function productFlop(values: readonly number[]): number {
  return 2 * values[5]! * values[6]! * values[7]!;
}
