/** `anygrad compare`: several models on the same data sets, trained side by side or read from their folders, in one report. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Command } from "commander";
import { regressionsText } from "../../report/comparison/regression.ts";
import { comparisonText } from "../../report/comparison/text.ts";
import { fold } from "../../report/text/lines.ts";
import { formerReport } from "../../runs/folder/formerReport.ts";
import { type OutputFolder, openOutputFolder } from "../../runs/folder/outputFolder.ts";
import { refuseStrangers } from "../../runs/folder/strangers.ts";
import { readRunFolder } from "../../runs/reader.ts";
import { fileNames } from "../../runs/schema.ts";
import type { ImagePreparation } from "../../src/data/preparation.ts";
import { AnygradError, reasonOf } from "../../src/errors.ts";
import type { SweepQueue } from "../cluster/sweepQueue.ts";
import { parseCandidate, passedOptions, type TrainOptionUse } from "../compare/candidate.ts";
import type { comparisonFiles } from "../compare/comparisonFiles.ts";
import {
  compareFinishedRuns,
  comparisonRecord,
  type NamedRun,
  readFinishedRuns,
} from "../compare/finishedRuns.ts";
import { checkNetworks, type PlannedRun, planRuns, readBy, withoutEffect } from "../compare/plan.ts";
import { type FailedRun, trainMissing } from "../compare/runs.ts";
import { isNamedSet, loadSource, type Source } from "../dataset/source.ts";
import { tableEndings } from "../dataset/tableFile.ts";
import { wholeNumber } from "../options/arguments.ts";
import { commandLine } from "../options/commandLine.ts";
import { checkFolder } from "../options/folderOptions.ts";
import { givenImageOptions } from "../options/imageOptions.ts";
import { logArguments } from "../options/logOptions.ts";
import { addOptionalQueue, checkQueueOptions, givenData } from "../options/machines/queueOptions.ts";
import { modelHelp } from "../options/networkOptions.ts";
import {
  argumentsOf,
  asWritten,
  type GivenOptions,
  givenOptions,
  only,
  without,
} from "../options/passedOptions.ts";
import {
  addOutputOptions,
  addReportOption,
  type OutputOptions,
  reportLater,
} from "../options/sharedOptions.ts";
import { tableOptionsOfTexts } from "../options/tableOptions.ts";
import { addTrainOptions } from "../options/trainOptions.ts";
import { sharesOf } from "../process/childRun.ts";
import { RunsFailed } from "../process/failure.ts";
import { createTerminal, type Terminal } from "../terminal/terminal.ts";
import { checkModelFile } from "../training/network.ts";

interface Options extends OutputOptions {
  readonly dataset?: string;
  readonly out?: string;
  readonly jobs?: number;
  readonly queue?: string;
  readonly share?: string;
  readonly fair?: boolean;
  readonly runs?: readonly string[];
  readonly report: boolean;
}

const reportName = fileNames.report;
const recordName = "compare.json";

export function compareCommand(signal: AbortSignal): Command {
  const known = passedOptions(addTrainOptions(new Command()).options);
  const command = new Command("compare")
    .description("train several models on the same data, side by side, and write one report about them")
    .usage("[options] NETWORK[:OPTION=VALUE,…] …")
    .argument(
      "[network...]",
      "at least two presets or model files, with options of their own if need be: mlp-64:optimizer=momentum mine.mjs",
    )
    .optionsGroup("Comparison:")
    .option("--dataset <sets>", "what train takes, several of them separated by commas (default: digits)")
    .option("--model <file>", `${modelHelp}; repeatable`, (path: string, before: string[] = []) => [
      ...before,
      checkModelFile(path),
    ])
    .option("--jobs <n>", "runs at a time (default: as many as there are cores)", wholeNumber("--jobs", 1))
    .option("--fair", "one run after another, so that their times compare")
    .option("--runs <dir...>", "compare runs that have ended, without training");
  addOptionalQueue(command);
  addOutputOptions(command).option("--out <dir>", "folder for the report, its figures and all runs");
  addReportOption(command);
  for (const { option } of known.values()) command.addOption(asWritten(option));
  return command.action((named: string[], { model = [], ...options }: Options & { model?: string[] }) => {
    const presets = [...named, ...model];
    const given = givenOptions(
      command,
      Array.from(known.values(), ({ option }) => option),
    );
    return compare(presets, options, given, known, signal);
  });
}

async function compare(
  presets: readonly string[],
  options: Options,
  common: GivenOptions,
  known: ReadonlyMap<string, TrainOptionUse>,
  signal: AbortSignal,
): Promise<void> {
  refuseContradictions(presets, options, common);
  const terminal = createTerminal(options);
  const command = commandOf(presets, options, common);
  if (options.runs) return compareFolders(options.runs, command, options, common, terminal, signal);

  const logs = (name: string): string[] => logArguments(common, options.out, name);
  logs(""); // what is wrong with them is told before anything is done
  const candidates = presets.map((text) => parseCandidate(text, known));
  const datasets = datasetsOf(options.dataset ?? "digits");
  // --data is for the named sets, where there are any; else it is refused as train does
  const forSet = (dataset: string): GivenOptions =>
    !isNamedSet(dataset) && datasets.some(isNamedSet) ? without(common, ["data"]) : common;
  const planned = planRuns(candidates, datasets, common);
  const sources = new Map<string, Source>();
  for (const { dataset } of planned)
    if (!sources.has(dataset))
      sources.set(dataset, await sourceOf(dataset, forSet(dataset), terminal, signal));
  const plan = await checkNetworks(planned, sources, known);
  const folder = await openComparison(options.out ?? (await mkdtemp(join(tmpdir(), "anygrad-compare-"))));
  try {
    const queue = options.queue === undefined ? undefined : await queueOf(plan, forSet, folder, options, terminal, signal); // biome-ignore format: one call
    const ofDisk = queue ? withoutEffect.filter((name) => name !== "data") : withoutEffect;
    let isOver = false;
    const training = trainMissing(plan, folder, terminal, {
      ...sharesOf(plan.length, options.fair ? 1 : options.jobs, common.threads),
      fair: options.fair ?? false,
      queue: queue?.runs,
      extra: (dataset) => argumentsOf(only(forSet(dataset), ofDisk)),
      logs,
      signal,
    });
    const failed = await training
      .then((ended) => {
        isOver = true;
        return ended;
      })
      .finally(() => queue?.close(isOver));
    const ended = plan.filter(
      (run) => !failed.some(({ model, dataset }) => model === run.model && dataset === run.dataset),
    );
    const runs = await Promise.all(
      ended.map(async (run) => ({ ...run, ...(await readRunFolder(join(folder.path, run.folder))) })),
    );
    await finish({ runs, sources, failed, command }, options, folder, terminal);
  } finally {
    if (options.out === undefined) await rm(folder.path, { recursive: true, force: true });
    else await folder.close();
  }
}

/** Loaded where it is asked for: it needs packages that users install. */
async function queueOf(
  plan: readonly PlannedRun[],
  forSet: (dataset: string) => GivenOptions,
  folder: OutputFolder,
  { queue, share }: Options,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<SweepQueue> {
  const { openSweepQueue } = await import("../cluster/sweepQueue.ts");
  const datasets = [...new Set(plan.map(({ dataset }) => dataset))];
  const models = new Set(plan.map(({ model }) => model));
  const { threads } = forSet(datasets[0]!);
  return openSweepQueue({
    queue: queue!,
    share,
    folder,
    inputs: {
      data: datasets.map((dataset) => givenData(dataset, forSet(dataset))),
      files: plan.flatMap((run) => readBy(run).slice(1)),
    },
    whole: true,
    title: `${models.size} models on ${datasets.map((dataset) => basename(dataset)).join(", ")}`,
    planned: plan.length,
    extra: threads === undefined ? [] : ["--threads", threads],
    fast: plan.some((run) => run.options.precision === "fast"),
    terminal,
    signal,
  });
}

/** `--runs`: nothing is trained; pictures are shown where the data set is found. */
async function compareFolders(
  paths: readonly string[],
  command: string,
  options: Options,
  common: GivenOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const { runs, failed } = await readFinishedRuns(paths);
  const sources = new Map<string, Source>();
  // of one set seen at several sizes, the largest pictures
  const pixels = ({ settings }: NamedRun): number =>
    settings.dataset.test.slice(1).reduce((a, b) => a * b, 1);
  for (const { dataset, settings } of runs.toSorted((a, b) => pixels(b) - pixels(a))) {
    if (sources.has(dataset) || tableEndings.test(dataset)) continue; // a table has no pictures
    const limit: GivenOptions =
      settings.dataset.limit === null ? {} : { limit: String(settings.dataset.limit) };
    try {
      const images = settings.dataset.preparation?.image;
      const shared = isNamedSet(dataset) ? common : without(common, ["data"]);
      sources.set(dataset, await sourceOf(dataset, { ...shared, ...limit }, terminal, signal, images));
    } catch (error) {
      signal.throwIfAborted();
      terminal.note(`without pictures: ${reasonOf(error)}`);
    }
  }
  const folder = options.out === undefined ? undefined : await openComparison(options.out);
  try {
    await finish({ runs, sources, failed, command }, options, folder, terminal);
  } finally {
    await folder?.close();
  }
}

/** @throws AnygradError INVALID_ARGUMENT for a folder with files of others, OUTPUT */
async function openComparison(out: string): Promise<OutputFolder> {
  await refuseStrangers(
    out,
    "comparison",
    await formerReport(out, "comparison"),
    [recordName, "runs"],
    "move it away",
  );
  return openOutputFolder(out);
}

interface Ended {
  readonly runs: readonly NamedRun[];
  readonly sources: ReadonlyMap<string, Source>;
  readonly failed: readonly FailedRun[];
  readonly command: string;
}

/** Report, terminal and JSON. @throws RunsFailed after all of that, where a run has no result */
async function finish(
  { runs, sources, failed, command }: Ended,
  options: Options,
  folder: OutputFolder | undefined,
  terminal: Terminal,
): Promise<void> {
  const compared = comparable(runs, failed, terminal);
  const goesOn = options.out !== undefined && failed.some(({ died }) => died);
  const hint = goesOn ? "the same command goes on with what has died" : undefined;
  const failure = failed.length > 0 ? new RunsFailed(failed, runs.length + failed.length, hint) : undefined;
  if (failure && compared.length === 0) throw failure;
  const sets = await compareFinishedRuns(compared, sources);
  const out = options.out === undefined ? undefined : folder;
  const record = comparisonRecord(sets, {
    command,
    out: out?.path ?? null,
    failed,
    areKept: out !== undefined || options.runs !== undefined,
  });
  const order = [...new Set(runs.map(({ model }) => model))];
  const { report } = options;
  await out?.write(
    {
      [recordName]: `${JSON.stringify(record, null, 2)}\n`,
      ...(report && (await reportFiles({ sets, failed, command, order }))),
    },
    report ? [] : await formerReport(out.path, "comparison"),
  );
  const width = terminal.width();
  const look = { width, style: terminal.style };
  for (const set of sets)
    terminal.note(
      `\n${set.kind === "classes" ? comparisonText(set.comparison, look) : regressionsText(set.comparison, look)}`,
    );
  for (const note of new Set(sets.map(({ timing }) => timing.note)))
    terminal.note(`\n${fold(`Times: ${note}`, width).join("\n")}`);
  terminal.note(
    out
      ? `\nwritten: ${report ? `${reportName}, ` : ""}${recordName}${options.runs ? "" : ", runs"}${report ? " and figures" : ""} in ${out.path}${report ? "" : `\n${reportLater}`}`
      : `\n${terminal.style.quiet("nothing was written; --out DIR keeps the report and the runs")}`,
  );
  if (options.json) terminal.result(JSON.stringify(record));
  if (failure) throw failure;
}

/** Loaded only where they are written: charts take longer to load than the rest of the command line. */
async function reportFiles(
  content: Parameters<typeof comparisonFiles>[0],
): Promise<ReturnType<typeof comparisonFiles>> {
  const [{ comparisonFiles }, { openRasterizer }] = await Promise.all([
    import("../compare/comparisonFiles.ts"),
    import("../../node/rasterFiles.ts"),
  ]);
  return comparisonFiles(content, await openRasterizer());
}

/** The runs without those that failures have left alone on their data set. */
function comparable(
  runs: readonly NamedRun[],
  failed: readonly FailedRun[],
  terminal: Terminal,
): readonly NamedRun[] {
  if (failed.length === 0) return runs;
  return runs.filter(({ dataset, model, settings: { test } }) => {
    if (runs.filter((other) => other.dataset === dataset).length > 1) return true;
    const { accuracy, r2 = Number.NaN } = test;
    const score = accuracy === undefined ? `R² ${r2.toFixed(4)}` : `accuracy ${accuracy.toFixed(4)}`;
    terminal.note(`${dataset}: ${model} alone has ended, ${score}; there is nothing to compare it with`);
    return false;
  });
}

function refuseContradictions(presets: readonly string[], options: Options, common: GivenOptions): void {
  const { runs, jobs = 1, fair, out } = options;
  const refuse = (message: string): never => {
    throw new AnygradError("INVALID_ARGUMENT", `compare: ${message}`);
  };
  if (fair && jobs > 1)
    refuse(`--fair trains one run at a time, --jobs ${jobs} several; leave one of them out`);
  if (runs === undefined) {
    checkFolder(common, out);
    checkQueueOptions("compare", options, common);
    return;
  }
  if (presets.length > 0)
    refuse(`--runs trains nothing, but ${presets[0]} is a model to train; leave one of them out`);
  const other = [
    ...(["dataset", "jobs", "fair", "queue", "share"] as const).filter((name) => options[name] !== undefined),
    ...Object.keys(common).filter((name) => name !== "data"),
  ];
  if (other.length > 0) refuse(`--runs trains nothing, so that --${other[0]} has no meaning; leave it out`);
}

function datasetsOf(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  const refuse = (message: string): never => {
    throw new AnygradError("INVALID_ARGUMENT", `--dataset is "${text}"; ${message}`);
  };
  if (names.includes("")) refuse("put one name between commas, as in mnist,fashion-mnist");
  const twice = names.find((name, place) => names.indexOf(name) < place);
  if (twice !== undefined) refuse(`name ${twice} once`);
  return names;
}

function sourceOf(
  dataset: string,
  given: GivenOptions,
  terminal: Terminal,
  signal: AbortSignal,
  preparedAs?: ImagePreparation,
): Promise<Source> {
  const { data, limit } = given;
  return loadSource({
    ...givenImageOptions(given),
    preparedAs,
    ...tableOptionsOfTexts(given),
    dataset,
    data,
    limit: limit === undefined ? undefined : Number(limit),
    signal,
    terminal,
  });
}

function commandOf(presets: readonly string[], options: Options, common: GivenOptions): string {
  const { dataset, out, jobs, fair, runs } = options;
  const own: GivenOptions = {
    ...(dataset !== undefined && { dataset }),
    ...(jobs !== undefined && { jobs: String(jobs) }),
    ...(fair && { fair: "" }),
    ...(out !== undefined && { out }),
  };
  const words = [
    ...presets,
    ...(runs ? ["--runs", ...runs] : []),
    ...argumentsOf(common),
    ...argumentsOf(own),
  ];
  return commandLine(["compare", ...words]);
}
