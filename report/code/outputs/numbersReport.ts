/** The report of a network that predicts several numbers: each output against what was, and how far off it is. */
import { mean } from "../../../src/math/statistics.ts";
import { fitChart } from "../../charts/fitChart.ts";
import { standalone } from "../../charts/svg.ts";
import { dataTable } from "../../html/dataTable.ts";
import { type ChartFigure, figureGrid } from "../../html/figure.ts";
import { type Html, html } from "../../html/html.ts";
import { formatQuantity, plural } from "../../text/numbers.ts";
import type { OwnPart } from "../scoreReport.ts";
import type { OutputNumbers } from "./numbers.ts";

const MOST_TOLD = 100; // examples in the table of a chart
const LARGEST = 10; // errors that are told

/** What the report has besides curves, layers and settings. @param prefix what ids and names of figures begin with */
export function numbersPart(outputs: readonly OutputNumbers[], prefix = ""): OwnPart {
  const figures = outputs.map((output) => fitFigure(output, prefix));
  const known = outputs.filter(({ r2 }) => !Number.isNaN(r2));
  const meanR2 = known.reduce((sum, { r2 }) => sum + r2, 0) / known.length;
  const examples = plural(outputs[0]!.actual.length, "test example");
  return {
    headline: html`<strong>R² ${scoreText(meanR2)}</strong> in the mean of ${plural(outputs.length, "output")}, on ${examples}`,
    facts: [],
    sections: [
      {
        id: `${prefix}fit`,
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
      { id: `${prefix}largest`, title: "Largest errors", body: largestErrors(outputs) },
    ],
    figures: figures.map(({ name, svg, ...said }) => ({ name, svg: standalone(svg, said) })),
  };
}

/** The examples that are furthest off, each error counted in deviations of its output, so that units do not matter. */
function largestErrors(outputs: readonly OutputNumbers[]): Html {
  const deviations = outputs.map(({ actual }) => {
    const middle = mean(actual);
    return Math.sqrt(mean(actual.map((value) => (value - middle) * (value - middle)))) || 1;
  });
  const farOff = outputs[0]!.actual.map((_, example) =>
    outputs.reduce((sum, { actual, predicted }, k) => {
      const off = (predicted[example]! - actual[example]!) / deviations[k]!;
      return sum + off * off;
    }, 0),
  );
  const order = farOff.map((_, example) => example).sort((a, b) => farOff[b]! - farOff[a]! || a - b);
  return dataTable({
    caption: "Test examples counted from 0, the furthest off first: actual → predicted",
    columns: ["example", ...outputs.map(({ output }) => `output ${output}`)].map((head) => ({ head })),
    rows: order
      .slice(0, LARGEST)
      .map((example) => [
        example,
        ...outputs.map(
          ({ actual, predicted }) =>
            `${formatQuantity(actual[example]!)} → ${formatQuantity(predicted[example]!)}`,
        ),
      ]),
  });
}

function fitFigure({ output, actual, predicted, r2 }: OutputNumbers, prefix: string): ChartFigure {
  const text = {
    title: `Output ${output}: predicted against actual`,
    description: `A dot for each of the ${plural(actual.length, "test example")}; on the dashed line predictions are right. R² is ${scoreText(r2)}.`,
  };
  return {
    ...text,
    name: `${prefix}predicted-actual-${output}`,
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
  return Number.isNaN(r2) ? "–" : r2.toFixed(4).replace("-", "−");
}
