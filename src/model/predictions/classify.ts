/** From a network's outputs to the names of classes. */
import { AnygradError } from "../../errors.ts";
import { checkCount } from "../../math/checks.ts";
import type { Prediction, Predictions } from "./predict.ts";

/** A class that an example may have. */
export interface Classification {
  /** The class's name, its number where the training data had no names. */
  readonly label: string;
  /** Its number, from 0. */
  readonly classId: number;
  /** What the network gives it, from 0 to 1. */
  readonly probability: number;
}

/** The prediction of the only output; of several nothing says which one tells the class. @throws AnygradError INVALID_ARGUMENT */
export function onlyOutput(predictions: Predictions): Prediction {
  if ("data" in predictions && "shape" in predictions) return predictions as Prediction;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `classify: the model has several outputs (${Object.keys(predictions).slice(0, 8).join(", ")}); use predict, which gives them all`,
  );
}

/** @throws AnygradError INVALID_ARGUMENT for a bad `top` and for outputs that are no probabilities, SHAPE_MISMATCH for outputs that are not one row an example */
export function classify(
  { shape, data }: { readonly shape: readonly number[]; readonly data: Float32Array },
  classNames: readonly string[] | undefined,
  top: number,
): Classification[][] {
  checkCount("classify: top", top);
  const [n = 0, columns = 0] = shape;
  if (shape.length !== 2)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `classify: the outputs have the shape [${shape}] where [examples, classes] is wanted: one class an example; use predict, which gives the ${shape.at(-1)} numbers of each pixel or place`,
    );
  const stray = data.find((output) => !(output >= 0 && output <= 1));
  if (stray !== undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `classify: the network gives ${stray}, which is no probability; end it in a softmax or sigmoid, or use predict`,
    );
  return Array.from({ length: n }, (_, row) => {
    const outputs = Array.from(data.subarray(row * columns, (row + 1) * columns));
    const scores = columns === 1 ? [1 - outputs[0]!, outputs[0]!] : outputs; // one column is a yes or no
    return scores
      .map((probability, classId) => ({
        label: classNames?.[classId] ?? String(classId),
        classId,
        probability,
      }))
      .sort((a, b) => b.probability - a.probability || a.classId - b.classId)
      .slice(0, top);
  });
}
