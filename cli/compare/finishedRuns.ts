/** From run folders to comparisons: which runs belong together, whether they saw the same images, what is told of them. */

import { basename, resolve } from "node:path";
import { type ComparedRun, type Comparison, compareModels } from "../../report/comparison/comparison.ts";
import { compareRegressions, type RegressionComparison } from "../../report/comparison/regression.ts";
import { type Timing, timingOf } from "../../report/comparison/timing.ts";
import { meanScores } from "../../report/text/classScores.ts";
import { type FinishedRun, readConditions, readRunFolder } from "../../runs/reader.ts";
import type { RunJson } from "../../runs/schema.ts";
import { rankingScore } from "../../runs/scores.ts";
import { AnygradError } from "../../src/errors.ts";
import { describeRecipe } from "../../src/presets/index.ts";
import type { Source } from "../dataset/source.ts";
import type { GivenOptions } from "../options/passedOptions.ts";
import { dashed } from "../process/flags.ts";
import { version } from "../process/packageRoot.ts";
import { labelsOf } from "./candidate.ts";
import type { FailedRun } from "./runs.ts";

/** A run, its name among the others and the data set that it is compared on. */
export interface NamedRun extends FinishedRun {
  readonly model: string;
  readonly dataset: string;
}

/** The runs on one data set: they tell its classes apart, or predict its numbers. */
export type ComparedSet = Members &
  (
    | { readonly kind: "classes"; readonly comparison: Comparison }
    | { readonly kind: "numbers"; readonly comparison: RegressionComparison }
  );

interface Members {
  readonly timing: Timing;
  /** In the order of the comparison's models. */
  readonly runs: readonly NamedRun[];
  /** The data set; undefined where it is not at hand. */
  readonly source: Source | undefined;
}

/**
 * The folders of `--runs`; a run whose numbers went out of bounds is one that failed.
 *
 * @throws AnygradError INVALID_ARGUMENT, DATA_MISSING, DATA_FORMAT
 */
export async function readFinishedRuns(
  paths: readonly string[],
): Promise<{ runs: NamedRun[]; failed: FailedRun[] }> {
  const twice = paths.find(
    (path, place) => paths.findIndex((other) => resolve(other) === resolve(path)) < place,
  );
  if (twice !== undefined)
    throw new AnygradError("INVALID_ARGUMENT", `--runs: ${twice} is named twice; name it once`);
  if (paths.length < 2)
    throw new AnygradError("INVALID_ARGUMENT", `--runs: ${paths[0]} alone; name at least two folders`);
  const folders: FinishedRun[] = [];
  const failed: FailedRun[] = [];
  for (const path of paths)
    try {
      folders.push(await readRunFolder(path));
    } catch (error) {
      if (!(error instanceof AnygradError) || error.code !== "NOT_FINITE") throw error;
      failed.push({ model: basename(resolve(path)), dataset: "", reason: error.message });
    }
  const labelled = folders.map(({ settings }) => ({
    preset: settings.preset,
    settings: tellingSettings(settings),
    group: settings.dataset.name,
  }));
  const labels = labelsOf(labelled);
  const runs = folders.map((folder, place): NamedRun => {
    const dataset = folder.settings.dataset.name;
    const isTaken = labels.some(
      (label, other) => other !== place && label === labels[place] && labelled[other]!.group === dataset,
    );
    const model = isTaken ? `${labels[place]} (${basename(resolve(folder.path))})` : labels[place]!;
    return { ...folder, model, dataset };
  });
  return { runs, failed };
}

// What may tell runs of one preset apart, under the names of the options.
function tellingSettings({ network, recipe, seed, trainingSeed, dataset }: RunJson): GivenOptions {
  const written = (value: unknown): string =>
    typeof value === "object" ? JSON.stringify(value) : String(value);
  const { sha256 } = network;
  return Object.fromEntries(
    Object.entries({
      ...network,
      ...recipe,
      seed,
      trainingSeed,
      input: dataset.test.slice(1).join("×"),
      ...(typeof sha256 === "string" && { sha256: sha256.slice(0, 8) }),
    })
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [dashed(name), written(value)]),
  );
}

/**
 * Puts the runs of each data set side by side, in the order in which the sets come.
 *
 * @throws AnygradError INVALID_ARGUMENT where a set has one run alone, or runs saw other test images
 */
export async function compareFinishedRuns(
  runs: readonly NamedRun[],
  sources: ReadonlyMap<string, Source>,
): Promise<ComparedSet[]> {
  const names = [...new Set(runs.map(({ dataset }) => dataset))];
  return Promise.all(
    names.map(async (name): Promise<ComparedSet> => {
      const members = runs.filter(({ dataset }) => dataset === name);
      const source = sources.get(name);
      refuseOthers(members, names);
      const compared = comparisonOf(name, members, source);
      const ranked = compared.comparison.models.map(
        ({ model }) => members.find((run) => run.model === model)!,
      );
      const conditions = await Promise.all(ranked.map(({ path }) => readConditions(path)));
      const timing = timingOf(
        conditions,
        ranked.map(({ settings }) => settings.engine.threads),
      );
      return { ...compared, timing, runs: ranked, source };
    }),
  );
}

function comparisonOf(
  name: string,
  members: readonly NamedRun[],
  source: Source | undefined,
):
  | Pick<ComparedSet & { kind: "classes" }, "kind" | "comparison">
  | Pick<ComparedSet & { kind: "numbers" }, "kind" | "comparison"> {
  const [first] = members;
  const { classNames, target } = first!.settings.dataset;
  const runs = members.map(comparedRun);
  if (isRegression(first!)) return { kind: "numbers", comparison: compareRegressions(name, target, runs) };
  if (source && !isEqual(source.test.y, first!.predictions.labels))
    refuse(`the examples of ${name} are not those that ${first!.path} was tested on; pass their --data`);
  return { kind: "classes", comparison: compareModels(name, classNames, runs) };
}

function refuse(message: string): never {
  throw new AnygradError("INVALID_ARGUMENT", `compare: ${message}`);
}

/** Whether a run predicts numbers. */
function isRegression({ settings }: NamedRun): boolean {
  return settings.test.r2 !== undefined;
}

/** What is predicted, in words. */
function taskText(run: NamedRun): string {
  return isRegression(run)
    ? `predicts ${run.settings.dataset.target?.name ?? "numbers"}`
    : "tells classes apart";
}

/** Models compare where they were asked the same of the same examples, whatever they see of them. */
function refuseOthers(members: readonly NamedRun[], datasets: readonly string[]): void {
  const [first, ...others] = members;
  if (others.length === 0)
    refuse(
      `${first!.path} is the only run on ${first!.dataset}${datasets.length > 1 ? ", the others are on other data" : ""}; compare at least two runs of a data set`,
    );
  const { labels } = first!.predictions;
  for (const run of others) {
    if (taskText(run) !== taskText(first!))
      refuse(
        `${first!.path} ${taskText(first!)} and ${run.path} ${taskText(run)}, both of ${first!.dataset}; compare runs of one label`,
      );
    const [known, names] = [first!, run].map(({ settings }) => settings.dataset.classNames);
    if (String(known) !== String(names))
      refuse(
        `${first!.path} and ${run.path} tell other classes apart (${known!.length} and ${names!.length} of them); compare runs of one label`,
      );
    const tested = run.predictions.labels;
    if (!isEqual(tested, labels))
      refuse(
        `${first!.path} and ${run.path} were tested on other examples (${labels.length} and ${tested.length}); compare runs with the same data, split and --limit`,
      );
  }
}

function isEqual(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function comparedRun({ model, settings: run, history, predictions }: NamedRun): ComparedRun {
  return {
    model,
    preset: run.preset,
    seed: run.seed,
    parameters: run.params.total,
    test: run.test,
    seconds: run.seconds,
    secondsPerEpoch: run.secondsPerEpoch,
    stepMilliseconds: run.stepMilliseconds,
    digest: run.digest,
    command: run.command,
    recipe: describeRecipe(run.recipe),
    options: tellingSettings(run),
    // from code, nobody says what the validation data were
    judgedOn: run.dataset.validation || run.command === "" ? "validation" : "test",
    engine: run.engine,
    history,
    // in the 32 bits that the network gave them in
    predictions: {
      ...predictions,
      probabilities: predictions.probabilities.map((row) => row.map(Math.fround)),
    },
  };
}

/** The object of `--json` and compare.json: the key figures of all runs. */
export function comparisonRecord(
  sets: readonly ComparedSet[],
  {
    command,
    out,
    failed,
    areKept,
  }: {
    readonly command: string;
    readonly out: string | null;
    readonly failed: readonly FailedRun[];
    /** Whether the folders of the runs outlive the command. */
    readonly areKept: boolean;
  },
): object {
  return {
    anygrad: version(),
    command,
    out,
    datasets: sets.map((set) => ({
      name: set.comparison.dataset,
      testExamples: set.comparison.testExamples,
      ...(set.kind === "classes" ? classesRecord(set, areKept) : numbersRecord(set, areKept)),
    })),
    failed,
  };
}

function classesRecord(set: ComparedSet & { readonly kind: "classes" }, areKept: boolean): object {
  const { comparison, timing } = set;
  return {
    classNames: comparison.classNames,
    timing,
    models: comparison.models.map((model, place) => ({
      ...namesOf(model),
      accuracy: rankingScore(model.test),
      interval: model.interval,
      loss: model.test.loss,
      f1: meanScores(model.confusion).f1,
      ...costsOf(model, set, place, areKept),
      perClass: model.confusion.perClass.map(({ name, precision, recall, f1, support }) => ({
        name,
        precision,
        recall,
        f1,
        support,
      })),
      confusion: model.confusion.matrix,
    })),
    duel: comparison.duel,
    classWinners: comparison.classWinners,
    rightByCount: comparison.rightByCount,
    confusions: comparison.confusions.map(({ examples: _, ...confusion }) => confusion),
  };
}

function numbersRecord(set: ComparedSet & { readonly kind: "numbers" }, areKept: boolean): object {
  const { comparison, timing } = set;
  const { target, models, duel, hardest } = comparison;
  const { onlyFirst, onlySecond, ...told } = duel;
  return {
    target,
    timing,
    models: models.map((model, place) => ({
      ...namesOf(model),
      ...model.test,
      ...costsOf(model, set, place, areKept),
    })),
    duel: { ...told, closerFirst: onlyFirst, closerSecond: onlySecond },
    hardest,
  };
}

function namesOf({ model, preset, seed }: ComparedRun): object {
  return { model, preset, seed };
}

function costsOf(model: ComparedRun, { runs }: Members, place: number, areKept: boolean): object {
  return {
    parameters: model.parameters,
    epochs: model.history.loss?.length ?? 0,
    seconds: model.seconds,
    secondsPerEpoch: model.secondsPerEpoch,
    stepMilliseconds: model.stepMilliseconds,
    threads: model.engine.threads,
    digest: model.digest,
    command: model.command,
    folder: areKept ? runs[place]!.path : null,
  };
}
