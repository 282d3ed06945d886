/**
 * The effect of each hyper-parameter by itself: the scores of its values, and the share of the scores' variance that the
 * differences between its values explain.
 *
 * The share is ε² (Kelley 1935): η² of a one-way analysis of variance, corrected for what chance alone would explain;
 * below 0 it is shown as 0. Ranges are cut into groups of equally many trials. Main effects only, as the first-order
 * terms of functional ANOVA (Hutter, Hoos, Leyton-Brown, ICML 2014): options that matter only together show no share.
 */
import { mean } from "../../src/math/statistics.ts";
import type { SweepMetric, Trial, TrialValue } from "./trial.ts";

export interface Effect {
  readonly name: string;
  /** Share of the variance, 0 to 1; undefined where there are too few trials to tell. */
  readonly share: number | undefined;
  /** In the order of the values. */
  readonly groups: readonly EffectGroup[];
  /** Whether all values are numbers. */
  readonly numeric: boolean;
  /** Whether the values come from a range: `groups` are then spans of it. */
  readonly grouped: boolean;
}

export interface EffectGroup {
  /** The value, or the span "0.001..0.01". */
  readonly label: string;
  readonly scores: readonly Scored[];
  readonly mean: number;
  /** Standard deviation (n − 1); NaN for a single trial. */
  readonly deviation: number;
}

export interface Scored {
  readonly trial: number;
  readonly value: TrialValue;
  readonly score: number;
}

/** The least share that is written as more than 0.0 %: one below explains nothing. */
export const LEAST_SHARE = 0.0005;

const MOST_GROUPS = 4;
const LEAST_OF_GROUP = 3; // trials
const MOST_VALUES = 8; // of numbers, before they are cut into groups

/**
 * @param searched the options that were searched; of a range, numbers hardly ever come twice
 * @param epochs where all trials are compared: those of the first rung; undefined: each at its end
 */
export function effectsOf(
  trials: readonly Trial[],
  searched: readonly { readonly name: string; readonly isRange: boolean }[],
  metric: SweepMetric,
  epochs?: number,
): Effect[] {
  return searched.map(({ name, isRange }) => {
    const scored = trials.flatMap((trial): Scored[] => {
      const score = scoreOf(trial, metric, epochs);
      return score === undefined ? [] : [{ trial: trial.trial, value: trial.options[name]!, score }];
    });
    const values = [...new Set(scored.map(({ value }) => value))];
    const numeric = values.length > 0 && values.every((value) => typeof value === "number");
    if (numeric) values.sort((a, b) => (a as number) - (b as number));
    const grouped = numeric && (isRange || values.length > MOST_VALUES);
    const groups = grouped
      ? spans(scored)
      : values.map((value) =>
          groupOf(
            String(value),
            scored.filter((one) => one.value === value),
          ),
        );
    return { name, share: shareOf(groups), groups, numeric, grouped };
  });
}

/** The score at this epoch, or at the end; undefined for a trial that failed before, or whose score is not finite. */
function scoreOf(trial: Trial, metric: SweepMetric, epochs?: number): number | undefined {
  if (trial.status === "failed" && !(epochs !== undefined && trial.epochs >= epochs)) return undefined;
  const score = epochs === undefined ? trial[metric] : trial.history[metric]?.[epochs - 1];
  return score ?? undefined;
}

/** Cuts the trials into groups of equally many, in the order of their values. */
function spans(scored: readonly Scored[]): EffectGroup[] {
  const sorted = scored.toSorted((a, b) => (a.value as number) - (b.value as number) || a.trial - b.trial);
  const n = sorted.length;
  const count = Math.max(1, Math.min(MOST_GROUPS, Math.floor(n / LEAST_OF_GROUP)));
  return Array.from({ length: count }, (_, group) => {
    const part = sorted.slice(Math.round((group * n) / count), Math.round(((group + 1) * n) / count));
    const [from, to] = [part[0]!.value, part.at(-1)!.value];
    return groupOf(from === to ? String(from) : `${from}..${to}`, part);
  });
}

function groupOf(label: string, scores: readonly Scored[]): EffectGroup {
  const average = mean(scores.map(({ score }) => score));
  const squares = scores.reduce((sum, { score }) => sum + (score - average) ** 2, 0);
  return {
    label,
    scores,
    mean: average,
    deviation: scores.length > 1 ? Math.sqrt(squares / (scores.length - 1)) : Number.NaN,
  };
}

function shareOf(groups: readonly EffectGroup[]): number | undefined {
  const all = groups.flatMap(({ scores }) => scores);
  const [n, k] = [all.length, groups.length];
  if (k < 2 || n <= k) return undefined;
  const average = mean(all.map(({ score }) => score));
  const total = all.reduce((sum, { score }) => sum + (score - average) ** 2, 0);
  if (total === 0) return 0;
  const within = groups.reduce(
    (sum, group) => sum + group.scores.reduce((part, { score }) => part + (score - group.mean) ** 2, 0),
    0,
  );
  return Math.max(0, 1 - within / (n - k) / (total / (n - 1)));
}
