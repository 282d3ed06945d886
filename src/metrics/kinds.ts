/**
 * The list of metrics that a string in `compile`, or a `type` in a file, can name. A new metric is a line here and in byName.ts.
 *
 * Each can be made without options; what cannot (`mean`, `confusionMatrix`) joins them in `metrics` only.
 */
export { accuracy } from "./accuracy.ts";
export { auc } from "./auc.ts";
export {
  acc,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
  topK,
} from "./explicitAccuracy.ts";
export { f1, precision, recall } from "./precisionRecall.ts";
export {
  mae,
  meanAbsoluteError,
  meanSquaredError,
  mse,
  r2,
  r2Score,
  rmse,
  rootMeanSquaredError,
} from "./regression.ts";
