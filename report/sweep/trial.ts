/** A trial of a sweep: what was tried, what came of it, and which of two is better. */

export type TrialValue = string | number | boolean;

/** A line of trials.jsonl. */
export interface Trial {
  /** Number of the trial, from 1, in the order of the draws or of the grid. */
  readonly trial: number;
  /** How the trial ended; "stopped" by successive halving, with fewer epochs than the others. */
  readonly status: "complete" | "stopped" | "failed";
  /** Values of the options that were searched, named as on the command line. */
  readonly options: Readonly<Record<string, TrialValue>>;
  /** Epochs that are done; for a failed trial those before the failure. */
  readonly epochs: number;
  /** Validation accuracy of the last epoch; null where it is not finite, or there is none. */
  readonly val_accuracy: number | null;
  readonly val_loss: number | null;
  /** One value an epoch. */
  readonly history: TrialHistory;
  /** Seconds of training, over all rungs. */
  readonly seconds: number;
  /** Hex SHA-256 of the weights; null where the trial has none. */
  readonly digest: string | null;
  /** Why the trial failed, and on the way to which epoch. */
  readonly failure?: { readonly epochs: number; readonly reason: string };
}

export type TrialHistory = Readonly<
  Record<"loss" | "accuracy" | "val_loss" | "val_accuracy", readonly (number | null)[]>
>;

/** The metric that trials are chosen by: on the validation set, in the last epoch. */
export type SweepMetric = "val_accuracy" | "val_loss";

export const sweepMetrics: readonly SweepMetric[] = ["val_accuracy", "val_loss"];

/**
 * Negative where `a` is better by the metric; equals are told apart by the other score, then by their number, so that
 * the order is the same whichever ended first. Failures and scores that are not finite come last.
 */
export function compareTrials(metric: SweepMetric): (a: Trial, b: Trial) => number {
  const other = metric === "val_accuracy" ? "val_loss" : "val_accuracy";
  return (a, b) =>
    costOf(a, metric) - costOf(b, metric) || costOf(a, other) - costOf(b, other) || a.trial - b.trial;
}

/** The best trial of those that were trained to the end; undefined where there is none. */
export function bestTrial(trials: readonly Trial[], metric: SweepMetric): Trial | undefined {
  return trials
    .filter(({ status }) => status === "complete")
    .toSorted(compareTrials(metric))
    .at(0);
}

// a large number, not Infinity: the difference of two must be 0
function costOf(trial: Trial, metric: SweepMetric): number {
  const value = trial[metric];
  if (trial.status === "failed" || value === null) return Number.MAX_VALUE;
  return metric === "val_loss" ? value : -value;
}

/** `learning-rate 0.01, optimizer adam` */
export function describeOptions(options: Trial["options"]): string {
  return Object.entries(options)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}
