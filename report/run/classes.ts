/** Who was taken for whom: the confusion matrix, its largest mistakes, and the scores of each class. */

import type { FinishedRun } from "../../runs/reader.ts";
import { ConfusionMatrix } from "../../src/metrics/index.ts";
import { barChart } from "../charts/barChart.ts";
import { confusionChart, MOST_SMALL } from "../charts/confusionChart.ts";
import { partColor } from "../charts/palette.ts";
import type { TextTable } from "../charts/tableChart.ts";
import type { DataTable } from "../html/dataTable.ts";
import type { ChartFigure } from "../html/figure.ts";
import { formatCount, formatShare } from "../text/numbers.ts";

export function confusionOf({ settings, predictions }: FinishedRun): ConfusionMatrix {
  return new ConfusionMatrix({ classNames: settings.dataset.classNames }).add(
    predictions.labels,
    predictions.predicted,
  );
}

export function confusionFigure(confusion: ConfusionMatrix): ChartFigure {
  const { matrix, classNames, total, accuracy } = confusion;
  const [worst] = confusion.mostConfused(1);
  const often = worst
    ? `Most often confused: ${worst.labelName}, taken for ${worst.predictedName} (${times(worst.count)}, ${formatShare(worst.share)} of its examples).`
    : "Nothing was confused.";
  const text = {
    title: "Confusion matrix",
    description: `${formatCount(accuracy * total)} of ${formatCount(total)} test examples are on the diagonal, where they belong. ${often} ${recallText(confusion)}`,
  };
  return {
    name: "confusion",
    ...text,
    wide: classNames.length > MOST_SMALL,
    svg: confusionChart({ ...text, matrix, classNames }),
    table: {
      caption: "Test examples by class (row) and what they were taken for (column)",
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
  const sorted = perClass.toSorted((a, b) => a.f1 - b.f1);
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
      series: [{ name: "F1", color: partColor("test"), values: perClass.map(({ f1 }) => f1) }],
      x: { label: "F1", most: 1, format: (value) => String(Number(value.toFixed(3))) },
    }),
    table: {
      caption: text.title,
      columns: [{ head: "class", kind: "text" }, { head: "F1" }],
      rows: perClass.map(({ name, f1 }) => [name, f1.toFixed(4)]),
    },
  };
}

function recallText({ perClass }: ConfusionMatrix): string {
  const sorted = perClass.filter(({ support }) => support > 0).sort((a, b) => b.recall - a.recall);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last || first === last) return "";
  return `Best recognised: ${first.name}, ${formatShare(first.recall)}; worst: ${last.name}, ${formatShare(last.recall)}.`;
}

export function classTable(confusion: ConfusionMatrix): TextTable & { readonly caption: string } {
  const { perClass, total, accuracy } = confusion;
  const pairs = confusion.mostConfused(perClass.length ** 2);
  const rows = perClass.map(({ classId, name, support, precision, recall, f1 }) => {
    const pair = pairs.find(({ label }) => label === classId);
    return [
      name,
      formatCount(support),
      formatShare(precision),
      support === 0 ? "–" : formatShare(recall),
      f1.toFixed(3),
      pair ? `${pair.predictedName} (${times(pair.count)})` : "–",
    ];
  });
  return {
    caption: `Scores of each class; the last row: all together, the means of the classes (accuracy ${accuracy.toFixed(4)})`,
    columns: [
      { head: "class", kind: "text" },
      { head: "examples", kind: "number" },
      { head: "precision", kind: "number" },
      { head: "recall", kind: "number" },
      { head: "F1", kind: "number" },
      { head: "most often taken for", kind: "text" },
    ],
    rows: [
      ...rows,
      [
        "all",
        formatCount(total),
        formatShare(confusion.score("precision")),
        formatShare(confusion.score("recall")),
        confusion.score("f1").toFixed(3),
        "",
      ],
    ],
    lastIsTotal: true,
  };
}

function times(count: number): string {
  return count === 1 ? "once" : count === 2 ? "twice" : `${formatCount(count)} times`;
}
