/**
 * The metrics as an object, whose keys are their names. The compiler tells which of the list is missing. Not a namespace
 * as for losses and optimizers: that would need the bundler's helper for namespaces, in a chunk of its own. Training imports
 * this file late: it brings all of them.
 */
import { type Definition, isDefinition } from "../definitions/definition.ts";
import { kindNamed, type SavedKind } from "../registry.ts";
import type * as kinds from "./kinds.ts";
import {
  acc,
  accuracy,
  auc,
  binaryAccuracy,
  binaryIoU,
  categoricalAccuracy,
  cosineSimilarity,
  f1,
  f1Score,
  iou,
  mae,
  mape,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanIoU,
  meanSquaredError,
  mse,
  oneHotIoU,
  oneHotMeanIoU,
  prAuc,
  precision,
  precisionAtRecall,
  r2,
  r2Score,
  recall,
  recallAtPrecision,
  rmse,
  rootMeanSquaredError,
  sensitivityAtSpecificity,
  sparseCategoricalAccuracy,
  sparseTopKCategoricalAccuracy,
  specificity,
  specificityAtSensitivity,
  topK,
  topKCategoricalAccuracy,
} from "./kinds.ts";
import { type MetricFunction, metricOfFunction } from "./meanOf.ts";
import type { Metric } from "./metric.ts";

export const byName: typeof kinds = {
  accuracy,
  acc,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
  topK,
  topKCategoricalAccuracy,
  sparseTopKCategoricalAccuracy,
  auc,
  f1,
  f1Score,
  precision,
  recall,
  mae,
  meanAbsoluteError,
  mse,
  meanSquaredError,
  rmse,
  rootMeanSquaredError,
  r2,
  r2Score,
  binaryIoU,
  cosineSimilarity,
  iou,
  mape,
  meanAbsolutePercentageError,
  meanIoU,
  oneHotIoU,
  oneHotMeanIoU,
  prAuc,
  precisionAtRecall,
  recallAtPrecision,
  sensitivityAtSpecificity,
  specificity,
  specificityAtSensitivity,
};

/** The metric that `{ type, config }` describes. @throws AnygradError INVALID_ARGUMENT */
export function metricOf({ type, config }: SavedKind): Metric {
  const advice = ", or a metric of your own";
  // each checks its own options
  const make = kindNamed("metrics", type, byName, advice) as (options: object) => Metric;
  return make(config);
}

/** The metric that a function is, or makes, such as `metrics.accuracy`. */
export function metricOfGiven(given: MetricFunction | Definition<[], Metric>): Metric {
  if (isDefinition(given) && given.kind === "metric") return given() as Metric;
  if (!Object.values<unknown>(byName).includes(given)) return metricOfFunction(given as MetricFunction);
  return (kindNamed("metrics", given, byName) as () => Metric)();
}
