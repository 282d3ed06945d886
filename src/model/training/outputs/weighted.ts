/** Metrics that count rows by their weights, as `compile({ weightedMetrics })` asks. Imported where there are some. */
import type { Metric } from "../../../metrics/metric.ts";

/** The metric, told of the weights of examples. @param name the one in logs */
export function weighted(metric: Metric, name: string): Metric {
  return { ...metric, name, plainName: metric.name, weigh: rowWeights };
}

/** Those that are weighted behind the others, as Keras names them: "weighted_accuracy" where there is an accuracy already. */
export function withWeighted(metrics: readonly Metric[], further: readonly Metric[]): Metric[] {
  const all = [...metrics];
  for (const metric of further) {
    const isTaken = all.some(({ name }) => name === metric.name);
    all.push(weighted(metric, isTaken ? `weighted_${metric.name}` : metric.name));
  }
  return all;
}

/** A weight for each row: its example's, or that of its place, times that of the mask. */
function rowWeights(
  rows: number,
  factors: Float32Array | undefined,
  mask: Float32Array | undefined,
): Float32Array | undefined {
  if (!factors) return mask;
  const each = rows / factors.length;
  return Float32Array.from(
    { length: rows },
    (_, row) => factors[Math.floor(row / each)]! * (mask?.[row] ?? 1),
  );
}
