/** l1 · Σ |x| + l2 · Σ x², what regularizers add to the loss. */

import { apply, type Op } from "../autograd/op.ts";
import {
  absolute_backward_f32,
  copy_strided_f32,
  square_backward_f32,
  sum_magnitudes_f32,
  sum_squares_f32,
} from "../kernels/abi.generated.ts";
import { strictOptions } from "../math/options.ts";
import { stridedShape } from "../tensor/broadcast.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { add, multiply } from "./arithmetic.ts";
import { sum } from "./reduce.ts";

/** Options of `ops.penalty`. */
interface Attributes {
  /** Factor of the sum of the magnitudes. Default 0. */
  l1: number;
  /** Factor of the sum of the squares. Default 0. */
  l2: number;
}

/** Σ |x| or Σ x², by kind, as a scalar. */
const magnitudesOp: Op<[Tensor], "l1" | "l2", void> = {
  name: "penalty",
  shape: () => [],
  forward({ kernels, y }, [x], kind) {
    const kernel = kind === "l1" ? sum_magnitudes_f32 : sum_squares_f32;
    kernels.run(kernel, { out: y.pointer, x: x.pointer, n: x.size });
  },
  backward({ kernels, scratch }, { dy, gradient }, [x], kind) {
    const dx = gradient(0);
    if (!dx) return;
    const kernel = kind === "l1" ? absolute_backward_f32 : square_backward_f32;
    const { pointer, size: n } = x;
    scratch(4 * n, (repeated) => {
      kernels.run(copy_strided_f32, {
        out: repeated,
        x: dy.pointer,
        ...stridedShape([1, 1, 1, n], [0, 0, 0, 0]),
      });
      kernels.run(kernel, { dx: dx.pointer, dy: repeated, x: pointer, y: pointer, n, alpha: 0 });
    });
  },
};

/**
 * The penalty l1 · Σ |x| + l2 · Σ x² on the size of a weight's numbers; dx = dy · (l1 · sign(x) + 2 · l2 · x), the sign of 0
 * being 0. A sum whose factor is 0 is not computed.
 * @param x weights of any shape
 * @returns a scalar, []
 */
export function penalty(x: Tensor, options: Partial<Attributes>): Tensor {
  const { l1 = 0, l2 = 0 } = strictOptions("penalty", options, "l1:number l2:number");
  const terms = [
    ...(l1 === 0 ? [] : [multiply(apply(magnitudesOp, [x], "l1"), l1)]),
    ...(l2 === 0 ? [] : [multiply(apply(magnitudesOp, [x], "l2"), l2)]),
  ];
  return terms.length === 0 ? multiply(sum(x), 0) : terms.reduce((a, b) => add(a, b));
}
