/**
 * The axis of scores: as wide as all trials, or, where some are far off, as the better half needs. A learning rate that is
 * ten times too high would else press the trials that matter into one line at the border.
 */
import { extent } from "../../src/math/statistics.ts";
import { type SweepMetric, sweepMetrics } from "./trial.ts";

export interface ScoreScale {
  readonly domain: readonly [number, number];
  /** How many of the scores are beyond it; they are drawn at its edge. */
  readonly beyond: number;
  /** The score, or the edge that stands for it. */
  place(score: number): number;
  isBeyond(score: number): boolean;
}

const LEAST = 5; // trials, to speak of a half
const FAR = 3; // times the better half's span

export function scoreScale(scores: readonly number[], metric: SweepMetric): ScoreScale {
  const finite = scores.filter(Number.isFinite);
  const sorted = finite.toSorted((a, b) => (sweepMetrics[metric].isError ? a - b : b - a)); // best first
  const [best, worst] = [sorted[0] ?? 0, sorted.at(-1) ?? 1];
  const span = Math.abs((sorted[Math.ceil(sorted.length / 2) - 1] ?? worst) - best);
  const isFar = sorted.length >= LEAST && span > 0 && Math.abs(worst - best) > FAR * span;
  const bound = isFar ? best + Math.sign(worst - best) * 2 * span : worst;
  const kept = sorted.filter((score) => Math.abs(score - best) <= Math.abs(bound - best));
  const last = isFar ? kept.at(-1)! : worst; // no blank between the last that is shown and the edge
  const domain = paddedDomain([best, last], metric);
  const place = (score: number): number => Math.min(domain[1], Math.max(domain[0], score));
  const isBeyond = (score: number): boolean => place(score) !== score;
  return { domain, beyond: finite.filter(isBeyond).length, place, isBeyond };
}

/** From the least to the most with room around them, but not beyond what the score can be. */
export function paddedDomain(values: readonly number[], metric: SweepMetric): [number, number] {
  const [least, most] = extent(values);
  const margin = (most - least) / 20 || Math.abs(least) / 10 || 0.5;
  const [lowest, highest] = sweepMetrics[metric].bounds;
  return [Math.max(lowest, least - margin), Math.min(highest, most + margin)];
}

/** "3 trials beyond the axis are triangles at its edge."; "" where there are none. */
export function beyondText({ beyond }: ScoreScale): string {
  if (beyond === 0) return "";
  return beyond === 1
    ? " One trial far off the others is a triangle at the edge."
    : ` ${beyond} trials far off the others are triangles at the edge.`;
}
