/** Makes the texts of the files that a run leaves when it has ended; outputFolder.ts writes them. */
import type { History, Model, Prediction, Predictions } from "../src/model/index.ts";
import { machine } from "./machine.ts";
import { type Places, placeColumns } from "./places.ts";
import type { Recorder } from "./recorder.ts";
import { columns, type EndedRun, runJsonOf } from "./schema.ts";
import { writeTable } from "./table.ts";

/** run.json */
export function runText(run: EndedRun): string {
  return `${JSON.stringify(runJsonOf({ environment: machine(), ...run }), null, 2)}\n`;
}

/** network.json: what `modelFromConfig` makes the network of again, and `anygrad train --model` takes. */
export function networkText(net: Model<Predictions>): string {
  return `${JSON.stringify(net.getConfig(), null, 2)}\n`;
}

/** history.csv: a line an epoch, numbered from 1; numbers in full. */
export function historyText(history: History): string {
  const logs = Object.entries(history);
  return writeTable(
    ["epoch", ...logs.map(([name]) => name)],
    history.loss.map((_, epoch) => [epoch + 1, ...logs.map(([, values]) => values[epoch])]),
  );
}

/** steps.csv: loss and accuracy are those of the step's batch, the running ones those of the epoch so far. */
export function stepsText(recorder: Recorder): string {
  const { losses, accuracies, runningLosses, runningAccuracies, epochs, learningRates } = recorder;
  return writeTable(
    [...columns.steps, "running_loss", "running_accuracy"],
    losses.map((loss, i) => [
      i + 1,
      epochs[i]! + 1,
      loss,
      accuracies[i],
      learningRates[i],
      runningLosses[i],
      runningAccuracies[i],
    ]),
  );
}

/**
 * predictions.csv: examples from 0, as in the test set; probabilities with 4 significant digits.
 *
 * @param predicted the class of each example, as the confusion matrix counts it
 * @param places where the examples of a table came from
 */
export function predictionsText(
  { data, shape }: Prediction,
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  places?: Places,
): string {
  const classes = data.length / shape[0]!;
  const { names, cells } = placeColumns(places);
  const probabilities = Array.from({ length: classes }, (_, classId) => `p${classId}`);
  return writeTable(
    [...columns.predictions, ...probabilities, ...names],
    Array.from({ length: shape[0]! }, (_, i) => {
      const row = Array.from(data.subarray(i * classes, (i + 1) * classes), (p) => Number(p.toPrecision(4)));
      return [i, labels[i], predicted[i], ...row, ...cells(i)];
    }),
  );
}

/** predictions.csv of a regression: the numbers in the unit of the label. */
export function numbersText(
  actual: readonly number[],
  predicted: readonly number[],
  places?: Places,
): string {
  const { names, cells } = placeColumns(places);
  return writeTable(
    [...columns.numbers, ...names],
    actual.map((value, i) => [i, value, predicted[i], ...cells(i)]),
  );
}
