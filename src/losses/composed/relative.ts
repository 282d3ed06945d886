/** Losses of numbers that weigh large and small ones alike: by logarithms, or by their size. */
import { type NoOptions, strictOptions } from "../../math/options.ts";
import * as ops from "../../ops/index.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Loss } from "../loss.ts";
import { composed, epsilon, rowMean } from "./compose.ts";

/** ln cosh(p − t), averaged over the outputs: like half the square near 0, like the distance far from it. */
export function logCosh(options?: NoOptions): Loss {
  strictOptions("logCosh", options, "");
  return composed("logCosh", {}, (p, t) => {
    const distance = ops.abs(ops.subtract(p, t)); // as ln cosh is even, and nothing overflows on this side
    return rowMean(ops.add(distance, ops.add(ops.softplus(ops.multiply(distance, -2)), -Math.LN2)));
  });
}

/** 100 |p − t| / |t|, averaged over the outputs: how far off in percent; |t| counts as 1e-7 at least. */
export function meanAbsolutePercentageError(options?: NoOptions): Loss {
  strictOptions("meanAbsolutePercentageError", options, "");
  return composed("meanAbsolutePercentageError", {}, (p, t) => {
    const size = ops.maximum(ops.abs(t), epsilon);
    return ops.multiply(rowMean(ops.abs(ops.divide(ops.subtract(p, t), size))), 100);
  });
}

/** (ln(p + 1) − ln(t + 1))², averaged over the outputs: for sizes of many orders; both count as 1e-7 at least. */
export function meanSquaredLogarithmicError(options?: NoOptions): Loss {
  strictOptions("meanSquaredLogarithmicError", options, "");
  return composed("meanSquaredLogarithmicError", {}, (p, t) => {
    const logarithm = (x: Tensor): Tensor => ops.log(ops.add(ops.maximum(x, epsilon), 1));
    return rowMean(ops.square(ops.subtract(logarithm(p), logarithm(t))));
  });
}
