/**
 * Areas under curves: of the ROC curve, the chance that a positive row scores above a negative one, ties counting half; of
 * precision over recall, for positives that are rare.
 *
 * Exact, from all scores (see scores.ts). Any increasing map of the scores leaves them unchanged, so logits and probabilities
 * give the same.
 */

import { AnygradError, quote } from "../../errors.ts";
import { type NoOptions, strictOptions } from "../../math/options.ts";
import { log } from "../../math/transcendental.ts";
import { builtIn } from "../../registry.ts";
import type { Metric } from "../metric.ts";
import { CurveState, curveOf } from "./scores.ts";

/** The options of {@link auc}. */
export interface AucOptions {
  /** "ROC" (default), or "PR", precision over recall, logged as `prAuc`. */
  readonly curve?: "ROC" | "PR";
}

/** ROC AUC, 0.5 for guessing, 1 for a perfect order; NaN where no column saw both a positive and a negative row. */
export function auc(options?: AucOptions): Metric {
  const { curve = "ROC" } = strictOptions("auc", options, "curve");
  if (curve !== "ROC" && curve !== "PR")
    throw new AnygradError("INVALID_ARGUMENT", `auc: curve is ${quote(curve)}; pass "ROC" or "PR"`);
  const [name, measure] = curve === "ROC" ? (["auc", rocAuc] as const) : (["prAuc", prArea] as const);
  return {
    name,
    type: "auc",
    config: curve === "ROC" ? {} : { curve },
    create: builtIn(() => new CurveState(name, measure)),
  };
}

/**
 * The area under precision over recall, for `auc({ curve: "PR" })`: 1 for a perfect order, the share of positives for guessing.
 * Between thresholds it goes by Davis and Goadrich (2006), as in Keras.
 */
export function prAuc(options?: NoOptions): Metric {
  strictOptions("prAuc", options, "");
  return auc({ curve: "PR" });
}

/** The ROC AUC of one decision. `positives[i]` is 0 or 1; `weights` default to 1. NaN without both kinds, or with a NaN score. */
export function rocAuc(
  scores: ArrayLike<number>,
  positives: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  const order = new Uint32Array(scores.length);
  for (let i = 0; i < order.length; i++) {
    if (Number.isNaN(scores[i]!)) return Number.NaN;
    order[i] = i;
  }
  order.sort((a, b) => scores[a]! - scores[b]! || a - b);

  let ordered = 0; // the weight of (positive, negative) pairs in the right order, ties half
  let below = 0; // the weight of negatives with a smaller score
  let positive = 0;
  for (let start = 0; start < order.length; ) {
    const value = scores[order[start]!]!;
    let tiedPositive = 0;
    let tiedNegative = 0;
    let end = start;
    for (; end < order.length && scores[order[end]!]! === value; end++) {
      const i = order[end]!;
      const weight = weights === undefined ? 1 : weights[i]!;
      if (positives[i] === 1) tiedPositive += weight;
      else tiedNegative += weight;
    }
    ordered += tiedPositive * (below + tiedNegative / 2);
    below += tiedNegative;
    positive += tiedPositive;
    start = end;
  }
  return positive > 0 && below > 0 ? ordered / (positive * below) : Number.NaN;
}

/** The area under precision over recall of one decision; NaN without positives. */
function prArea(scores: ArrayLike<number>, positives: ArrayLike<number>, weights: ArrayLike<number>): number {
  const points = curveOf(scores, positives, weights);
  const { right: positive } = points.at(-1)!;
  if (positive === 0 || Array.from(scores).some(Number.isNaN)) return Number.NaN;
  let area = 0;
  for (let i = 1; i < points.length; i++) {
    const [before, point] = [points[i - 1]!, points[i]!];
    const chosen = point.right + point.wrong;
    const chosenBefore = before.right + before.wrong;
    const gained = point.right - before.right;
    if (chosen === chosenBefore) continue;
    // true positives along a line of slope gained / (chosen − chosenBefore), whose precision is integrated
    const slope = gained / (chosen - chosenBefore);
    const intercept = before.right - slope * chosenBefore;
    const ratio = chosenBefore > 0 ? chosen / chosenBefore : 1;
    area += slope * (gained + intercept * log(ratio));
  }
  return area / positive;
}
