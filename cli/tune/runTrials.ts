/**
 * Runs the trials of a plan, here or over a queue, as many at a time as there are places, and keeps what each has reached.
 *
 * What is in the folder already is not run again: a sweep that goes on decides everything anew, in the same order, and
 * finds the results of before. A run that was interrupted goes on from its checkpoint, bit for bit.
 */
import { bestTrial, compareTrials, type SweepMetric, type Trial } from "../../report/sweep/trial.ts";
import type { Scores } from "../../runs/schema.ts";
import type { ChildEnd } from "../process/childRun.ts";
import type { EpochMessage } from "../process/parentLink.ts";
import type { RunPool, RunRequest } from "../process/runPool.ts";
import { halve } from "./halving.ts";
import { type Hyperparameter, hyperparameter, type Values } from "./hyperparameters.ts";
import { combinationsOf, type SweepPlan } from "./plan.ts";
import type { SweepFolder } from "./sweepFolder.ts";

export interface SweepWork {
  readonly plan: SweepPlan;
  readonly known: readonly Hyperparameter[];
  readonly folder: SweepFolder;
  /** What is taken down of each trial: the scores of its task. */
  readonly scores: readonly SweepMetric[];
  readonly runs: RunPool;
  /** Whether places are so many that trials begin before they are decided on: all begin, and who goes on is decided as ever. */
  readonly beginsAhead: boolean;
  /** Makes the run of the best, and its test. */
  readonly local: RunPool;
  /** Arguments of a trial's process that change no result. */
  readonly loose: (trial: number) => readonly string[];
  /** The same of a process on this machine. */
  readonly looseHere: (trial: number) => readonly string[];
  readonly watcher: SweepWatcher;
  /** Trials whose processes have died again and again; they have no result. */
  readonly died: { readonly trial: number; readonly reason: string }[];
}

/** What is called as trials end. */
export interface SweepWatcher {
  onStart(trial: number): void;
  onEpoch(trial: number, message: EpochMessage): void;
  /** Called when a trial has ended, reached a rung or failed. */
  onResult(trial: Trial): void;
  /** Called when a trial no longer runs. */
  onEnd(trial: number): void;
}

/** A sweep at work. */
interface Running extends SweepWork {
  /** Removes the runs that a result has made useless. */
  dropWorse(result: Trial): Promise<void>;
}

/** @returns whether all was run; false: the pool was stopped, or a trial has died */
export async function runTrials(sweep: SweepWork): Promise<boolean> {
  const work: Running = { ...sweep, dropWorse: worseDropper(sweep) };
  const { plan } = work;
  const combinations = combinationsOf(plan);
  if (plan.method !== "asha") {
    const results = combinations.map((options, i) => trainTo(work, i + 1, options, epochsOf(plan, options)));
    return (await Promise.all(results)).every((result) => result !== undefined);
  }
  const rungs = plan.rungs!;
  const begun = work.beginsAhead
    ? combinations.map((options, i) => trainTo(work, i + 1, options, rungs[0]!))
    : [];
  return halve<Trial>({
    trials: combinations.length,
    rungs,
    reduction: plan.reduction!,
    run: (i, rung) => (rung === 0 && begun[i]) || trainTo(work, i + 1, combinations[i]!, rungs[rung]!),
    compare: compareTrials(plan.metric),
    failed: ({ status }) => status === "failed",
  });
}

/** Ends the best trial's run: the test set is looked at here, once. A test that was made before is read. */
export async function testBest(work: SweepWork, best: Trial): Promise<TestEnd> {
  const { folder, local, looseHere } = work;
  const run = await folder.keepAsBest(best.trial);
  const before = await folder.testOf(run, best.digest);
  if (before) return { kind: "done", test: before };
  const end = await local.run({
    name: "best",
    args: [...trialArguments(work, best.options), ...looseHere(best.trial)],
    out: run,
  });
  if (end.kind === "paused") throw new Error("a run without --stop-after has paused");
  if (end.kind === "done" && end.record.digest !== best.digest)
    return {
      kind: "failed",
      reason: `here it ends with digest ${end.record.digest.slice(0, 12)}, and where it was trained with ${best.digest?.slice(0, 12)}; remove its line from trials.jsonl and the machine that gave it`,
    };
  return end.kind === "done" ? { kind: "done", test: end.record.test } : end;
}

export type TestEnd =
  | { readonly kind: "done"; readonly test: Scores }
  | Extract<ChildEnd, { kind: "stopped" | "failed" | "died" }>;

/** The arguments of `train` for a trial, where it is kept left out. */
export function trialArguments(
  { plan, known }: Pick<SweepWork, "plan" | "known">,
  options: Values,
): string[] {
  return [
    ...commonArguments(plan, options),
    ...searchedArguments(known, options),
    ...["--validation-split", String(plan.validationSplit)],
  ];
}

/** Arguments of `train` for these options on the whole training set. */
export function wholeArguments(
  { plan, known }: Pick<SweepWork, "plan" | "known">,
  options: Values,
): string[] {
  return [...commonArguments(plan, options), ...searchedArguments(known, options)];
}

function commonArguments(plan: SweepPlan, options: Values): string[] {
  return [
    plan.preset,
    ...["--dataset", plan.dataset],
    ...plan.fixed,
    ...("epochs" in options ? [] : ["--epochs", String(plan.epochs)]),
    ...("seed" in options ? [] : ["--seed", String(plan.seed)]),
  ];
}

function searchedArguments(known: readonly Hyperparameter[], options: Values): string[] {
  return Object.entries(options).flatMap(([name, value]) => hyperparameter(name, known).argumentsFor(value));
}

function epochsOf({ epochs }: SweepPlan, options: Values): number {
  return "epochs" in options ? Number(options.epochs) : epochs!;
}

/** The trial as it stands after so many epochs; undefined: stopped on the way. */
async function trainTo(
  work: Running,
  trial: number,
  options: Values,
  epochs: number,
): Promise<Trial | undefined> {
  const { plan, folder, scores, runs, loose, watcher } = work;
  const whole = epochsOf(plan, options);
  const before = folder.trials.get(trial);
  const known = before && trialAt(before, scores, epochs, whole);
  if (known) return known;
  const request: RunRequest = {
    name: `${trial}-${epochs}`,
    // when they are asked for: thousands may wait
    get args() {
      return [...trialArguments(work, options), "--stop-after", String(epochs), ...loose(trial)];
    },
    out: folder.runOf(trial),
    canWait: before === undefined, // those that are to go on keep others waiting
  };
  const end = await runs.run(request, {
    onStart: () => watcher.onStart(trial),
    onEpoch: (message) => watcher.onEpoch(trial, message),
  });
  watcher.onEnd(trial);
  if (end.kind === "died") work.died.push({ trial, reason: end.reason });
  if (end.kind === "stopped" || end.kind === "died") return undefined;
  const result = resultOf(end, { trial, options, scores, epochs, whole, before });
  await folder.record(result);
  runs.forget?.(request);
  await work.dropWorse(result);
  watcher.onResult(result);
  return result;
}

interface Asked {
  readonly trial: number;
  readonly options: Values;
  readonly scores: readonly SweepMetric[];
  readonly epochs: number;
  readonly whole: number;
  readonly before: Trial | undefined;
}

function resultOf(end: Exclude<ChildEnd, { kind: "stopped" | "died" }>, asked: Asked): Trial {
  const { trial, options, scores, epochs, whole, before } = asked;
  if (end.kind === "failed") {
    const history = {};
    const reached = before ?? { epochs: 0, ...at(history, 0, scores), history, seconds: 0, digest: null };
    return { ...reached, trial, status: "failed", options, failure: { epochs, reason: end.reason } };
  }
  const { history, seconds, digest } = end.record;
  const column = (name: string): (number | null)[] =>
    (history[name] ?? []).map((value) => (Number.isFinite(value) ? value : null));
  const columns = Object.fromEntries(
    scores.flatMap((name) => [name.slice("val_".length), name]).map((name) => [name, column(name)]),
  );
  return {
    trial,
    status: epochs === whole ? "complete" : "stopped",
    options,
    epochs,
    ...at(columns, epochs, scores),
    history: columns,
    seconds,
    digest,
  };
}

/** What is known of a trial, as it was after so many epochs; undefined: it has not come that far. */
function trialAt(
  trial: Trial,
  scores: readonly SweepMetric[],
  epochs: number,
  whole: number,
): Trial | undefined {
  if (trial.epochs >= epochs)
    return {
      ...trial,
      status: epochs === whole ? "complete" : "stopped",
      epochs,
      ...at(trial.history, epochs, scores),
    };
  return trial.status === "failed" ? trial : undefined;
}

/** The scores after so many epochs, or at the end where there are fewer. */
function at(
  history: Trial["history"],
  epochs: number,
  scores: readonly SweepMetric[],
): Partial<Record<SweepMetric, number | null>> {
  return Object.fromEntries(scores.map((name) => [name, history[name]?.slice(0, epochs).at(-1) ?? null]));
}

/** Runs are large; kept are the best so far, and what may be promoted yet. */
function worseDropper({ folder, plan }: SweepWork): Running["dropWorse"] {
  const compare = compareTrials(plan.metric);
  let best = bestTrial([...folder.trials.values()], plan.metric);
  return async (result) => {
    if (result.status === "stopped") return;
    let worse: Trial | undefined = result;
    if (result.status === "complete" && (!best || compare(result, best) < 0)) [worse, best] = [best, result];
    if (worse) await folder.drop(worse.trial);
  };
}
