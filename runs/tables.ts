/** The tables that a run leaves beside its history: steps.csv, a line an iteration; predictions.csv, a line a test example. */
import type { Prediction } from "../src/model/index.ts";
import type { Recorder } from "./recorder.ts";

/** Numbers in full; the accuracy is that of the step's batch, its last digits rounded: it comes from a difference of means. */
export function stepsCsv({ losses, accuracies, epochs, learningRates }: Recorder): string {
  const lines = losses.map((loss, i) =>
    [i + 1, epochs[i]! + 1, loss, Number(accuracies[i]!.toPrecision(6)), learningRates[i]].join(","),
  );
  return ["step,epoch,loss,accuracy,learning_rate", ...lines, ""].join("\n");
}

/**
 * Examples from 0, as in the test set; probabilities with 4 significant digits.
 *
 * @param predicted the class of each example, as the confusion matrix counts it
 */
export function predictionsCsv(
  { data, shape }: Prediction,
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
): string {
  const columns = data.length / shape[0]!;
  const heads = Array.from({ length: columns }, (_, i) => `p${i}`);
  const lines = Array.from({ length: shape[0]! }, (_, i) => {
    const row = Array.from(data.subarray(i * columns, (i + 1) * columns), (p) => Number(p.toPrecision(4)));
    return [i, labels[i], predicted[i], ...row].join(",");
  });
  return [["example", "label", "predicted", ...heads].join(","), ...lines, ""].join("\n");
}
