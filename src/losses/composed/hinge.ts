/** Losses of margins: predictions are scores, right once they are 1 on the right side. */
import { type NoOptions, strictOptions } from "../../math/options.ts";
import * as ops from "../../ops/index.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Loss } from "../loss.ts";
import { complement, composed, rowMean, rowSum } from "./compose.ts";

/** max(1 − t p, 0), averaged over the outputs; targets are −1 and 1, or all 0 and 1, which stand for them. */
export function hinge(options?: NoOptions): Loss {
  strictOptions("hinge", options, "");
  return composed("hinge", {}, (p, t) => rowMean(margin(p, t)));
}

/** max(1 − t p, 0)², averaged over the outputs; targets are −1 and 1, or all 0 and 1, which stand for them. */
export function squaredHinge(options?: NoOptions): Loss {
  strictOptions("squaredHinge", options, "");
  return composed("squaredHinge", {}, (p, t) => rowMean(ops.square(margin(p, t))));
}

/** max(n − s + 1, 0) with the score s of the right class and n, the largest of the others; targets are one-hot rows. */
export function categoricalHinge(options?: NoOptions): Loss {
  strictOptions("categoricalHinge", options, "");
  return composed("categoricalHinge", {}, (p, t) => {
    const right = rowSum(ops.multiply(t, p));
    const wrong = ops.max(ops.multiply(complement(t), p), { axis: -1 });
    return ops.maximum(ops.add(ops.subtract(wrong, right), 1), 0);
  });
}

function margin(p: Tensor, t: Tensor): Tensor {
  return ops.maximum(complement(ops.multiply(signs(t), p)), 0);
}

/**
 * Targets of a batch that are all 0 or 1 become −1 and 1, others stay, as in Keras. By arithmetic, since a step that looks at
 * numbers could not be recorded: t + b (t − 1), where b is 1 for such a batch, else 0.
 */
function signs(t: Tensor): Tensor {
  const constant = ops.stopGradient(t); // which kind of targets they are has no gradient
  const others = ops.sum(ops.abs(ops.multiply(constant, ops.subtract(constant, 1))));
  const binary = complement(ops.minimum(ops.multiply(others, 1e30), 1));
  return ops.add(t, ops.multiply(binary, ops.subtract(t, 1)));
}
