/**
 * Numbers as users have them: nested arrays, typed arrays of any kind and realm (a test's sandbox, an iframe and node:vm have
 * classes of their own, so `instanceof` says nothing), tensors and other `{ shape, data }`. What cannot be understood is
 * refused in words about the value and its place.
 */
import { AnygradError, quote } from "../../errors.ts";
import { sizeOf } from "../../math/shape.ts";
import { placeOf } from "./finite.ts";

/** Numbers and truth values in lists of lists, as deep as the shape has axes; a list of numbers may be a typed array. */
export type NestedValues =
  | readonly (number | boolean)[]
  | readonly NumberArray[]
  | readonly NestedValues[]
  | readonly (readonly NestedValues[])[];

/** The typed arrays that are understood: Uint8Clamped as Uint8, all others but Float32 and Int32 are converted. */
export type NumberArray =
  | Uint8Array
  | Uint8ClampedArray
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** A tensor, what `predict` or `readIdx` gave, or another array that knows its shape. */
export interface ShapedNumbers {
  /** The size of each axis, outermost first. */
  readonly shape: ArrayLike<number>;
  /** As many numbers, row-major. */
  readonly data: NumberArray;
}

/** Numbers in one of the types that data sets hold, and how they were nested. */
export interface ReadNumbers {
  readonly values: Uint8Array | Int32Array | Float32Array;
  /** Undefined for a typed array, which has none. */
  readonly shape: readonly number[] | undefined;
}

/**
 * Reads numbers. Uint8Array, Int32Array and Float32Array are used as they are, not copied; nested arrays become Float32, or
 * Uint8 where all rows are bytes.
 *
 * @param name what errors call them, such as "fit: x"
 * @throws AnygradError INVALID_ARGUMENT for what holds no numbers; DATA_FORMAT for a value that is no number, by its place;
 *   SHAPE_MISMATCH for rows of different lengths
 */
export function readNumbers(given: unknown, name: string): ReadNumbers {
  if (isView(given)) return { values: ofThisRealm(given, name), shape: undefined };
  if (Array.isArray(given)) return flatten(given, name);
  if (isShaped(given)) {
    const { values, shape } = readNumbers(given.data, name);
    return { values, shape: shape ?? Array.from(given.shape) };
  }
  throw new AnygradError("INVALID_ARGUMENT", `${name} is ${quote(given)}; ${adviceFor(given)}`);
}

/** Whether it is a tensor or another `{ shape, data }`. */
export function isShaped(given: unknown): given is ShapedNumbers {
  return Object(given) === given && "shape" in (given as object) && "data" in (given as object);
}

/** Told by its tag, which a view of any realm has. */
function tagOf(given: unknown): string {
  return Object.prototype.toString.call(given).slice(8, -1);
}

function isView(given: unknown): given is ArrayBufferView {
  return ArrayBuffer.isView(given) || /^(Shared)?ArrayBuffer$/.test(tagOf(given));
}

function ofThisRealm(given: ArrayBufferView, name: string): ReadNumbers["values"] {
  const { buffer, byteOffset, length } = given as Uint8Array;
  const tag = tagOf(given);
  switch (tag) {
    case "Uint8Array":
    case "Uint8ClampedArray":
      // also for Node's Buffer, whose slices are no copies
      return given.constructor === Uint8Array ? given : new Uint8Array(buffer, byteOffset, length);
    case "Float32Array":
      return given instanceof Float32Array ? given : new Float32Array(buffer, byteOffset, length);
    case "Int32Array":
      return given instanceof Int32Array ? given : new Int32Array(buffer, byteOffset, length);
    case "Int8Array":
    case "Int16Array":
    case "Uint16Array":
      return Int32Array.from(given as Int16Array);
    case "Uint32Array":
    case "Float16Array":
    case "Float64Array":
      return Float32Array.from(given as Float64Array);
    default:
      throw new AnygradError("INVALID_ARGUMENT", `${name} is ${quote(given)}; ${adviceFor(given)}`);
  }
}

/** What to do with a value that holds no numbers. */
function adviceFor(given: unknown): string {
  const tag = tagOf(given);
  if (tag.startsWith("Big"))
    return "numbers of at most 53 bits are wanted: Float32Array.from(values, Number)";
  if (tag === "DataView" || tag.endsWith("ArrayBuffer"))
    return "say what numbers are in it, as new Uint8Array(buffer) or new Float32Array(buffer)";
  return "pass nested arrays, a typed array, or { shape, data }";
}

// Nested lists as one array, row-major; all lists of one depth must have one length.
function flatten(list: readonly unknown[], name: string): ReadNumbers {
  const shape: number[] = [];
  for (let level: unknown = list; isList(level); level = level[0]) shape.push(level.length);
  const flat = new Float32Array(sizeOf(shape));
  let at = 0;
  let bytes = true;
  const bare = bareName(name);
  const walk = (level: unknown, depth: number): void => {
    const wanted = shape[depth];
    if (isList(level) && level.length !== wanted) {
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `${name} is ragged: ${bare}${placeOf(at, shape, depth)} is a list of ${level.length} where the first row has ` +
          `${wanted === undefined ? "a number" : `a list of ${wanted}`}; make all rows alike`,
      );
    }
    if (!isList(level)) {
      bytes = false;
      if (wanted !== undefined || (typeof level !== "number" && typeof level !== "boolean"))
        throw noNumber(level, wanted, name, placeOf(at, shape, depth));
      flat[at++] = Number(level);
    } else if (ArrayBuffer.isView(level)) {
      const row = ofThisRealm(level, name);
      if (!(row instanceof Uint8Array)) bytes = false;
      flat.set(row, at);
      at += row.length;
    } else for (let i = 0; i < level.length; i++) walk(level[i], depth + 1); // by index: holes, too
  };
  walk(list, 0);
  return { values: bytes && flat.length > 0 ? Uint8Array.from(flat) : flat, shape };
}

/** "x" of "fit: x". */
const bareName = (name: string): string => name.slice(name.lastIndexOf(" ") + 1);

function isList(level: unknown): level is ArrayLike<unknown> {
  return Array.isArray(level) || (ArrayBuffer.isView(level) && "length" in level);
}

/** @param wanted length of the list that would be in its place; undefined: a number would be */
function noNumber(value: unknown, wanted: number | undefined, name: string, place: string): AnygradError {
  if (wanted !== undefined && typeof value === "number")
    return new AnygradError(
      "SHAPE_MISMATCH",
      `${name} is ragged: ${bareName(name)}${place} is a number where the first row has a list of ${wanted}; make all rows alike`,
    );
  const isText = typeof value === "string";
  const advice =
    value === undefined || value === null
      ? "a value is missing: fill it in, or leave the row out"
      : typeof value === "bigint" || (isText && value.trim() !== "" && Number.isFinite(Number(value)))
        ? `convert it to a number: Number(${isText ? "text" : "value"})`
        : "numbers are wanted";
  return new AnygradError(
    "DATA_FORMAT",
    `${name}${place} is ${isText ? "the text " : ""}${quote(value)}; ${advice}`,
  );
}
