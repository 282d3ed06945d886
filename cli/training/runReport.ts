/** What a person reads before and after a run. */

import { columns, equalWidth } from "../../report/text/columns.ts";
import { type CurveOptions, curve } from "../../report/text/curve.ts";
import { headingBlock } from "../../report/text/heading.ts";
import { resultBlock } from "../../report/text/result.ts";
import type { Style } from "../../report/text/style.ts";
import type { Recorder } from "../../runs/recorder.ts";
import type { Scores, TrainRecord } from "../../runs/schema.ts";
import { exampleCount } from "../../src/data/dataset.ts";
import { describeRecipe, type Recipe } from "../../src/presets/index.ts";
import type { Source } from "../dataset/source.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { NetworkSource } from "./network.ts";
import { mistakes, type TestResult } from "./testResult.ts";

interface Start {
  readonly preset: Pick<NetworkSource, "name" | "description">;
  readonly source: Source;
  readonly recipe: Recipe;
  readonly seed: number;
  readonly parameters: number;
  readonly engine: TrainRecord["engine"];
}

export function headingOf(start: Start, style: Style, width?: number): string {
  const { preset, source, recipe } = start;
  return `${headingBlock(
    {
      preset: preset.name,
      network: preset.description,
      parameters: start.parameters,
      dataset: source.name,
      train: source.train,
      validationExamples: source.validation && exampleCount(source.validation),
      testExamples: exampleCount(source.test),
      classes: source.classes,
      target: source.train.preparation?.target?.name,
      where: source.where,
      recipe: describeRecipe(recipe),
      seed: start.seed,
      engine: start.engine,
    },
    style,
    width,
  )}\n`;
}

interface End {
  readonly record: TrainRecord<Scores>;
  readonly testResult: TestResult;
  readonly recorder: Recorder;
  readonly testExamples: number;
  /** What each is: "image", "row". */
  readonly noun: string;
  /** What the epochs were judged on. */
  readonly judgedOn: "validation" | "test";
  /** Names of the files in the output folder, if there is one. */
  readonly files: readonly string[];
}

/** Curves, confusion matrix, most confused pairs and the result, each under its heading. */
export function reportOf({ style, width }: Terminal, end: End): string {
  const { record, testResult, recorder, files } = end;
  const room = width();
  const curves = curvesOf(end, style, room);
  const result = resultBlock(
    {
      ...record,
      testExamples: end.testExamples,
      noun: end.noun,
      epochs: record.history.loss.length,
      steps: recorder.steps,
      written: record.out === null ? undefined : { folder: record.out, files },
    },
    style,
    room,
  );
  return `\n${curves}\n\n${mistakes(testResult, style, room)}\n\n${style.strong("Result")}\n${result}`;
}

const LEAST_CURVE = 38; // characters: two on a line of 80
const MOST_CURVE = 60;
const GAP = 2;

/** A title, the points, how they are drawn. */
type Shown = readonly [string, readonly number[], CurveOptions];

/** Loss and accuracy of training; where a third fits beside them, those by epoch of what the run was judged on, too. */
function curvesOf({ record, recorder, testResult, judgedOn }: End, style: Style, width: number): string {
  const isRegression = testResult.kind === "numbers";
  const { val_loss = [], val_accuracy = [], r2 = [], val_r2 = [] } = record.history;
  const training: Shown[] = [
    ["loss by step, log scale", recorder.losses, { logarithmic: true }],
    isRegression ? ["training R² by epoch", r2, {}] : ["training accuracy by step", recorder.accuracies, {}],
  ];
  const judged: Shown[] = [
    isRegression
      ? [`${judgedOn} R² by epoch`, val_r2, { part: judgedOn }]
      : [`${judgedOn} accuracy by epoch`, val_accuracy, { part: judgedOn }],
    [`${judgedOn} loss by epoch, log scale`, val_loss, { part: judgedOn, logarithmic: true }],
  ];
  const across = Math.floor((width + GAP) / (LEAST_CURVE + GAP));
  const shown = [
    ...training,
    ...(val_loss.length > 1 ? judged.slice(0, Math.max(0, across - training.length)) : []),
  ];
  const wide = equalWidth(shown.length, width, { least: LEAST_CURVE, most: MOST_CURVE, gap: GAP });
  return columns(
    shown.map(([title, values, options]) => curve(title, values, { ...options, style, width: wide })),
    width,
    GAP,
  );
}
