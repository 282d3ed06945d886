/** Metrics by name. Imported late, by named.ts: it brings all of them. */
import { kindNamed, type SavedKind } from "../registry.ts";
import { byName } from "./byName.ts";
import type { Metric } from "./metric.ts";

/** The metric that `{ type, config }` describes. @throws AnygradError INVALID_ARGUMENT */
export function metricOf({ type, config }: SavedKind): Metric {
  const advice = ", or a metric of your own";
  // each checks its own options
  const make = kindNamed("metrics", type, byName, advice) as (options: object) => Metric;
  return make(config);
}
