/** Who was taken for whom: the confusion matrix, its largest mistakes, and the scores of each class. */

import type { FinishedRun } from "../../runs/reader.ts";
import { ConfusionMatrix } from "../../src/metrics/index.ts";
import { barChart } from "../charts/barChart.ts";
import { confusionChart, MOST_SMALL } from "../charts/confusionChart.ts";
import { partColor } from "../charts/palette.ts";
import type { TextTable } from "../charts/tableChart.ts";
import type { DataTable } from "../html/dataTable.ts";
import type { ChartFigure } from "../html/figure.ts";
import { html, type Part } from "../html/html.ts";
import { isUntested, meanScores, scoreTexts } from "../text/classScores.ts";
import { formatCount, formatShare, plural } from "../text/numbers.ts";

export function confusionOf({ settings, predictions }: FinishedRun): ConfusionMatrix {
  return new ConfusionMatrix({ classNames: settings.dataset.classNames }).add(
    predictions.labels,
    predictions.predicted,
  );
}

/** @param noun what is counted. Default "test example". */
export function confusionFigure(confusion: ConfusionMatrix, noun = "test example"): ChartFigure {
  const { matrix, classNames, total, accuracy } = confusion;
  const [worst] = confusion.mostConfused(1);
  const often = worst
    ? `Most often confused: ${worst.labelName}, taken for ${worst.predictedName} (${times(worst.count)}, ${formatShare(worst.share)} of the class).`
    : "Nothing was confused.";
  const text = {
    title: "Confusion matrix",
    description: `${formatCount(accuracy * total)} of ${plural(total, noun)} are on the diagonal, where they belong. ${often} ${recallText(confusion)}`,
  };
  return {
    name: "confusion",
    ...text,
    wide: classNames.length > MOST_SMALL,
    svg: confusionChart({ ...text, matrix, classNames }),
    table: {
      caption: `Each ${noun} by its class (row) and what it was taken for (column)`,
      columns: ["actual ↓ predicted →", ...classNames].map((head) => ({ head })),
      rows: matrix.map((row, label) => [classNames[label]!, ...row.map(formatCount)]),
    },
  };
}

const MOST_PAIRS = 12;

/** The pairs of classes that were confused most often. */
export function pairTable(confusion: ConfusionMatrix): DataTable {
  return {
    caption: "Most often confused",
    columns: [
      { head: "actual", kind: "text" },
      { head: "predicted", kind: "text" },
      { head: "times" },
      { head: "of the class" },
    ],
    rows: confusion
      .mostConfused(MOST_PAIRS)
      .map(({ labelName, predictedName, count, share }) => [
        labelName,
        predictedName,
        formatCount(count),
        formatShare(share),
      ]),
  };
}

/** F1 of each class as a bar. */
export function scoreFigure({ perClass }: ConfusionMatrix): ChartFigure {
  const sorted = perClass.filter((one) => !isUntested(one)).sort((a, b) => a.f1 - b.f1);
  const [worst, best] = [sorted[0]!, sorted.at(-1)!];
  const text = {
    title: "F1 of each class",
    description: `Hardest: ${worst.name}, ${worst.f1.toFixed(3)}; easiest: ${best.name}, ${best.f1.toFixed(3)}. Of 1, the harmonic mean of precision and recall on the test set.`,
  };
  return {
    name: "f1",
    ...text,
    svg: barChart({
      ...text,
      rows: perClass.map(({ name }) => name),
      series: [
        {
          name: "F1",
          color: partColor("test"),
          values: perClass.map((one) => (isUntested(one) ? Number.NaN : one.f1)),
        },
      ],
      x: { label: "F1", most: 1, format: (value) => value.toFixed(3), tick: String },
    }),
    table: {
      caption: text.title,
      columns: [{ head: "class", kind: "text" }, { head: "F1" }],
      rows: perClass.map((one) => [one.name, scoreTexts(one, 4).f1]),
    },
  };
}

function recallText({ perClass }: ConfusionMatrix): string {
  const sorted = perClass.filter(({ support }) => support > 0).sort((a, b) => b.recall - a.recall);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last || first.recall === last.recall) return "";
  return `Best recognised: ${first.name}, ${formatShare(first.recall)}; worst: ${last.name}, ${formatShare(last.recall)}.`;
}

/** The scores of each class in columns, and what it was most often taken for. */
export function classTable(confusion: ConfusionMatrix): TextTable & { readonly caption: string } {
  const taken = takenFor(confusion);
  return {
    caption: classCaption(confusion),
    columns: [
      { head: "class", kind: "text" },
      ...scoreHeads.map((head) => ({ head, kind: "number" }) as const),
      { head: "most often taken for", kind: "text" },
    ],
    rows: [
      ...classRows(confusion).map((row, classId) => [...row, taken[classId] ?? "–"]),
      [...totalRow(confusion), ""],
    ],
    lastIsTotal: true,
  };
}

/** The same for a page: what a class was taken for stands below its name, so that the scores fit on a phone. */
export function classScoreTable(confusion: ConfusionMatrix): DataTable {
  const taken = takenFor(confusion);
  const named = (name: string, pair: string | undefined): Part =>
    pair === undefined ? name : html`${name}<small class="quiet">taken for ${pair}</small>`;
  return {
    caption: `${classCaption(confusion)}; below a class: what it was most often taken for`,
    columns: [{ head: "class", kind: "text" }, ...scoreHeads.map((head) => ({ head }))],
    rows: [
      ...classRows(confusion).map(([name = "", ...scores], classId) => [
        named(name, taken[classId]),
        ...scores,
      ]),
      totalRow(confusion),
    ],
    lastIsTotal: true,
  };
}

const scoreHeads = ["examples", "precision", "recall", "F1"] as const;

function classCaption(confusion: ConfusionMatrix): string {
  return `Scores of each class; the last row: all together, ${meanScores(confusion).words} (accuracy ${confusion.accuracy.toFixed(4)})`;
}

function classRows({ perClass }: ConfusionMatrix): string[][] {
  return perClass.map((one) => {
    const { precision, recall, f1 } = scoreTexts(one);
    return [one.name, formatCount(one.support), precision, recall, f1];
  });
}

function totalRow(confusion: ConfusionMatrix): string[] {
  const { precision, recall, f1 } = meanScores(confusion);
  return ["all", formatCount(confusion.total), formatShare(precision), formatShare(recall), f1.toFixed(3)];
}

/** For each class the one that it was most often taken for, and how often; undefined where it never was. */
function takenFor(confusion: ConfusionMatrix): (string | undefined)[] {
  const pairs = confusion.mostConfused(confusion.classes ** 2);
  return confusion.classNames.map((_, classId) => {
    const pair = pairs.find(({ label }) => label === classId);
    return pair && `${pair.predictedName} (${formatCount(pair.count)}×)`;
  });
}

function times(count: number): string {
  return count === 1 ? "once" : count === 2 ? "twice" : `${formatCount(count)} times`;
}
