/** The report of a run that learned to predict numbers: what it predicted against what was, and how the errors spread. */
import { placeHead, placeText, placeWords } from "../../runs/places.ts";
import type { FinishedRun } from "../../runs/reader.ts";
import { errorChart, fitChart } from "../charts/fitChart.ts";
import { type FigureFile, standalone } from "../charts/svg.ts";
import { tableChart } from "../charts/tableChart.ts";
import { dataTable } from "../html/dataTable.ts";
import { type ChartFigure, figureGrid } from "../html/figure.ts";
import { type Html, html } from "../html/html.ts";
import { page, type Section } from "../html/page.ts";
import { nounOf } from "../text/noun.ts";
import { formatCount, formatQuantity, formatScore, formatSeconds, plural } from "../text/numbers.ts";
import { histogramOf } from "../text/regression.ts";
import { architectureOf } from "./architecture.ts";
import { curveFigures, curveTexts } from "./curves.ts";
import { dataTables } from "./dataTables.ts";
import { seedText, settingsSection } from "./facts.ts";
import { footerOf, repeatSection } from "./repeat.ts";

const BINS = 21;
const LARGEST = 10;

export function regressionReport(
  run: FinishedRun,
  summary: string,
  withFiles: boolean,
  inputs?: Html,
): { readonly html: string; readonly figures: readonly FigureFile[] } {
  const { settings } = run;
  const { r2 = Number.NaN, rmse = Number.NaN, mae = Number.NaN, loss } = settings.test;
  const { name = "the label", unit } = settings.dataset.target ?? {};
  const fit = fitReport(run, withFiles);
  const curves = curveFigures(run);
  const architecture = architectureOf(summary);
  const architectureText = {
    title: `Architecture of ${settings.preset}`,
    description: `${plural(architecture.rows.length, "layer")}, ${plural(settings.params.total, "parameter")}.`,
  };
  const behind = unit === undefined ? "" : ` ${unit}`;
  const data = dataTables(settings.dataset);
  const noun = nounOf({ ...settings.dataset, shape: settings.dataset.test });
  return {
    figures: [
      ...fit.figures,
      ...curves.map((figure) => ({ name: figure.name, svg: standalone(figure.svg, figure) })),
      {
        name: "architecture",
        svg: standalone(tableChart({ ...architectureText, ...architecture }), architectureText),
      },
    ],
    html: page({
      title: `${settings.preset} on ${settings.dataset.name}`,
      headline: html`<strong>R² ${r2.toFixed(4)}</strong> on ${plural(run.predictions.labels.length, `test ${noun}`)}: ${name} is predicted to within ${formatQuantity(mae)}${behind} in the mean`,
      facts: [
        ["RMSE", `${formatQuantity(rmse)}${behind}`],
        ["MAE", `${formatQuantity(mae)}${behind}`],
        [settings.dataset.preparation?.target ? "test loss, scaled" : "test loss", formatScore(loss)],
        ["parameters", formatCount(settings.params.total)],
        ["epochs", formatCount(run.history.epoch!.length)],
        ["training time", formatSeconds(settings.seconds)],
        ["seed", seedText(settings)],
      ],
      sections: [
        ...fit.sections,
        {
          id: "learning",
          title: "Learning",
          body: html`${curves.length > 0 && figureGrid(curves)}
${curveTexts(run).map((text) => html`<p>${text}</p>\n`)}`,
        },
        ...(data || inputs ? [{ id: "data", title: "Data", body: html`${inputs}${data}` }] : []),
        {
          id: "network",
          title: "Network",
          body: dataTable({ caption: architectureText.description, ...architecture }),
        },
        settingsSection(settings),
        repeatSection(settings),
      ],
      footer: footerOf(settings, withFiles),
    }),
  };
}

/**
 * What a report tells of an output that is a number: predicted against actual, the spread of the errors, the largest.
 *
 * @param prefix what ids and names of figures begin with, where a page has several such outputs
 */
export function fitReport(
  run: FinishedRun,
  withFiles: boolean,
  prefix = "",
): { readonly sections: readonly Section[]; readonly figures: readonly FigureFile[] } {
  const fit = fitFigures(run, withFiles, prefix);
  return {
    sections: [
      { id: `${prefix}fit`, title: "Predicted and actual", body: figureGrid(fit) },
      { id: `${prefix}largest`, title: "Largest errors", body: largestErrors(run) },
    ],
    figures: fit.map((figure) => ({ name: figure.name, svg: standalone(figure.svg, figure) })),
  };
}

/** Predicted against actual numbers, and the spread of the errors. */
function fitFigures(
  { predictions: { labels: actual, predicted, places }, settings }: FinishedRun,
  withFiles: boolean,
  prefix: string,
): ChartFigure[] {
  const noun = `test ${nounOf({ ...settings.dataset, shape: settings.dataset.test })}`;
  const { name = "the label", unit } = settings.dataset.target ?? {};
  const errors = actual.map((value, i) => predicted[i]! - value);
  const bins = histogramOf(errors, BINS);
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const over = errors.filter((error) => error > 0).length;
  const fitText = {
    title: "Predicted against actual",
    description: `${name}: a dot for each of the ${plural(actual.length, noun)}; on the dashed line predictions are right.`,
  };
  const errorText = {
    title: "Errors",
    description: `${formatCount(over)} of ${formatCount(errors.length)} predictions are too high; the mean error is ${signed(mean)}. What lies beyond the scale is counted in the outermost bars.`,
  };
  return [
    {
      name: `${prefix}predicted-actual`,
      ...fitText,
      svg: fitChart({ ...fitText, actual, predicted, unit }),
      table: {
        caption: `The first ${plural(Math.min(100, actual.length), noun)} ${placeWords(places)}${withFiles ? "; all are in predictions.csv" : ""}`,
        columns: [placeHead(places), "actual", "predicted"].map((head) => ({ head })),
        rows: actual
          .slice(0, 100)
          .map((value, i) => [placeText(places, i), formatQuantity(value), formatQuantity(predicted[i]!)]),
      },
    },
    {
      name: `${prefix}errors`,
      ...errorText,
      svg: errorChart({ ...errorText, bins, unit }),
      table: {
        caption: "Test examples by their error",
        columns: ["from", "to", "examples"].map((head) => ({ head })),
        rows: bins.map(({ from, to, count }) => [signed(from), signed(to), formatCount(count)]),
      },
    },
  ];
}

function largestErrors({ predictions: { labels, predicted, places } }: FinishedRun): Html {
  const errorOf = (i: number): number => predicted[i]! - labels[i]!;
  const order = labels.map((_, i) => i).sort((a, b) => Math.abs(errorOf(b)) - Math.abs(errorOf(a)) || a - b);
  return dataTable({
    caption: `Test examples ${placeWords(places)}, largest error first`,
    columns: [placeHead(places), "actual", "predicted", "error"].map((head) => ({ head })),
    rows: order
      .slice(0, LARGEST)
      .map((i) => [
        placeText(places, i),
        formatQuantity(labels[i]!),
        formatQuantity(predicted[i]!),
        signed(errorOf(i)),
      ]),
  });
}

function signed(value: number): string {
  return value > 0 ? `+${formatQuantity(value)}` : formatQuantity(value);
}
