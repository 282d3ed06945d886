/** A trial of a sweep: what was tried, what came of it, and which of two is better. */
import { formatQuantity, formatScore } from "../text/numbers.ts";

export type TrialValue = string | number | boolean;

/** A line of trials.jsonl; of the scores it has those of its task. */
export interface Trial extends TrialScores {
  /** Number of the trial, from 1, in the order of the draws or of the grid. */
  readonly trial: number;
  /** How the trial ended; "stopped" by successive halving, with fewer epochs than the others. */
  readonly status: "complete" | "stopped" | "failed";
  /** Values of the options that were searched, named as on the command line. */
  readonly options: Readonly<Record<string, TrialValue>>;
  /** Epochs that are done; for a failed trial those before the failure. */
  readonly epochs: number;
  /** One value an epoch. */
  readonly history: TrialHistory;
  /** Seconds of training, over all rungs. */
  readonly seconds: number;
  /** Hex SHA-256 of the weights; null where the trial has none. */
  readonly digest: string | null;
  /** Why the trial failed, and on the way to which epoch. */
  readonly failure?: { readonly epochs: number; readonly reason: string };
}

/** Scores on the validation set after the last epoch; null where one is not finite, or there is none. */
type TrialScores = Readonly<Partial<Record<SweepMetric, number | null>>>;

/** Scores of training and of validation, under the names of the history. */
export type TrialHistory = Readonly<Record<string, readonly (number | null)[]>>;

/** The scores of each task that trials can be chosen by, on the validation set; the first is the one that models are ranked by. */
export const scoresOfTask = {
  classification: ["val_accuracy", "val_loss"],
  regression: ["val_r2", "val_rmse", "val_mae", "val_loss"],
} as const;

export type SweepTask = keyof typeof scoresOfTask;

export type SweepMetric = (typeof scoresOfTask)[SweepTask][number];

/** What is told of a score, and where it ends. */
interface ScoreKind {
  /** In prose and on axes. */
  readonly name: string;
  /** Over a column. */
  readonly head: string;
  /** Whether the lower is the better. */
  readonly isError: boolean;
  /** What no value is beyond. */
  readonly bounds: readonly [least: number, most: number];
  format(value: number): string;
}

const [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

export const sweepMetrics: Readonly<Record<SweepMetric, ScoreKind>> = {
  val_accuracy: {
    name: "validation accuracy",
    head: "val acc",
    isError: false,
    bounds: [0, 1],
    format: formatScore,
  },
  val_r2: {
    name: "validation R²",
    head: "val R²",
    isError: false,
    bounds: [least, 1],
    format: formatScore,
  },
  val_rmse: {
    name: "validation RMSE",
    head: "val rmse",
    isError: true,
    bounds: [0, most],
    format: formatQuantity,
  },
  val_mae: {
    name: "validation MAE",
    head: "val mae",
    isError: true,
    bounds: [0, most],
    format: formatQuantity,
  },
  val_loss: {
    name: "validation loss",
    head: "val loss",
    isError: true,
    bounds: [least, most],
    format: formatScore,
  },
};

/** A score of a trial, or that it is none. */
export function shownScore(metric: SweepMetric, value: number | null | undefined): string {
  return typeof value === "number" ? sweepMetrics[metric].format(value) : "not finite";
}

/**
 * Negative where `a` is better by the metric; equals are told apart by another score, then by their number, so that
 * the order is the same whichever ended first. Failures and scores that are not finite come last.
 */
export function compareTrials(metric: SweepMetric): (a: Trial, b: Trial) => number {
  const other = (trial: Trial): SweepMetric =>
    metric !== "val_loss" ? "val_loss" : trial.val_r2 === undefined ? "val_accuracy" : "val_r2";
  return (a, b) =>
    costOf(a, metric) - costOf(b, metric) || costOf(a, other(a)) - costOf(b, other(b)) || a.trial - b.trial;
}

/** The best trial of those that were trained to the end; undefined where there is none. */
export function bestTrial(trials: readonly Trial[], metric: SweepMetric): Trial | undefined {
  const compare = compareTrials(metric);
  let best: Trial | undefined;
  for (const trial of trials)
    if (trial.status === "complete" && (best === undefined || compare(trial, best) < 0)) best = trial;
  return best;
}

// a large number, not Infinity: the difference of two must be 0
function costOf(trial: Trial, metric: SweepMetric): number {
  const value = trial[metric];
  if (trial.status === "failed" || typeof value !== "number") return Number.MAX_VALUE;
  return sweepMetrics[metric].isError ? value : -value;
}

/** `learning-rate 0.01, optimizer adam` */
export function describeOptions(options: Trial["options"]): string {
  return Object.entries(options)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}
