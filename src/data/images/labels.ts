/** From the names or numbers of classes to class indices. */

import { AnygradError } from "../../errors.ts";
import { didYouMean } from "../../math/oneOf.ts";
import { checkLabels } from "../given/labels.ts";

/** Class indices, and the names that they stand for. */
export interface Labelled {
  readonly y: Int32Array;
  readonly classNames: readonly string[];
}

/**
 * @param labels names, or numbers from 0
 * @param given the class names in their order. Default: the names among the labels in the order of `sortNames`, or the numbers
 * @throws AnygradError DATA_FORMAT for a label that is none of them
 */
export function labelled(
  subject: string,
  labels: readonly string[] | ArrayLike<number>,
  given?: readonly string[],
): Labelled {
  const list: readonly (string | number)[] = Array.from<string | number>(labels);
  if (list.every((label) => typeof label === "number")) {
    const numbers = list as readonly number[];
    const classes = given?.length ?? 1 + numbers.reduce((most, label) => Math.max(most, label), 0);
    checkLabels(numbers, classes, subject);
    return {
      y: Int32Array.from(numbers),
      classNames: given ?? Array.from({ length: classes }, (_, classId) => String(classId)),
    };
  }
  const names = list.map(String);
  const classNames = given ?? sortNames([...new Set(names)]);
  const indices = new Map(classNames.map((name, classId) => [name, classId]));
  const unknown = names.find((name) => !indices.has(name));
  if (unknown !== undefined)
    throw new AnygradError(
      "DATA_FORMAT",
      `${subject}: the label "${unknown.slice(0, 60)}" is unknown; ${didYouMean(unknown, classNames)}there are ${classNames.length} classes ${classNames.join(", ").slice(0, 200)}`,
    );
  return { y: Int32Array.from(names, (name) => indices.get(name)!), classNames };
}

/** Sorted alike everywhere, by code units; numbers by their value, so that "10" stands after "9". */
export function sortNames(names: readonly string[]): string[] {
  const areNumbers = names.every((name) => /^\d{1,15}$/.test(name));
  return areNumbers ? names.toSorted((a, b) => Number(a) - Number(b)) : names.toSorted();
}
