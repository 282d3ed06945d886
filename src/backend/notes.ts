/** What is said of an engine that does not run as it was asked to: a line in the console, which terminals have on stderr. */
import type { Variant } from "../kernels/variants.ts";

const told = new Set<string>();

/** Once in a process: what is noted of an engine holds for the next one too. */
function note(message: string): void {
  if (told.has(message)) return;
  told.add(message);
  console.warn(`anygrad note: ${message}`);
}

/** The fast precision was asked for, and this variant runs. */
export function notePrecision(asked: Variant | "auto", variant: Variant): void {
  const why = asked === "auto" ? "is not at hand here" : `variant "${asked}" leaves out`;
  note(`precision "fast" needs relaxed SIMD, which ${why}: the ${variant} kernels run, in strict precision`);
}

/** So many threads were asked for. @param cores 0 where threads cannot share memory */
export function noteThreads(asked: number, cores: number): void {
  if (cores === 0)
    note(`${asked} threads were asked for, but here are none that share memory: 1 thread runs`);
  else if (asked > cores)
    note(
      `${asked} threads take turns on ${cores} ${cores === 1 ? "core" : "cores"}: more than ${cores} are seldom faster`,
    );
}
