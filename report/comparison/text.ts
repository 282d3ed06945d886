/** A comparison in characters: the ranking of each data set, who wins where, and what is confused most. */
import { rankingScore } from "../../runs/scores.ts";
import { columns } from "../text/columns.ts";
import { fold, shownWidth, textWidth } from "../text/lines.ts";
import { formatCount, formatMilliseconds, formatScore, formatSeconds } from "../text/numbers.ts";
import { plain, type Style } from "../text/style.ts";
import { type Cell, shorten, table } from "../text/table.ts";
import type { ClassWinner, Comparison, Duel, Model } from "./comparison.ts";

export interface ComparisonTextOptions {
  /** Characters of a line. Default 80. */
  readonly width?: number;
  readonly style?: Style;
}

const OTHER_COLUMNS = 55; // characters of the ranking beside the model's name
const LEAST_NAME = 12;
const LEAST_WINNERS = 70; // characters of "who wins where", with something beside it

/** The block as several lines, without the last line break. */
export function comparisonText(comparison: Comparison, options: ComparisonTextOptions = {}): string {
  const { width = 80, style = plain } = options;
  const { dataset, testExamples, models, duel } = comparison;
  const confused = [
    `${style.strong("Most confused")}  ${style.quiet("all models together")}`,
    ...confusions(comparison, style, width),
  ].join("\n");
  const rest = width - 3 - Math.max(...confused.split("\n").map(shownWidth));
  const won = [
    `${style.strong("Who wins where")}  ${style.quiet("by F1; ~ where the lead is within the noise")}`,
    ...winners(comparison, rest >= LEAST_WINNERS ? rest : width, style),
  ].join("\n");
  return [
    `${style.strong(dataset)}  ${style.quiet(`${formatCount(testExamples)} test examples`)}`,
    ranking(models, width, style),
    ...fold(verdictOf(duel), width - 2).map((line) => `  ${line}`),
    "",
    columns([won, confused], width),
  ].join("\n");
}

// A name that does not fit has a line to itself, above its figures.
function ranking(models: readonly Model[], width: number, style: Style): string {
  const isNarrow = width < OTHER_COLUMNS + LEAST_NAME; // then without milliseconds and digest
  const nameWidth = Math.max(LEAST_NAME, width - OTHER_COLUMNS);
  const quiet = (text: string): Cell => ({ text, stress: "quiet" });
  const isLong = ({ model }: Model): boolean => textWidth(model) > nameWidth;
  const heading = ["", "model", "accuracy", "loss", "parameters", "time", "ms/step", "digest"].map(quiet);
  const rows = models.map((model, place) => [
    isLong(model) ? "" : String(place + 1),
    { text: isLong(model) ? "" : model.model, stress: "strong" } as const,
    { text: rankingScore(model.test).toFixed(4), ...(place === 0 && { stress: "good" as const }) },
    formatScore(model.test.loss),
    formatCount(model.parameters),
    formatSeconds(model.seconds),
    formatMilliseconds(model.stepMilliseconds),
    quiet(model.digest.slice(0, 6)),
  ]);
  const shown = [heading, ...rows].map((cells) => (isNarrow ? cells.slice(0, -2) : cells));
  const align = ["right", "left", "right", "right", "right", "right", "right", "left"] as const;
  const [head, ...lines] = table(shown, { align, gap: 1, indent: 1, style }).split("\n");
  const named = lines.flatMap((line, place) => {
    const model = models[place]!;
    return isLong(model) ? [` ${place + 1} ${style.strong(shorten(model.model, width - 4))}`, line] : [line];
  });
  return [head, ...named].join("\n");
}

/** What the duel of the two best says, in a sentence or two. */
export function verdictOf({ first, second, onlyFirst, onlySecond, p, clear }: Duel): string {
  const counts = `${first} alone is right on ${examples(onlyFirst)}, ${second} alone on ${examples(onlySecond)}`;
  const test = `McNemar's exact test: ${formatP(p)}`;
  if (onlyFirst + onlySecond === 0) return `${first} and ${second} are right on the same examples.`;
  return clear
    ? `${first} is ahead of ${second}: ${counts} (${test}).`
    : `${first} and ${second} are level: ${counts}, which is within the noise of this test set (${test}).`;
}

function examples(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "example" : "examples"}`;
}

/** "p = 0.031", "p < 0.001". */
export function formatP(p: number): string {
  return p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(3)}`;
}

// A line a model: the classes that it recognises best.
function winners({ models, classWinners }: Comparison, width: number, style: Style): string[] {
  const nameWidth = Math.min(30, Math.max(...models.map(({ model }) => model.length)));
  const won = (name: string): readonly ClassWinner[] => classWinners.filter(({ model }) => model === name);
  return models.flatMap(({ model }) => {
    const classes = won(model).map(({ name, duel }) => `${name}${duel.clear ? "" : "~"}`);
    const count = `  ${classes.length} of ${classWinners.length}`.padStart(10);
    const lines = fold(classes.length > 0 ? classes.join("  ") : "none", width - nameWidth - 16, "  ");
    return lines.map((line, i) => {
      const name = shorten(model, nameWidth).padEnd(nameWidth);
      return i === 0
        ? `  ${style.strong(name)}${count}  ${line}`.trimEnd()
        : `${" ".repeat(nameWidth + 14)}${line}`.trimEnd();
    });
  });
}

function confusions({ confusions, models }: Comparison, style: Style, width: number): string[] {
  if (confusions.length === 0)
    return fold("nothing: every image was recognised by every model", width - 2).map((line) => `  ${line}`);
  const longest = width < 72 ? 10 : 14;
  const rows = confusions.slice(0, 5).map(({ labelName, predictedName, total, counts }) => [
    { text: shorten(labelName, longest), stress: "strong" } as const,
    { text: "taken for", stress: "quiet" } as const,
    { text: shorten(predictedName, longest), stress: "strong" } as const,
    `${formatCount(total)} ×`,
    {
      text: models.length <= 6 && width >= 72 ? counts.map(formatCount).join(" + ") : "",
      stress: "quiet",
    } as const,
  ]);
  return table(rows, { align: ["left", "left", "left", "right", "left"], style }).split("\n");
}
