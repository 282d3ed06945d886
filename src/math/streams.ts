/**
 * The Philox streams of the package. Every purpose of random numbers has a range of streams of its own, so that two of them
 * never share numbers under one seed.
 */

const purposes = { initializer: 1, dropout: 2, shuffle: 3, augment: 4 } as const;

/**
 * The stream of random numbers for a purpose.
 * @param index which weight, dropout layer and so on it is for, from 0 to 2²⁴ − 1. Default 0
 */
export function streamOf(purpose: keyof typeof purposes, index = 0): number {
  return purposes[purpose] * 2 ** 24 + index;
}
