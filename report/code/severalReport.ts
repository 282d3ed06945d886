/** The report of a network of several outputs: each has scores, curves and what it errs in by itself. */
import type { FinishedRun } from "../../runs/reader.ts";
import type { Dataset } from "../../src/data/dataset.ts";
import type { Evaluation } from "../../src/model/index.ts";
import { standalone } from "../charts/svg.ts";
import { dataTable } from "../html/dataTable.ts";
import { type ChartFigure, figureGrid } from "../html/figure.ts";
import { type Html, html } from "../html/html.ts";
import type { Section } from "../html/page.ts";
import { classReport } from "../run/classReport.ts";
import { curveFigures, curveTexts } from "../run/curves.ts";
import { fitReport } from "../run/regression.ts";
import { formatScore, plural } from "../text/numbers.ts";
import type { CodeRun } from "./codeRun.ts";
import { inputsPart, picturesOf } from "./inputs.ts";
import type { OutputText, ReportOptions } from "./options.ts";
import type { JudgedOutput } from "./outputs/judgedOutput.ts";
import { numbersPart } from "./outputs/numbersReport.ts";
import { pixelPart } from "./outputs/pixelReport.ts";
import type { OwnPart } from "./scoreReport.ts";

/** What the report has besides the whole loss, layers and settings. */
export function severalPart(
  { run, outputs, scores }: CodeRun,
  test: Dataset,
  { outputs: texts = {} }: Pick<ReportOptions, "outputs">,
  withFiles: boolean,
): OwnPart {
  const prefixes = prefixesOf(outputs);
  const pictures = picturesOf(test);
  const parts = outputs.map((judged, k) => {
    const view = runOf(run, judged, texts[judged.output.name] ?? {});
    return {
      judged,
      curves: curvesOf(view, prefixes[k]!),
      ...ownReport(judged, view, pictures, withFiles, prefixes[k]!),
    };
  });
  const inputs = inputsPart(test);
  return {
    headline: html`${outputs.map((judged, k) => html`${k > 0 && "; "}${judged.output.name}: <strong>${scoreText(judged)}</strong>`)}`,
    facts: [],
    sections: [
      { id: "outputs", title: "Outputs", body: outputTable(outputs, scores) },
      ...parts.map(
        ({ judged: { output }, curves, sections }, k): Section => ({
          id: `${prefixes[k]}output`,
          title: `Output “${output.name}”`,
          body: "",
          parts: [{ id: `${prefixes[k]}learning`, title: "Learning", body: curves.body }, ...sections],
        }),
      ),
      ...(inputs ? [{ id: "data", title: "Data", body: inputs }] : []),
    ],
    figures: parts.flatMap(({ curves, figures }) => [...curves.figures, ...figures]),
    sideNavigation: true,
  };
}

/** What ids and names of files begin with: the outputs' names as far as these can be in both. */
export function prefixesOf(outputs: readonly JudgedOutput[]): readonly string[] {
  const plain = outputs.map(({ output: { name } }) => name.replace(/[^A-Za-z0-9_-]+/g, "-"));
  return plain.map((name, k) => (plain.indexOf(name) === k ? `${name}-` : `${name}-${k}-`));
}

/** The run as it is of one output: its logs, labels and predictions. */
function runOf(
  { history, settings, ...run }: FinishedRun,
  judged: JudgedOutput,
  text: OutputText,
): FinishedRun {
  const { outcome, output } = judged;
  const { name = output.name, unit } = text;
  const columns = output.logs.flatMap((log) =>
    ["", "val_", "raw_val_"].flatMap((part) => {
      const values = history[part + output.prefix + log];
      return values ? [[part + log, values] as const] : [];
    }),
  );
  return {
    ...run,
    history: { epoch: history.epoch!, ...Object.fromEntries(columns) },
    settings: {
      ...settings,
      dataset: {
        ...settings.dataset,
        classNames: outcome?.kind === "classes" ? outcome.classNames : [],
        target: { name, ...(unit !== undefined && { unit }) },
      },
    },
    predictions: outcome ?? run.predictions,
  };
}

function curvesOf(
  view: FinishedRun,
  prefix: string,
): { readonly body: Html; readonly figures: OwnPart["figures"] } {
  const curves = curveFigures(view).map((figure): ChartFigure => ({ ...figure, name: prefix + figure.name }));
  return {
    body: html`${curves.length > 0 && figureGrid(curves)}
${curveTexts(view).map((text) => html`<p>${text}</p>\n`)}`,
    figures: curves.map(({ name, svg, ...said }) => ({ name, svg: standalone(svg, said) })),
  };
}

function ownReport(
  { outcome, pixels, numbers }: JudgedOutput,
  view: FinishedRun,
  pictures: Dataset,
  withFiles: boolean,
  prefix: string,
): Pick<OwnPart, "sections" | "figures"> {
  if (outcome?.kind === "classes") return classReport(view, pictures, prefix);
  if (outcome) return fitReport(view, withFiles, prefix);
  if (pixels) return pixelPart(pixels, pictures, prefix);
  return numbers ? numbersPart(numbers, prefix) : { sections: [], figures: [] };
}

/** A line an output: what it is, its one score, and what was logged of it on the test set. */
function outputTable(outputs: readonly JudgedOutput[], scores: Evaluation): Html {
  const logs = [...new Set(outputs.flatMap(({ output }) => output.logs))];
  return dataTable({
    caption: "Each output on the test set",
    columns: [
      { head: "output", kind: "text" },
      { head: "is", kind: "text" },
      { head: "score", kind: "text" },
      ...logs.map((head) => ({ head })),
    ],
    rows: outputs.map((judged) => {
      const { name, prefix } = judged.output;
      const told = logs.map((log) => scores[prefix + log]);
      return [
        name,
        kindOf(judged),
        scoreText(judged),
        ...told.map((value) => (value === undefined ? "–" : formatScore(value))),
      ];
    }),
  });
}

function kindOf({ output: { shape }, outcome, pixels, numbers }: JudgedOutput): string {
  if (outcome?.kind === "classes") return plural(outcome.classNames.length, "class", "classes");
  if (outcome) return "a number";
  if (pixels) return `${plural(pixels.confusion.classes, "class", "classes")} a ${pixels.noun}`;
  return numbers ? plural(numbers.length, "number") : `${shape.join(" × ")} numbers`;
}

/** The one score that an output is known by. */
function scoreText({ outcome, pixels, numbers, output: { name } }: JudgedOutput): string {
  if (outcome?.kind === "classes") return `${outcome.accuracy.toFixed(4)} accuracy`;
  if (outcome) return `R² ${outcome.errors.r2.toFixed(4)}`;
  if (pixels) return `${pixels.confusion.accuracy.toFixed(4)} of ${pixels.noun}s right`;
  if (!numbers) return `loss of ${name}`;
  const known = numbers.filter(({ r2 }) => !Number.isNaN(r2));
  return `R² ${(known.reduce((sum, { r2 }) => sum + r2, 0) / known.length).toFixed(4)} in the mean`;
}
