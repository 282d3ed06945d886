/** Weights of classes as users have them: by class index or name, in an object, a Map or a list. */

import { AnygradError, quote } from "../../errors.ts";
import { didYouMean } from "../../math/oneOf.ts";

/** A factor for each class: `{ 0: 1, 1: 5 }`, `{ cat: 2 }`, a Map of these, or a list in the order of the classes. */
export type ClassWeight =
  | Readonly<Record<string | number, number>>
  | ReadonlyMap<string | number, number>
  | ArrayLike<number>;

/**
 * The weights by class index.
 *
 * @param classes how many there are
 * @throws AnygradError INVALID_ARGUMENT for a class that does not exist
 */
export function weightsByIndex(
  subject: string,
  given: ClassWeight,
  classNames: readonly string[] | undefined,
  classes: number,
): Record<number, number> {
  if (Object(given) !== given || typeof given === "function")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: classWeight is ${quote(given)}; pass a factor for each class, such as { 0: 1, 1: 5 }`,
    );
  const known = classNames && classNames.length <= classes ? ` (${quote(classNames)})` : "";
  const weights: Record<number, number> = {};
  for (const [key, weight] of entriesOf(given)) {
    const named = typeof key === "string" ? (classNames?.indexOf(key) ?? -1) : -1;
    const index = named >= 0 ? named : isIndex(key) ? Number(key) : -1;
    if (!(index >= 0 && index < classes))
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${subject}: classWeight: there is no class ${quote(key)}; ${didYouMean(String(key), classNames ?? [])}the classes are 0 to ${classes - 1}${known}`,
      );
    if (index in weights)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${subject}: classWeight: class ${quote(key)} has two weights; pass one`,
      );
    weights[index] = weight;
  }
  return weights;
}

function entriesOf(given: ClassWeight): Iterable<readonly [unknown, number]> {
  if (Object.prototype.toString.call(given) === "[object Map]") return given as ReadonlyMap<unknown, number>;
  if (Array.isArray(given) || ArrayBuffer.isView(given))
    return Array.from(given as ArrayLike<number>).entries();
  return Object.entries(given as Record<string, number>);
}

function isIndex(key: unknown): boolean {
  return typeof key === "number" ? Number.isInteger(key) : /^\d+$/.test(String(key));
}
