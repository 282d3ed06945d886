/** Runs that learned to predict the same numbers, side by side: the best R² first. */
import type { FinishedRun } from "../../runs/reader.ts";
import { dataTable } from "../html/dataTable.ts";
import { html } from "../html/html.ts";
import { page } from "../html/page.ts";
import {
  formatCount,
  formatMilliseconds,
  formatQuantity,
  formatScore,
  formatSeconds,
} from "../text/numbers.ts";
import type { Style } from "../text/style.ts";
import { type Cell, table } from "../text/table.ts";

/** A run and its name among the others. */
export interface NamedRegression extends FinishedRun {
  readonly model: string;
  readonly dataset: string;
}

/** The runs of one data set, the best R² first. */
export function rankRegressions(runs: readonly NamedRegression[]): NamedRegression[] {
  const r2Of = ({ settings }: NamedRegression): number => settings.test.r2 ?? Number.NEGATIVE_INFINITY;
  return runs.toSorted((a, b) => r2Of(b) - r2Of(a) || a.settings.test.loss - b.settings.test.loss);
}

const heads = ["R²", "rmse", "mae", "parameters", "time", "ms/step", "digest"];

function cellsOf({
  settings: { test, params, seconds, stepMilliseconds, digest },
}: NamedRegression): string[] {
  return [
    formatScore(test.r2 ?? Number.NaN),
    formatQuantity(test.rmse ?? Number.NaN),
    formatQuantity(test.mae ?? Number.NaN),
    formatCount(params.total),
    formatSeconds(seconds),
    formatMilliseconds(stepMilliseconds),
    digest.slice(0, 8),
  ];
}

function targetText({ settings: { dataset } }: NamedRegression): string {
  const { name = "the label", unit } = dataset.target ?? {};
  return `${name}${unit === undefined ? "" : ` (${unit})`} of ${formatCount(dataset.test[0] ?? 0)} test rows of ${dataset.name}`;
}

/** @param ranked the runs of one data set */
export function regressionsText(ranked: readonly NamedRegression[], style: Style): string {
  const quiet = (text: string): Cell => ({ text, stress: "quiet" });
  const rows = ranked.map((run, place) => {
    const [score = "", ...rest] = cellsOf(run);
    const cell: Cell = { text: score, ...(place === 0 && { stress: "good" as const }) };
    return [quiet(String(place + 1)), run.model, cell, ...rest];
  });
  const heading = ["", "model", ...heads].map(quiet);
  return `${style.strong("Predicted:")} ${targetText(ranked[0]!)}\n${table([heading, ...rows], {
    align: ["right", "left", ...heads.map(() => "right" as const)],
    style,
  })}`;
}

/** report.html @param sets the runs of each data set, ranked */
export function regressionsPage(sets: readonly (readonly NamedRegression[])[], command: string): string {
  const best = sets[0]![0]!;
  return page({
    title: "Comparison",
    headline: html`<strong>R² ${(best.settings.test.r2 ?? Number.NaN).toFixed(4)}</strong> by ${best.model} on ${best.dataset}`,
    sections: [
      ...sets.map((ranked, i) => ({
        id: `set-${i + 1}`,
        title: ranked[0]!.dataset,
        body: dataTable({
          caption: `${targetText(ranked[0]!)}: rmse and mae in its unit, the best R² first`,
          columns: [{ head: "model", kind: "text" as const }, ...heads.map((head) => ({ head }))],
          rows: ranked.map((run) => [run.model, ...cellsOf(run)]),
        }),
      })),
      { id: "repeat", title: "Repeat it", body: html`<pre><code>${command}</code></pre>` },
    ],
    footer: html`Made by anygrad ${best.settings.anygrad} from the runs' own files. The page needs no network and runs no script.`,
  });
}
