/** How work is split over threads: a kernel says how many units it has, this cuts them, and knows no kernel by name. */

/** A run of units, from the first to the one behind the last. */
export type Range = readonly [from: number, to: number];

/** Cuts [0, units) into at most `parts` ranges that differ by one unit at the most; into one where there is nothing. */
export function partition(units: number, parts: number): Range[] {
  const count = Math.max(1, Math.min(parts, units));
  return Array.from({ length: count }, (_, i) => [
    Math.floor((i * units) / count),
    Math.floor(((i + 1) * units) / count),
  ]);
}
