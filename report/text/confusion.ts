/**
 * The confusion matrix as a table, and the pairs of classes most often confused.
 *
 * Rows are what an image is, columns what it was taken for; the right-hand column is the share of the row that is
 * right (recall), the last row the share of the column (precision). Long class names stand at the rows only and the
 * columns get their numbers. Where the table is wider than the page, each class gets a line with its scores instead.
 */
import type { ClassReport, ConfusedPair, ConfusionMatrix } from "../../src/metrics/index.ts";
import { formatCount, formatShare } from "./numbers.ts";
import { plain, type Style } from "./style.ts";
import { type Cell, shorten, table, textWidth } from "./table.ts";

export interface ConfusionOptions {
  /** Characters of a line. Default 80. */
  readonly width?: number;
  readonly style?: Style;
}

const LONGEST_NAME = 14; // characters at a row
const LONGEST_HEADING = 4; // characters over a column

/** The block as several lines, without the last line break. */
export function confusionTable(confusion: ConfusionMatrix, options: ConfusionOptions = {}): string {
  const { width = 80, style = plain } = options;
  const matrix = matrixTable(confusion, style);
  const widest = Math.max(...matrixTable(confusion, plain).split("\n").map(textWidth));
  return widest <= width ? matrix : classTable(confusion.perClass, style);
}

function matrixTable(confusion: ConfusionMatrix, style: Style): string {
  const { matrix, perClass, classNames } = confusion;
  const numbered = classNames.some((name) => textWidth(name) > LONGEST_HEADING);
  const headings = classNames.map((name, classId) => (numbered ? String(classId) : name));
  const rowName = (classId: number): string[] => {
    const name = shorten(classNames[classId]!, LONGEST_NAME);
    return numbered ? [name, String(classId)] : [name];
  };
  const blank = numbered ? ["", ""] : [""];
  const quiet = (text: string): Cell => ({ text, stress: "quiet" });
  const count = (value: number, isRight: boolean): Cell => {
    if (value === 0) return quiet("·");
    return { text: formatCount(value), stress: isRight ? "good" : "strong" };
  };
  const rows: (string | Cell)[][] = [
    [...blank.map(quiet), ...headings.map(quiet), quiet("right")],
    ...matrix.map((counts, label) => [
      ...rowName(label),
      ...counts.map((value, predicted) => count(value, label === predicted)),
      { text: formatShare(perClass[label]!.recall) },
    ]),
    [
      quiet("right, %"),
      ...blank.slice(1),
      ...perClass.map(({ precision }) => quiet(String(Math.round(100 * precision)))),
      { text: formatShare(confusion.accuracy), stress: "strong" },
    ],
  ];
  // all classes equally wide, whatever their counts
  const widest = Math.max(3, ...matrix.flat().map((value) => formatCount(value).length));
  rows[0]!.splice(blank.length, headings.length, ...headings.map((name) => quiet(name.padStart(widest))));
  const align: ("left" | "right")[] = ["left", ...Array.from(rows[1]!, () => "right" as const)];
  return table(rows, { align, gap: widest > 3 ? 1 : 2, style });
}

function classTable(classes: readonly ClassReport[], style: Style): string {
  const heading = ["", "examples", "precision", "recall", "F1"].map(
    (text): Cell => ({ text, stress: "quiet" }),
  );
  const rows = classes.map(({ name, support, precision, recall, f1 }) => [
    shorten(name, 30),
    formatCount(support),
    formatShare(precision),
    formatShare(recall),
    f1.toFixed(3),
  ]);
  return table([heading, ...rows], { align: ["left", "right", "right", "right", "right"], style });
}

/**
 * One line a pair: what it was, what it was taken for, how often. A line that says so where there is none.
 *
 * @param width characters of a line; names are cut, and the share is left out, where it is short
 */
export function confusedPairs(pairs: readonly ConfusedPair[], style: Style = plain, width = 80): string {
  if (pairs.length === 0) return "  none: all were recognised";
  const rows = (longest: number, between: string, withShare: boolean): (string | Cell)[][] =>
    pairs.map(({ labelName, predictedName, count, share }) => [
      { text: shorten(labelName, longest), stress: "strong" },
      { text: between, stress: "quiet" },
      { text: shorten(predictedName, longest), stress: "strong" },
      `${formatCount(count)} ${count === 1 ? "time" : "times"}`,
      ...(withShare ? [{ text: `${formatShare(share)} of the class`, stress: "quiet" } as const] : []),
    ]);
  const align = ["left", "left", "left", "right", "right"] as const;
  const fits = (rows: (string | Cell)[][]): boolean =>
    Math.max(...table(rows, { align }).split("\n").map(textWidth)) <= width;
  const forms = [rows(20, "taken for", true), rows(20, "taken for", false), rows(20, "→", false)];
  const shown = forms.find(fits) ?? rows(11, "→", false);
  return table(shown, { align, style });
}
