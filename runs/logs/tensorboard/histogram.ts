/** The histogram of numbers that TensorBoard draws: equally wide buckets from the least to the greatest. */

export interface Histogram {
  readonly min: number;
  readonly max: number;
  /** How many numbers; those that are not finite are left out. */
  readonly count: number;
  readonly sum: number;
  readonly sumOfSquares: number;
  /** Where each bucket ends. */
  readonly limits: readonly number[];
  /** How many numbers are in each. */
  readonly counts: readonly number[];
}

/** As many as TensorBoard itself makes. */
const BUCKETS = 30;

export function histogramOf(values: ArrayLike<number>): Histogram {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [count, sum, sumOfSquares] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    count++;
    sum += value;
    sumOfSquares += value * value;
  }
  if (count === 0) return { min: 0, max: 0, count, sum, sumOfSquares, limits: [0], counts: [0] };
  if (min === max) return { min, max, count, sum, sumOfSquares, limits: [max], counts: [count] };
  const width = (max - min) / BUCKETS;
  const counts = new Array<number>(BUCKETS).fill(0);
  for (let i = 0; i < values.length; i++)
    if (Number.isFinite(values[i])) counts[Math.min(BUCKETS - 1, Math.floor((values[i]! - min) / width))]!++;
  const limits = counts.map((_, i) => (i + 1 < BUCKETS ? min + (i + 1) * width : max));
  return { min, max, count, sum, sumOfSquares, limits, counts };
}
