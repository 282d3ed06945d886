/** Accuracy, loss and learning rate, against epochs and against steps; each with its numbers as a table. */

import type { FinishedRun } from "../../runs/reader.ts";
import { extent } from "../../src/math/statistics.ts";
import { lineChart, type Series, thinned } from "../charts/lineChart.ts";
import { type DataPart, lookOfPart } from "../charts/palette.ts";
import type { ChartFigure } from "../html/figure.ts";
import { formatCount, formatQuantity, formatScore } from "../text/numbers.ts";

/** Points of a curve over steps; more are drawn as means of spans, with the lowest and the highest as a band. */
const MOST_POINTS = 200;

// Looks of lineChart: the same in every chart of the page, and those of other reports for the parts of a data set.
const TRAINING = lookOfPart.training;
const RAW = 3;
const RATE = 4;

interface Score {
  /** Name of the column in history.csv, such as "accuracy". */
  readonly column: string;
  readonly best: "highest" | "lowest";
}

/** The curves of a run: those of more than one point. What has one alone is told in words, by `curveTexts`. */
export function curveFigures(run: FinishedRun): ChartFigure[] {
  const shown = scores.filter(({ column }) => run.history[column]);
  const epochScores = [...shown, ...otherScores(run)];
  return [
    ...(isLong(run.history.epoch) ? epochScores.map((score) => overEpochs(run, score)) : []),
    ...(isLong(run.steps.step)
      ? shown.filter(({ column }) => run.steps[column]).map((score) => overSteps(run, score))
      : []),
    ...(run.steps.step && !isConstant(run) ? [learningRate(run)] : []),
  ];
}

/** "Learning rate: 0.001 throughout.", and the scores of a run of one epoch: what needs no chart. */
export function curveTexts(run: FinishedRun): string[] {
  const [rate] = ratesOf(run);
  const ends = [...scores, ...otherScores(run)].flatMap(({ column }) =>
    curvesOf(run, column)
      .filter(({ values }) => values.length > 0) // a history may have no epoch
      .map(({ name, values }) => `${name} ${column} ${formatScore(values.at(-1)!)}`),
  );
  return [
    ...(isLong(run.history.epoch) || ends.length === 0 ? [] : [`After the only epoch: ${ends.join(", ")}.`]),
    ...(isConstant(run) && rate !== undefined ? [`Learning rate: ${plain(rate)} throughout.`] : []),
  ];
}

function isLong(values: readonly number[] = []): boolean {
  return values.length > 1;
}

function isConstant(run: FinishedRun): boolean {
  return ratesOf(run).every((rate) => rate === ratesOf(run)[0]);
}

/** Learning rates of the steps, or of the epochs where steps were not taken down. */
function ratesOf({ steps, history }: FinishedRun): readonly number[] {
  return steps.learning_rate ?? history.learningRate ?? [];
}

/** Metrics that a user chose besides accuracy; what is an error is better low. */
function otherScores({ history }: FinishedRun): Score[] {
  const known = ["epoch", "seconds", "learningRate", ...scores.map(({ column }) => column)];
  return Object.keys(history)
    .filter((column) => !known.includes(column) && !/^(raw_)?val_/.test(column))
    .map((column) => ({ column, best: /error|mae|mse|rmse|loss/i.test(column) ? "lowest" : "highest" }));
}

const scores: readonly Score[] = [
  { column: "accuracy", best: "highest" },
  { column: "r2", best: "highest" },
  { column: "rmse", best: "lowest" },
  { column: "loss", best: "lowest" },
];

/** What the epochs were judged on, and with which weights. */
function judgedName({ settings, history }: FinishedRun): { part: DataPart; judged: string; raw: string } {
  const part = settings.dataset.validation || settings.command === "" ? "validation" : "test";
  if (!history.raw_val_loss) return { part, judged: part, raw: "" };
  const { ema, recalibrate } = settings.recipe;
  const kinds = [ema ? "averaged weights" : "", recalibrate ? "re-estimated statistics" : ""];
  const kind = kinds.filter(Boolean).join(", ") || "as kept";
  return { part, judged: `${part}, ${kind}`, raw: `${part}, the run's own weights` };
}

interface Curve {
  readonly name: string;
  readonly values: readonly number[];
  readonly look: number;
}

function curvesOf(run: FinishedRun, column: string): Curve[] {
  const { part, judged, raw } = judgedName(run);
  return [
    { name: judged, values: run.history[`val_${column}`], look: lookOfPart[part] },
    { name: raw, values: run.history[`raw_val_${column}`], look: RAW },
    { name: "training", values: run.history[column], look: TRAINING },
  ].flatMap(({ name, values, look }) => (values ? [{ name, values, look }] : []));
}

function overEpochs(run: FinishedRun, { column, best }: Score): ChartFigure {
  const { epoch: all = [] } = run.history;
  const kept = thinned(all.length);
  const epoch = kept.map((i) => all[i]!);
  const curves = curvesOf(run, column);
  const { logarithmic, label } = scaleOf(
    column,
    curves.flatMap(({ values }) => values),
  );
  const ends = curves.map(({ name, values }) => `${name} ${told(values.at(-1)!)}`).join("; ");
  const judged = curves.find(({ look }) => look !== TRAINING && look !== RAW);
  const text = {
    title: `${titleOf(column)} by epoch`,
    description: `After the last epoch: ${ends}.${judged ? ` ${sentence(best)} (${judged.name}): ${bestOf(judged.values, all, best)}.` : ""}`,
  };
  return {
    name: column,
    ...text,
    svg: lineChart({
      ...text,
      series: curves.map(({ name, values, look }) => ({
        name,
        look,
        points: pointsOf(
          epoch,
          kept.map((i) => values[i]!),
        ),
      })),
      x: { label: "epoch" },
      y: { label, logarithmic },
    }),
    table: {
      caption: `${titleOf(column)} after ${kept.length < all.length ? `every ${formatCount(kept[1]!)}th epoch; all are in history.csv` : "each epoch"}`,
      columns: ["epoch", ...curves.map(({ name }) => name)].map((head) => ({ head })),
      rows: kept.map((i) => [formatCount(all[i]!), ...curves.map(({ values }) => exact(values[i]!))]),
    },
  };
}

function overSteps(run: FinishedRun, { column }: Score): ChartFigure {
  const { step = [], epoch = [], [column]: values = [] } = run.steps;
  const spans = spansOf(step, values);
  const drawnWhole = spans.every(({ from, to }) => from === to);
  const curves = curvesOf(run, column).filter(({ look }) => look !== TRAINING);
  const ends = lastSteps(epoch); // index of the last step of each epoch
  const training: Series = {
    name: "training",
    look: TRAINING,
    solid: step.length > 40,
    points: spans.map(({ middle, mean }) => [middle, mean]),
    ...(!drawnWhole && { band: spans.map(({ middle, low, high }) => [middle, low, high]) }),
  };
  const judged = curves.map(
    ({ name, values: perEpoch, look }): Series => ({
      name,
      look,
      points: thinned(perEpoch.length).flatMap((i) =>
        ends[i] === undefined ? [] : [[step[ends[i]]!, perEpoch[i]!]],
      ),
    }),
  );
  const shown = [
    ...spans.flatMap(({ low, high }) => [low, high]),
    ...curves.flatMap((curve) => curve.values),
  ];
  const { logarithmic, label } = scaleOf(column, shown);
  const each = drawnWhole
    ? "of each step's batch"
    : `over spans of ${formatCount(spans[0]!.to - spans[0]!.from + 1)} steps, between the lowest and the highest batch`;
  const text = {
    title: `${titleOf(column)} by step`,
    description: `${formatCount(step.length)} ${step.length === 1 ? "step" : "steps"}; training: ${drawnWhole ? "" : "the mean "}${each}${curves.length > 0 ? `; ${curves.map(({ name }) => name).join(" and ")}: at the ends of epochs` : ""}.`,
  };
  return {
    name: `${column}-steps`,
    ...text,
    svg: lineChart({
      ...text,
      series: [...judged, training],
      x: { label: "step" },
      y: { label, logarithmic },
    }),
    table: {
      caption: drawnWhole
        ? `${titleOf(column)} of each step's batch`
        : `${titleOf(column)} of spans of steps; every step is in steps.csv`,
      columns: (drawnWhole ? ["step", column] : ["steps", "mean", "lowest", "highest"]).map((head) => ({
        head,
      })),
      rows: spans.map(({ from, to, mean, low, high }) =>
        drawnWhole
          ? [formatCount(from), exact(mean)]
          : [`${formatCount(from)} to ${formatCount(to)}`, exact(mean), exact(low), exact(high)],
      ),
    },
  };
}

function learningRate({ steps }: FinishedRun): ChartFigure {
  const { step = [], epoch = [], learning_rate: rates = [] } = steps;
  const shown = thinned(step.length, MOST_POINTS);
  const [first, last] = [rates[0] ?? Number.NaN, rates.at(-1) ?? Number.NaN];
  const highest = rates.reduce((most, rate) => Math.max(most, rate), first);
  const text = {
    title: "Learning rate by step",
    description: `From ${plain(first)} to ${plain(last)}${highest > Math.max(first, last) ? `, at most ${plain(highest)}` : ""}.`,
  };
  const ends = lastSteps(epoch);
  return {
    name: "learning-rate",
    ...text,
    svg: lineChart({
      ...text,
      series: [
        {
          name: "learning rate",
          look: RATE,
          solid: true,
          points: shown.map((i) => [step[i]!, rates[i]!] as const),
        },
      ],
      x: { label: "step" },
      y: { label: "learning rate" },
    }),
    table: {
      caption: "Learning rate of the first and the last step of each epoch",
      columns: ["epoch", "first step", "last step"].map((head) => ({ head })),
      rows: thinned(ends.length).map((i) => [
        formatCount(epoch[ends[i]!]!),
        plain(rates[i === 0 ? 0 : ends[i - 1]! + 1]!),
        plain(rates[ends[i]!]!),
      ]),
    },
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly middle: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Equal spans of steps; those without a finite value are left out. */
function spansOf(steps: readonly number[], values: readonly number[]): Span[] {
  const size = Math.max(1, Math.ceil(steps.length / MOST_POINTS));
  const spans: Span[] = [];
  for (let start = 0; start < steps.length; start += size) {
    const end = Math.min(start + size, steps.length);
    const within = values.slice(start, end).filter(Number.isFinite);
    if (within.length === 0) continue;
    const [low, high] = extent(within);
    const [from, to] = [steps[start]!, steps[end - 1]!];
    spans.push({
      from,
      to,
      middle: (from + to) / 2,
      mean: within.reduce((sum, value) => sum + value, 0) / within.length,
      low,
      high,
    });
  }
  return spans;
}

/** The index of each epoch's last step. */
function lastSteps(epochs: readonly number[]): number[] {
  return epochs.flatMap((epoch, i) => (epochs[i + 1] === epoch ? [] : [i]));
}

function pointsOf(xs: readonly number[], ys: readonly number[]): [number, number][] {
  return xs.map((x, i) => [x, ys[i]!]);
}

/** Scale of a curve: logarithmic for losses that fall to a fraction of where they began. */
function scaleOf(column: string, values: readonly number[]): { logarithmic: boolean; label: string } {
  const shown = values.filter(Number.isFinite);
  const [least, most] = shown.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, 0],
  );
  const logarithmic = column === "loss" && least > 0 && most > 8 * least;
  const name = titles[column] ?? column;
  return { logarithmic, label: logarithmic ? `${name} (log scale)` : name };
}

function bestOf(values: readonly number[], epochs: readonly number[], best: Score["best"]): string {
  let at = 0;
  for (let i = 1; i < values.length; i++)
    if (best === "highest" ? values[i]! > values[at]! : values[i]! < values[at]!) at = i;
  return `${told(values[at]!)} after epoch ${epochs[at]}`;
}

/** A score, or an error in the label's unit. */
function told(value: number): string {
  return Math.abs(value) >= 1000 ? formatQuantity(value) : formatScore(value);
}

/** Names of scores that are no words. */
const titles: Readonly<Record<string, string>> = { r2: "R²", rmse: "RMSE", mae: "MAE", mse: "MSE" };

function titleOf(column: string): string {
  return titles[column] ?? sentence(column);
}

function sentence(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}

/** A number with seven digits: as many as a float32 has. */
function exact(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(7))) : "–";
}

function plain(value: number): string {
  return String(Number(value.toPrecision(4)));
}
