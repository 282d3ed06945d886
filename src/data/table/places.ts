/**
 * Where the examples of a table came from, so that what is told of one can be looked up in the file. Kept beside the sets,
 * not in them: a set that was made of another one has no places, and never wrong ones.
 */
import type { Dataset } from "../dataset.ts";
import type { RawTable } from "../raw/rawTable.ts";

/** The rows that each example was made of, as the reader's messages count them. */
export interface Places {
  /** What is counted, from 1: lines of a file, or rows of a list. */
  readonly noun: "line" | "row";
  /** The first row of each example. */
  readonly first: readonly number[];
  /** The last row of each example: another one where examples are windows. */
  readonly last: readonly number[];
}

const kept = new WeakMap<Dataset, Places>();

/** @param rows positions in the table, `[n · steps]` */
export function keepPlaces<T extends Dataset>(set: T, raw: RawTable, rows: Int32Array, steps: number): T {
  const at = (offset: number): number[] =>
    Array.from({ length: rows.length / steps }, (_, i) => raw.placeNumber(rows[i * steps + offset]!));
  kept.set(set, { noun: raw.placeNoun, first: at(0), last: at(steps - 1) });
  return set;
}

/** Undefined for a set that `readTable` has not made. */
export function placesOf(set: Dataset): Places | undefined {
  return kept.get(set);
}
