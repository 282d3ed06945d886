/** Sizes that a file leaves open: of the batch, of lengths, and what follows from them. Each is known by what it was in every run of a trace. */

/** A size, or another number, that is not the same in all runs; the same numbers are the same object. */
export class OpenSize {
  /** What it was in each run. */
  readonly values: readonly number[];

  constructor(values: readonly number[]) {
    this.values = values;
  }

  /** Whether it depends on how many examples there are: the first two runs differ in that alone. */
  get hasBatch(): boolean {
    return this.values[0] !== this.values[1];
  }
}

/** A size of a file: a number, or one that is open. */
export type Size = number | OpenSize;

/** What a size was in a run. */
export const sizeIn = (size: Size, run: number): number =>
  typeof size === "number" ? size : size.values[run]!;

/** What a size was in the first run. */
export const sizeInFirst = (size: Size): number => sizeIn(size, 0);

/** How many runs sizes are known by; one where none is open. */
const runsOf = (sizes: readonly Size[]): number =>
  sizes.find((size) => typeof size !== "number")?.values.length ?? 1;

/** What a rule makes of sizes in each run. */
export function inEach<T>(sizes: readonly Size[], rule: (...sizes: number[]) => T): T[] {
  return Array.from({ length: runsOf(sizes) }, (_, run) => rule(...sizes.map((size) => sizeIn(size, run))));
}

/** The number that a rule makes of sizes, if it is the same in all runs. */
export function always(sizes: readonly Size[], rule: (...sizes: number[]) => number): number | undefined {
  const [first, ...others] = inEach(sizes, rule);
  return others.every((n) => n === first) ? first : undefined;
}

/** A size made of others that are known. */
export type Formula =
  | { readonly size: OpenSize; readonly times: number; readonly plus: number }
  | { readonly size: OpenSize; readonly over: number }
  | { readonly product: readonly OpenSize[]; readonly times: number };

/** The most sizes whose product another one is: examples, rows and columns. */
const mostFactors = 3;

/** The simplest formula that gives a size in all runs, by sizes that are known; undefined where there is none. */
export function formulaOf(wanted: OpenSize, known: readonly OpenSize[]): Formula | undefined {
  const { values } = wanted;
  for (const size of known) {
    const times = slope(size.values, values);
    const plus = values[0]! - times * size.values[0]!;
    if (Number.isInteger(times) && times > 0 && values.every((n, i) => n === times * size.values[i]! + plus))
      return { size, times, plus };
  }
  for (const size of known) {
    const over = size.values[0]! / values[0]!;
    if (Number.isInteger(over) && values.every((n, i) => n * over === size.values[i])) return { size, over };
  }
  return productOf(values, known, mostFactors);
}

/** How much one list rises where the other rises by one, by the first two runs in which the other differs. */
function slope(from: readonly number[], to: readonly number[]): number {
  const at = from.findIndex((n) => n !== from[0]);
  return (to[at]! - to[0]!) / (from[at]! - from[0]!);
}

function productOf(
  values: readonly number[],
  known: readonly OpenSize[],
  most: number,
): { product: readonly OpenSize[]; times: number } | undefined {
  const [times] = values;
  if (values.every((n) => n === times)) return { product: [], times: times! };
  if (most === 0) return undefined;
  for (const size of known) {
    const rest = values.map((n, i) => n / size.values[i]!);
    const found = rest.every(Number.isInteger) ? productOf(rest, known, most - 1) : undefined;
    if (found) return { product: [size, ...found.product], times: found.times };
  }
  return undefined;
}
