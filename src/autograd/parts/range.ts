/** Kernels called for a range of their work that the caller names. */
import type { Kernel, KernelValues } from "../../kernels/kernel.ts";

/** A range of units, the first and the one behind the last, and memory to work in. */
type Units = { readonly from: number; readonly to: number; readonly room: number };

const known = new Map<Kernel<unknown>, Kernel<unknown>>();

/**
 * The kernel as one that takes `from` and `to`, and its workspace as `room`, from whoever calls it: it runs on the calling thread.
 */
export function rangeOf<Values extends KernelValues>(kernel: Kernel<Values>): Kernel<Values & Units> {
  let found = known.get(kernel);
  if (!found) {
    const [taken, fields] = (typeof kernel === "string" ? kernel : kernel.text).split("/");
    const own = `${taken!.replaceAll("*", "").replace("workspace", "room")} from to`;
    const text = fields ? `${own}/${fields}` : own;
    found = (typeof kernel === "string" ? text : { text, family: kernel.family }) as Kernel<unknown>;
    known.set(kernel, found);
  }
  return found as Kernel<Values & Units>;
}
