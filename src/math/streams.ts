/**
 * The Philox streams of the package: every purpose has a range of its own, so that no two ever share numbers under one
 * seed. The index tells members of a purpose apart: a weight, a dropout layer.
 */

const purposes = { initializer: 1, dropout: 2, shuffle: 3, augment: 4 } as const;

/** The stream of a purpose. @param index which member of the purpose, from 0 to 2²⁴ - 1. Default 0 */
export function streamOf(purpose: keyof typeof purposes, index = 0): number {
  return purposes[purpose] * 2 ** 24 + index;
}
