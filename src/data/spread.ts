/** Mean, deviation and bounds of values, in f64: what `normalize` divides by, and what previews print. */

/** How values are distributed: mean, deviation and bounds. */
export interface Spread {
  /** The arithmetic mean. */
  readonly mean: number;
  /** Standard deviation of the population: the mean square is divided by n. */
  readonly deviation: number;
  /** The smallest value. */
  readonly min: number;
  /** The largest value. */
  readonly max: number;
}

/**
 * Mean, deviation and bounds of all values. Bytes are counted first, which is exact and takes one addition a value (MNIST has
 * 47 million).
 */
export function spreadOf(x: Uint8Array | Float32Array): Spread {
  if (!(x instanceof Uint8Array)) return floatSpread(x, 0, 1);
  const counts = new Float64Array(256);
  for (let i = 0; i < x.length; i++) counts[x[i]!]!++;
  return byteSpread(counts);
}

/** Mean, deviation and bounds of bytes, of which `counts[value]` have each value. */
export function byteSpread(counts: Float64Array): Spread {
  let [n, sum, squares] = [0, 0, 0];
  for (const [value, count] of counts.entries()) {
    n += count;
    sum += value * count;
    squares += value * value * count;
  }
  const mean = sum / n;
  return {
    mean,
    deviation: Math.sqrt(Math.max(0, squares / n - mean * mean)),
    min: counts.findIndex((count) => count > 0),
    max: counts.findLastIndex((count) => count > 0),
  };
}

/** Mean, deviation and bounds of every `stride`-th value, from `start` on. */
export function floatSpread(x: Float32Array, start: number, stride: number): Spread {
  let [n, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = start; i < x.length; i += stride) {
    n++;
    sum += x[i]!;
    min = Math.min(min, x[i]!);
    max = Math.max(max, x[i]!);
  }
  const mean = sum / n;
  let squares = 0;
  for (let i = start; i < x.length; i += stride) squares += (x[i]! - mean) * (x[i]! - mean);
  return { mean, deviation: Math.sqrt(squares / n), min, max };
}
