/**
 * The list of metrics that a string in `compile`, or a `type` in a file, can name. A new metric is a line here and in byName.ts.
 *
 * Each can be made without options; what cannot (`mean`, `confusionMatrix`) joins them in `metrics` only.
 */
export { accuracy } from "./accuracy.ts";
export { binaryIoU, iou, meanIoU, oneHotIoU, oneHotMeanIoU } from "./counts/iou.ts";
export { specificity } from "./counts/specificity.ts";
export { auc, prAuc } from "./curves/auc.ts";
export {
  precisionAtRecall,
  recallAtPrecision,
  sensitivityAtSpecificity,
  specificityAtSensitivity,
} from "./curves/operatingPoint.ts";
export {
  acc,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
  sparseTopKCategoricalAccuracy,
  topK,
  topKCategoricalAccuracy,
} from "./explicitAccuracy.ts";
export { f1, f1Score, precision, recall } from "./precisionRecall.ts";
export {
  cosineSimilarity,
  mae,
  mape,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  mse,
  r2,
  r2Score,
  rmse,
  rootMeanSquaredError,
} from "./regression.ts";
