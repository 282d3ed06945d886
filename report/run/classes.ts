/** Who was taken for whom: the confusion matrix as counts and as rates, and the scores of each class. */

import type { FinishedRun } from "../../runs/reader.ts";
import { ConfusionMatrix } from "../../src/metrics/index.ts";
import { confusionChart, MOST_SMALL } from "../charts/confusionChart.ts";
import type { TextTable } from "../charts/tableChart.ts";
import type { ChartFigure } from "../html/figure.ts";
import { formatCount, formatShare } from "../text/numbers.ts";

export function confusionOf({ settings, predictions }: FinishedRun): ConfusionMatrix {
  return new ConfusionMatrix({ classNames: settings.dataset.classNames }).add(
    predictions.labels,
    predictions.predicted,
  );
}

export function confusionFigures(confusion: ConfusionMatrix): ChartFigure[] {
  const { matrix, classNames, total, accuracy } = confusion;
  const [worst] = confusion.mostConfused(1);
  const often = worst
    ? `Most often confused: ${worst.labelName}, taken for ${worst.predictedName} (${times(worst.count)}, ${formatShare(worst.share)} of its examples).`
    : "Nothing was confused.";
  const shared = { wide: classNames.length > MOST_SMALL };
  const heads = ["", ...classNames].map((head) => ({ head: head || "what it is ↓ taken for →" }));
  const counts = {
    title: "Confusion matrix, counts",
    description: `${formatCount(accuracy * total)} of ${formatCount(total)} test examples are on the diagonal, where they belong. ${often}`,
  };
  const rates = {
    title: "Confusion matrix, per cent of each row",
    description: `Of the examples of a class, how many per cent were taken for which. ${recallText(confusion)}`,
  };
  return [
    {
      name: "confusion-counts",
      ...counts,
      ...shared,
      svg: confusionChart({ ...counts, matrix, classNames, values: "counts" }),
      table: {
        caption: "Test examples by class (row) and what they were taken for (column)",
        columns: heads,
        rows: matrix.map((row, label) => [classNames[label]!, ...row.map(formatCount)]),
      },
    },
    {
      name: "confusion-rates",
      ...rates,
      ...shared,
      svg: confusionChart({ ...rates, matrix, classNames, values: "rates" }),
      table: {
        caption: "Shares of each class (row) that were taken for another (column)",
        columns: heads,
        rows: matrix.map((row, label) => {
          const sum = row.reduce((a, b) => a + b, 0);
          return [classNames[label]!, ...row.map((count) => (sum === 0 ? "–" : formatShare(count / sum)))];
        }),
      },
    },
  ];
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
