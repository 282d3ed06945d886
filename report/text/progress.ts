/**
 * A run while it runs: a line for each epoch that is over, under one heading, and a bar for the one at work.
 */
import { filled } from "../../src/model/training/callbacks/progressLines.ts";
import { textWidth } from "./lines.ts";
import { formatClock, formatCount, formatScore, formatSeconds } from "./numbers.ts";
import { plain, type Style } from "./style.ts";

/** What an epoch's line says. */
export interface EpochScores {
  readonly loss: number;
  readonly accuracy: number;
  /** Loss on the validation set, or on the test set where there is none. */
  readonly judgedLoss: number;
  readonly judgedAccuracy: number;
  /** Accuracy of the raw weights and statistics, where averaged or re-estimated ones are validated. */
  readonly rawAccuracy?: number | undefined;
  readonly seconds: number;
}

const widths = [8, 8, 10, 11, 15, 11]; // of the columns of epoch lines
const narrowWidths = [6, 8, 10, 11, 15, 10]; // on narrow terminals
const rawWidth = 14; // before the last
const dropped = [3, 1]; // columns that narrower terminals do without, the losses, first

/** What the lines tell besides the loss: of classes the accuracy, of numbers R². */
export type ScoreName = "accuracy" | "r2";

/** What an epoch is judged on, as the heading has it. */
export type JudgedOn = "test" | "val";

/** The heading over the epochs' lines. @param width characters of a line, as that of `epochLine` */
export function epochHeading(
  judgedOn: JudgedOn = "test",
  style: Style = plain,
  raw = false,
  width = 80,
  score: ScoreName = "accuracy",
): string {
  const names = ["epoch", "loss", score, `${judgedOn} loss`, `${judgedOn} ${score}`, "time"];
  return style.quiet(columns(names, raw ? `raw ${score}` : undefined, width));
}

/** The line of one epoch, counted from 1. */
export function epochLine(epoch: number, epochs: number, scores: EpochScores, width = 80): string {
  return columns(
    [
      `${epoch}/${epochs}`,
      formatScore(scores.loss),
      scores.accuracy.toFixed(4),
      formatScore(scores.judgedLoss),
      scores.judgedAccuracy.toFixed(4),
      formatSeconds(scores.seconds),
    ],
    scores.rawAccuracy?.toFixed(4),
    width,
  );
}

function columns(texts: readonly string[], raw: string | undefined, width: number): string {
  const needed = (some: readonly number[]): number => some.reduce((sum, one) => sum + one, 0);
  const extra = raw === undefined ? 0 : rawWidth;
  const chosen = needed(widths) + extra <= width ? widths : narrowWidths;
  const kept = new Set(texts.keys());
  const left = (): number => needed(chosen.filter((_, i) => kept.has(i))) + extra;
  for (const column of dropped) if (left() > width) kept.delete(column);
  const padded = texts.map((text, i) => (kept.has(i) ? text.padStart(chosen[i]!) : ""));
  if (raw !== undefined) padded.splice(-1, 0, raw.padStart(rawWidth));
  return padded.join("");
}

/** The progress of the epoch that runs. */
export interface Progress {
  /** Number of the epoch, from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Share of this epoch's steps that are done, 0 to 1. */
  readonly done: number;
  readonly loss: number;
  readonly accuracy: number;
  /** What `accuracy` is. Default "accuracy". */
  readonly score?: ScoreName;
  /** What an example is: "image", "row". Default "image". */
  readonly noun?: string;
  readonly examplesPerSecond: number;
  /** Seconds until the whole run ends; undefined while nothing is known. */
  readonly secondsLeft: number | undefined;
}

const NARROWEST_BAR = 8;

function unitOf(noun = "image"): string {
  return noun === "image" ? "img/s" : `${noun}s/s`;
}

/** The progress as one line of at most `width` characters: what does not fit is left out from the right, the bar takes what is left. */
export function progressBar(progress: Progress, width: number, style: Style = plain): string {
  const head = `${progress.epoch}/${progress.epochs}`.padStart(widths[0]!);
  const left = progress.secondsLeft === undefined ? "" : `${formatClock(progress.secondsLeft)} left`;
  const facts = [
    `loss ${formatScore(progress.loss).padEnd(6)}`,
    `${progress.score ?? "accuracy"} ${progress.accuracy.toFixed(4)}`,
    left.padStart(9),
    `${formatCount(progress.examplesPerSecond).padStart(6)} ${unitOf(progress.noun)}`,
  ];
  const room = (count: number): number => width - textWidth([head, "", ...facts.slice(0, count)].join("  "));
  let shown = facts.length;
  while (shown > 0 && room(shown) < NARROWEST_BAR) shown--;
  const barWidth = Math.min(room(shown), 40);
  return [head, bar(progress.done, Math.max(0, barWidth), style), ...facts.slice(0, shown)]
    .join("  ")
    .trimEnd();
}

/** A bar of `width` characters, of which a share `done` (0 to 1) is filled. */
export function bar(done: number, width: number, style: Style = plain): string {
  const full = filled(done, width);
  return style.good(full) + style.quiet("─".repeat(width - textWidth(full)));
}
