/** Whether a data set's examples have the size that a trained network takes: told in the words of the command line. */
import { AnygradError } from "../../src/errors.ts";
import type { Model } from "../../src/model/index.ts";
import type { Source } from "../dataset/source.ts";

/** @param advice what to do instead. Errors: SHAPE_MISMATCH */
export function checkSize(net: Model, { train, name }: Source, advice: string): void {
  const [got, wanted] = [train.shape.slice(1), net.inputShape];
  const size = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);
  // rows of a CSV file may be flat
  if (String(got) === String(wanted) || (got.length === 1 && size(got) === size(wanted))) return;
  throw new AnygradError(
    "SHAPE_MISMATCH",
    `${name}: its examples are ${got.length === 1 ? `${got[0]} values` : got.join("×")}, but the model takes ${wanted.join("×")}; ${advice}`,
  );
}
