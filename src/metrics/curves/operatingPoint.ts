/**
 * The best of one rate where another one is good enough: recall at a precision, sensitivity at a specificity. Of all thresholds
 * that reach the wanted value, the one that is best in the other; 0 where none does, as in Keras.
 */
import { checkNumber } from "../../math/checks.ts";
import { strictOptions } from "../../math/options.ts";
import { builtIn } from "../../registry.ts";
import { ratio } from "../classScores.ts";
import type { Metric } from "../metric.ts";
import { type CurvePoint, CurveState, curveOf } from "./scores.ts";

/** A rate at a threshold, of all positives and all negatives. */
type Rate = (point: CurvePoint, positives: number, negatives: number) => number;

const recallAt: Rate = ({ right }, positives) => ratio(right, positives);
const precisionAt: Rate = ({ right, wrong }) => ratio(right, right + wrong);
const specificityAt: Rate = ({ wrong }, _, negatives) => ratio(negatives - wrong, negatives);

function bestWhere(type: string, wanted: string, value: number, constrained: Rate, best: Rate): Metric {
  checkNumber(`${type}: ${wanted}`, value, { from: 0, to: 1 });
  const measure = (
    scores: ArrayLike<number>,
    positives: ArrayLike<number>,
    weights: ArrayLike<number>,
  ): number => {
    if (Array.from(scores).some(Number.isNaN)) return Number.NaN;
    const points = curveOf(scores, positives, weights);
    const { right, wrong } = points.at(-1)!;
    return points.reduce(
      (most, point) =>
        constrained(point, right, wrong) >= value ? Math.max(most, best(point, right, wrong)) : most,
      0,
    );
  };
  return {
    name: type,
    type,
    config: { [wanted]: value },
    create: builtIn(() => new CurveState(type, measure)),
  };
}

/** The best sensitivity, the share of positives that are found, at a specificity of at least this. */
export function sensitivityAtSpecificity(options?: {
  /** From 0 to 1. Default 0.5. */
  readonly specificity?: number;
}): Metric {
  const type = "sensitivityAtSpecificity";
  const { specificity = 0.5 } = strictOptions(type, options, "specificity");
  return bestWhere(type, "specificity", specificity, specificityAt, recallAt);
}

/** The best specificity, the share of negatives that are left out, at a sensitivity of at least this. */
export function specificityAtSensitivity(options?: {
  /** From 0 to 1. Default 0.5. */
  readonly sensitivity?: number;
}): Metric {
  const type = "specificityAtSensitivity";
  const { sensitivity = 0.5 } = strictOptions(type, options, "sensitivity");
  return bestWhere(type, "sensitivity", sensitivity, recallAt, specificityAt);
}

/** The best precision at a recall of at least this. */
export function precisionAtRecall(options?: {
  /** From 0 to 1. Default 0.5. */
  readonly recall?: number;
}): Metric {
  const { recall = 0.5 } = strictOptions("precisionAtRecall", options, "recall");
  return bestWhere("precisionAtRecall", "recall", recall, recallAt, precisionAt);
}

/** The best recall at a precision of at least this. */
export function recallAtPrecision(options?: {
  /** From 0 to 1. Default 0.5. */
  readonly precision?: number;
}): Metric {
  const { precision = 0.5 } = strictOptions("recallAtPrecision", options, "precision");
  return bestWhere("recallAtPrecision", "precision", precision, precisionAt, recallAt);
}
