/** Moving averages and statistics of many batches in float64, from their definitions. */
import type { Statistics } from "../normalization.ts";

/** The average after the weights of each step in turn; the first are those before any step. */
export function movingAverage(weights: readonly ArrayLike<number>[], momentum: number): Float64Array {
  const mean = Float64Array.from(weights[0]!);
  weights.slice(1).forEach((values, t) => {
    const kept = Math.min(momentum, (1 + t) / (10 + t));
    for (let i = 0; i < mean.length; i++) mean[i] = kept * mean[i]! + (1 - kept) * values[i]!;
  });
  return mean;
}

/** Σ n μ / Σ n and Σ n (σ² + μ²) / Σ n − mean², over batches of n examples each. */
export function pooledStatistics(batches: readonly (Statistics & { readonly n: number })[]): Statistics {
  const total = batches.reduce((sum, { n }) => sum + n, 0);
  const channels = batches[0]!.mean.length;
  const pooled = (value: (batch: Statistics, c: number) => number): Float64Array =>
    Float64Array.from({ length: channels }, (_, c) =>
      batches.reduce((sum, batch) => sum + (batch.n / total) * value(batch, c), 0),
    );
  const mean = pooled((batch, c) => batch.mean[c]!);
  const squares = pooled((batch, c) => batch.variance[c]! + batch.mean[c]! ** 2);
  return { mean, variance: squares.map((square, c) => square - mean[c]! ** 2) };
}
