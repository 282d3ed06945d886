/** What the rules that share a kernel's work have in common (slices.ts, passSlices.ts). */
import type { Kernels } from "../kernels/abi.generated.ts";

/** The arguments of a kernel's slices; undefined where it should run as it is. */
export type Rule = (values: readonly number[], threads: number, kernels: Kernels) => number[][] | undefined;

/**
 * The least work that is worth handing over. A handover costs 1–2 µs while workers spin (Node 20, 2 cores), so a
 * slice should take five to ten times that: half a MFLOP of a product, eight thousand numbers of a pass over memory,
 * two thousand where each takes an exponential or Philox's ten rounds, 2–5 ns.
 */
export const minFlop = 1e6;
export const minElements: number = 1 << 14;
export const minSlowElements: number = 1 << 12;

/** Cuts `size` into at most `parts` runs of whole `unit`s: [start, length]. */
export function cut(size: number, parts: number, unit: number): [start: number, length: number][] {
  const units = Math.ceil(size / unit);
  const count = Math.min(parts, units);
  return Array.from({ length: count }, (_, i) => {
    const start = Math.floor((i * units) / count) * unit;
    const end = Math.min(size, Math.floor(((i + 1) * units) / count) * unit);
    return [start, end - start];
  });
}
