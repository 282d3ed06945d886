/** How far two arrays are apart, in the measures the tests promise. Pure functions; the tests decide what is allowed. */

interface Numbers {
  readonly length: number;
  readonly [position: number]: number;
}

/** Smallest normal float32: below it a kernel may round as it likes. */
const smallestNormal = 2 ** -126;

/**
 * The largest difference, relative to the array's largest finite expected value, or with `elementwise` to each expected
 * value. Where float32 holds NaN or an infinity, the same is demanded: anything else is an infinite distance.
 */
export function distance(actual: Numbers, expected: Numbers, elementwise = false): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let largestDifference = 0;
  let largestRatio = 0;
  let largestValue = 0;
  for (let i = 0; i < expected.length; i++) {
    const wanted = Math.fround(expected[i]!);
    const got = actual[i]!;
    if (!Number.isFinite(wanted) || !Number.isFinite(got)) {
      if (!Object.is(wanted, got)) return Number.POSITIVE_INFINITY;
      continue;
    }
    const difference = Math.abs(got - expected[i]!);
    largestDifference = Math.max(largestDifference, difference);
    largestValue = Math.max(largestValue, Math.abs(expected[i]!));
    if (difference > smallestNormal) largestRatio = Math.max(largestRatio, difference / Math.abs(wanted));
  }
  if (elementwise) return largestRatio;
  return largestDifference === 0 ? 0 : largestDifference / Math.max(largestValue, smallestNormal);
}

/** The bits of a float32 array, every NaN written as the same one: what a digest would see. */
export function bitsOf(values: ArrayLike<number>): Uint32Array {
  const bits = new Uint32Array(new Float32Array(values).buffer);
  for (let i = 0; i < bits.length; i++) if ((bits[i]! & 0x7fff_ffff) > 0x7f80_0000) bits[i] = 0x7fc0_0000;
  return bits;
}

/** Where two bit patterns first differ, or −1. */
export function firstDifference(a: Uint32Array, b: Uint32Array): number {
  if (a.length !== b.length) return Math.min(a.length, b.length);
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return i;
  return -1;
}
