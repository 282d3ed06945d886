/**
 * The confusion matrix as a table, and the pairs of classes most often confused.
 *
 * Rows are what an image is, columns what it was taken for; the right-hand column is the share of the row that is
 * right (recall), the last row the share of the column (precision). Long class names stand at the rows only and the
 * columns get their numbers. Where the table is wider than the page, each class gets a line with its scores instead.
 */
import type { ConfusedPair, ConfusionMatrix } from "../../src/metrics/index.ts";
import { isUntested, meanScores, scoreTexts } from "./classScores.ts";
import { textWidth } from "./lines.ts";
import { formatCount, formatShare, plural } from "./numbers.ts";
import { plain, type Style } from "./style.ts";
import { type Cell, shortNames, table } from "./table.ts";

export interface ConfusionOptions {
  /** Characters of a line. Default 80. */
  readonly width?: number;
  readonly style?: Style;
}

const LEAST_NAME = 14; // characters of a name at a row, for which there must be room
const LONGEST_NAME = 30; // of one where there is more
const LONGEST_HEADING = 4; // characters over a column

/** The block as several lines, without the last line break. */
export function confusionTable(confusion: ConfusionMatrix, options: ConfusionOptions = {}): string {
  const { width = 80, style = plain } = options;
  const room = width - Math.max(...matrixTable(confusion, plain, LEAST_NAME).split("\n").map(textWidth));
  if (room < 0) return classTable(confusion, style, width);
  return matrixTable(confusion, style, Math.min(LONGEST_NAME, LEAST_NAME + room));
}

function matrixTable(confusion: ConfusionMatrix, style: Style, longest: number): string {
  const { matrix, perClass, classNames } = confusion;
  const numbered = classNames.some((name) => textWidth(name) > LONGEST_HEADING);
  const headings = classNames.map((name, classId) => (numbered ? String(classId) : name));
  const names = shortNames(classNames, longest);
  const rowName = (classId: number): string[] =>
    numbered ? [names[classId]!, String(classId)] : [names[classId]!];
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
      { text: scoreTexts(perClass[label]!).recall },
    ]),
    [
      quiet("right, %"),
      ...blank.slice(1),
      ...perClass.map((one) => quiet(isUntested(one) ? "–" : String(Math.round(100 * one.precision)))),
      { text: formatShare(confusion.accuracy), stress: "strong" },
    ],
  ];
  // all classes equally wide, whatever their counts
  const widest = Math.max(3, ...matrix.flat().map((value) => formatCount(value).length));
  rows[0]!.splice(blank.length, headings.length, ...headings.map((name) => quiet(name.padStart(widest))));
  const align: ("left" | "right")[] = ["left", ...Array.from(rows[1]!, () => "right" as const)];
  return table(rows, { align, gap: widest > 3 ? 1 : 2, style });
}

function classTable(confusion: ConfusionMatrix, style: Style, width: number): string {
  const { perClass, classNames, total } = confusion;
  const heading = ["", "examples", "precision", "recall", "F1"].map(
    (text): Cell => ({ text, stress: "quiet" }),
  );
  const names = shortNames(classNames, Math.max(LEAST_NAME, Math.min(LONGEST_CLASS, width - SCORES)));
  const rows = perClass.map((one, classId) => {
    const { precision, recall, f1 } = scoreTexts(one);
    return [names[classId]!, formatCount(one.support), precision, recall, f1];
  });
  const means = meanScores(confusion);
  const last = ["all", formatCount(total), formatShare(means.precision), formatShare(means.recall)].map(
    (text): Cell => ({ text, stress: "strong" }),
  );
  const align = ["left", "right", "right", "right", "right"] as const;
  const all = [...last, { text: means.f1.toFixed(3), stress: "strong" } as const];
  return `${table([heading, ...rows, all], { align, style })}\n${style.quiet(`  all: ${means.words}`)}`;
}

const LONGEST_CLASS = 50; // characters of a name beside its scores
const SCORES = 42; // characters of these

/**
 * One line a pair: what it was, what it was taken for, how often. A line that says so where there is none.
 *
 * @param width characters of a line; names are cut, and the share is left out, where it is short
 */
export function confusedPairs(pairs: readonly ConfusedPair[], style: Style = plain, width = 80): string {
  if (pairs.length === 0) return "  none: all were recognised";
  const rows = (longest: number, between: string, withShare: boolean): (string | Cell)[][] => {
    const names = pairs.flatMap(({ labelName, predictedName }) => [labelName, predictedName]);
    const short = shortNames(names, longest);
    return pairs.map(({ count, share }, i) => [
      { text: short[2 * i]!, stress: "strong" },
      { text: between, stress: "quiet" },
      { text: short[2 * i + 1]!, stress: "strong" },
      plural(count, "time"),
      ...(withShare ? [{ text: `${formatShare(share)} of the class`, stress: "quiet" } as const] : []),
    ]);
  };
  const align = ["left", "left", "left", "right", "right"] as const;
  const fits = (rows: (string | Cell)[][]): boolean =>
    Math.max(...table(rows, { align }).split("\n").map(textWidth)) <= width;
  const forms = [
    rows(LONGEST_NAME, "taken for", true),
    rows(20, "taken for", true),
    rows(20, "taken for", false),
    rows(20, "→", false),
  ];
  const shown = forms.find(fits) ?? rows(11, "→", false);
  return table(shown, { align, style });
}
