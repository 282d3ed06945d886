/** The derivative of attention, which is put together from a product of two matrices a head, as the core has it. */

import { add } from "../ops/arithmetic.ts";
import type { DotProductAttentionAttributes } from "../ops/dotProductAttention.ts";
import { gemm } from "../ops/gemm.ts";
import { rescale } from "../ops/rescale.ts";
import { softmax } from "../ops/softmax.ts";
import { transpose } from "../ops/transpose.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Derivative, Ran } from "./derivative.ts";
import { partOf } from "./form.ts";

/** y[..., m, n] = a[..., m, k] b[..., k, n], a product of two matrices after the other. */
function product(a: Tensor, b: Tensor): Tensor {
  const [m, k] = a.shape.slice(-2) as [number, number];
  const n = b.shape.at(-1)!;
  const [inA, inB, inY] = [m * k, k * n, m * n];
  const count = a.size / inA;
  /** The matrix of this number in an array of them. */
  const matrix = ({ pointer }: Tensor, i: number, size: number) => ({ pointer: pointer + 4 * i * size });
  const each = (work: (i: number) => void): void => {
    for (let i = 0; i < count; i++) work(i);
  };
  const plain = { transposeA: false, transposeB: false };
  const form = {
    shapes: [a.shape, b.shape, [...a.shape.slice(0, -1), n]],
    write: [
      (da: Tensor, right: Tensor, dy: Tensor) =>
        each((i) => {
          const sizes = { m, n: k, k: n };
          gemm(da.allocator, { ...plain, transposeB: true }, matrix(da, i, inA), matrix(dy, i, inY), matrix(right, i, inB), sizes); // biome-ignore format: one call
        }),
      (db: Tensor, left: Tensor, dy: Tensor) =>
        each((i) => {
          const sizes = { m: k, n, k: m };
          gemm(db.allocator, { ...plain, transposeA: true }, matrix(db, i, inB), matrix(left, i, inA), matrix(dy, i, inY), sizes); // biome-ignore format: one call
        }),
      (y: Tensor, left: Tensor, right: Tensor) =>
        each((i) => {
          gemm(y.allocator, plain, matrix(y, i, inY), matrix(left, i, inA), matrix(right, i, inB), {
            m,
            n,
            k,
          });
        }),
    ],
  };
  return partOf(form, 2, a, b);
}

/** What hides the keys behind a query: [queries, keys] of scores [..., queries, keys]. */
function hiddenBehind({ allocator, shape }: Tensor): Tensor {
  const [queries, keys] = shape.slice(-2) as [number, number];
  const hidden = allocator.allocate([queries, keys]);
  hidden.write(
    Array.from({ length: queries * keys }, (_, i) => (i % keys > Math.floor(i / keys) ? -1e9 : 0)),
  );
  return hidden;
}

/** That of `dotProductAttention`. */
export const attention: Derivative = {
  composition: ({ inputs, attributes }: Ran<Required<DotProductAttentionAttributes>>) => {
    const [q, k, v] = inputs as [Tensor, Tensor, Tensor];
    const queries = rescale(transpose(q, [0, 2, 1, 3]), { scale: attributes.scale });
    const scores = product(queries, transpose(k, [0, 2, 3, 1]));
    const seen = attributes.useCausalMask ? add(scores, hiddenBehind(scores)) : scores;
    return transpose(product(softmax(seen), transpose(v, [0, 2, 1, 3])), [0, 2, 1, 3]);
  },
};
