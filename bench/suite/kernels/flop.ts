/**
 * The nominal FLOP of a kernel call, from its arguments: two for each multiplication of a matrix product, and of a
 * convolution as im2col computes it, whatever the algorithm. So Winograd may pass the ceiling: it multiplies less.
 */
import type { Conv2dGeometry } from "../../../src/kernels/abi.generated.ts";

/** The sizes of a product, or the geometry of a convolution. */
export interface SizedArguments {
  readonly m?: number;
  readonly n?: number;
  readonly k?: number;
  readonly geometry?: Conv2dGeometry;
}

/** The FLOP of a call; undefined for kernels that are neither products nor convolutions. */
export function flopOf(name: string): ((values: SizedArguments) => number) | undefined {
  if (/^gemm_\w\w_f32$/.test(name)) return ({ m = 0, n = 0, k = 0 }) => 2 * m * n * k;
  if (/^conv2d(_\w+)?_f32$/.test(name)) return ({ geometry }) => convolutionFlop(geometry!);
  return undefined;
}

export function convolutionFlop({ n, c, kh, kw, oh, ow, o, groups }: Conv2dGeometry): number {
  return (2 * n * oh * ow * o * kh * kw * c) / groups;
}
