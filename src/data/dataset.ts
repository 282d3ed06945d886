/**
 * What a set of examples is, and the one way to make it from arrays: `dataset({ x, y })`.
 *
 * A dataset is plain data, so anything may build one by hand; this builder is the place where shapes, counts, labels
 * and non-finite values are checked, before training turns them into puzzling losses.
 * Pixels stay Uint8 in JavaScript: a quarter of the memory, and each batch is scaled in WebAssembly.
 */
import { AnygradError } from "../errors.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape, sizeOf } from "../math/shape.ts";
import type { Preparation } from "./preparation.ts";

/** Turns stored values into the network's: x' = x · scale + shift, one pair for the whole set. */
export interface Normalization {
  /** The factor; 1 / 255 brings bytes to 0 … 1. */
  readonly scale: number;
  /** What is added after the multiplication. */
  readonly shift: number;
}

/** Examples and their targets, as plain data. */
export interface Dataset {
  /** Examples, row-major `[n, ...sample]`. */
  readonly x: Uint8Array | Float32Array;
  /** Shape of x: `[n, height, width, channels]` or `[n, features]`. */
  readonly shape: readonly number[];
  /** Class indices `[n]`, or `[n * h * w]` for a class a pixel; or dense targets `[n * k]` (Float32Array). Row-major. */
  readonly y: Uint8Array | Int32Array | Float32Array;
  /** One name a class. */
  readonly classNames?: readonly string[];
  /** The set's name, for messages and reports. */
  readonly name?: string;
  /** How Uint8 values become floats, per batch; absent: taken as they are. Float32 x is always used as it is. */
  readonly normalization?: Normalization;
  /** What was made of pictures or rows of a table to get x and y; a trained model keeps it. */
  readonly preparation?: Preparation;
}

/** A training set and the test set that belongs to it. */
export interface TrainTest {
  /** What the model learns from. */
  readonly train: Dataset;
  /** What the trained model is evaluated on. It must not be trained on. */
  readonly test: Dataset;
}

/** Numbers in lists of lists, as deep as the shape has axes; all lists of one depth have one length. */
export type NestedNumbers = readonly number[] | readonly NestedNumbers[];

/** Options of {@link dataset}. */
export interface DatasetOptions {
  /** Examples: nested arrays `[n][…]`, or a typed array with `shape`. */
  readonly x: NestedNumbers | Uint8Array | Float32Array;
  /**
   * Class indices (whole numbers, one an example, or nested `[n][h][w]`, one a pixel), or dense targets: rows `[n][k]`, numbers
   * with fractions, or a Float32Array of n · k. Whole numbers meant as regression targets must come as a Float32Array.
   */
  readonly y: NestedNumbers | Uint8Array | Int32Array | Float32Array;
  /** Shape of x, `[n, features]` or `[n, height, width, channels]`; needed for a typed x, else taken from the nesting. */
  readonly shape?: readonly number[];
  /** One name a class; labels are checked against their number. Default: none. */
  readonly classNames?: readonly string[];
  /** The set's name, which errors begin with. Default: none, and "dataset" in errors. */
  readonly name?: string;
  /** How a Uint8 x becomes floats; for a Float32 x it has no effect. Default: values are taken as they are. */
  readonly normalization?: Normalization;
  /** What was made of pictures or rows of a table to get x and y. Default: nothing. */
  readonly preparation?: Preparation;
}

/**
 * Builds a checked dataset. Typed arrays are used as they are, not copied; nested arrays become Float32.
 *
 * @example
 * ```js
 * import { dataset } from "anygrad";
 *
 * const xor = dataset({ x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [0, 1, 1, 0] });
 * console.log(xor.shape, xor.y); // [4, 2] Int32Array(4) [0, 1, 1, 0]
 * ```
 * @throws AnygradError SHAPE_MISMATCH where counts or shapes do not fit; DATA_FORMAT for NaN, infinities and labels out
 *   of range; INVALID_ARGUMENT for an x of another type
 */
export function dataset(given: DatasetOptions): Dataset {
  const options = strictOptions(
    "dataset",
    given,
    "x:object y:object shape:object classNames:object name:string normalization:object preparation:object",
  );
  const subject = options.name ?? "dataset";
  const x = isTyped(options.x) ? options.x : flatten(options.x, subject, "x");
  if (!(x instanceof Uint8Array || x instanceof Float32Array)) {
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: x is neither nested arrays nor a Uint8Array or Float32Array; convert it, as Float32Array.from(x)`,
    );
  }
  const shape = options.shape ?? (isTyped(options.x) ? [x.length] : nestedShape(options.x));
  const values = sizeOf(shape);
  if (shape.length < 2 || !shape.every((size) => Number.isInteger(size) && size > 0) || values !== x.length) {
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: x has ${x.length} values, which do not fill the shape ${formatShape(shape)}; ` +
        "pass shape: [n, features] or [n, height, width, channels]",
    );
  }
  checkFinite(x, subject, "x");
  const y = targets(options.y, subject, options.classNames?.length);
  const n = shape[0]!;
  // a list of labels that is too long is a mistake; a label a pixel comes nested or as a typed array
  const isLabels = y instanceof Int32Array && Array.isArray(options.y);
  const matches = isLabels ? y.length === n : y.length > 0 && y.length % n === 0;
  if (!matches) {
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: x has ${n} examples but y has ${y.length} values; each example needs one label or one row of targets`,
    );
  }
  const { classNames, name, normalization, preparation } = options;
  return {
    x,
    shape,
    y,
    ...(classNames && { classNames }),
    ...(name !== undefined && { name }),
    ...(normalization && { normalization }),
    ...(preparation && { preparation }),
  };
}

/** The number of examples. */
export function exampleCount(set: Dataset): number {
  return set.shape[0] ?? 0;
}

/**
 * Class indices as one-hot rows, zeros with a single one: `[n]` gives `[n * classes]`, row-major. The op on tensors is
 * `ops.oneHot`.
 *
 * @param labels class indices from 0 to classes − 1
 * @param classes length of a row
 * @example
 * ```js
 * import { oneHot } from "anygrad";
 *
 * console.log(oneHot([2, 0], 3)); // Float32Array(6) [0, 0, 1, 1, 0, 0]
 * ```
 * @throws AnygradError DATA_FORMAT for a label that is not one of 0 … classes - 1
 */
export function oneHot(labels: ArrayLike<number>, classes: number): Float32Array {
  const rows = new Float32Array(labels.length * classes);
  checkLabels(labels, classes, "oneHot");
  for (let i = 0; i < labels.length; i++) rows[i * classes + labels[i]!] = 1;
  return rows;
}

/** Requires class indices from 0 to classes − 1. @throws AnygradError DATA_FORMAT, naming the first that is none */
export function checkLabels(labels: ArrayLike<number>, classes: number, subject: string): void {
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (Number.isInteger(label) && label >= 0 && label < classes) continue;
    throw new AnygradError(
      "DATA_FORMAT",
      `${subject}: label ${i} is ${label} but there are ${classes} classes; labels go from 0 to ${classes - 1}`,
    );
  }
}

function targets(y: DatasetOptions["y"], subject: string, classes: number | undefined): Dataset["y"] {
  if (y instanceof Float32Array) {
    checkFinite(y, subject, "y");
    return y;
  }
  if (isTyped(y)) {
    checkLabels(y, classes ?? 2 ** 31, subject);
    return y;
  }
  const dense = flatten(y, subject, "y");
  checkFinite(dense, subject, "y");
  if (Array.isArray(y[0]) || !dense.every(Number.isInteger)) return dense;
  checkLabels(dense, classes ?? 2 ** 31, subject);
  return Int32Array.from(dense);
}

function isTyped<T extends ArrayBufferView>(values: T | NestedNumbers): values is T {
  return ArrayBuffer.isView(values);
}

function nestedShape(values: NestedNumbers): number[] {
  const shape: number[] = [];
  for (let level: unknown = values; Array.isArray(level); level = level[0]) shape.push(level.length);
  return shape.length === 1 ? [...shape, 1] : shape;
}

// Nested lists as one Float32Array, row-major; all lists of one depth must have one length.
function flatten(values: NestedNumbers, subject: string, what: string): Float32Array {
  const shape: number[] = [];
  for (let level: unknown = values; Array.isArray(level); level = level[0]) shape.push(level.length);
  const flat = new Float32Array(sizeOf(shape));
  let at = 0;
  const walk = (level: unknown, depth: number): void => {
    const wanted = shape[depth];
    if (wanted === undefined ? typeof level !== "number" : !Array.isArray(level) || level.length !== wanted) {
      const got = Array.isArray(level) ? `a list of ${level.length}` : typeof level;
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `${subject}: ${what} is ragged: value ${at} is in ${got} where the first row has ` +
          `${wanted === undefined ? "a number" : `a list of ${wanted}`}; make all rows alike`,
      );
    }
    if (Array.isArray(level)) for (const item of level) walk(item, depth + 1);
    else flat[at++] = Number(level);
  };
  walk(values, 0);
  return flat;
}

function checkFinite(values: Uint8Array | Float32Array, subject: string, what: string): void {
  if (values instanceof Uint8Array) return;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw new AnygradError(
      "DATA_FORMAT",
      `${subject}: value ${i} of ${what} is ${values[i]}; clean or drop what is not a finite number`,
    );
  }
}
