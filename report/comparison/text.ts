/** A comparison in characters: the ranking of each data set, who wins where, and what is confused most. */
import { fold } from "../text/fold.ts";
import { formatCount, formatMilliseconds, formatScore, formatSeconds } from "../text/numbers.ts";
import { plain, type Style } from "../text/style.ts";
import { type Cell, shorten, table, textWidth } from "../text/table.ts";
import type { ClassWinner, Comparison, Duel, Model } from "./comparison.ts";

export interface ComparisonTextOptions {
  /** Characters of a line. Default 80. */
  readonly width?: number;
  readonly style?: Style;
}

const OTHER_COLUMNS = 55; // characters of the ranking beside the model's name

/** The block as several lines, without the last line break. */
export function comparisonText(comparison: Comparison, options: ComparisonTextOptions = {}): string {
  const { width = 80, style = plain } = options;
  const { dataset, testExamples, models, duel } = comparison;
  return [
    `${style.strong(dataset)}  ${style.quiet(`${formatCount(testExamples)} test images`)}`,
    ranking(models, Math.max(12, width - OTHER_COLUMNS), style),
    ...fold(verdictOf(duel), width - 2).map((line) => `  ${line}`),
    "",
    `${style.strong("Who wins where")}  ${style.quiet("by F1; ~ where the lead is within the noise")}`,
    ...winners(comparison, width, style),
    "",
    `${style.strong("Most confused")}  ${style.quiet("all models together")}`,
    confusions(comparison, style),
  ].join("\n");
}

// A name that does not fit has a line to itself, above its figures.
function ranking(models: readonly Model[], nameWidth: number, style: Style): string {
  const quiet = (text: string): Cell => ({ text, stress: "quiet" });
  const isLong = ({ model }: Model): boolean => textWidth(model) > nameWidth;
  const heading = ["", "model", "accuracy", "loss", "parameters", "time", "ms/step", "digest"].map(quiet);
  const rows = models.map((model, place) => [
    isLong(model) ? "" : String(place + 1),
    { text: isLong(model) ? "" : model.model, stress: "strong" } as const,
    { text: model.test.accuracy.toFixed(4), ...(place === 0 && { stress: "good" as const }) },
    formatScore(model.test.loss),
    formatCount(model.parameters),
    formatSeconds(model.seconds),
    formatMilliseconds(model.stepMilliseconds),
    quiet(model.digest.slice(0, 6)),
  ]);
  const align = ["right", "left", "right", "right", "right", "right", "right", "left"] as const;
  const [head, ...lines] = table([heading, ...rows], { align, gap: 1, indent: 1, style }).split("\n");
  const named = lines.flatMap((line, place) => {
    const model = models[place]!;
    return isLong(model) ? [` ${place + 1} ${style.strong(shorten(model.model, 76))}`, line] : [line];
  });
  return [head, ...named].join("\n");
}

/** What the duel of the two best says, in a sentence or two. */
export function verdictOf({ first, second, onlyFirst, onlySecond, p, clear }: Duel): string {
  const counts = `${first} alone is right on ${images(onlyFirst)}, ${second} alone on ${images(onlySecond)}`;
  const test = `McNemar's exact test: ${formatP(p)}`;
  if (onlyFirst + onlySecond === 0) return `${first} and ${second} are right on the same images.`;
  return clear
    ? `${first} is ahead of ${second}: ${counts} (${test}).`
    : `${first} and ${second} are level: ${counts}, which is within the noise of this test set (${test}).`;
}

function images(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "image" : "images"}`;
}

/** "p = 0.031", "p < 0.001". */
export function formatP(p: number): string {
  return p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(3)}`;
}

// A line a model: the classes that it recognises best.
function winners({ models, classWinners, classNames }: Comparison, width: number, style: Style): string[] {
  const nameWidth = Math.min(30, Math.max(...models.map(({ model }) => model.length)));
  const won = (name: string): readonly ClassWinner[] => classWinners.filter(({ model }) => model === name);
  return models.flatMap(({ model }) => {
    const classes = won(model).map(({ name, duel }) => `${name}${duel.clear ? "" : "~"}`);
    const count = `  ${classes.length} of ${classNames.length}`.padStart(10);
    const lines = fold(classes.length > 0 ? classes.join("  ") : "none", width - nameWidth - 16, "  ");
    return lines.map((line, i) => {
      const name = shorten(model, nameWidth).padEnd(nameWidth);
      return i === 0
        ? `  ${style.strong(name)}${count}  ${line}`.trimEnd()
        : `${" ".repeat(nameWidth + 14)}${line}`.trimEnd();
    });
  });
}

function confusions({ confusions, models }: Comparison, style: Style): string {
  if (confusions.length === 0) return "  nothing: every image was recognised by every model";
  const rows = confusions
    .slice(0, 5)
    .map(({ labelName, predictedName, total, counts }) => [
      { text: shorten(labelName, 14), stress: "strong" } as const,
      { text: "taken for", stress: "quiet" } as const,
      { text: shorten(predictedName, 14), stress: "strong" } as const,
      `${formatCount(total)} ×`,
      { text: models.length <= 6 ? counts.map(formatCount).join(" + ") : "", stress: "quiet" } as const,
    ]);
  return table(rows, { align: ["left", "left", "left", "right", "left"], style });
}
