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

/**
 * A part of a snapshot that is read from a file, which may be damaged or of another version; SnapshotReader reads many.
 *
 * @param subject whose state it is, which errors name
 * @param wanted what the part is, in words
 * @throws AnygradError DATA_FORMAT where the snapshot is no object, or the part is missing or of another kind
 */
export function readPart<T extends Snapshot>(
  subject: string,
  snapshot: Snapshot | undefined,
  name: string,
  wanted: string,
  allows: (value: Snapshot) => boolean,
): T {
  const value = partOf(checkRecord(subject, snapshot), name);
  if (!allows(value)) throw damaged(`of ${subject} holds no ${name} that is ${wanted}`);
  return value as T;
}

/** The part of this name; null where there is none. */
export function partOf(snapshot: SnapshotRecord, name: string): Snapshot {
  return Object.hasOwn(snapshot, name) ? (snapshot[name] ?? null) : null;
}

/** @throws AnygradError DATA_FORMAT where the snapshot is no object */
export function checkRecord(subject: string, snapshot: Snapshot | undefined): SnapshotRecord {
  if (isRecord(snapshot)) return snapshot;
  throw damaged(`of ${subject} is missing`);
}

/** Whether it is an object with names. */
export function isRecord(value: Snapshot | undefined): value is SnapshotRecord {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Float32Array)
  );
}

/** What is wrong with a state that was read. */
export function damaged(what: string): AnygradError {
  return new AnygradError("DATA_FORMAT", `load: the saved state ${what}; save it again`);
}
