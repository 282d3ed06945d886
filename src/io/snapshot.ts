/**
 * What state is saved as, such as that of callbacks: plain data that may hold any number and Float32Arrays. JSON alone would
 * lose NaN, infinities and the sign of zero, and write large arrays as text. So these are represented by texts that begin
 * with "$", and the arrays are stored beside the JSON. When not: for what other tools read, there are safetensors files.
 */
import { AnygradError } from "../errors.ts";
import { parseJson } from "./json.ts";

/** Plain data, as a callback's `save` may return it: no class instances other than Float32Array, no functions. */
export type Snapshot =
  | null
  | boolean
  | number
  | string
  | Float32Array
  | readonly Snapshot[]
  | { readonly [name: string]: Snapshot };

/** A snapshot as text and arrays, as a file can hold it. */
export interface PackedSnapshot {
  /** The snapshot as JSON; "$array 0" stands for the first of the arrays. */
  readonly json: string;
  /** The Float32Arrays of the snapshot. */
  readonly arrays: readonly Float32Array[];
}

/** The snapshot as text and arrays. @throws AnygradError INVALID_ARGUMENT for what is no plain data */
export function packSnapshot(snapshot: Snapshot): PackedSnapshot {
  const arrays: Float32Array[] = [];
  const plain = (value: Snapshot | undefined): unknown => {
    if (value instanceof Float32Array) return `$array ${arrays.push(value) - 1}`;
    if (typeof value === "number")
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : `$${Object.is(value, -0) ? "-0" : value}`;
    if (typeof value === "string") return value.startsWith("$") ? `$${value}` : value;
    if (Array.isArray(value)) return value.map(plain);
    if (value === null || value === undefined || typeof value === "boolean") return value;
    if (typeof value === "object" && [Object.prototype, null].includes(Object.getPrototypeOf(value)))
      return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `save: a callback's state holds ${Object.prototype.toString.call(value)}; return plain data: numbers, texts, lists, objects and Float32Arrays`,
    );
  };
  return { json: JSON.stringify(plain(snapshot)), arrays };
}

/** The snapshot that `packSnapshot` was given. @throws AnygradError DATA_FORMAT for damaged text */
export function unpackSnapshot({ json, arrays }: PackedSnapshot): Snapshot {
  const whole = (value: unknown): Snapshot => {
    if (typeof value === "string" && value.startsWith("$")) return named(value);
    if (Array.isArray(value)) return value.map(whole);
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, whole(part)]));
    return value as null | boolean | number | string;
  };
  const named = (text: string): Snapshot => {
    if (text.startsWith("$$")) return text.slice(1);
    const [, place] = /^\$array (\d+)$/.exec(text) ?? [];
    const value = place === undefined ? numbers[text] : arrays[Number(place)];
    if (value === undefined) throw damaged(`holds "${text}"`);
    return value;
  };
  return whole(parseJson("load", "the saved run", json));
}

const numbers: Record<string, number> = {
  $NaN: Number.NaN,
  $Infinity: Number.POSITIVE_INFINITY,
  "$-Infinity": Number.NEGATIVE_INFINITY,
  "$-0": -0,
};

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

function damaged(what: string): AnygradError {
  return new AnygradError("DATA_FORMAT", `load: the saved state ${what}; save it again`);
}
