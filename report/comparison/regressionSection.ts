/** The part of the page of a data set of numbers: its ranking, charts, predicted against actual, and the hardest rows. */
import { rankingScore } from "../../runs/scores.ts";
import { dataTable } from "../html/dataTable.ts";
import { figureGrid } from "../html/figure.ts";
import { type Html, html, type Part } from "../html/html.ts";
import { formatCount, formatQuantity, formatScore } from "../text/numbers.ts";
import type { PageSet } from "./page.ts";
import { differences, rankingTable, sameWeights } from "./ranking.ts";
import { closerText, type RegressionComparison, targetText } from "./regression.ts";
import type { RegressionFigures } from "./regressionFigures.ts";
import type { Timing } from "./timing.ts";

export interface RegressionSet {
  readonly comparison: RegressionComparison;
  readonly timing: Timing;
  readonly figures: RegressionFigures;
  /** Sizes of the sets, and where they are. */
  readonly data: string;
}

export function regressionSection({ comparison, timing, figures, data }: RegressionSet): PageSet {
  const { dataset, models, duel } = comparison;
  const part = (id: string, title: string, body: Part) => ({ id, title, body, open: true });
  return {
    dataset,
    models,
    timing,
    lead: duel.clear ? "" : `, level with ${duel.second} within the noise`,
    body: html`<p>Predicted: ${targetText(comparison)}. ${data}</p>
<p><strong>${closerText(duel)}</strong></p>
${ranking(comparison, timing)}
<p>${timing.note}</p>
<p class="quiet">The sign test asks on how many rows one model is closer than the other, and whether that is more than the luck of these rows; it says nothing of other seeds.</p>
${sameWeights(models)}
${differences(models)}
${figureGrid(figures.costs)}`,
    parts: [
      part("learning", "Learning curves", figureGrid(figures.learning)),
      part("within", "How far off", html`${figureGrid([figures.within])}\n${hardest(comparison)}`),
      part("fits", "Predicted and actual", figureGrid(figures.fits)),
      part("errors", "Errors", figureGrid(figures.errors)),
    ],
  };
}

function ranking({ models, target: { unit } }: RegressionComparison, timing: Timing): Html {
  const behind = unit === undefined ? "" : `, ${unit}`;
  return rankingTable(models, timing, "R²", [
    {
      head: "R²",
      value: ({ test }) => rankingScore(test),
      format: (value) => value.toFixed(4),
      best: "highest",
    },
    {
      head: `RMSE${behind}`,
      value: ({ test }) => test.rmse ?? Number.NaN,
      format: formatQuantity,
      best: "lowest",
    },
    {
      head: `MAE${behind}`,
      value: ({ test }) => test.mae ?? Number.NaN,
      format: formatQuantity,
      best: "lowest",
    },
    { head: "loss", value: ({ test }) => test.loss, format: formatScore, best: "lowest" },
  ]);
}

function hardest({ hardest: rows, models }: RegressionComparison): Html {
  return dataTable({
    caption:
      "Rows that all models together are furthest off on, counted from 0 in the test set: what was, and what each predicts",
    columns: [{ head: "row" }, { head: "actual" }, ...models.map(({ model }) => ({ head: model }))],
    rows: rows.map(({ row, actual, predicted }) => [
      formatCount(row),
      formatQuantity(actual),
      ...predicted.map(formatQuantity),
    ]),
  });
}
