/** Snapshots in files: as JSON beside arrays. Imported by what saves and loads. */
import { AnygradError } from "../errors.ts";
import { parseJson } from "./json.ts";
import { damaged, isPlain, type Snapshot } from "./snapshot.ts";

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
    if (isPlain(value))
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
