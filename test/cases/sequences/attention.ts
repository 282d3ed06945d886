/** Rows for attention. */

import * as twin from "../../reference/sequences/attention.ts";
import { type Case, row } from "../case.ts";

/** @param sizes examples, queries, keys, heads, features of a key, features of a value */
function attention(
  [n, queries, keys, heads, depth, valueDepth]: readonly [number, number, number, number, number, number],
  attributes: twin.AttentionTwinAttributes = {},
): Case {
  return row({
    op: "dotProductAttention",
    inputs: [
      { shape: [n, queries, heads, depth] },
      { shape: [n, keys, heads, depth] },
      { shape: [n, keys, heads, valueDepth] },
    ],
    attributes,
    reference: ([q, k, v]) => twin.dotProductAttention(q!, k!, v!, attributes),
    referenceBackward: (dy, [q, k, v]) => twin.dotProductAttentionBackward(dy, q!, k!, v!, attributes),
    tolerance: 1e-5,
  });
}

export const attentionCases: readonly Case[] = [
  attention([1, 1, 1, 1, 1, 1]),
  attention([2, 3, 5, 2, 4, 3]),
  attention([1, 4, 4, 2, 3, 2], { useCausalMask: true }),
  attention([2, 7, 3, 1, 2, 5], { scale: 3, useCausalMask: true }),
  attention([1, 5, 37, 3, 8, 4]),
  attention([2, 70, 67, 2, 9, 8], { useCausalMask: true }),
  attention([1, 3, 300, 1, 4, 4]),
];
