/** Σ |x| · l1 + Σ x² · l2 in one op: what regularizers add to the loss. */

import { apply, type Op } from "../autograd/op.ts";
import { stridedShape } from "../tensor/broadcast.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { add, multiply } from "./arithmetic.ts";
import { sum } from "./reduce.ts";

interface Attributes {
  l1: number;
  l2: number;
}

const magnitudesOp: Op<[Tensor], "l1" | "l2", void> = {
  name: "penalty",
  shape: () => [],
  forward({ kernels, y }, [x], kind) {
    const kernel = kind === "l1" ? kernels.sum_magnitudes_f32 : kernels.sum_squares_f32;
    kernel({ out: y.pointer, x: x.pointer, n: x.size });
  },
  backward({ kernels, scratch }, { dy, gradient }, [x], kind) {
    const dx = gradient(0);
    if (!dx) return;
    const kernel = kind === "l1" ? kernels.absolute_backward_f32 : kernels.square_backward_f32;
    const { pointer, size: n } = x;
    scratch(4 * n, (repeated) => {
      kernels.copy_strided_f32({ out: repeated, x: dy.pointer, ...stridedShape([1, 1, 1, n], [0, 0, 0, 0]) });
      kernel({ dx: dx.pointer, dy: repeated, x: pointer, y: pointer, n, alpha: 0 });
    });
  },
};

/** A scalar; factors of 0 cost nothing. */
export function penalty(x: Tensor, { l1 = 0, l2 = 0 }: Partial<Attributes>): Tensor {
  const terms = [
    ...(l1 === 0 ? [] : [multiply(apply(magnitudesOp, [x], "l1"), l1)]),
    ...(l2 === 0 ? [] : [multiply(apply(magnitudesOp, [x], "l2"), l2)]),
  ];
  return terms.length === 0 ? multiply(sum(x), 0) : terms.reduce((a, b) => add(a, b));
}
