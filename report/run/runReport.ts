/**
 * The report of a finished run: one HTML page, and its figures as SVG files of their own.
 *
 * It is made of what the run's folder keeps and of the data set, and of nothing else: no clock, no machine. So it can be
 * made again at any time, and is then the same, byte for byte.
 */

import type { FinishedRun } from "../../runs/reader.ts";
import type { RunJson } from "../../runs/schema.ts";
import { rankingScore } from "../../runs/scores.ts";
import type { Dataset } from "../../src/data/dataset.ts";
import type { NamedWeight } from "../../src/model/index.ts";
import { pictureChart, pictureRowsChart } from "../charts/pictureChart.ts";
import { type ChartText, type FigureFile, standalone } from "../charts/svg.ts";
import { tableChart } from "../charts/tableChart.ts";
import { dataTable } from "../html/dataTable.ts";
import { beside, type ChartFigure, chartFigure, figureGrid } from "../html/figure.ts";
import { type Html, html, type Part } from "../html/html.ts";
import { page } from "../html/page.ts";
import { hasPictures, type Picture } from "../pictures/picture.ts";
import { type ExampleKind, nounOf, sizeText } from "../text/noun.ts";
import { formatCount, formatScore, formatSeconds, plural } from "../text/numbers.ts";
import { commandWithoutFolders, withoutFolders } from "../text/paths.ts";
import { architectureOf } from "./architecture.ts";
import { balanceFigure } from "./balance.ts";
import { classReport } from "./classReport.ts";
import { curveFigures, curveTexts } from "./curves.ts";
import { dataTables } from "./dataTables.ts";
import { type ClassSamples, samplesOf } from "./examples.ts";
import { seedText, settingsSection } from "./facts.ts";
import { type FilterPictures, filterPictures, filterRows } from "./filters.ts";
import { sampleRows } from "./pictureList.ts";
import { regressionReport } from "./regression.ts";
import { footerOf, repeatSection } from "./repeat.ts";

export interface RunReportInput {
  readonly run: FinishedRun;
  /** Undefined where it is not at hand: then the samples are the test set's. */
  readonly train: Dataset | undefined;
  readonly test: Dataset;
  /** The text of `model.summary()`. */
  readonly summary: string;
  readonly weights: readonly NamedWeight[];
  /** Shape of an example. */
  readonly inputShape: readonly number[];
  /** What the examples are, where the network has several inputs. */
  readonly inputs?: Html;
  /** Whether the figures stand beside the page as files. Default true. */
  readonly withFiles?: boolean;
}

export interface RunReport {
  readonly html: string;
  readonly figures: readonly FigureFile[];
}

export function runReport(input: RunReportInput): RunReport {
  const { run, train, test, summary, weights, inputShape, withFiles = true } = input;
  const settings = withoutPlaces(run.settings);
  if (settings.test.r2 !== undefined)
    return regressionReport({ ...run, settings }, summary, withFiles, input.inputs);
  const { classNames } = settings.dataset;
  const files: FigureFile[] = [];
  const keep = (name: string, svg: string, text: ChartText): void => {
    files.push({ name, svg: standalone(svg, text) });
  };

  const samples = samplesOf(train ?? test, classNames);
  const samplesText = {
    title: `Samples of ${settings.dataset.name}`,
    description: `The first ${train ? "training" : "test"} examples of each of the ${plural(classNames.length, "class", "classes")}.`,
  };
  if (samples.length > 0)
    keep("samples", pictureRowsChart({ ...samplesText, rows: samples, size: 44 }), samplesText);

  const architecture = architectureOf(summary);
  const architectureText = {
    title: `Architecture of ${settings.preset}`,
    description: `${plural(architecture.rows.length, "layer")}, ${plural(settings.params.total, "parameter")}.`,
  };
  keep("architecture", tableChart({ ...architectureText, ...architecture }), architectureText);

  const curves = curveFigures(run);
  for (const figure of curves) keep(figure.name, figure.svg, figure);

  const classes = classReport(run, test);
  files.push(...classes.figures);
  const balance = train && balanceFigure(train, test, classNames);
  if (balance) keep(balance.name, balance.svg, balance);

  const filters = filterPictures(weights, inputShape);
  const filtersFigure = filters && filterFigure(filters);
  if (filtersFigure) keep(filtersFigure.name, filtersFigure.svg, filtersFigure);

  const noun = hasPictures(test) ? "image" : nounOf({ ...settings.dataset, shape: settings.dataset.test });
  const { accuracy = Number.NaN, loss } = settings.test;
  return {
    figures: files,
    html: page({
      title: `${settings.preset} on ${settings.dataset.name}`,
      headline: html`<strong>${accuracy.toFixed(4)}</strong> accuracy on ${plural(run.predictions.labels.length, `test ${noun}`)}${
        settings.raw &&
        html`; ${rankingScore(settings.raw).toFixed(4)} with the run's own weights and moving statistics`
      }`,
      facts: [
        ["test loss", formatScore(loss)],
        ["parameters", formatCount(settings.params.total)],
        ["epochs", formatCount(run.history.epoch!.length)],
        ...(run.steps.step ? [["steps", formatCount(run.steps.step.length)] as const] : []),
        ["training time", formatSeconds(settings.seconds)],
        ["seed", seedText(settings)],
      ],
      sections: [
        {
          id: "learning",
          title: "Learning",
          body: html`${curves.length > 0 && figureGrid(curves)}
${curveTexts(run).map((text) => html`<p>${text}</p>\n`)}`,
        },
        ...classes.sections,
        { id: "data", title: "Data", body: dataBody(input, samplesText.description, samples, balance) },
        {
          id: "network",
          title: "Network",
          body: networkBody(
            html`${dataTable({ caption: architectureText.description, ...architecture })}
<p>${plural(settings.params.trainable, "parameter is", "parameters are")} learned by gradients, ${formatCount(settings.params.nonTrainable)} are not.</p>`,
            filtersFigure,
          ),
        },
        settingsSection(settings),
        repeatSection(settings),
      ],
      footer: footerOf(settings, withFiles),
    }),
  };
}

function filterFigure(filters: FilterPictures): ChartFigure {
  const { weight, pictures, count, noun, scale } = filters;
  const shown =
    pictures.length < count ? `the first ${pictures.length} of ${formatCount(count)}` : `all ${count}`;
  const text = {
    title: `Weights of the first layer, ${noun} by ${noun}`,
    description: `${weight}, ${shown}: blue −${formatScore(scale)}, white 0, orange ${formatScore(scale)}.`,
  };
  const [{ width, height }] = pictures as [Picture, ...Picture[]];
  const columns = height > 2 * width ? 16 : 8; // of a series: narrow
  return {
    name: "filters",
    ...text,
    svg: pictureChart({
      ...text,
      pictures: pictures.map((picture) => ({ picture, lines: [] })),
      columns,
      size: 344 / columns,
    }),
    table: {
      caption: `Weights of each ${noun}, counted from 0 by rows`,
      columns: [noun, "least", "most", "norm"].map((head) => ({ head })),
      rows: filterRows(filters),
    },
  };
}

/** "a window of 50 rows × 6 inputs", "4 numbers", "an array of 3 × 5 numbers". */
function exampleText(examples: ExampleKind): string {
  const [noun, size] = [nounOf(examples), sizeText(examples)];
  if (noun === "image") return `an image of ${size}`;
  if (noun !== "example") return `a ${noun} of ${size}`;
  return examples.shape.length === 2 ? size : `an array of ${size} numbers`;
}

const MOST_SINGLE = 13; // classes whose samples stand in one column, the balance beside them

function dataBody(
  { run, inputs }: RunReportInput,
  description: string,
  samples: readonly ClassSamples[],
  balance: ChartFigure | undefined,
): Part {
  const { dataset } = run.settings;
  const tables = dataTables(dataset);
  if (samples.length === 0) {
    const examples = { ...dataset, shape: dataset.test };
    const words = inputs ?? html`<p>An example is ${exampleText(examples)}.</p>`;
    if (!tables) return html`${words}\n${balance && figureGrid([balance])}`;
    return html`${words}\n${balance ? beside(tables, chartFigure(balance)) : tables}`;
  }
  const single = samples.length <= MOST_SINGLE;
  const rows = html`<p>${description}</p>\n${sampleRows(samples, single)}`;
  if (!balance) return html`${rows}\n${inputs}${tables}`;
  const shown = single ? beside(rows, chartFigure(balance)) : html`${rows}\n${figureGrid([balance])}`;
  return html`${shown}\n${inputs}${tables}`;
}

function networkBody(layers: Html, filters: ChartFigure | undefined): Part {
  return filters ? beside(layers, chartFigure(filters)) : layers;
}

/** The settings without the folders of the machine: a report is sent to others. */
function withoutPlaces(settings: RunJson): RunJson {
  const { dataset, command } = settings;
  const [name, where] = [dataset.name, dataset.where].map(withoutFolders) as [string, string];
  return { ...settings, command: commandWithoutFolders(command), dataset: { ...dataset, name, where } };
}
