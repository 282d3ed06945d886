/** What a person reads before and after a run. */

import { curve, sideBySide } from "../../report/text/curve.ts";
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

export function headingOf(start: Start, style: Style): string {
  const { preset, source, recipe } = start;
  return `${headingBlock(
    {
      preset: preset.name,
      network: preset.description,
      parameters: start.parameters,
      dataset: source.name,
      train: { examples: exampleCount(source.train), shape: source.train.shape.slice(1) },
      validationExamples: source.validation && exampleCount(source.validation),
      testExamples: exampleCount(source.test),
      classes: source.classes,
      where: source.where,
      recipe: describeRecipe(recipe),
      seed: start.seed,
      engine: start.engine,
    },
    style,
  )}\n`;
}

interface End {
  readonly record: TrainRecord<Scores>;
  readonly testResult: TestResult;
  readonly recorder: Recorder;
  readonly testExamples: number;
  /** Names of the files in the output folder, if there is one. */
  readonly files: readonly string[];
}

/** Curves, confusion matrix, most confused pairs and the result, each under its heading. */
export function reportOf({ style, width }: Terminal, end: End): string {
  const { record, testResult, recorder, files } = end;
  const curves = sideBySide(
    curve("loss by step, log scale", recorder.losses, { logarithmic: true, style }),
    curve("training accuracy by step", recorder.accuracies, { style }),
  );
  const result = resultBlock(
    {
      ...record,
      testExamples: end.testExamples,
      epochs: record.history.loss.length,
      steps: recorder.steps,
      written: record.out === null ? undefined : { folder: record.out, files },
    },
    style,
  );
  return `\n${curves}\n\n${mistakes(testResult.confusion, style, width())}\n\n${style.strong("Result")}\n${result}`;
}
