/** The charts of a comparison: what accuracy costs, how it was learned, and where the models err. */

import { rankingName, rankingScore } from "../../runs/scores.ts";
import { confusionChart, MOST_SMALL } from "../charts/confusionChart.ts";
import { dotPlot } from "../charts/dotPlot.ts";
import { lineChart, thinned } from "../charts/lineChart.ts";
import { type ScatterPoint, scatterChart } from "../charts/scatterChart.ts";
import type { DataTable } from "../html/dataTable.ts";
import type { ChartFigure } from "../html/figure.ts";
import { formatCount, formatQuantity, formatScore, formatSeconds, plural } from "../text/numbers.ts";
import type { ComparedRun, Comparison, Model } from "./comparison.ts";
import type { Timing } from "./timing.ts";

export interface FiguresOptions {
  /** What the names of all figures begin with. */
  readonly prefix: string;
  readonly timing: Timing;
  /** Number of the colour and sign that a model has in all charts, from 0. */
  look(model: string): number;
}

/** An R² of the mean of the rows is 0: one far below tells only that a model had learned nothing yet. */
const LEAST_R2 = -1;

export interface ComparisonFigures {
  /** Accuracy against parameters and against time. */
  readonly costs: readonly ChartFigure[];
  readonly learning: readonly ChartFigure[];
  readonly classes: ChartFigure;
  /** Model by model. */
  readonly confusions: readonly ChartFigure[];
}

export function comparisonFigures(comparison: Comparison, options: FiguresOptions): ComparisonFigures {
  const judged = judgedName(comparison.models);
  return {
    costs: costFigures(comparison, options),
    learning: [
      curves(comparison, options, "val_accuracy", `${judged} accuracy by epoch`, "accuracy"),
      curves(comparison, options, "val_loss", `${judged} loss by epoch`, "loss"),
      curves(comparison, options, "accuracy", "Training accuracy by epoch", "accuracy"),
      curves(comparison, options, "loss", "Training loss by epoch", "loss"),
    ].filter((figure) => figure !== undefined),
    classes: classesFigure(comparison, options),
    confusions: comparison.models.map((model) => confusionFigure(comparison, model, options)),
  };
}

/** All figures, in the order of the page. */
export function listed({ costs, learning, classes, confusions }: ComparisonFigures): ChartFigure[] {
  return [...costs, ...learning, classes, ...confusions];
}

/** "Test", "Validation": what the epochs of all were judged on. */
export function judgedName(models: readonly ComparedRun[]): string {
  const parts = [...new Set(models.map(({ judgedOn }) => judgedOn))].sort();
  return parts.join(" or ").replace(/^./, (letter) => letter.toUpperCase());
}

/** What a chart of all models needs to know of the comparison. */
type Ranked = {
  readonly dataset: string;
  readonly models: readonly (ComparedRun & Partial<Pick<Model, "interval">>)[];
};

/** The score against parameters and against time. */
export function costFigures(comparison: Ranked, options: FiguresOptions): ChartFigure[] {
  return [parametersFigure(comparison, options), secondsFigure(comparison, options)];
}

/** "accuracy" or "R²", by which the models are ranked. */
function scoreOf({ models }: Ranked): string {
  return rankingName(models[0]!.test);
}

function parametersFigure(comparison: Ranked, { prefix, look }: FiguresOptions): ChartFigure {
  const { models, dataset } = comparison;
  const score = scoreOf(comparison);
  const intervals = models.some(({ interval }) => interval) ? " Thin lines are 95 % intervals." : "";
  const [best] = models;
  const text = {
    title: `${sentence(score)} and parameters on ${dataset}`,
    description: `The best, ${best!.model}, has ${plural(best!.parameters, "parameter")} and reaches ${rankingScore(best!.test).toFixed(4)}.${intervals}`,
  };
  return {
    ...text,
    name: `${prefix}-parameters`,
    svg: scatterChart({
      ...text,
      points: models.map((model) => point(model, model.parameters, look)),
      x: { label: "parameters, log scale", logarithmic: true, format: formatCount },
      y: { label: `test ${score}` },
    }),
    table: costTable(comparison, "parameters", ({ parameters }) => formatCount(parameters)),
  };
}

function secondsFigure(comparison: Ranked, { prefix, look, timing }: FiguresOptions): ChartFigure {
  const { models, dataset } = comparison;
  const score = scoreOf(comparison);
  const quickest = models.toSorted((a, b) => a.seconds - b.seconds)[0]!;
  const caution = timing.comparable ? "" : " The times do not compare: see the ranking.";
  const text = {
    title: `${sentence(score)} and training time on ${dataset}`,
    description: `The quickest, ${quickest.model}, took ${formatSeconds(quickest.seconds)} and reaches ${rankingScore(quickest.test).toFixed(4)}.${caution}`,
  };
  return {
    ...text,
    name: `${prefix}-seconds`,
    svg: scatterChart({
      ...text,
      points: models.map((model) => point(model, model.seconds, look)),
      x: { label: "training time, log scale", logarithmic: true, format: formatSeconds },
      y: { label: `test ${score}` },
    }),
    table: costTable(comparison, "training time", ({ seconds }) => formatSeconds(seconds)),
  };
}

function point(
  { model, test, interval }: Ranked["models"][number],
  x: number,
  look: FiguresOptions["look"],
): ScatterPoint {
  return { name: model, x, y: rankingScore(test), ...(interval && { interval }), look: look(model) };
}

function costTable(comparison: Ranked, head: string, cost: (model: ComparedRun) => string): DataTable {
  const { models, dataset } = comparison;
  const score = scoreOf(comparison);
  const hasInterval = models.some(({ interval }) => interval);
  return {
    caption: `${sentence(score)} and ${head} on ${dataset}`,
    columns: [
      { head: "model", kind: "text" },
      { head: score },
      ...(hasInterval ? [{ head: "95 % interval" }] : []),
      { head },
    ],
    rows: models.map((model) => [
      model.model,
      rankingScore(model.test).toFixed(4),
      ...(model.interval ? [intervalText({ interval: model.interval })] : []),
      cost(model),
    ]),
  };
}

function sentence(words: string): string {
  return words[0]!.toUpperCase() + words.slice(1);
}

/** "0.9641 to 0.9723" */
export function intervalText({ interval }: Pick<Model, "interval">): string {
  return interval.map((end) => end.toFixed(4)).join(" to ");
}

// Undefined where no run has such a column.
export function curves(
  { models, dataset }: Ranked,
  { prefix, look }: FiguresOptions,
  column: string,
  name: string,
  label: string,
): ChartFigure | undefined {
  const series = models.map(({ model, history }) => ({
    name: model,
    look: look(model),
    points: (history[column] ?? []).map((value, epoch) => [epoch + 1, value] as const),
  }));
  // a first epoch that is far off would press all that matters into a line
  const isFarOff = (value: number): boolean => label === "R²" && value < LEAST_R2;
  const farOff = series.some(({ points }) => points.some(([, value]) => isFarOff(value)));
  const logarithmic = label !== "accuracy" && label !== "R²";
  const last = series.flatMap(({ name, points }) => {
    const end = points.findLast(([, value]) => Number.isFinite(value));
    return end ? [`${name} ${told(end[1])}`] : [];
  });
  if (last.length === 0) return undefined;
  const text = {
    title: `${name}, ${dataset}`,
    description: `At the end: ${last.join(", ")}.${farOff ? ` What is below ${LEAST_R2} is left out.` : ""}`,
  };
  const epochs = Math.max(...series.map(({ points }) => points.length));
  return {
    ...text,
    name: `${prefix}-${column.replace("_", "-")}`,
    svg: lineChart({
      ...text,
      series: series.map(({ points, ...one }) => ({
        ...one,
        points: thinned(points.length)
          .map((i) => points[i]!)
          .filter(([, value]) => !isFarOff(value)),
      })),
      x: { label: "epoch" },
      y: { label: logarithmic ? `${label}, log scale` : label, logarithmic },
    }),
    table: {
      caption: `${name}, ${dataset}`,
      columns: [{ head: "epoch" }, ...models.map(({ model }) => ({ head: model }))],
      rows: thinned(epochs).map((epoch) => [
        epoch + 1,
        ...series.map(({ points }) => {
          const value = points[epoch]?.[1];
          return value === undefined || Number.isNaN(value) ? "" : told(value);
        }),
      ]),
    },
  };
}

/** A score, or an error in the label's unit. */
function told(value: number): string {
  return Math.abs(value) >= 1000 ? formatQuantity(value) : formatScore(value);
}

/** Classes that no test example is of are left out: nothing is known of them. */
function classesFigure({ models, dataset, classNames, classWinners }: Comparison, options: FiguresOptions) {
  const { prefix, look } = options;
  const left = classNames.filter((_, classId) => !classWinners.some((winner) => winner.classId === classId));
  const hardest = classWinners.toSorted((a, b) => a.f1 - b.f1)[0]!;
  const text = {
    title: `F1 by class, ${dataset}`,
    description: `The hardest class for all is ${hardest.name}: the best there, ${hardest.model}, reaches ${hardest.f1.toFixed(3)}.${left.length > 0 ? ` Without test examples, and not shown: ${left.slice(0, 10).join(", ")}${left.length > 10 ? ", …" : ""}.` : ""}`,
  };
  const series = models.map(({ model, confusion }) => ({
    name: model,
    look: look(model),
    values: classWinners.map(({ classId }) => confusion.perClass[classId]!.f1),
  }));
  return {
    ...text,
    name: `${prefix}-classes`,
    svg: dotPlot({ ...text, rows: classWinners.map(({ name }) => name), series, x: { label: "F1" } }),
    table: {
      caption: `F1 by class, ${dataset}`,
      columns: [{ head: "class", kind: "text" as const }, ...models.map(({ model }) => ({ head: model }))],
      rows: classWinners.map(({ name }, row) => [
        name,
        ...series.map(({ values }) => values[row]!.toFixed(4)),
      ]),
    },
  };
}

function confusionFigure(
  { models, dataset, classNames }: Comparison,
  model: Model,
  { prefix }: FiguresOptions,
): ChartFigure {
  const { matrix } = model.confusion;
  const [worst] = model.confusion.mostConfused(1);
  const text = {
    title: model.model,
    description: worst
      ? `${worst.labelName} is taken for ${worst.predictedName} most often: ${formatCount(worst.count)} times, ${(100 * worst.share).toFixed(1)} % of the class.`
      : "Every image is recognised.",
  };
  return {
    ...text,
    name: `${prefix}-confusion-${models.indexOf(model) + 1}`,
    wide: classNames.length > MOST_SMALL,
    svg: confusionChart({ ...text, title: `Confusion matrix of ${model.model}`, matrix, classNames }),
    table: {
      caption: `${model.model} on ${dataset}: rows are what an image is, columns what it was taken for`,
      columns: [{ head: "class", kind: "text" }, ...classNames.map((head) => ({ head }))],
      rows: matrix.map((counts, label) => [classNames[label]!, ...counts.map(formatCount)]),
    },
  };
}
