/**
 * How work is split over threads: a kernel says how many units of work it has, backend/kernelCalls.ts has them divided into ranges here, and
 * the pool calls the kernel over one range a slice.
 */

/** Most slices that a job can have, and so the most threads of an engine. */
export const maxSlices = 64;

/** Neighbouring units of work: the first one, and the one after the last. */
export type Range = readonly [from: number, to: number];

/**
 * Divides the units 0 … units − 1 into `parts` ranges, or fewer where there are fewer units; sizes differ by one unit at
 * most.
 */
export function partition(units: number, parts: number): Range[] {
  const count = Math.max(1, Math.min(parts, units));
  const ranges: Range[] = [];
  let from = 0;
  for (let i = 1; i <= count; i++) {
    const to = Math.floor((i * units) / count);
    ranges.push([from, to]);
    from = to;
  }
  return ranges;
}
