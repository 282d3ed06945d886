/** Data that layers read before a model is made of them. */
import { AnygradError, quote } from "../errors.ts";
import { type Shape, sizeOf } from "../tensor/shape.ts";

/** Numbers by rows: typed arrays or lists with the shape of all of them, the batch in front. */
export interface AdaptData {
  /** All numbers, row-major. */
  readonly x: ArrayLike<number>;
  /** [n, ...example]. */
  readonly shape?: Shape | undefined;
}

/** Numbers and their shape. @throws AnygradError INVALID_ARGUMENT */
export function numbersOf(
  type: string,
  data: AdaptData | readonly unknown[],
): { x: ArrayLike<number>; shape: Shape } {
  const refuse = (): never => {
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${type}: adapt got ${quote(data)}; pass a data set, { x, shape }, or a list of examples such as [[1, 2], [3, 4]]`,
    );
  };
  if (!Array.isArray(data)) {
    const { x, shape } = Object(data) as Partial<AdaptData>;
    if (!x || typeof x.length !== "number" || !shape || sizeOf(shape) !== x.length || x.length === 0)
      return refuse();
    return { x, shape };
  }
  const shape: number[] = [];
  for (let level: unknown = data; Array.isArray(level); level = level[0]) shape.push(level.length);
  const x = data.flat(Number.POSITIVE_INFINITY) as number[];
  if (x.length === 0 || sizeOf(shape) !== x.length || !x.every((n) => typeof n === "number")) return refuse();
  return { x, shape };
}
