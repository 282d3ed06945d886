/** What a trained network makes of a test set: loss, accuracy, who was taken for whom. */

import { confusedPairs, confusionTable } from "../../report/text/confusion.ts";
import type { Style } from "../../report/text/style.ts";
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
  const predictions = classProbabilities(await net.predict(source.test));
  const [rows, columns] = [exampleCount(source.test), predictions.data.length / exampleCount(source.test)];
  const confusion = new ConfusionMatrix({ classNames: source.classNames });
  const predicted = Array.from({ length: rows }, (_, row) => argmax(predictions.data, row, columns));
  confusion.addBatch({ data: predictions.data, rows, columns }, { labels: source.test.y });
  return { test: { loss: scores.loss, accuracy: confusion.accuracy }, confusion, predictions, predicted };
}

/** A network that gives one number says how probable class 1 is. */
function classProbabilities({ shape, data }: Prediction): Prediction {
  if (shape.length !== 2 || shape[1] !== 1) return { shape, data };
  return {
    shape: [shape[0]!, 2],
    data: Float32Array.from({ length: 2 * data.length }, (_, i) =>
      i % 2 ? data[i >> 1]! : 1 - data[i >> 1]!,
    ),
  };
}

/** The confusion matrix and the pairs most often confused, under headings; without the last line break. */
export function mistakes(confusion: ConfusionMatrix, style: Style, width: number): string {
  return [
    `${style.strong("Confusion matrix")}  ${style.quiet("a row: what it is; a column: what it was taken for")}`,
    confusionTable(confusion, { style, width }),
    "",
    style.strong("Most confused"),
    confusedPairs(confusion.mostConfused(5), style),
  ].join("\n");
}
