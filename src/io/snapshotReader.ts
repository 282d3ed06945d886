/**
 * The state that a file holds, read part by part. Apart from snapshot.ts, since a page that loads nothing needs none of it.
 */
import { isWithin } from "../math/checks.ts";
import { damaged, type Snapshot, type SnapshotRecord } from "./snapshot.ts";

/**
 * Reads the parts of a snapshot by name and checks each, since a file may be damaged or of another version. Every method
 * throws AnygradError DATA_FORMAT for a part that is missing or of another kind.
 */
export class SnapshotReader {
  readonly #subject: string;
  readonly #parts: SnapshotRecord;

  /** @param subject whose state it is, which errors name @throws AnygradError DATA_FORMAT where the snapshot is no object */
  constructor(subject: string, snapshot: Snapshot | undefined) {
    this.#subject = subject;
    this.#parts = checkRecord(subject, snapshot);
  }

  /** Whether there is a part of this name, and it is not null. */
  has(name: string): boolean {
    return partOf(this.#parts, name) !== null;
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
    return new SnapshotReader(`${this.#subject}, ${name},`, partOf(this.#parts, name));
  }

  /** The names of its parts. */
  names(): string[] {
    return Object.keys(this.#parts);
  }

  #read<T extends Snapshot>(name: string, wanted: string, allows: (value: Snapshot) => boolean): T {
    return readPart(this.#subject, this.#parts, name, wanted, allows);
  }
}

/**
 * A part of a snapshot that is read from a file, which may be damaged or of another version.
 *
 * @param subject whose state it is, which errors name
 * @param wanted what the part is, in words
 * @throws AnygradError DATA_FORMAT where the snapshot is no object, or the part is missing or of another kind
 */
function readPart<T extends Snapshot>(
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
function partOf(snapshot: SnapshotRecord, name: string): Snapshot {
  return Object.hasOwn(snapshot, name) ? (snapshot[name] ?? null) : null;
}

/** @throws AnygradError DATA_FORMAT where the snapshot is no object */
function checkRecord(subject: string, snapshot: Snapshot | undefined): SnapshotRecord {
  if (isRecord(snapshot)) return snapshot;
  throw damaged(`of ${subject} is missing`);
}

/** Whether it is an object with names. */
function isRecord(value: Snapshot | undefined): value is SnapshotRecord {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Float32Array)
  );
}
