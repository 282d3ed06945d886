/**
 * The metrics as users hold them: `metrics.f1({ average: "class" })`. Training knows them by name, from named.ts, and reaches this
 * file by no import that is not late: what a page does not name it does not download.
 */

import { byName } from "./byName.ts";
import { confusionMatrix } from "./confusionMatrix.ts";
import type * as kinds from "./kinds.ts";
import { mean } from "./meanOf.ts";

export type { ScoreAverage, ScoreName } from "./classScores.ts";
export {
  type ClassReport,
  type ConfusedPair,
  ConfusionMatrix,
  type ConfusionMatrixOptions,
} from "./confusionMatrix.ts";
export { type AucOptions, rocAuc } from "./curves/auc.ts";
export type { BinaryAccuracyOptions, TopKOptions } from "./explicitAccuracy.ts";
export { Mean, type RowValue } from "./mean.ts";
export type { MeanOptions, MetricFunction } from "./meanOf.ts";
export { argmax, type Metric, type MetricState, type Rows, rowsIn, type Targets } from "./metric.ts";
export type { ClassScoreOptions } from "./precisionRecall.ts";

/**
 * Every metric, and two helpers that no string names: `mean` (your own metric) and `confusionMatrix`.
 * @example
 * ```js
 * import { createEngine, layers, metrics, sequential } from "anygrad";
 *
 * const net = sequential([layers.dense({ units: 10, activation: "softmax" })], { inputShape: [784], seed: 1 });
 * await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", engine: await createEngine(),
 *                     metrics: ["accuracy", metrics.topK({ k: 3 }), metrics.f1({ average: "class" })] });
 * console.log(metrics.topK({ k: 3 }).name, metrics.f1().name); // top3Accuracy f1
 * ```
 */
export const metrics: typeof kinds & {
  /** A metric of your own. */
  mean: typeof mean;
  /** `new ConfusionMatrix(options)`. */
  confusionMatrix: typeof confusionMatrix;
} = Object.assign({}, byName, { mean, confusionMatrix }); // bundlers would keep a spread, whose getters might do something

/** The names that `compile` takes as strings. */
export type MetricName = keyof typeof kinds;
