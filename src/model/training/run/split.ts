/** Parts of a data set: validationSplit, and the examples of one step. Imported by runs that need them. */
import type { Dataset } from "../../../data/dataset.ts";
import { AnygradError } from "../../../errors.ts";

/**
 * Training and validation sets, the latter from the end of the data, unshuffled, as Keras does.
 * @throws AnygradError INVALID_ARGUMENT where one would be empty
 */
export function split(data: Dataset, share: number): { training: Dataset; validation: Dataset } {
  const n = data.shape[0] ?? 0;
  const kept = Math.floor(n * (1 - share));
  if (kept === 0 || kept === n)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `fit: validationSplit ${share} of ${n} examples leaves a part empty; change it or pass validationData`,
    );
  return { training: part(data, 0, kept), validation: part(data, kept, n) };
}

/** Rows from … to − 1 as views. */
export function part(data: Dataset, from: number, to: number): Dataset {
  const n = data.shape[0]!;
  const cut = <T extends Dataset["x"] | Dataset["y"]>(values: T): T => {
    const width = values.length / n;
    return values.subarray(from * width, to * width) as T;
  };
  return { ...data, x: cut(data.x), y: cut(data.y), shape: [to - from, ...data.shape.slice(1)] };
}
