/**
 * `anygrad tune`: a preset trained many times with other hyper-parameters, the best by what was held out from training,
 * and then one figure on the test set.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import { effectsOf } from "../../report/sweep/effects.ts";
import type { SweepResult } from "../../report/sweep/result.ts";
import { headingText, summaryText } from "../../report/sweep/text.ts";
import { bestTrial, type SweepMetric, sweepMetrics } from "../../report/sweep/trial.ts";
import { type OutputFolder, openOutputFolder } from "../../runs/outputFolder.ts";
import { commandLine } from "../../runs/record.ts";
import { AnygradError } from "../../src/errors.ts";
import { changeRecipe, defaultPreset } from "../../src/presets/index.ts";
import { createHost } from "../../src/runtime/host.ts";
import { downloadNote } from "../dataset/downloadNote.ts";
import { loadSource, type Source } from "../dataset/source.ts";
import { choice, realNumber, wholeNumber } from "../options/arguments.ts";
import { addOutputOptions, type OutputOptions } from "../options/sharedOptions.ts";
import { createChildPool } from "../process/childRun.ts";
import { Interrupted, RunsFailed } from "../process/failure.ts";
import { version } from "../process/version.ts";
import { createTerminal, type Terminal } from "../terminal/terminal.ts";
import { presetOf } from "../training/network.ts";
import { type Hyperparameter, hyperparametersOf, nameOf } from "../tune/hyperparameters.ts";
import { checkSamePlan, type Method, methods, planOf, type SweepPlan } from "../tune/plan.ts";
import { runTrials, type SweepWork, testBest, trialArguments, wholeArguments } from "../tune/runSweep.ts";
import { type Dimension, dimensionOfFlag, dimensionsOfFile, isSpaceFile } from "../tune/space.ts";
import {
  openSweepFolder,
  type SweepFolder,
  savedPlan,
  sweepFiles,
  type TestScores,
} from "../tune/sweepFolder.ts";
import { createSweepProgress } from "../tune/sweepProgress.ts";
import { jsonOf, planText, sizesOf } from "../tune/sweepResult.ts";
import { trainCommand } from "./train.ts";

interface TuneOptions extends OutputOptions {
  readonly search?: readonly string[];
  readonly method?: Method;
  readonly trials?: number;
  readonly minEpochs?: number;
  readonly reduction?: number;
  readonly metric: SweepMetric;
  readonly validationSplit: number;
  readonly jobs?: number;
  readonly out?: string;
}

/** Options of `train` that mean something else here, or nothing. */
const own = ["validation-split", "resume", "stop-after", "out", "report", "json", "quiet"];

/** Options of `train` that are no part of the plan: where and how fast, not what. */
const loose = ["data", "threads", "variant", "memory-limit"];

/** Options of `train` that the plan names. */
const named = ["dataset", "epochs", "seed"];

export function tuneCommand(signal: AbortSignal): Command {
  const trainOptions = trainCommand(signal).options;
  const command = new Command("tune")
    .description("search the hyper-parameters of a preset and test the best")
    .argument("[preset]", `anygrad presets lists them (default: ${defaultPreset})`)
    .optionsGroup("Search:")
    .option(
      "--search <space>",
      "NAME=A,B,… or NAME=MIN..MAX[:log][:step=X|:points=N] of any option of train, or a JSON file; repeatable",
      (text: string, before: string[] = []) => [...before, text],
    )
    .option(
      "--method <name>",
      "grid: all; random: draws; asha: many begin, the better go on (default: random)",
      choice("--method", methods),
    )
    .option("--trials <n>", "of random and asha (default: 20)", wholeNumber("--trials", 1))
    .option(
      "--min-epochs <n>",
      "of asha: epochs that every trial gets (default: 1)",
      wholeNumber("--min-epochs", 1),
    )
    .option(
      "--reduction <n>",
      "of asha: one of n goes on, with n times the epochs (default: 3)",
      wholeNumber("--reduction", 2),
    )
    .option(
      "--metric <name>",
      "what the best is chosen by: val_accuracy or val_loss, of the last epoch",
      choice("--metric", sweepMetrics),
      "val_accuracy" as const,
    )
    .option(
      "--validation-split <x>",
      "share of each class of the training set to choose by",
      realNumber("--validation-split", { above: 0, below: 1 }),
      0.1,
    )
    .option("--jobs <n>", "trials at a time (default: as many as cores)", wholeNumber("--jobs", 1));
  for (const option of trainOptions) if (!own.includes(nameOf(option))) command.addOption(asText(option));
  addOutputOptions(command).option(
    "--out <dir>",
    "folder for the trials, the best run and the report; the same command again goes on there",
  );
  return command.action((preset: string | undefined, options: TuneOptions) =>
    tune(preset ?? defaultPreset, options, givenOptions(command, trainOptions), trainOptions, signal),
  );
}

/** The option as it is, its value checked but kept as the text that `train` will read. */
function asText(option: Option): Option {
  const copy = new Option(option.flags, option.description);
  if (option.helpGroupHeading !== undefined) copy.helpGroup(option.helpGroupHeading);
  if (option.parseArg)
    copy.argParser((text) => {
      option.parseArg?.(text, undefined);
      return text;
    });
  return copy;
}

/** Options of `train` that were given, and their arguments. */
type Given = ReadonlyMap<string, readonly string[]>;

function givenOptions(command: Command, trainOptions: readonly Option[]): Given {
  const given = new Map<string, string[]>();
  for (const option of trainOptions) {
    const [name, key] = [nameOf(option), option.attributeName()];
    if (own.includes(name) || command.getOptionValueSource(key) !== "cli") continue;
    const value: unknown = command.getOptionValue(key);
    if (typeof value === "string") given.set(name, [option.long!, value]);
    else if (value === !option.negate) given.set(name, [option.long!]);
  }
  return given;
}

async function tune(
  preset: string,
  options: TuneOptions,
  given: Given,
  trainOptions: readonly Option[],
  signal: AbortSignal,
): Promise<void> {
  const known = hyperparametersOf(trainOptions);
  const plan = planOf({
    ...options,
    preset: presetOf(preset).name,
    dataset: given.get("dataset")?.[1] ?? "digits",
    space: await spaceOf(options.search ?? [], known, given),
    epochs: epochsOf(preset, given),
    seed: Number(given.get("seed")?.[1] ?? 1),
    fixed: [...given].filter(([name]) => ![...loose, ...named].includes(name)).flatMap(([, args]) => args),
  });
  const { out } = options;
  const path = out ?? (await mkdtemp(join(tmpdir(), "anygrad-tune-")));
  try {
    const saved = await savedPlan(path);
    if (saved) checkSamePlan(saved, plan, path);
    const output = await openOutputFolder(path);
    try {
      await tuneInto(output, plan, known, options, given, signal);
    } finally {
      await output.discard();
    }
  } finally {
    if (out === undefined) await rm(path, { recursive: true, force: true });
  }
}

async function spaceOf(
  searches: readonly string[],
  known: readonly Hyperparameter[],
  given: Given,
): Promise<Dimension[]> {
  const space: Dimension[] = [];
  for (const search of searches)
    if (isSpaceFile(search)) space.push(...dimensionsOfFile(await spaceFile(search), search, known));
    else space.push(dimensionOfFlag(search, known));
  // --seed is also that of the draws
  const both = space.find(({ name }) => given.has(name) && name !== "seed");
  if (both)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--${both.name} is both given (${given.get(both.name)?.[1] ?? "on"}) and searched; leave one of them out`,
    );
  return space;
}

async function spaceFile(path: string): Promise<string> {
  const bytes = await createHost()
    .readFile(path)
    .catch(() => undefined);
  if (bytes) return new TextDecoder().decode(bytes);
  throw new AnygradError(
    "DATA_MISSING",
    `--search: ${path} is no file that can be read; pass one of JSON, or NAME=VALUES such as learning-rate=0.001,0.01`,
  );
}

function epochsOf(preset: string, given: Given): number {
  const epochs = given.get("epochs")?.[1];
  const onDigits = (given.get("dataset")?.[1] ?? "digits") === "digits";
  return changeRecipe(
    presetOf(preset).recipe,
    epochs === undefined ? {} : { epochs: Number(epochs) },
    onDigits,
  ).epochs;
}

async function tuneInto(
  output: OutputFolder,
  plan: SweepPlan,
  known: readonly Hyperparameter[],
  options: TuneOptions,
  given: Given,
  signal: AbortSignal,
): Promise<void> {
  const began = performance.now();
  const terminal = createTerminal(options);
  const { jobs, threads } = sharesOf(options.jobs, given.get("threads")?.[1], plan.trials);
  const source = await readData(plan, given, signal, terminal);
  const folder = await openSweepFolder(output, plan);
  const places = loose.filter((name) => name !== "threads").flatMap((name) => given.get(name) ?? []);
  const progress = await createSweepProgress(terminal, plan, folder);
  const work: SweepWork = {
    plan,
    known,
    folder,
    pool: createChildPool({ jobs, signal }),
    loose: [...places, "--threads", String(threads)],
    watcher: progress,
  };
  terminal.note(headingText({ ...planText(plan), ...sizesOf(source), jobs, threads }, terminal.style));
  const whole = await runTrials(work).finally(() => progress.end());
  if (!whole) throw stopped(folder, plan, options.out);

  const trials = [...folder.trials.values()].sort((a, b) => a.trial - b.trial);
  const best = bestTrial(trials, plan.metric);
  const test = best && (await tested(work, best, options.out));
  await folder.dropAll();
  const result: SweepResult = {
    ...planText(plan),
    ...sizesOf(source),
    jobs,
    threads,
    trials,
    best,
    test,
    effects: effectsOf(trials, planText(plan).searched, plan.metric, plan.rungs?.[0]),
    seconds: (performance.now() - began) / 1000,
    command: commandLine(["tune", ...tuneArguments(plan, given, options)]),
    bestCommand: best && commandLine(["train", ...trialArguments(work, best.options)]),
    wholeCommand: best && commandLine(["train", ...wholeArguments(work, best.options)]),
    version: version(),
    out: options.out,
  };
  // loaded where it is needed: the charts' packages take longer to load than any other command to run
  const { sweepPage } = await import("../../report/sweep/page.ts");
  await output.write({ [sweepFiles.report]: sweepPage(result) });
  if (!best)
    throw new RunsFailed(
      trials.map(({ failure }) => ({ reason: failure?.reason ?? "" })),
      trials.length,
    );
  terminal.note(summaryText(result, { style: terminal.style, width: terminal.width() }));
  if (options.json) terminal.result(JSON.stringify(jsonOf(result)));
}

/** Processes, and threads of each: together not more than there are cores, unless the user wants more. */
function sharesOf(
  jobs: number | undefined,
  threads: string | undefined,
  trials: number,
): { jobs: number; threads: number } {
  const cores = availableParallelism();
  const asked = threads === undefined || threads === "auto" ? undefined : Number(threads);
  const processes = Math.min(trials, jobs ?? Math.max(1, Math.floor(cores / (asked ?? 1))));
  return { jobs: processes, threads: asked ?? Math.max(1, Math.floor(cores / processes)) };
}

// Once, before all trials do: what is wrong with it is told here, and what must be downloaded is downloaded once.
async function readData(
  plan: SweepPlan,
  given: Given,
  signal: AbortSignal,
  terminal: Terminal,
): Promise<Source> {
  const [data, limit] = [given.get("data")?.[1], given.get("limit")?.[1]];
  return loadSource({
    dataset: plan.dataset,
    validationSplit: plan.validationSplit,
    ...(data !== undefined && { data }),
    ...(limit !== undefined && { limit: Number(limit) }),
    signal,
    onDownload: downloadNote(terminal),
  });
}

async function tested(
  work: SweepWork,
  best: { trial: number },
  out: string | undefined,
): Promise<TestScores> {
  const end = await testBest(work, work.folder.trials.get(best.trial)!);
  if (end.kind === "done") return end.test;
  if (end.kind === "stopped") throw stopped(work.folder, work.plan, out);
  throw new RunsFailed([{ reason: `the test of trial ${best.trial}: ${end.reason}` }], 1);
}

function stopped(folder: SweepFolder, plan: SweepPlan, out: string | undefined): Interrupted {
  const done = [...folder.trials.values()].filter(({ status }) => status !== "stopped").length;
  return new Interrupted(
    out === undefined
      ? "nothing was kept, as there was no --out"
      : `${done} of ${plan.trials} trials are over; the same command goes on`,
  );
}

function tuneArguments(
  plan: SweepPlan,
  given: Given,
  { search = [], out, ...options }: TuneOptions,
): string[] {
  const { method, minEpochs, reduction, trials, metric, validationSplit } = options;
  const chosen = Object.entries({
    method,
    trials,
    "min-epochs": minEpochs,
    reduction,
    metric: metric === "val_accuracy" ? undefined : metric,
    "validation-split": validationSplit === 0.1 ? undefined : validationSplit,
    out,
  });
  return [
    plan.preset,
    ...search.flatMap((text) => ["--search", text]),
    ...chosen.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)])),
    ...[...given].filter(([name]) => name !== "threads").flatMap(([, args]) => args),
  ];
}
