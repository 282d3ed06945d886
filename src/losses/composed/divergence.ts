/** Losses between distributions: how much the predicted one says less than the wanted one. */
import { type NoOptions, strictOptions } from "../../math/options.ts";
import * as ops from "../../ops/index.ts";
import type { Loss } from "../loss.ts";
import { clip, composed, epsilon, rowMean, rowSum } from "./compose.ts";

/** Σ t ln(t / p): what distribution p misses of t (Kullback and Leibler, 1951). Both are held within [1e-7, 1]. */
export function klDivergence(options?: NoOptions): Loss {
  strictOptions("klDivergence", options, "");
  return composed("klDivergence", {}, (p, t) => {
    const wanted = clip(t, epsilon, 1);
    return rowSum(ops.multiply(wanted, ops.log(ops.divide(wanted, clip(p, epsilon, 1)))));
  });
}

/** p − t ln(p + 1e-7), averaged over the outputs: for counts t, whose expected number p is. */
export function poisson(options?: NoOptions): Loss {
  strictOptions("poisson", options, "");
  return composed("poisson", {}, (p, t) =>
    rowMean(ops.subtract(p, ops.multiply(t, ops.log(ops.add(p, epsilon))))),
  );
}
