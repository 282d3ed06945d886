/**
 * The nominal FLOP of a kernel call, from its arguments: two for each multiplication of a matrix product, of the products within
 * recurrent layers, and of a convolution as im2col computes it, whatever the algorithm. So Winograd may pass the ceiling: it
 * multiplies less.
 */
import type { Conv2dGeometry } from "../../../src/kernels/abi.generated.ts";
import type { KernelValues, RecordValues } from "../../../src/kernels/kernel.ts";

/** The FLOP of a call, whose arguments have those that its kernel's sizes are in; undefined for kernels that do neither. */
export function flopOf(name: string): ((values: KernelValues) => number) | undefined {
  if (/^(batch_)?gemm(_\w\w)?_f32$/.test(name))
    return ({ m, n, k, batch = 1 }) => 2 * Number(batch) * Number(m) * Number(n) * Number(k);
  if (/^(depthwise_)?conv2d(_\w+)?_f32$/.test(name))
    return ({ geometry }) => convolutionFlop(geometry as Conv2dGeometry);
  const gates = { simple_rnn: 1, gru: 3, lstm: 4 }[
    /^(simple_rnn|gru|lstm)(_backward)?_f32$/.exec(name)?.[1] ?? ""
  ];
  if (gates === undefined) return undefined;
  return ({ shape }) => {
    const { n, steps, units } = shape as RecordValues;
    return 2 * gates * n! * steps! * units! ** 2;
  };
}

export function convolutionFlop({ n, c, kh, kw, oh, ow, o, groups }: Conv2dGeometry): number {
  return (2 * n * oh * ow * o * kh * kw * c) / groups;
}
