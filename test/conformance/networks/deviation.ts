/** How far two libraries are from each other. Below 1, where 1e-4 is allowed, is agreement: both compute in float32. */
import type { Case, Results } from "./case.ts";
import { type OptimizerLine, optimizerLines } from "./training.ts";

/** What is compared, in the order in which a fault would show. */
export const quantities = ["forward", "loss", "training loss", "gradients", "update"] as const;
export type Quantity = (typeof quantities)[number];
export type Deviations = Partial<Readonly<Record<Quantity, number>>>;

/** The largest deviation that counts as agreement. */
export const tolerance = 1e-4;

/** The largest difference, as a share of the largest expected number, where that is above `scale`. */
function relative(
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  scale: number,
  skip?: (i: number) => boolean,
): number {
  if (got.length !== expected.length) return Number.POSITIVE_INFINITY;
  let size = scale;
  let difference = 0;
  for (let i = 0; i < got.length; i++) {
    const [a, b] = [got[i]!, expected[i]!];
    if (Number.isNaN(a) !== Number.isNaN(b)) return Number.POSITIVE_INFINITY;
    if (Number.isNaN(a) || a === b) continue;
    size = Math.max(size, Math.abs(b));
    if (!skip?.(i)) difference = Math.max(difference, Math.abs(a - b));
  }
  return difference / size;
}

const largest = (lists: readonly (ArrayLike<number> | undefined)[]): number =>
  lists.reduce<number>((size, list) => {
    let own = 0;
    for (let i = 0; list && i < list.length; i++) own = Math.max(own, Math.abs(list[i]!));
    return Math.max(size, own);
  }, 0);

/**
 * Outputs and losses: of 1, or of the largest number where that is more. Gradients: of the largest of their weight's, of a hundredth of
 * the network's largest where theirs are smaller, or of 0.03: what is rounding alone, such as that of a bias before a batch
 * normalization, has no size of its own; sums of hundreds of terms leave some 1e-6 of it, Keras's as ours. Updates: the same, of the changes, or of a
 * hundredth of the largest weight, to which they are rounded; where the optimizer divides by the gradient's size, not those
 * of gradients that are less than a thousandth of the largest, nor those that share a constraint with them.
 */
export function deviations(each: Case, got: Results, expected: Results): Deviations {
  const found: Record<string, number> = {
    forward: relative(got.forward, expected.forward, 1),
    loss: relative([got.loss], [expected.loss], 1),
  };
  const { gradients, updated } = expected;
  if (!gradients || !updated || !got.gradients || !got.updated) return found;
  found["training loss"] = relative([got.trainingLoss!], [expected.trainingLoss!], 1);
  const steepest = Math.max(largest(gradients), 0.1);
  found.gradients = Math.max(
    ...gradients.map((expectedOne, i) =>
      expectedOne ? relative(got.gradients![i]!, expectedOne, Math.max(0.01 * steepest, 0.03)) : 0,
    ),
  );
  const { normalizes } = optimizerLines[each.program.optimizer.type] as OptimizerLine;
  const change = (after: readonly Float32Array[]): Float32Array[] =>
    after.map((data, i) => data.map((value, j) => value - each.weights[i]!.data[j]!));
  const [changes, wanted] = [change(got.updated), change(updated)];
  const constrained = new Set(
    each.program.nodes.flatMap(({ layer }, node) =>
      JSON.stringify(layer).includes('"constraints"') ? [node] : [],
    ),
  );
  const longest = Math.max(largest(wanted), largest(updated), 0.1);
  found.update = Math.max(
    ...wanted.map((expectedOne, i) => {
      const slopes = gradients[i];
      const isSmall = (j: number): boolean => Math.abs(slopes![j]!) < 1e-3 * steepest;
      const spreads = constrained.has(each.weights[i]!.node) && slopes?.some((_, j) => isSmall(j)); // by a norm
      const isNoise = (j: number): boolean => spreads || isSmall(j);
      return relative(changes[i]!, expectedOne, 0.01 * longest, normalizes && slopes ? isNoise : undefined);
    }),
  );
  return found;
}

/** The quantities beyond the tolerance. */
export function beyond(found: Deviations): Quantity[] {
  return quantities.filter((quantity) => !((found[quantity] ?? 0) <= tolerance));
}
