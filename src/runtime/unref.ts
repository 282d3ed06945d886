/** Timers that do not keep a process alive, which every runtime says in its own way. */
import { hostGlobals } from "./capabilities.ts";

/** @param timer what `setTimeout` gave: an object in Node and Bun, a number in Deno and in browsers, whose pages end anyway */
export function unref(timer: unknown): void {
  if (typeof timer === "object") (timer as { unref?(): void }).unref?.();
  else hostGlobals().Deno?.unrefTimer?.(timer as number);
}
