/**
 * From what `fit`, `evaluate` and `predict` are given to a data set that fits a model: `(x, y)` in any form, a set by hand whose
 * arrays are nested or of another realm, one example in place of many. Imported when something else than a data set comes.
 */
import { AnygradError, quote } from "../../errors.ts";
import { formatShape, sizeOf } from "../../math/shape.ts";
import { type Dataset, dataset, type Normalization } from "../dataset.ts";
import { checkFinite } from "./finite.ts";
import { isShaped, readNumbers } from "./numbers.ts";

/** What a model tells of itself. */
export interface Taker {
  /** Shape of an example. */
  readonly inputShape: readonly number[];
  readonly classNames: readonly string[] | undefined;
}

/** Examples as a model takes them. */
export interface GivenExamples {
  readonly values: Uint8Array | Float32Array;
  /** [n, …sample] */
  readonly shape: readonly number[];
  readonly normalization: Normalization | undefined;
}

/**
 * The data set of `(x, y)`, or of one that is not in the form that training needs.
 *
 * @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH, DATA_FORMAT
 */
export function givenDataset(subject: string, data: unknown, y: unknown, taker: Taker): Dataset {
  if (y === undefined && subject.includes(":") && isPair(data)) return givenDataset(subject, ...data, taker);
  if (!isRecord(data) || isShaped(data) || y !== undefined) {
    if (isRecord(data) && "y" in data) {
      const call = subject.split(":")[0];
      const option = { evaluate: "batchSize", fit: "epochs" }[call!] ?? "sampleWeight";
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${subject}: got a data set and also ${quote(y)}; pass ${call}(data, { ${option}: … }), or ${call}(x, y, options)`,
      );
    }
    if (y === undefined) throw notDataset(subject, data);
    return joined(subject, givenExamples(subject, data, taker.inputShape), y, taker.classNames);
  }
  const { x, y: targets, shape, ...about } = data as Partial<Dataset>;
  if (x === undefined || targets === undefined) throw notDataset(subject, data);
  if (about.classNames && taker.classNames) checkSameClasses(subject, about.classNames, taker);
  const examples = givenExamples(subject, shape ? { x, shape } : x, taker.inputShape);
  const known = about.classNames ?? taker.classNames;
  const { name: _, ...made } = joined(subject, examples, targets, known); // its name was for messages
  return { ...made, ...about };
}

/**
 * Refuses a set whose classes have other indices than the model's: each label would mean another class.
 *
 * @throws AnygradError INVALID_ARGUMENT
 */
export function checkSameClasses(
  subject: string,
  classNames: readonly string[],
  { classNames: known = [] }: Pick<Taker, "classNames">,
): void {
  const moved = classNames.find(
    (name, i) => name !== known[i] && (known.includes(name) || classNames.length < known.length),
  );
  if (moved === undefined) return;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: class ${classNames.indexOf(moved)} of the data is ${quote(moved)} but the model's classes are ${quote(known)}; pass the model's: dataset({ x, y, classNames: net.classNames })`,
  );
}

/**
 * The examples in a form that `predict` was given: numbers in any form, `{ x, shape }`, or a data set.
 *
 * @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH, DATA_FORMAT
 */
export function givenExamples(subject: string, given: unknown, inputShape: readonly number[]): GivenExamples {
  const { x, shape, normalization } =
    isRecord(given) && "x" in given ? (given as unknown as Dataset) : ({ x: given } as Partial<Dataset>);
  const { values: read, shape: nested } = readNumbers(x, `${subject}: x`);
  const values = read instanceof Int32Array ? Float32Array.from(read) : read;
  const whole = checkedShape(subject, values.length, shape ?? nested, inputShape);
  checkFinite(values, whole, `${subject}: x`);
  return { values, shape: whole, normalization };
}

function joined(
  subject: string,
  { values, shape, normalization }: GivenExamples,
  y: unknown,
  classNames: readonly string[] | undefined,
): Dataset {
  return dataset({
    x: values,
    y: y as Dataset["y"],
    shape,
    name: subject,
    ...(classNames && { classNames }),
    ...(normalization && { normalization }),
  });
}

/** [n, …sample] of examples in the model's shape, of rows of all their numbers, or of a single example. */
function checkedShape(
  subject: string,
  length: number,
  given: readonly number[] | undefined,
  inputShape: readonly number[],
): number[] {
  const shape = Array.from(given ?? [length]);
  const size = sizeOf(inputShape);
  if (given && sizeOf(shape) !== length)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: x has ${length} numbers but its shape ${formatShape(shape)} wants ${sizeOf(shape)}; correct the shape`,
    );
  if (shape[0] === 0)
    throw new AnygradError("SHAPE_MISMATCH", `${subject}: there are no examples; pass at least one`);
  if (length === 0 || (shape.length === 1 && length % size !== 0))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: got ${length} numbers but an example of ${formatShape(inputShape)} has ${size}; pass whole examples`,
    );
  if (shape.length === 1) return [length / size, ...inputShape];
  if (isSameShape(shape, inputShape)) return [1, ...inputShape];
  const sample = shape.slice(1);
  if (isSameShape(sample, inputShape)) return [shape[0]!, ...inputShape];
  if (sample.length === 1 && sample[0] === size) return shape;
  throw new AnygradError(
    "SHAPE_MISMATCH",
    `${subject}: an example has the shape ${formatShape(sample)} but the model takes ${formatShape(inputShape)}; pass examples of that shape`,
  );
}

/** Whether two shapes are one; a single channel may be left out. */
function isSameShape(a: readonly number[], b: readonly number[]): boolean {
  const channelled = (shape: readonly number[]): string =>
    `${shape.length === 3 && shape[2] === 1 ? shape.slice(0, 2) : shape}`;
  return channelled(a) === channelled(b);
}

function isRecord(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === "object" && given !== null && !Array.isArray(given) && !ArrayBuffer.isView(given);
}

function notDataset(subject: string, data: unknown): AnygradError {
  const pair = isRecord(data) && "train" in data;
  const advice = pair
    ? "pass one, such as data.train"
    : "pass one, x and y, or build it with dataset({ x, y })";
  return new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: got ${quote(data)} where a data set { x, shape, y } is wanted; ${advice}`,
  );
}

/** Whether it is x and y in a list, as Keras and tfjs give validation data. */
function isPair(data: unknown): data is readonly [unknown, unknown] {
  return Array.isArray(data) && data.length === 2;
}
