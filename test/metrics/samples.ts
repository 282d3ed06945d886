/**
 * Predictions whose scores were computed by scikit-learn 1.9.1 (float32 scores, ties included); class 3 is never a label.
 */
import type { Metric, Rows, Targets } from "../../src/metrics/index.ts";

export const labels: number[] = [2, 0, 1, 0, 0, 0, 1, 1, 2, 1, 1, 2, 1, 2, 0, 0];
export const scores: Float32Array = Float32Array.of(
  ...[0.1, 0.9, 1.6, 0.6, 1.7, 1.2, 0.0, 1.1, 0.5, 1.1, 0.6, 1.4, 1.2, 0.3, 1.1, 1.6],
  ...[0.9, 0.4, 0.8, 1.9, 2.3, 1.3, 1.8, 1.7, 0.8, 0.5, 1.3, 1.1, 0.7, 0.8, 0.8, 0.9],
  ...[0.5, 0.6, 1.2, 1.7, 1.2, 0.9, 0.6, 0.9, 0.4, 0.7, 1.0, 0.2, 1.0, 0.7, 1.7, 1.5],
  ...[1.4, 1.7, 0.7, 1.3, 0.7, 1.1, 1.0, 0.9, 0.4, 0.5, 1.9, 0.5, 1.7, 1.3, 1.4, 1.0],
);
export const weights: Float32Array = Float32Array.of(
  ...[1, 2, 0.5, 1, 0, 3, 1, 1, 0.25, 2, 1, 1.5, 1, 1, 0.5, 2],
);
export const classes = 4;

/** One decision a row, with ties among the scores. */
export const yesNo: { labels: number[]; scores: Float32Array; weights: Float32Array } = {
  labels: [0, 1, 1, 0, 1, 0, 0, 1],
  scores: Float32Array.of(0.1, 0.4, 0.4, 0.4, 0.8, 0.8, 0.2, 0.9),
  weights: Float32Array.of(1, 2, 1, 3, 0.5, 1, 1, 2),
};

/** Three decisions a row, several labels at once. */
export const manyLabels: { rows: number; columns: number; targets: Float32Array; scores: Float32Array } = {
  rows: 5,
  columns: 3,
  targets: Float32Array.of(1, 0, 1, 0, 1, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0),
  scores: Float32Array.of(0.9, 0.2, 0.4, 0.6, 0.7, 0.8, 0.3, 0.9, 0.1, 0.1, 0.6, 0.7, 0.8, 0.3, 0.55),
};

/** The one-hot rows of class indices. */
export function oneHot(indices: readonly number[], columns: number): Float32Array {
  const dense = new Float32Array(indices.length * columns);
  indices.forEach((index, row) => {
    dense[row * columns + index] = 1;
  });
  return dense;
}

/** What a metric says of rows all at once. */
export function evaluate(metric: Metric, rows: Rows, targets: Targets, rowWeights?: Float32Array): number {
  const state = metric.create();
  state.update(rows, targets, rowWeights);
  return state.result();
}
