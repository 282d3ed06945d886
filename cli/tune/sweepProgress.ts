/** A sweep as it is watched: a line for each result, and on a terminal a bar below them; with --quiet nothing. */
import { sweepBar, trialHeading, trialLine } from "../../report/sweep/text.ts";
import { bestTrial, type SweepTask } from "../../report/sweep/trial.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { SweepPlan } from "./plan.ts";
import type { SweepWatcher } from "./runTrials.ts";
import type { SweepFolder } from "./sweepFolder.ts";

const TRIALS_PER_MILLISECOND = 10;

export interface LiveSweep extends SweepWatcher {
  /** Removes the bar, however the sweep ended. */
  end(): void;
}

export async function createSweepProgress(
  terminal: Terminal,
  plan: SweepPlan,
  task: SweepTask,
  folder: SweepFolder,
): Promise<LiveSweep> {
  if (terminal.quiet) return { onStart() {}, onEpoch() {}, onResult() {}, onEnd() {}, end() {} };
  const bar = terminal.isInteractive
    ? (await import("log-update")).createLogUpdate(process.stderr)
    : undefined;
  /** Epochs that the running trials have done. */
  const running = new Map<number, number>();
  const judged = { planned: plan.trials, task, metric: plan.metric };
  let headed = false;
  let drawn = Number.NEGATIVE_INFINITY;
  let shown = "";
  const draw = (): void => {
    if (!bar) return;
    // all trials are looked at: of many not at each event
    const now = performance.now();
    if (now - drawn < folder.trials.size / TRIALS_PER_MILLISECOND) {
      bar(shown);
      return;
    }
    drawn = now;
    const trials = [...folder.trials.values()];
    const ended = trials.filter(({ status }) => status !== "stopped");
    let epochs = 0;
    for (const trial of trials) if (!running.has(trial.trial)) epochs += trial.epochs;
    for (const done of running.values()) epochs += done;
    const progress = {
      done: Math.min(1, plan.epochs === undefined ? ended.length / plan.trials : epochs / epochsOf(plan)),
      // with halving all begin and few are trained to the end
      ended: plan.method === "asha" ? trials.length : ended.length,
      planned: plan.trials,
      running: running.size,
      failed: trials.filter(({ status }) => status === "failed").length,
      best: bestTrial(trials, plan.metric),
      metric: plan.metric,
    };
    shown = sweepBar(progress, Math.min(100, terminal.width() - 1), terminal.style);
    bar(shown);
  };
  return {
    onStart(trial) {
      running.set(trial, folder.trials.get(trial)?.epochs ?? 0);
      draw();
    },
    onEpoch(trial, { epoch }) {
      running.set(trial, epoch);
      draw();
    },
    onResult(trial) {
      bar?.clear();
      if (!headed) terminal.note(trialHeading(judged, terminal.style));
      headed = true;
      terminal.note(trialLine(trial, judged, Math.min(100, terminal.width()), terminal.style));
      draw();
    },
    onEnd: (trial) => void running.delete(trial),
    end() {
      bar?.clear();
      bar?.done();
    },
  };
}

/** About how many epochs the whole sweep takes. */
function epochsOf({ trials, epochs, rungs, reduction = 1 }: SweepPlan): number {
  if (!rungs) return trials * (epochs ?? 1);
  return rungs.reduce(
    (sum, end, rung) => sum + Math.max(1, trials / reduction ** rung) * (end - (rungs[rung - 1] ?? 0)),
    0,
  );
}
