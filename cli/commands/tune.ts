/**
 * `anygrad tune`: a preset trained many times with other hyper-parameters, the best by what was held out from training,
 * and then one figure on the test set.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, type Option } from "commander";
import { type SweepMetric, scoresOfTask, sweepMetrics } from "../../report/sweep/trial.ts";
import { formerReport } from "../../runs/folder/formerReport.ts";
import { openOutputFolder } from "../../runs/folder/outputFolder.ts";
import { refuseStrangers } from "../../runs/folder/strangers.ts";
import { exampleCount } from "../../src/data/dataset.ts";
import { AnygradError } from "../../src/errors.ts";
import { changeRecipe, defaultPreset, epochsFor } from "../../src/presets/index.ts";
import { createHost } from "../../src/runtime/host.ts";
import type { Source } from "../dataset/source.ts";
import { tableEndings } from "../dataset/tableFile.ts";
import { choice, realNumber, wholeNumber } from "../options/arguments.ts";
import { commandLine } from "../options/commandLine.ts";
import { checkFolder } from "../options/folderOptions.ts";
import { addOptionalQueue, checkQueueOptions } from "../options/machines/queueOptions.ts";
import { modelHelp } from "../options/networkOptions.ts";
import {
  argumentsOf,
  asWritten,
  type GivenOptions,
  givenOptions,
  without,
} from "../options/passedOptions.ts";
import { addOutputOptions, addReportOption, type OutputOptions } from "../options/sharedOptions.ts";
import { addTrainOptions } from "../options/trainOptions.ts";
import { createTerminal } from "../terminal/terminal.ts";
import { fileDigest } from "../training/modelFile.ts";
import { type NetworkSource, networkSourceFor, networkSourceOf, oneNetwork } from "../training/network.ts";
import { type Hyperparameter, hyperparametersOf, nameOf } from "../tune/hyperparameters.ts";
import { checkSamePlan, type Method, methods, planOf, type SweepPlan } from "../tune/plan.ts";
import { loose, readData, runSweep } from "../tune/runSweep.ts";
import {
  type Dimension,
  dimensionOfFlag,
  dimensionsOfFile,
  isSpaceFile,
  withoutValues,
} from "../tune/space.ts";
import { sweepFiles } from "../tune/sweepFiles.ts";
import { savedPlan } from "../tune/sweepFolder.ts";

interface TuneOptions extends OutputOptions {
  readonly search?: readonly string[];
  readonly method?: Method;
  readonly trials?: number;
  readonly minEpochs?: number;
  readonly reduction?: number;
  readonly metric?: SweepMetric;
  readonly validationSplit: number;
  readonly jobs?: number;
  readonly queue?: string;
  readonly share?: string;
  readonly out?: string;
  readonly report: boolean;
}

/** Options of `train` that mean something else here, or nothing. */
const own = ["validation-split", "resume", "overwrite", "stop-after", "out", "report", "json", "quiet"];

/** Options of `train` that the plan names. */
const named = ["dataset", "epochs", "seed"];

export function tuneCommand(signal: AbortSignal): Command {
  const trainOptions = addTrainOptions(new Command()).options;
  const passed = trainOptions.filter((option) => !own.includes(nameOf(option)));
  const command = new Command("tune")
    .description("search the hyper-parameters of a preset and test the best")
    .argument("[network]", "a preset, or a file as for --model (default: as train has it)")
    .option("--model <file>", modelHelp)
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
      "what the best is chosen by, after the last epoch: val_accuracy or val_loss; of numbers val_r2, val_rmse, val_mae or val_loss (default: the first)",
      choice("--metric", Object.keys(sweepMetrics)),
    )
    .option(
      "--validation-split <x>",
      "share of the training set to choose by, of classes of each",
      realNumber("--validation-split", { above: 0, below: 1 }),
      0.1,
    )
    .option("--jobs <n>", "trials at a time (default: as many as cores)", wholeNumber("--jobs", 1));
  addOptionalQueue(command);
  for (const option of passed) command.addOption(asWritten(option));
  addOutputOptions(command).option(
    "--out <dir>",
    "folder for the trials, the best run and the report; the same command again goes on there",
  );
  addReportOption(command);
  return command.action(
    async (named: string | undefined, { model, ...options }: TuneOptions & { model?: string }) => {
      const given = givenOptions(command, passed);
      return tune(oneNetwork(named, model), options, given, trainOptions, signal);
    },
  );
}

async function tune(
  asked: string | undefined,
  wanted: TuneOptions,
  given: GivenOptions,
  trainOptions: readonly Option[],
  signal: AbortSignal,
): Promise<void> {
  const known = hyperparametersOf(trainOptions);
  checkFolder(given, wanted.out);
  checkQueueOptions("tune", wanted, given);
  const terminal = createTerminal(wanted);
  const source = await sourceOf(asked, wanted, given, signal);
  const network =
    asked !== undefined
      ? networkSourceOf(asked)
      : source
        ? networkSourceFor(source)
        : networkSourceOf(defaultPreset);
  const options = { ...wanted, metric: metricOf(wanted, given, source) };
  const plan = planOf({
    ...options,
    preset: network.argument,
    ...(network.isFile && { sha256: await fileDigest(network.argument) }),
    dataset: given.dataset ?? "digits",
    space: await spaceOf(options.search ?? [], known, given),
    epochs: epochsOf(network, given, source),
    seed: Number(given.seed ?? 1),
    fixed: argumentsOf(without(given, [...loose, ...named])),
  });
  const { out } = options;
  const path = out ?? (await mkdtemp(join(tmpdir(), "anygrad-tune-")));
  try {
    const saved = await savedPlan(path);
    if (saved) checkSamePlan(saved, plan, path);
    await refuseStrangers(
      path,
      "sweep",
      [...Object.values(sweepFiles), ...(await formerReport(path, "sweep"))],
      [sweepFiles.plan],
      "move it away",
    );
    const folder = await openOutputFolder(path);
    try {
      await runSweep({
        plan,
        known,
        given,
        jobs: options.jobs,
        queue: options.queue,
        share: options.share,
        folder,
        out,
        report: options.report && out !== undefined,
        command: commandLine(["tune", ...tuneArguments(plan, given, options)]),
        json: options.json ?? false,
        terminal,
        signal,
      });
    } finally {
      await folder.close();
    }
  } finally {
    if (out === undefined) await rm(path, { recursive: true, force: true });
  }
}

/** The data, where they decide what the sweep is: which network, how many epochs, and what is predicted. */
async function sourceOf(
  asked: string | undefined,
  { validationSplit }: TuneOptions,
  given: GivenOptions,
  signal: AbortSignal,
): Promise<Source | undefined> {
  const dataset = given.dataset ?? "digits";
  const decide =
    asked === undefined ||
    tableEndings.test(dataset) ||
    networkSourceOf(asked).recipe.leastSteps !== undefined;
  if (dataset === "digits" || !decide) return undefined;
  const terminal = createTerminal({ quiet: true }); // what is to be told of the data is told when the sweep reads them
  return readData({ plan: { dataset, validationSplit }, given, signal, terminal });
}

/** What trials are chosen by: what models of the task are ranked by, unless told. @throws AnygradError INVALID_ARGUMENT */
function metricOf(
  { metric }: TuneOptions,
  { dataset = "digits" }: GivenOptions,
  { task } = { task: "classification" as Source["task"] }, // of pictures classes are told
): SweepMetric {
  const scores: readonly SweepMetric[] = scoresOfTask[task];
  const chosen = metric ?? scores[0]!;
  if (scores.includes(chosen)) return chosen;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `--metric is "${chosen}", but ${task === "regression" ? "numbers" : "classes"} of ${dataset} are predicted, which have none; pass ${scores.join(" or ")}`,
  );
}

async function spaceOf(
  searches: readonly string[],
  known: readonly Hyperparameter[],
  given: GivenOptions,
): Promise<Dimension[]> {
  const space: Dimension[] = [];
  for (const search of searches)
    if (isSpaceFile(search)) space.push(...dimensionsOfFile(await spaceFile(search, known), search, known));
    else space.push(dimensionOfFlag(search, known));
  // --seed is also that of the draws
  const both = space.find(({ name }) => given[name] !== undefined && name !== "seed");
  if (both)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--${both.name} is both given (${given[both.name] || "on"}) and searched; leave one of them out`,
    );
  return space;
}

async function spaceFile(path: string, known: readonly Hyperparameter[]): Promise<string> {
  const bytes = await createHost()
    .readFile(path)
    .catch(() => undefined);
  if (bytes) return new TextDecoder().decode(bytes);
  const mistyped = withoutValues(path, known);
  if (mistyped) throw mistyped;
  throw new AnygradError(
    "DATA_MISSING",
    `--search: ${path === "" ? '""' : path} is no file that can be read; pass one of JSON, or NAME=VALUES such as learning-rate=0.001,0.01`,
  );
}

function epochsOf(network: NetworkSource, given: GivenOptions, source: Source | undefined): number {
  const epochs = given.epochs;
  const onDigits = (given.dataset ?? "digits") === "digits";
  const changes = epochs === undefined ? {} : { epochs: Number(epochs) };
  const recipe = changeRecipe(network.recipe, changes, onDigits);
  return source ? epochsFor(recipe, exampleCount(source.train)) : recipe.epochs;
}

function tuneArguments(
  plan: SweepPlan,
  given: GivenOptions,
  { search = [], out, ...options }: Omit<TuneOptions, "report">,
): string[] {
  const { method, minEpochs, reduction, trials, metric, validationSplit } = options;
  const chosen = Object.entries({
    method,
    trials,
    "min-epochs": minEpochs,
    reduction,
    metric: metric === "val_accuracy" || metric === "val_r2" ? undefined : metric,
    "validation-split": validationSplit === 0.1 ? undefined : validationSplit,
    out,
  });
  return [
    plan.preset,
    ...search.flatMap((text) => ["--search", text]),
    ...chosen.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)])),
    ...argumentsOf(without(given, ["threads"])),
  ];
}
