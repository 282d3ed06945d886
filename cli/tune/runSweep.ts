/** A sweep from its plan to its report: the trials, the test of the best, what is written and what is told. */
import { basename, join } from "node:path";
import { effectsOf } from "../../report/sweep/effects.ts";
import type { SweepResult } from "../../report/sweep/result.ts";
import { headingText, summaryText } from "../../report/sweep/text.ts";
import { bestTrial, scoresOfTask } from "../../report/sweep/trial.ts";
import { formerReport } from "../../runs/folder/formerReport.ts";
import type { OutputFolder } from "../../runs/folder/outputFolder.ts";
import type { Scores } from "../../runs/schema.ts";
import type { SweepQueue } from "../cluster/sweepQueue.ts";
import { loadSource, type Source } from "../dataset/source.ts";
import { commandLine } from "../options/commandLine.ts";
import { givenImageOptions } from "../options/imageOptions.ts";
import { logArguments, logOptionNames } from "../options/logOptions.ts";
import { givenData } from "../options/machines/queueOptions.ts";
import { argumentsOf, type GivenOptions, only, without } from "../options/passedOptions.ts";
import { reportLater } from "../options/sharedOptions.ts";
import { tableOptionsOfTexts } from "../options/tableOptions.ts";
import { createChildPool, sharesOf } from "../process/childRun.ts";
import { Interrupted, RunsDied, RunsFailed } from "../process/failure.ts";
import { version } from "../process/packageRoot.ts";
import { localRuns } from "../process/runPool.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Hyperparameter } from "./hyperparameters.ts";
import { checkNetworks } from "./networks.ts";
import type { SweepPlan } from "./plan.ts";
import { runTrials, type SweepWork, testBest, trialArguments, wholeArguments } from "./runTrials.ts";
import { sweepFiles } from "./sweepFiles.ts";
import { openSweepFolder, type SweepFolder } from "./sweepFolder.ts";
import { createSweepProgress } from "./sweepProgress.ts";
import { dataText, jsonOf, planText } from "./sweepResult.ts";

export interface Sweep {
  readonly plan: SweepPlan;
  readonly known: readonly Hyperparameter[];
  /** Options of `train` that the user gave. */
  readonly given: GivenOptions;
  /** Number of trials at a time that the user asked for. */
  readonly jobs: number | undefined;
  /** Address of the queue whose workers make the trials; undefined: they are made here. */
  readonly queue: string | undefined;
  /** Where its workers find the data. */
  readonly share: string | undefined;
  /** Folder in which the sweep is kept. */
  readonly folder: OutputFolder;
  /** The folder as the user named it; undefined where it does not outlive the command. */
  readonly out: string | undefined;
  /** Whether the folder gets a report, and the best run in it. */
  readonly report: boolean;
  /** The command that repeats the sweep. */
  readonly command: string;
  readonly json: boolean;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** Options of `train` that are no part of the plan: where and how fast, not what. */
export const loose = [
  "data",
  "threads",
  "variant",
  "memory-limit",
  "checkpoint",
  "keep",
  "keep-best",
  ...logOptionNames,
];

/** Those of them that are of no use on another machine. */
const ofThisMachine = [...logOptionNames, "threads", "data"];

/** @throws Interrupted; RunsFailed where no trial has a result */
export async function runSweep(sweep: Sweep): Promise<void> {
  const { plan, known, given, out, report, terminal, signal } = sweep;
  const began = performance.now();
  logArguments(given, out, ""); // what is wrong with them is told before anything is done
  const wanted = sweep.jobs === undefined ? undefined : Math.min(sweep.jobs, plan.trials);
  const { jobs, threads } = sharesOf(plan.trials, wanted, given.threads);
  const source = await readData(sweep);
  await checkNetworks(plan, source, given);
  const queue = sweep.queue === undefined ? undefined : await queueOf(sweep, sweep.queue); // one that is not there leaves no folder
  const folder = await openSweepFolder(sweep.folder, plan).catch(async (error: unknown) => {
    await queue?.close(false);
    throw error;
  });
  const local = localRuns(createChildPool({ jobs, signal }), ["--threads", String(threads)]);
  const progress = await createSweepProgress(terminal, plan, source.task, folder);
  const looseHere = (trial: number): string[] => [
    ...argumentsOf(without(only(given, loose), [...logOptionNames, "threads"])),
    ...logArguments(given, out, basename(folder.runOf(trial))),
    ...(report ? [] : ["--no-report"]),
  ];
  const work: SweepWork = {
    plan,
    known,
    folder,
    scores: scoresOfTask[source.task],
    runs: queue?.runs ?? local,
    beginsAhead: queue !== undefined,
    local,
    loose: queue ? () => argumentsOf(without(only(given, loose), ofThisMachine)) : looseHere,
    looseHere,
    watcher: progress,
    died: [],
  };
  const start = { ...planText(plan), ...dataText(source), jobs, threads, queue: queue?.shown };
  terminal.note(headingText(start, terminal.style, terminal.width()));
  let whole = false;
  try {
    whole = await runTrials(work);
  } finally {
    progress.end();
    await queue?.close(whole);
  }
  if (!whole) throw signal.aborted ? stopped(folder, plan, out) : (work.runs.trouble ?? died(work, out));

  const trials = [...folder.trials.values()].sort((a, b) => a.trial - b.trial);
  const best = bestTrial(trials, plan.metric);
  const test = best && (await tested(work, best, out));
  await folder.finish();
  const result: SweepResult = {
    ...start,
    trials,
    best,
    test,
    effects: effectsOf(trials, planText(plan).searched, plan.metric, plan.rungs?.[0]),
    seconds: (performance.now() - began) / 1000,
    command: sweep.command,
    bestCommand: best && commandLine(["train", ...trialArguments(work, best.options)]),
    wholeCommand: best && commandLine(["train", ...wholeArguments(work, best.options)]),
    version: version(),
    out,
    report,
  };
  if (report) {
    // loaded where it is needed: the charts' packages take longer to load than any other command to run
    const { sweepReportFiles } = await import("./sweepReportFiles.ts");
    await sweep.folder.write(await sweepReportFiles(result));
  } else if (out !== undefined) await sweep.folder.remove(await formerReport(out, "sweep"));
  if (!best)
    throw new RunsFailed(
      trials.map(({ failure }) => ({ reason: failure?.reason ?? "" })),
      trials.length,
    );
  terminal.note(summaryText(result, { style: terminal.style, width: terminal.width() }));
  if (out !== undefined && !report)
    terminal.note(
      `${reportLater}\n${commandLine(["report", join(out, sweepFiles.best)])} writes that of the best run`,
    );
  if (sweep.json) terminal.result(JSON.stringify(jsonOf(result)));
}

/** Loaded where it is asked for: it needs packages that users install. */
async function queueOf(
  { plan, given, folder, share, terminal, signal }: Sweep,
  queue: string,
): Promise<SweepQueue> {
  const { openSweepQueue } = await import("../cluster/sweepQueue.ts");
  return openSweepQueue({
    queue,
    share,
    folder,
    inputs: {
      data: [givenData(plan.dataset, given)],
      files: [
        ...(plan.sha256 === undefined ? [] : [plan.preset]),
        ...(given.custom === undefined ? [] : [given.custom]),
      ],
    },
    whole: false,
    title: `${planText(plan).preset} on ${basename(plan.dataset)}`,
    planned: plan.trials,
    extra: given.threads === undefined ? [] : ["--threads", given.threads],
    fast: plan.fixed.join(" ").includes("--precision fast"),
    terminal,
    signal,
  });
}

// Once, before all trials do: what is wrong with it is told here, and what must be downloaded is downloaded once.
export async function readData({
  plan,
  given,
  signal,
  terminal,
}: Pick<Sweep, "given" | "signal" | "terminal"> & {
  plan: Pick<SweepPlan, "dataset" | "validationSplit">;
}): Promise<Source> {
  const { data, limit } = given;
  return loadSource({
    ...givenImageOptions(given),
    ...tableOptionsOfTexts(given),
    dataset: plan.dataset,
    validationSplit: plan.validationSplit,
    data,
    limit: limit === undefined ? undefined : Number(limit),
    signal,
    terminal,
  });
}

async function tested(work: SweepWork, best: { trial: number }, out: string | undefined): Promise<Scores> {
  const end = await testBest(work, work.folder.trials.get(best.trial)!);
  if (end.kind === "done") return end.test;
  if (end.kind === "stopped") throw stopped(work.folder, work.plan, out);
  if (end.kind === "died") {
    work.died.push({ trial: best.trial, reason: `its test: ${end.reason}` });
    throw died(work, out);
  }
  throw new RunsFailed([{ reason: `the test of trial ${best.trial}: ${end.reason}` }], 1);
}

function died({ died, plan }: SweepWork, out: string | undefined): RunsDied {
  return new RunsDied(
    died,
    plan.trials,
    out === undefined
      ? "nothing was kept, as there was no --out"
      : "the same command goes on with what is missing",
  );
}

function stopped(folder: SweepFolder, plan: SweepPlan, out: string | undefined): Interrupted {
  const done = [...folder.trials.values()].filter(({ status }) => status !== "stopped").length;
  return new Interrupted(
    out === undefined
      ? "nothing was kept, as there was no --out"
      : `${done} of ${plan.trials} trials are over; the same command goes on`,
  );
}
