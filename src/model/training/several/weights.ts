/** Factors on the losses of several outputs, from what users give by the outputs' names. */
import type { Dataset, Part } from "../../../data/dataset.ts";
import type { ClassWeight } from "../../../data/given/classWeight.ts";
import { exampleWeights } from "../../../data/given/exampleWeights.ts";
import { type Columns, columnsOf, joinColumns, numberAt } from "../../../data/given/parts.ts";
import { AnygradError, quote } from "../../../errors.ts";
import { unknownName } from "../../../math/options.ts";
import { sizeOf } from "../../../tensor/shape.ts";
import { placesOf, targetShape } from "../batches.ts";
import type { Head } from "../head.ts";

/**
 * Factors on the losses of each output, in a row for each example: those of its places one after the other.
 * @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH
 */
export function severalWeights(
  subject: string,
  { y, shape }: Dataset,
  { classWeight, sampleWeight }: { readonly classWeight?: unknown; readonly sampleWeight?: unknown },
  heads: readonly Head[],
): Float32Array {
  const n = shape[0]!;
  const names = heads.map(({ name }) => name);
  const parts = heads.map((head): Part => ({ name: head.name, shape: targetShape(head) }));
  const targets = columnsOf(y, parts);
  const classes = byName<ClassWeight>(subject, "classWeight", names, classWeight);
  const isForAll =
    sampleWeight !== undefined &&
    typeof Object(sampleWeight).length === "number" &&
    !isListOfLists(sampleWeight);
  const samples = isForAll
    ? new Map(names.map((name) => [name, sampleWeight as ArrayLike<number>]))
    : byName<ArrayLike<number>>(subject, "sampleWeight", names, sampleWeight);
  const columns = heads.map(({ name, shape: outputShape, loss }): Columns => {
    const places = sizeOf(placesOf(outputShape));
    const own = targets.get(name)!;
    const set = {
      x: new Float32Array(0),
      shape,
      y: Float32Array.from({ length: n * own.width }, (_, i) => numberAt(own, i)),
    };
    const [byClass, bySample] = [classes.get(name), samples.get(name)];
    const given = { ...(byClass && { classWeight: byClass }), ...(bySample && { sampleWeight: bySample }) };
    const path = `${subject}: output ${JSON.stringify(name)}`;
    const factors = exampleWeights(path, set, given, loss.targets, outputShape, undefined);
    if (factors.length === n * places) return { values: factors, width: places };
    return {
      values: Float32Array.from({ length: n * places }, (_, i) => factors[Math.floor(i / places)]!),
      width: places,
    };
  });
  return joinColumns(columns, n);
}

const isListOfLists = (given: unknown): boolean => Array.isArray(given) && Object(given[0]) === given[0];

/** Weights of each output by its name. @throws AnygradError INVALID_ARGUMENT */
function byName<T>(
  subject: string,
  option: string,
  names: readonly string[],
  given: unknown,
): ReadonlyMap<string, T> {
  if (given === undefined) return new Map();
  if (Array.isArray(given) && given.length === names.length)
    return new Map(names.flatMap((name, i) => (given[i] == null ? [] : [[name, given[i] as T]])));
  if (Object.prototype.toString.call(given) !== "[object Object]")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: ${option} is ${quote(given)}; pass one for each output by the names ${names.join(", ")}`,
    );
  for (const name of Object.keys(given as object))
    if (!names.includes(name)) throw unknownName(`${subject}: ${option}: output`, name, names);
  return new Map(Object.entries(given as Record<string, T>).filter(([, value]) => value !== undefined));
}
