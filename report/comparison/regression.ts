/** Models that learned to predict the same numbers, on the same rows: who is closest, and where they are furthest off. */
import { rankingScore } from "../../runs/scores.ts";
import { fold } from "../text/lines.ts";
import {
  formatCount,
  formatMilliseconds,
  formatQuantity,
  formatScore,
  formatSeconds,
  plural,
} from "../text/numbers.ts";
import { plain } from "../text/style.ts";
import { type Cell, shorten, table } from "../text/table.ts";
import type { ComparedRun, Duel } from "./comparison.ts";
import { mcnemar, significance } from "./noise.ts";
import { type ComparisonTextOptions, formatP } from "./text.ts";

/** What is predicted. */
export interface Target {
  readonly name: string;
  readonly unit?: string | undefined;
}

/** The comparison of all models on one data set. */
export interface RegressionComparison {
  readonly dataset: string;
  readonly target: Target;
  readonly testExamples: number;
  /** The highest R² first; of equals the one with the smaller loss. */
  readonly models: readonly ComparedRun[];
  /** The best against the next: on how many rows one is closer than the other. */
  readonly duel: Duel;
  /** Rows that all models together are furthest off on, the worst first. */
  readonly hardest: readonly HardRow[];
}

export interface HardRow {
  /** Place in the test set, from 0. */
  readonly row: number;
  readonly actual: number;
  /** In the order of the models. */
  readonly predicted: readonly number[];
}

const HARDEST = 12;

/** @param runs at least two, with predictions of the same rows */
export function compareRegressions(
  dataset: string,
  target: Target | undefined,
  runs: readonly ComparedRun[],
): RegressionComparison {
  const models = runs.toSorted(
    (a, b) => rankingScore(b.test) - rankingScore(a.test) || a.test.loss - b.test.loss,
  );
  const actual = models[0]!.predictions.labels;
  const offOn = (row: number): number =>
    models.reduce((sum, { predictions }) => sum + Math.abs(predictions.predicted[row]! - actual[row]!), 0);
  return {
    dataset,
    target: target ?? { name: "the label" },
    testExamples: actual.length,
    models,
    duel: duelOf(models[0]!, models[1]!),
    hardest: actual
      .map((value, row) => ({
        row,
        actual: value,
        predicted: models.map(({ predictions }) => predictions.predicted[row]!),
      }))
      .sort((a, b) => offOn(b.row) - offOn(a.row) || a.row - b.row)
      .slice(0, HARDEST),
  };
}

/** How far each prediction is off, with its sign. */
export function errorsOf({ predictions: { labels, predicted } }: ComparedRun): number[] {
  return labels.map((actual, row) => predicted[row]! - actual);
}

// the sign test is McNemar's on "who is closer?"
function duelOf(first: ComparedRun, second: ComparedRun): Duel {
  const [a, b] = [errorsOf(first), errorsOf(second)];
  const closer = a.filter((error, row) => Math.abs(error) < Math.abs(b[row]!)).length;
  const further = a.filter((error, row) => Math.abs(error) > Math.abs(b[row]!)).length;
  const p = mcnemar(closer, further);
  return {
    first: first.model,
    second: second.model,
    onlyFirst: closer,
    onlySecond: further,
    p,
    clear: p < significance,
  };
}

/** What the duel of the two best says, in a sentence or two. */
export function closerText({ first, second, onlyFirst, onlySecond, p, clear }: Duel): string {
  if (onlyFirst + onlySecond === 0) return `${first} and ${second} predict the same on every row.`;
  const rows = `${first} is closer on ${plural(onlyFirst, "row")}, ${second} on ${formatCount(onlySecond)}`;
  const test = `sign test: ${formatP(p)}`;
  if (!clear)
    return `${first} and ${second} are level: ${rows}, which is within the noise of this test set (${test}).`;
  return onlyFirst > onlySecond
    ? `${first} is ahead of ${second}: ${rows} (${test}).`
    : `${first} has the higher R², but ${second} is closer on more rows: ${rows} (${test}). The few rows that are far off decide.`;
}

/** "price (€) of 80 test rows" */
export function targetText({ target: { name, unit }, testExamples }: RegressionComparison): string {
  return `${name}${unit === undefined ? "" : ` (${unit})`} of ${formatCount(testExamples)} test rows`;
}

/** The block as several lines, without the last line break. */
export function regressionsText(
  comparison: RegressionComparison,
  { width = 80, style = plain }: ComparisonTextOptions = {},
): string {
  const { dataset, models, duel } = comparison;
  const quiet = (text: string): Cell => ({ text, stress: "quiet" });
  const heads = ["R²", "rmse", "mae", "parameters", "time", "ms/step", "digest"];
  const figures = models.map(
    ({ test, parameters, seconds, stepMilliseconds, digest }, place): (Cell | string)[] => [
      { text: formatScore(rankingScore(test)), ...(place === 0 && { stress: "good" as const }) },
      formatQuantity(test.rmse ?? Number.NaN),
      formatQuantity(test.mae ?? Number.NaN),
      formatCount(parameters),
      formatSeconds(seconds),
      formatMilliseconds(stepMilliseconds),
      quiet(digest.slice(0, 6)),
    ],
  );
  const ranking = (longest: number): string =>
    table(
      [
        ["", "model", ...heads].map(quiet),
        ...models.map(({ model }, place): (Cell | string)[] => [
          quiet(String(place + 1)),
          { text: shorten(model, longest), stress: "strong" },
          ...figures[place]!,
        ]),
      ],
      { align: ["right", "left", ...heads.map(() => "right" as const)], gap: 1, indent: 1, style },
    );
  const beside = width - 62; // what the figures leave for names
  return [
    `${style.strong(dataset)}  ${style.quiet(targetText(comparison))}`,
    ranking(Math.max(12, beside)),
    ...fold(closerText(duel), width - 2).map((line) => `  ${line}`),
  ].join("\n");
}
