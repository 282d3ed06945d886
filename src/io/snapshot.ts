/**
 * What state is saved as, such as that of callbacks: plain data that may hold any number and Float32Arrays. JSON alone would
 * lose NaN, infinities and the sign of zero, and write large arrays as text. So these are represented by texts that begin
 * with "$", and the arrays are stored beside the JSON. When not: for what other tools read, there are safetensors files.
 */
import { AnygradError } from "../errors.ts";
import { isWithin } from "../math/checks.ts";

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
  try {
    return whole(JSON.parse(json));
  } catch (error) {
    if (error instanceof AnygradError) throw error;
    throw damaged("is no JSON");
  }
}

const numbers: Record<string, number> = {
  $NaN: Number.NaN,
  $Infinity: Number.POSITIVE_INFINITY,
  "$-Infinity": Number.NEGATIVE_INFINITY,
  "$-0": -0,
};

/**
 * Reads the parts of a snapshot by name and checks each, since a file may be damaged or of another version. Every method
 * throws AnygradError DATA_FORMAT for a part that is missing or of another kind.
 */
export class SnapshotReader {
  readonly #subject: string;
  readonly #parts: ReadonlyMap<string, Snapshot>;

  /** @param subject whose state it is, which errors name @throws AnygradError DATA_FORMAT where the snapshot is no object */
  constructor(subject: string, snapshot: Snapshot | undefined) {
    this.#subject = subject;
    if (!isRecord(snapshot)) throw damaged(`of ${subject} is missing`);
    this.#parts = new Map(Object.entries(snapshot));
  }

  /** Whether there is a part of this name, and it is not null. */
  has(name: string): boolean {
    return (this.#parts.get(name) ?? null) !== null;
  }

  /** A number, which may be NaN or infinite. */
  number(name: string): number {
    return this.#read(name, "a number", (value) => typeof value === "number");
  }

  /** A whole number from 0. */
  count(name: string): number {
    return this.#read(name, "a whole number from 0", (value) => isWithin(value, { whole: true, from: 0 }));
  }

  /** true or false. */
  flag(name: string): boolean {
    return this.#read(name, "true or false", (value) => typeof value === "boolean");
  }

  /** A text. */
  text(name: string): string {
    return this.#read(name, "a text", (value) => typeof value === "string");
  }

  /** A list of snapshots. */
  list(name: string): readonly Snapshot[] {
    return this.#read(name, "a list", Array.isArray);
  }

  /** A list of numbers. */
  numbers(name: string): readonly number[] {
    const isNumbers = (value: Snapshot): boolean =>
      Array.isArray(value) && value.every((part) => typeof part === "number");
    return this.#read(name, "a list of numbers", isNumbers);
  }

  /** A Float32Array. */
  floats(name: string): Float32Array {
    return this.#read(name, "an array of float32", (value) => value instanceof Float32Array);
  }

  /** An object whose values are numbers. */
  record(name: string): Readonly<Record<string, number>> {
    const isNumbers = (value: Snapshot): boolean =>
      isRecord(value) && Object.values(value).every((part) => typeof part === "number");
    return this.#read(name, "numbers by name", isNumbers);
  }

  /** A reader of a snapshot within the snapshot. */
  part(name: string): SnapshotReader {
    return new SnapshotReader(`${this.#subject}, ${name},`, this.#parts.get(name));
  }

  /** The names of its parts. */
  names(): string[] {
    return [...this.#parts.keys()];
  }

  #read<T extends Snapshot>(name: string, wanted: string, allows: (value: Snapshot) => boolean): T {
    const value = this.#parts.get(name) ?? null;
    if (!allows(value)) throw damaged(`of ${this.#subject} holds no ${name} that is ${wanted}`);
    return value as T;
  }
}

function isRecord(value: Snapshot | undefined): value is { readonly [name: string]: Snapshot } {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Float32Array)
  );
}

function damaged(what: string): AnygradError {
  return new AnygradError("DATA_FORMAT", `load: the saved state ${what}; save it again`);
}
