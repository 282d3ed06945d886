/**
 * What a set of examples is, and the one way to make it from arrays: `dataset({ x, y })`.
 *
 * A dataset is plain data, so anything may build one by hand; this builder is the place where shapes, counts, labels
 * and non-finite values are checked, before training turns them into puzzling losses.
 * Pixels stay Uint8 in JavaScript: a quarter of the memory, and each batch is scaled in WebAssembly.
 */
import { AnygradError, quote } from "../errors.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape, sizeOf } from "../math/shape.ts";
import { checkFinite } from "./given/finite.ts";
import { checkLabels } from "./given/labels.ts";
import { isNamedData } from "./given/namedData.ts";
import { type NestedValues, type NumberArray, readNumbers, type ShapedNumbers } from "./given/numbers.ts";
import { joinNamed, type Part } from "./given/parts.ts";
import { readTargets, type TargetData } from "./given/targets.ts";
import type { Preparation } from "./preparation.ts";
import { printable } from "./printable.ts";

export type { Part } from "./given/parts.ts";
export { exampleCount } from "./printable.ts";

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
  /** Where x, or y, was given by names: what stands in a row of it, in this order. */
  readonly parts?: {
    /** The inputs. */
    readonly x?: readonly Part[];
    /** The targets. */
    readonly y?: readonly Part[];
  };
  /** How bytes among several inputs became floats, by their names. @internal */
  readonly normalizations?: Readonly<Record<string, Normalization>> | undefined;
}

/** A training set and the test set that belongs to it. */
export interface TrainTest {
  /** What the model learns from. */
  readonly train: Dataset;
  /** What the trained model is evaluated on. It must not be trained on. */
  readonly test: Dataset;
}

/** Examples: nested arrays `[n][…]`, typed arrays, tensors and other `{ shape, data }`. */
export type ExampleData = NestedValues | NumberArray | ShapedNumbers;

/** Examples, or targets, of several inputs or outputs by their names. */
export type NamedExamples = Readonly<Record<string, ExampleData>>;

/** Options of {@link dataset}. */
export interface DatasetOptions {
  /**
   * Examples: nested arrays `[n][…]`, or a typed array with `shape`. For a network of several inputs a record of such arrays by
   * their names; a typed array among them has one row an example.
   */
  readonly x: ExampleData | NamedExamples;
  /**
   * Class indices (whole numbers, one an example, or nested `[n][h][w]`, one a pixel), truth values, or names of classes; or
   * numbers, and rows of them, `[n][k]` or a typed array of n · k. Names become indices by `classNames`; where there are none, these
   * are the sorted names. For a network of several outputs a record of numbers, or class indices, by their names.
   */
  readonly y: TargetData | NamedExamples;
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
 * Builds a checked dataset. Uint8Array and Float32Array are used as they are, not copied; other typed arrays and nested
 * arrays become Float32, lists of bytes (`[Uint8Array, …]`) Uint8.
 *
 * @example
 * ```js
 * import { dataset } from "anygrad";
 *
 * const xor = dataset({ x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [0, 1, 1, 0] });
 * console.log(xor.shape, xor.y); // [4, 2] Int32Array(4) [0, 1, 1, 0]
 * console.log(xor); // Dataset: 4 examples of [2] (Float32Array), y: 4 of Int32Array
 * const pets = dataset({ x: [[4], [9], [5]], y: ["cat", "dog", "cat"] });
 * console.log(pets.y, pets.classNames); // Int32Array(3) [0, 1, 0] ['cat', 'dog']
 * ```
 * @throws AnygradError SHAPE_MISMATCH where counts or shapes do not fit; DATA_FORMAT for NaN, infinities, missing values,
 *   texts and labels out of range; INVALID_ARGUMENT for what holds no numbers
 */
export function dataset(given: DatasetOptions): Dataset {
  const options = strictOptions(
    "dataset",
    given,
    "x y shape:object classNames:object name:string normalization:object preparation:object",
  );
  const subject = options.name ?? "dataset";
  if (isNamedData(options.x) || isNamedData(options.y)) return namedDataset(subject, options);
  const { values, shape: found } = readNumbers(options.x, `${subject}: x`);
  const x = values instanceof Int32Array ? Float32Array.from(values) : values;
  const nested = found?.length === 1 ? [...found, 1] : found;
  const shape = Array.from(options.shape ?? nested ?? [x.length]);
  const fills = shape.every((size) => Number.isInteger(size) && size > 0) && sizeOf(shape) === x.length;
  if (shape.length < 2 || !fills || (found?.length === shape.length && String(found) !== String(shape))) {
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: x has ${x.length} values${found ? ` in the shape ${formatShape(found)}` : ""}, which do not fill the shape ${formatShape(shape)}; ` +
        "pass shape: [n, features] or [n, height, width, channels]",
    );
  }
  checkFinite(x, shape, `${subject}: x`);
  checkClassNames(options.classNames, subject);
  const { values: y, classNames } = readTargets(options.y, shape[0]!, `${subject}: y`, options.classNames);
  const { name, normalization, preparation } = options;
  return printable({
    x,
    shape,
    y,
    ...(classNames && { classNames }),
    ...(name !== undefined && { name }),
    ...(normalization && { normalization }),
    ...(preparation && { preparation }),
  });
}

/** A data set whose examples, targets or both are given by names: they stand side by side in its rows. */
function namedDataset(subject: string, { x, y, ...about }: DatasetOptions): Dataset {
  const inputs = isNamedData(x) ? joinNamed(subject, "x", x) : undefined;
  const { rows, shape } = inputs
    ? { rows: inputs.rows, shape: [inputs.n, inputs.rows.length / inputs.n] }
    : { rows: x as ExampleData, shape: about.shape };
  const n = inputs?.n ?? about.shape?.[0] ?? readNumbers(x, `${subject}: x`).shape?.[0];
  const targets = isNamedData(y) ? joinNamed(subject, "y", y, n) : undefined;
  const made = dataset({ ...about, x: rows, y: targets?.rows ?? (y as TargetData), ...(shape && { shape }) });
  const parts = { ...(inputs && { x: inputs.parts }), ...(targets && { y: targets.parts }) };
  return printable({ ...made, parts });
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
  if (typeof Object(labels).length !== "number" || !(classes > 0))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `oneHot: got ${quote(labels)} and ${quote(classes)}; pass labels and the number of classes, as oneHot([0, 2], 3)`,
    );
  const rows = new Float32Array(labels.length * classes);
  checkLabels(labels, classes, "oneHot");
  for (let i = 0; i < labels.length; i++) rows[i * classes + labels[i]!] = 1;
  return rows;
}

function checkClassNames(names: unknown, subject: string): void {
  if (names === undefined || (Array.isArray(names) && names.every((name) => typeof name === "string")))
    return;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: classNames is ${quote(names)}; pass a list of texts, one a class`,
  );
}
