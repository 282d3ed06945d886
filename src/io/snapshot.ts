/**
 * What state is saved as, such as that of callbacks: plain data that may hold any number and Float32Arrays. JSON alone would
 * lose NaN, infinities and the sign of zero, and write large arrays as text. So these are represented by texts that begin
 * with "$", and the arrays are stored beside the JSON. When not: for what other tools read, there are safetensors files.
 */
import { AnygradError } from "../errors.ts";

/** Plain data, as a callback's `save` may return it: no class instances other than Float32Array, no functions. */
export type Snapshot =
  | null
  | boolean
  | number
  | string
  | Float32Array
  | readonly Snapshot[]
  | { readonly [name: string]: Snapshot };

/** A copy that later changes do not reach. What is no plain data stays as it is: `packSnapshot` refuses it. */
export function copyOf(value: Snapshot): Snapshot {
  if (value instanceof Float32Array) return value.slice();
  if (Array.isArray(value)) return value.map(copyOf);
  return isPlain(value)
    ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copyOf(part)]))
    : value;
}

/** Whether it is an object of names and values, not one of a class. */
export function isPlain(value: unknown): value is SnapshotRecord {
  return Object(value) === value && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

/** An object with names. */
export type SnapshotRecord = { readonly [name: string]: Snapshot };

/** What is wrong with a state that was read. */
export function damaged(what: string): AnygradError {
  return new AnygradError("DATA_FORMAT", `load: the saved state ${what}; save it again`);
}
