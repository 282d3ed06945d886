/**
 * The list of metrics that a string in `compile`, or a `type` in a file, can name. A new metric is a line here.
 *
 * Each can be made without options; what cannot (`mean`, `confusionMatrix`) joins them in `metrics` only.
 */
export {
  accuracy,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
  topK,
} from "./accuracy.ts";
export { auc } from "./auc.ts";
export { f1, precision, recall } from "./precisionRecall.ts";
export { meanAbsoluteError, meanSquaredError } from "./regression.ts";
