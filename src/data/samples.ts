/** Which examples of each class a preview shows: the first ones, or some drawn with a seed. */
import { Random } from "../math/philox.ts";
import type { Dataset } from "./dataset.ts";

/** The Philox stream that samples are drawn from; no other part of the package uses it. */
const SAMPLE_STREAM = 0x73616d70; // "samp"

/**
 * Indices of at most `count` examples of each class, ascending.
 *
 * @param seed seed with which they are drawn; without one, they are the first ones of the set
 */
export function samplesPerClass({ y }: Dataset, classes: number, count: number, seed?: number): number[][] {
  const found: number[][] = Array.from({ length: classes }, () => []);
  for (let i = 0; i < y.length; i++) found[y[i]!]?.push(i);
  if (seed === undefined) return found.map((indices) => indices.slice(0, count));
  const random = new Random(seed, SAMPLE_STREAM);
  return found.map((indices) =>
    Array.from(random.permutation(indices.length).subarray(0, count), (at) => indices[at]!).sort(
      (a, b) => a - b,
    ),
  );
}
