/** Targets as users have them: class indices, truth values, names of classes, numbers and rows of numbers. */
import { AnygradError, quote } from "../../errors.ts";
import { checkFinite } from "./finite.ts";
import { checkLabels } from "./labels.ts";
import { type NestedValues, type NumberArray, readNumbers, type ShapedNumbers } from "./numbers.ts";

/** Class indices, names of classes, truth values, or numbers and rows of numbers to come near. */
export type TargetData = NestedValues | readonly string[] | NumberArray | ShapedNumbers;

/** Targets as a data set holds them. */
export interface ReadTargets {
  readonly values: Uint8Array | Int32Array | Float32Array;
  /** One name a class, where the targets were names or the classes had names before. */
  readonly classNames: readonly string[] | undefined;
}

/**
 * Reads targets. Names of classes become class indices by `classNames`, or, where there are none, by the sorted names.
 *
 * @param n number of examples
 * @param name what errors call them, such as "fit: y"
 * @throws AnygradError as `readNumbers`; DATA_FORMAT for a name or a label that is none of the classes
 */
export function readTargets(
  given: unknown,
  n: number,
  name: string,
  classNames: readonly string[] | undefined,
): ReadTargets {
  if (Array.isArray(given) && given.some((value) => typeof value === "string"))
    return indicesOf(given, name, classNames);
  const { values, shape = [n, values.length / n] } = readNumbers(given, name);
  const isFlatList = Array.isArray(given) && shape.length === 1;
  const wholes = isFlatList && values.every((value) => value === (value | 0));
  const read = wholes ? Int32Array.from(values) : values;
  // a list of labels that is too long is a mistake; flat rows come as a typed array
  const isLabels = !(read instanceof Float32Array) && (wholes || read.length === n);
  const fits = isLabels ? read.length === n : read.length > 0 && read.length % n === 0;
  if (!fits)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${name.replace(/y$/, "x")} has ${n} examples but y has ${read.length} values; each example needs one label or one row of targets`,
    );
  checkFinite(read, read.length === n ? [n] : shape, name);
  if (isLabels && classNames) checkLabels(read, classNames.length, name.replace(/: y$/, ""));
  return { values: read, classNames };
}

function indicesOf(
  labels: readonly unknown[],
  name: string,
  given: readonly string[] | undefined,
): ReadTargets {
  for (let i = 0; i < labels.length; i++)
    if (typeof labels[i] !== "string")
      throw new AnygradError(
        "DATA_FORMAT",
        `${name}[${i}] is ${quote(labels[i])} among names of classes; pass names alone, or class indices alone`,
      );
  const texts = labels as readonly string[];
  if (!given && texts.every((text) => text.trim() !== "" && Number.isFinite(Number(text))))
    throw new AnygradError(
      "DATA_FORMAT",
      `${name}[0] is the text ${quote(texts[0])}; convert texts to numbers, as y.map(Number), or pass classNames where they are names of classes`,
    );
  const classNames = given ?? [...new Set(texts)].sort();
  const indices = new Map(classNames.map((className, i) => [className, i]));
  const values = Int32Array.from(texts, (text, i) => {
    const index = indices.get(text);
    if (index !== undefined) return index;
    throw new AnygradError(
      "DATA_FORMAT",
      `${name}[${i}] is ${quote(text)} but the classes are ${quote(classNames)}; correct it, or pass the classNames`,
    );
  });
  return { values, classNames };
}
