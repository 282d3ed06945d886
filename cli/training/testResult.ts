/** What a trained network makes of a test set: of classes accuracy and who was taken for whom, of numbers how far they are off. */

import { columns } from "../../report/text/columns.ts";
import { confusedPairs, confusionTable } from "../../report/text/confusion.ts";
import { shownWidth } from "../../report/text/lines.ts";
import { errorsText } from "../../report/text/regression.ts";
import type { Style } from "../../report/text/style.ts";
import type { RunJson, Scores } from "../../runs/schema.ts";
import { type Places, placesOf } from "../../src/data/table/places.ts";
import { argmax, ConfusionMatrix, rowsIn } from "../../src/metrics/index.ts";
import type { Model, Prediction } from "../../src/model/index.ts";
import { datasetNames, loadSource, type Source, type SourceOptions } from "../dataset/source.ts";
import { picturesFor } from "../models/examples.ts";
import type { TableCliOptions } from "../options/tableOptions.ts";
import { scoringLoss } from "./modelFile.ts";
import { checkExampleSize, withModelClasses, withTargets } from "./networkData.ts";

/** The test of a classifier. */
export interface ClassTest {
  readonly kind: "classes";
  readonly test: Scores;
  readonly confusion: ConfusionMatrix;
  /** Predictions for the test set. */
  readonly predictions: Prediction;
  /** The class of each test example. */
  readonly predicted: readonly number[];
}

/** The test of a regression, in the unit of its label. */
export interface NumberTest {
  readonly kind: "numbers";
  readonly test: Scores;
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
  /** What is predicted. */
  readonly target: { readonly name: string; readonly unit?: string | undefined };
  /** Where the examples came from. */
  readonly places: Places | undefined;
}

export type TestResult = ClassTest | NumberTest;

/** The set that run.json tells of. What a run from code calls its data is a title, and may be no set that is known here. */
export function trainingSet(run: RunJson | undefined): string | undefined {
  if (run?.command === "" && !datasetNames.includes(run.dataset.name)) return undefined;
  return run?.dataset.name;
}

/** What a saved network is tested on, in its classes. It gets a loss and metrics where its file says none. */
export async function testSource(
  net: Model,
  run: RunJson | undefined,
  options: Pick<SourceOptions, "dataset" | "signal" | "terminal"> & TableCliOptions,
): Promise<Source> {
  const found = await loadSource({
    ...run?.dataset.table,
    ...options,
    like: net,
    whole: options.dataset !== trainingSet(run), // of the set that it was trained on, the part that it has not seen
    preparedAs: picturesFor(net),
    classNames: net.classNames,
  });
  // files of other libraries need not say a loss
  if (net.setup.loss === "none")
    await net.compile({
      optimizer: "sgd",
      loss: scoringLoss(net, found.task),
      metrics: found.task === "regression" ? ["mae", "rmse", "r2"] : ["accuracy"],
    });
  checkExampleSize(net, found, "pass a set of that size, or train a model on this one");
  return withModelClasses(found, net);
}

export async function testModel(net: Model, source: Source, signal: AbortSignal): Promise<TestResult> {
  const scores = await net.evaluate(withTargets(source.test, net), { signal });
  const raw = await net.predict(source.test);
  const { target } = source.test.preparation ?? {};
  if (source.task === "regression" && target) {
    const { loss, mae = Number.NaN, rmse = Number.NaN, r2 = Number.NaN } = scores;
    return {
      kind: "numbers",
      test: { loss, mae, rmse, r2 },
      actual: Array.from(source.test.y, (y) => Math.fround(y * target.deviation + target.mean)),
      predicted: Array.from(raw.data),
      target,
      places: placesOf(source.test),
    };
  }
  const predictions = classProbabilities(raw);
  const outputs = rowsIn(predictions);
  const confusion = new ConfusionMatrix({ classNames: source.classNames });
  const predicted = Array.from({ length: outputs.rows }, (_, row) =>
    argmax(outputs.data, row, outputs.columns),
  );
  confusion.addBatch(outputs, { labels: source.test.y });
  const test = { loss: scores.loss, accuracy: confusion.accuracy };
  return { kind: "classes", test, confusion, predictions, predicted };
}

const PAIRS = 5;
const PAIRS_BESIDE = 12; // beside a matrix there is room for more
const LEAST_PAIRS = 38; // characters
const GAP = 3;

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

/** Where the network errs, under headings, side by side where there is room; without the last line break. */
export function mistakes(
  result: NumberTest | Pick<ClassTest, "kind" | "confusion">,
  style: Style,
  width: number,
): string {
  if (result.kind === "numbers") return errorsText(result, style, width);
  const { confusion } = result;
  const matrix = [
    `${style.strong("Confusion matrix")}  ${style.quiet("rows: actual, columns: predicted")}`,
    confusionTable(confusion, { style, width }),
  ].join("\n");
  const beside = width - GAP - Math.max(...matrix.split("\n").map(shownWidth));
  const [most, room] = beside >= LEAST_PAIRS ? [PAIRS_BESIDE, beside] : [PAIRS, width];
  const pairs = `${style.strong("Most confused")}\n${confusedPairs(confusion.mostConfused(most), style, room)}`;
  return columns([matrix, pairs], width, GAP);
}
