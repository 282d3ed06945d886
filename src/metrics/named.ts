/**
 * A model's metrics, as `compile` and saved models give them. `accuracy`, which nearly all name, is here; the others are
 * imported when one of them is named: most pages need not download them.
 */
import type { Definition } from "../definitions/definition.ts";
import { AnygradError, quote } from "../errors.ts";
import type { NoOptions } from "../math/options.ts";
import type { SavedKind } from "../registry.ts";
import { accuracy } from "./accuracy.ts";
import type { MetricFunction } from "./meanOf.ts";
import type { Metric } from "./metric.ts";

const byName = (): Promise<typeof import("./byName.ts")> => import("./byName.ts");

/** The metric that `{ type, config }` describes, as a saved model holds it. @throws AnygradError INVALID_ARGUMENT */
export async function metricFromConfig(saved: SavedKind): Promise<Metric> {
  return saved.type === "accuracy" ? accuracy(saved.config as NoOptions) : (await byName()).metricOf(saved);
}

/** A metric from its name, with its default options; a metric passes through. @throws AnygradError INVALID_ARGUMENT */
export async function getMetric(
  metric: string | Metric | MetricFunction | Definition<[], Metric>,
  option = "metrics",
): Promise<Metric> {
  if (typeof metric === "function") return (await byName()).metricOfGiven(metric);
  return typeof metric === "string"
    ? metricFromConfig({ type: metric, config: {} })
    : checkMetric(metric, option);
}

/** @throws AnygradError INVALID_ARGUMENT for what is no metric */
export function checkMetric(metric: Metric, option = "metrics"): Metric {
  if (typeof metric?.create === "function" && typeof metric.name === "string") return metric;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${option}: ${quote(metric)} is no metric; pass a name, metrics.*(), or { name, config, create }`,
  );
}
