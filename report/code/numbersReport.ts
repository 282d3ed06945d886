/** The report of a network that predicts several numbers: each output against what was, and how far off it is. */
import { fitChart } from "../charts/fitChart.ts";
import { standalone } from "../charts/svg.ts";
import { dataTable } from "../html/dataTable.ts";
import { type ChartFigure, figureGrid } from "../html/figure.ts";
import { html } from "../html/html.ts";
import { formatQuantity, plural } from "../text/numbers.ts";
import type { OutputNumbers } from "./numbers.ts";
import type { OwnPart } from "./scoreReport.ts";

const MOST_TOLD = 100; // examples in the table of a chart

/** What the report has besides curves, layers and settings. */
export function numbersPart(outputs: readonly OutputNumbers[]): OwnPart {
  const figures = outputs.map(fitFigure);
  const known = outputs.filter(({ r2 }) => !Number.isNaN(r2));
  const mean = known.reduce((sum, { r2 }) => sum + r2, 0) / known.length;
  const examples = plural(outputs[0]!.actual.length, "test example");
  return {
    headline: html`<strong>R² ${scoreText(mean)}</strong> in the mean of ${plural(outputs.length, "output")}, on ${examples}`,
    facts: [],
    sections: [
      {
        id: "fit",
        title: "Predicted and actual",
        body: html`${dataTable({
          caption: "How far off each output is",
          columns: ["output", "R²", "root mean squared error", "mean absolute error"].map((head) => ({
            head,
          })),
          rows: outputs.map(({ output, r2, rmse, mae }) => [
            output,
            scoreText(r2),
            formatQuantity(rmse),
            formatQuantity(mae),
          ]),
        })}
${figureGrid(figures)}`,
      },
    ],
    figures: figures.map(({ name, svg, ...said }) => ({ name, svg: standalone(svg, said) })),
  };
}

function fitFigure({ output, actual, predicted, r2 }: OutputNumbers): ChartFigure {
  const text = {
    title: `Output ${output}: predicted against actual`,
    description: `A dot for each of the ${plural(actual.length, "test example")}; on the dashed line predictions are right. R² is ${scoreText(r2)}.`,
  };
  return {
    ...text,
    name: `predicted-actual-${output}`,
    svg: fitChart({ ...text, actual, predicted, unit: undefined }),
    table: {
      caption: `The first ${plural(Math.min(MOST_TOLD, actual.length), "test example")}`,
      columns: ["example", "actual", "predicted"].map((head) => ({ head })),
      rows: actual
        .slice(0, MOST_TOLD)
        .map((value, example) => [example, formatQuantity(value), formatQuantity(predicted[example]!)]),
    },
  };
}

function scoreText(r2: number): string {
  return Number.isNaN(r2) ? "–" : r2.toFixed(4);
}
