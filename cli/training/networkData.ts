/** A data set as a network takes it: examples of its size, targets in its form. */
import { type Dataset, oneHot } from "../../src/data/dataset.ts";
import { AnygradError } from "../../src/errors.ts";
import type { Model } from "../../src/model/index.ts";
import type { Source } from "../dataset/source.ts";

/**
 * Whether the examples have the size that a trained network takes: told in the words of the command line.
 *
 * @param advice what to do instead
 * @throws AnygradError SHAPE_MISMATCH
 */
export function checkExampleSize(net: Model, { train, name }: Source, advice: string): void {
  const [got, wanted] = [train.shape.slice(1), net.inputShape];
  const size = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);
  // rows of a CSV file may be flat
  if (String(got) === String(wanted) || (got.length === 1 && size(got) === size(wanted))) return;
  throw new AnygradError(
    "SHAPE_MISMATCH",
    `${name}: its examples are ${got.length === 1 ? `${got[0]} values` : got.join("×")}, but the model takes ${wanted.join("×")}; ${advice}`,
  );
}

/** Labels as the network is scored against them: class indices, or rows of 0 and 1 where it ends in sigmoids. */
export function withTargets(set: Dataset, net: Model): Dataset {
  const last = net.layers.at(-1);
  return last?.lastActivation === "sigmoid" ? { ...set, y: oneHot(set.y, net.outputShape.at(-1)!) } : set;
}
