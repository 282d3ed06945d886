/** What a trained network makes of a test set: loss, accuracy, who was taken for whom. */

import { columns } from "../../report/text/columns.ts";
import { confusedPairs, confusionTable } from "../../report/text/confusion.ts";
import type { Style } from "../../report/text/style.ts";
import { shownWidth } from "../../report/text/table.ts";
import { exampleCount } from "../../src/data/dataset.ts";
import { argmax, ConfusionMatrix } from "../../src/metrics/index.ts";
import type { Model, Prediction } from "../../src/model/index.ts";
import type { Source } from "../dataset/source.ts";
import { withTargets } from "./networkData.ts";

export interface TestResult {
  readonly test: { readonly loss: number; readonly accuracy: number };
  readonly confusion: ConfusionMatrix;
  /** Predictions for the test set. */
  readonly predictions: Prediction;
  /** The class of each test example. */
  readonly predicted: readonly number[];
}

export async function testModel(net: Model, source: Source, signal: AbortSignal): Promise<TestResult> {
  const scores = await net.evaluate(withTargets(source.test, net), { signal });
  const predictions = await net.predict(source.test);
  const [rows, columns] = [exampleCount(source.test), predictions.data.length / exampleCount(source.test)];
  const confusion = new ConfusionMatrix({ classNames: source.classNames });
  const predicted = Array.from({ length: rows }, (_, row) => argmax(predictions.data, row, columns));
  confusion.addBatch({ data: predictions.data, rows, columns }, { labels: source.test.y });
  return { test: { loss: scores.loss, accuracy: confusion.accuracy }, confusion, predictions, predicted };
}

const PAIRS = 5;
const PAIRS_BESIDE = 12; // beside a matrix there is room for more
const LEAST_PAIRS = 38; // characters
const GAP = 3;

/** The confusion matrix and the pairs most often confused, under headings, side by side where there is room; without the last line break. */
export function mistakes(confusion: ConfusionMatrix, style: Style, width: number): string {
  const matrix = [
    `${style.strong("Confusion matrix")}  ${style.quiet("rows: actual, columns: predicted")}`,
    confusionTable(confusion, { style, width }),
  ].join("\n");
  const beside = width - GAP - Math.max(...matrix.split("\n").map(shownWidth));
  const [most, room] = beside >= LEAST_PAIRS ? [PAIRS_BESIDE, beside] : [PAIRS, width];
  const pairs = `${style.strong("Most confused")}\n${confusedPairs(confusion.mostConfused(most), style, room)}`;
  return columns([matrix, pairs], width, GAP);
}
