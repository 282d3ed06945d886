/**
 * The metrics by name: `metrics.f1({ average: "class" })` in code, `"f1"` in `compile`, `{ type, config }` in a file.
 */
import { AnygradError } from "../errors.ts";
import { kindNamed, type SavedKind } from "../registry.ts";
import { confusionMatrix } from "./confusionMatrix.ts";
import * as kinds from "./kinds.ts";
import { mean } from "./mean.ts";
import type { Metric } from "./metric.ts";

export type { BinaryAccuracyOptions, TopKOptions } from "./accuracy.ts";
export { rocAuc } from "./auc.ts";
export type { ScoreAverage, ScoreName } from "./classScores.ts";
export {
  type ClassReport,
  type ConfusedPair,
  ConfusionMatrix,
  type ConfusionMatrixOptions,
} from "./confusionMatrix.ts";
export { Mean, type MeanOptions, type RowValue } from "./mean.ts";
export { argmax, type Metric, type MetricState, type Rows, type Targets } from "./metric.ts";
export type { ClassScoreOptions } from "./precisionRecall.ts";

// A plain object, looked into by name.
const byName: typeof kinds = { ...kinds };

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
} = {
  ...byName,
  mean,
  confusionMatrix,
};

/** The names that `compile` takes as strings. */
export type MetricName = keyof typeof kinds;

/** A metric from its name, with its default options; a metric passes through. @throws AnygradError INVALID_ARGUMENT */
export function getMetric(metric: MetricName | (string & {}) | Metric): Metric {
  if (typeof metric === "string") return factory(metric)({});
  if (typeof metric?.create !== "function" || typeof metric.name !== "string")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `metrics: ${JSON.stringify(metric)} is no metric; pass a name, metrics.*(), or { name, config, create }`,
    );
  return metric;
}

/** The metric that `{ type, config }` describes, as a saved model holds it. @throws AnygradError INVALID_ARGUMENT */
export function metricFromConfig(saved: SavedKind): Metric {
  return factory(saved.type)(saved.config);
}

function factory(name: string): (options: Record<string, unknown>) => Metric {
  return kindNamed("metrics", name, byName, ", or a metric of your own");
}
