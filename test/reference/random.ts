/**
 * The counter-based random numbers, written a second time and differently: Philox4x32-10 on BigInt,
 * straight from the paper (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
 * key = the seed (low, high word); counter = (block, stream, step low, step high); word w of block b is element 4b + w.
 */
import { normalCumulative, normalDensity } from "./activations.ts";
import { type Array64, array64, map } from "./array64.ts";

const word = 0xffff_ffffn;

/** Ten rounds of Philox on four 32-bit words, with two key words. */
export function philox(counter: readonly bigint[], key: readonly bigint[]): bigint[] {
  let [c0, c1, c2, c3] = counter as [bigint, bigint, bigint, bigint];
  let [k0, k1] = key as [bigint, bigint];
  for (let round = 0; round < 10; round++) {
    const product0 = 0xd251_1f53n * c0;
    const product1 = 0xcd9e_8d57n * c2;
    [c0, c1, c2, c3] = [
      (product1 >> 32n) ^ c1 ^ k0,
      product1 & word,
      (product0 >> 32n) ^ c3 ^ k1,
      product0 & word,
    ];
    k0 = (k0 + 0x9e37_79b9n) & word;
    k1 = (k1 + 0xbb67_ae85n) & word;
  }
  return [c0, c1, c2, c3];
}

export interface RandomSource {
  readonly seed: number;
  readonly stream: number;
  readonly step: number;
}

/** The 32-bit word that element `i` of a source draws. */
export function uint32At({ seed, stream, step }: RandomSource, i: number): number {
  const split = (value: number): [bigint, bigint] => [BigInt(value) & word, BigInt(value) >> 32n];
  const block = philox([BigInt(i >> 2), BigInt(stream), ...split(step)], split(seed));
  return Number(block[i & 3]);
}

/** Uniform in [0, 1): the upper 24 bits, each value exact in float32. */
export function uniformAt(source: RandomSource, i: number): number {
  return (uint32At(source, i) >>> 8) * 2 ** -24;
}

/**
 * The standard normal number below which a share `p` of them lies: Newton's method on the distribution function, so
 * nothing is shared with the rational approximation that the kernels use.
 */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  // start in the tail where the function is convex: from there Newton's steps only go right
  let z = -Math.sqrt(-2 * Math.log(p));
  for (let step = 0; step < 60; step++) z -= (normalCumulative(z) - p) / normalDensity(z);
  return z;
}

/** A normal number; a truncated one lies within two deviations. */
export function normalAt(source: RandomSource, i: number, truncated = false): number {
  const u = (uint32At(source, i) + 0.5) * 2 ** -32;
  const [from, to] = truncated ? [normalCumulative(-2), normalCumulative(2)] : [0, 1];
  return normalQuantile(from + u * (to - from));
}

/** A Gumbel number, of the float32 number that is uniform between 2⁻²⁵ and 1 − 2⁻²⁴. */
export function gumbelAt(source: RandomSource, i: number): number {
  const [low, width] = [2 ** -25, Math.fround(1 - 2 ** -24 - 2 ** -25)];
  const u = Math.fround(Math.fround(width * uniformAt(source, i)) + low);
  return -Math.log(-Math.log(u));
}

/** The place of the largest of logits[n, classes] and Gumbel numbers [n, count, classes]: [n, count]. */
export function multinomial({ shape, data }: Array64, count: number, source: RandomSource): Array64 {
  const [n, classes] = shape as [number, number];
  const places = Array.from({ length: n * count }, (_, at) => {
    const start = Math.floor(at / count) * classes;
    const sums = Array.from(
      { length: classes },
      (_, c) => data[start + c]! + gumbelAt(source, at * classes + c),
    );
    return sums.indexOf(Math.max(...sums));
  });
  return array64([n, count], places);
}

/** Fisher–Yates from the back; element i of the source decides what goes to place i. */
export function permutation(source: RandomSource, length: number): number[] {
  const order = Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i >= 1; i--) {
    const j = Number((BigInt(uint32At(source, i)) * BigInt(i + 1)) >> 32n);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

export interface DropoutAttributes extends RandomSource {
  readonly rate: number;
}

/** Keeps element i when its uniform number is at least `rate`, scaled so that the expectation stays. */
export function dropout(x: Array64, { rate, ...source }: DropoutAttributes): Array64 {
  return map(x, (value, i) => (uniformAt(source, i) >= rate ? value / (1 - rate) : 0));
}

export function dropoutBackward(dy: Array64, _x: Array64, attributes: DropoutAttributes): Array64 {
  return dropout(dy, attributes);
}
