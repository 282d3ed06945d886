/** The charts of models that predict numbers: what R² costs, how it was learned, how far each is off, and on which side. */

import { quantile } from "../../src/math/statistics.ts";
import { errorChart, fitChart } from "../charts/fitChart.ts";
import { lineChart } from "../charts/lineChart.ts";
import type { ChartFigure } from "../html/figure.ts";
import { formatCount, formatQuantity } from "../text/numbers.ts";
import { errorBound, histogramOf } from "../text/regression.ts";
import { costFigures, curves, type FiguresOptions, judgedName } from "./figures.ts";
import { errorsOf, type RegressionComparison, type Target } from "./regression.ts";

export interface RegressionFigures {
  /** R² against parameters and against time. */
  readonly costs: readonly ChartFigure[];
  readonly learning: readonly ChartFigure[];
  /** How many rows are within which error, all models in one chart. */
  readonly within: ChartFigure;
  /** Predicted against actual, model by model, on one scale. */
  readonly fits: readonly ChartFigure[];
  /** Predicted less actual, model by model, on one scale. */
  readonly errors: readonly ChartFigure[];
}

const BINS = 21;
const POINTS = 40; // of a curve of errors

export function regressionFigures(
  comparison: RegressionComparison,
  options: FiguresOptions,
): RegressionFigures {
  const { models, target } = comparison;
  const judged = judgedName(models);
  const curve = (column: string, part: string, name: string) =>
    curves(comparison, options, column, `${part} ${name} by epoch`, name);
  return {
    costs: costFigures(comparison, options),
    learning: [
      curve("val_r2", judged, "R²"),
      curve("val_loss", judged, "loss"),
      curve("val_rmse", judged, "RMSE"),
      curve("val_mae", judged, "MAE"),
      curve("r2", "Training", "R²"),
      curve("loss", "Training", "loss"),
    ].filter((figure) => figure !== undefined),
    within: withinFigure(comparison, options),
    fits: fitFigures(comparison, options),
    errors: errorFigures(comparison, options, target),
  };
}

/** All figures, in the order of the page. */
export function listedRegression({
  costs,
  learning,
  within,
  fits,
  errors,
}: RegressionFigures): ChartFigure[] {
  return [...costs, ...learning, within, ...fits, ...errors];
}

function withinFigure(
  { models, dataset, target: { unit } }: RegressionComparison,
  { prefix, look }: FiguresOptions,
): ChartFigure {
  const sorted = models.map((run) =>
    errorsOf(run)
      .map(Math.abs)
      .sort((a, b) => a - b),
  );
  const half = models
    .map(({ model }, i) => `${model} ${formatQuantity(quantile(sorted[i]!, 0.5))}`)
    .join(", ");
  const behind = unit === undefined ? "" : `, ${unit}`;
  const text = {
    title: `How far off, ${dataset}`,
    description: `So many percent of the test rows are predicted to within this error; half of them: ${half}.`,
  };
  const shares = Array.from({ length: POINTS + 1 }, (_, i) => i / POINTS);
  const told = [0.25, 0.5, 0.75, 0.9, 0.95, 1];
  return {
    ...text,
    name: `${prefix}-within`,
    svg: lineChart({
      ...text,
      series: models.map(({ model }, i) => ({
        name: model,
        look: look(model),
        points: shares.map((share) => [100 * share, quantile(sorted[i]!, share)] as const),
      })),
      x: { label: "% of the test rows", whole: false },
      y: { label: `absolute error${behind}` },
    }),
    table: {
      caption: `Error that so many of the test rows are within${behind}`,
      columns: [{ head: "rows" }, ...models.map(({ model }) => ({ head: model }))],
      rows: told.map((share) => [
        `${100 * share} %`,
        ...sorted.map((errors) => formatQuantity(quantile(errors, share))),
      ]),
    },
  };
}

function fitFigures(
  { models, target: { unit } }: RegressionComparison,
  { prefix, look }: FiguresOptions,
): ChartFigure[] {
  const all = models.flatMap(({ predictions: { labels, predicted } }) => [...labels, ...predicted]);
  const [least, most] = [leastOf(all), -leastOf(all.map((value) => -value))];
  return models.map(({ model, test, predictions: { labels, predicted } }, place) => {
    const text = {
      title: model,
      description: `R² ${(test.r2 ?? Number.NaN).toFixed(4)}; a dot is a test row, on the dashed line predictions are right.`,
    };
    return {
      ...text,
      name: `${prefix}-fit-${place + 1}`,
      svg: fitChart({
        ...text,
        title: `Predicted against actual, ${model}`,
        actual: labels,
        predicted,
        unit,
        range: [least, most],
        look: look(model),
      }),
      table: {
        caption: `The first ${Math.min(100, labels.length)} test rows of ${model}`,
        columns: ["row", "actual", "predicted"].map((head) => ({ head })),
        rows: labels
          .slice(0, 100)
          .map((value, row) => [formatCount(row), formatQuantity(value), formatQuantity(predicted[row]!)]),
      },
    };
  });
}

function errorFigures(
  { models }: RegressionComparison,
  { prefix, look }: FiguresOptions,
  { unit }: Target,
): ChartFigure[] {
  const errors = models.map(errorsOf);
  const bound = Math.max(...errors.map(errorBound));
  const bins = errors.map((own) => histogramOf(own, BINS, bound));
  const most = Math.max(...bins.flatMap((own) => own.map(({ count }) => count)));
  return models.map(({ model }, place) => {
    const own = errors[place]!;
    const mean = own.reduce((sum, error) => sum + error, 0) / own.length;
    const over = own.filter((error) => error > 0).length;
    const text = {
      title: model,
      description: `${formatCount(over)} of ${formatCount(own.length)} predictions are too high; the mean error is ${formatQuantity(mean)}.`,
    };
    return {
      ...text,
      name: `${prefix}-errors-${place + 1}`,
      svg: errorChart({
        ...text,
        title: `Errors of ${model}`,
        bins: bins[place]!,
        unit,
        most,
        look: look(model),
      }),
      table: {
        caption: `Test rows by their error, ${model}`,
        columns: ["from", "to", "rows"].map((head) => ({ head })),
        rows: bins[place]!.map(({ from, to, count }) => [
          formatQuantity(from),
          formatQuantity(to),
          formatCount(count),
        ]),
      },
    };
  });
}

/** The least of any number of values: a call with an argument each would overflow the stack. */
function leastOf(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}
