/** A data set in text: what it is, how its classes are balanced, how its values are spread. */
import type { Spread, ValueStatistics } from "../../src/data/statistics.ts";
import { filled } from "../../src/model/training/callbacks/progressLines.ts";
import type { Picture } from "../pictures/picture.ts";
import { type Colors, pictureRows } from "../pictures/pictureText.ts";
import { shrink } from "../pictures/resize.ts";
import { columns } from "../text/columns.ts";
import { textWidth } from "../text/lines.ts";
import { formatCount, formatQuantity, formatShare } from "../text/numbers.ts";
import { plain, type Style } from "../text/style.ts";
import { type Cell, shorten, shortNames, table } from "../text/table.ts";
import { type ClassPictures, columnNames, type DatasetFacts, formatValue, logHeights } from "./facts.ts";

export interface DatasetTextOptions {
  readonly style?: Style;
  /** Characters of a line. Default 80. */
  readonly width?: number;
}

const quiet = (text: string): Cell => ({ text, stress: "quiet" });

/**
 * The name of a set, then lines of where it is, how large, and of what shape.
 *
 * @param more lines below them: heads and what they say
 */
export function datasetHeading(
  { name, where, train, test, classes, table: ofTable }: DatasetFacts,
  { style = plain }: DatasetTextOptions = {},
  more: Readonly<Record<string, string>> = {},
): string {
  const lines = {
    found: where,
    [ofTable ? (ofTable.window ? "windows" : "rows") : "examples"]:
      `${formatCount(train[0]!)} to train, ${formatCount(test[0]!)} to test`,
    shape: train.slice(1).join(" × "),
    ...(ofTable?.target ? { predicts: withUnit(ofTable.target) } : { classes: formatCount(classes.length) }),
    ...more,
  };
  return `${style.strong(name)}\n${table(
    Object.entries(lines).map(([head, text]) => [quiet(head), text]),
    { style },
  )}`;
}

/** A column a line: its unit, and mean and deviation or categories in the training set; below them what a regression predicts. */
export function columnTable({ table: ofTable }: DatasetFacts, options: DatasetTextOptions = {}): string {
  const { style = plain, width = 80 } = options;
  const { columns: inputs = [], target } = ofTable ?? {};
  const numbers = ({ mean, deviation }: { mean: number; deviation: number }): string[] => [
    formatQuantity(mean),
    formatQuantity(deviation),
  ];
  const rows = inputs.map((column): (string | Cell)[] =>
    column.kind === "number"
      ? [shorten(withUnit(column), LONGEST_NAME), quiet("number"), ...numbers(column), ""]
      : [
          shorten(column.name, LONGEST_NAME),
          quiet(column.encoding === "ordinal" ? "in order" : "category"),
          "",
          "",
          quiet(listed(column.categories)),
        ],
  );
  if (target)
    rows.push([
      { text: shorten(withUnit(target), LONGEST_NAME), stress: "strong" },
      quiet("predicted"),
      ...numbers(target),
      "",
    ]);
  const heading = ["column", "", "mean", "deviation", ""].map(quiet);
  return table([heading, ...rows], { align: ["left", "left", "right", "right", "left"], style, width });
}

/** Categories by name: all where they are few. */
function listed(categories: readonly string[]): string {
  const left = categories.length - MOST_CATEGORIES;
  return `${categories.slice(0, MOST_CATEGORIES).join(", ")}${left > 0 ? ` and ${formatCount(left)} more` : ""}`;
}

const MOST_CATEGORIES = 20;

function withUnit({ name, unit }: { readonly name: string; readonly unit?: string }): string {
  return unit === undefined ? name : `${name} (${unit})`;
}

const LONGEST_NAME = 40;
const LONGEST_BAR = 20;
const SHORTEST_BAR = 5;
const COUNTS = 50; // characters of a line without the name, with a bar

/** A class a line: examples and share in training and test set, a bar as long as its share in training. */
export function balanceTable(
  { classes, train, test }: DatasetFacts,
  options: DatasetTextOptions = {},
): string {
  const { style = plain, width = 80 } = options;
  const most = Math.max(...classes.map((one) => one.train));
  const heading = ["class", "", "train", "", "test", ""].map(quiet);
  const names = shortNames(
    classes.map(({ name }) => name),
    Math.min(LONGEST_NAME, Math.max(14, width - COUNTS)),
  );
  const rows = classes.map(({ name, train: inTrain, test: inTest }, classId): (string | Cell)[] => [
    String(classId),
    name === String(classId) ? "" : names[classId]!,
    formatCount(inTrain),
    quiet(formatShare(inTrain / train[0]!)),
    formatCount(inTest),
    quiet(formatShare(inTest / test[0]!)),
  ]);
  const columns = { align: ["right", "left", "right", "right", "right", "right"], style } as const;
  const widest = Math.max(
    ...table([heading, ...rows], { ...columns, style: plain })
      .split("\n")
      .map(textWidth),
  );
  const room = Math.min(LONGEST_BAR, width - widest - 2);
  if (room < SHORTEST_BAR) return table([heading, ...rows], columns);
  const bars = classes.map((one): Cell => ({ text: filled(one.train / most, room), stress: "training" }));
  return table([heading, ...rows.map((row, classId) => [...row, bars[classId]!])], columns);
}

/** Mean, deviation, least and greatest value of both sets; of the channels or features of the training set, too. */
function spreadTable(facts: DatasetFacts, { style = plain }: DatasetTextOptions = {}): string {
  const row = (name: string, { mean, deviation, min, max }: Spread): (string | Cell)[] => [
    quiet(name),
    formatValue(mean),
    formatValue(deviation),
    formatValue(min),
    formatValue(max),
  ];
  const { values } = facts;
  const names = columnNames(facts);
  const columns = values.train.columns.map((column, i) => row(names[i]!, column));
  const heading = ["", "mean", "deviation", "least", "greatest"].map(quiet);
  return table([heading, row("train", values.train), row("test", values.test), ...columns], {
    align: ["left", "right", "right", "right", "right"],
    style,
  });
}

const eighths = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const LINES = 4;

/** Columns as high as the logarithm of how many values lie there: many sets are mostly zeros. Without the last line break. */
function histogramText({ histogram }: ValueStatistics, { style = plain }: DatasetTextOptions = {}): string {
  const { from, to, counts } = histogram;
  const heights = logHeights(counts).map((height) => Math.ceil(height * 8 * LINES));
  const lines = Array.from({ length: LINES }, (_, line) => {
    const below = 8 * (LINES - 1 - line);
    const blocks = heights
      .map((height) => eighths[Math.min(8, Math.max(0, height - below))]!.repeat(2))
      .join("");
    return `  ${style.training(blocks.trimEnd())}`.trimEnd();
  });
  const [left, right] = [formatValue(from), formatValue(to)];
  const axis = `  ${left}${right.padStart(2 * counts.length - left.length)}`;
  return [...lines, style.quiet(axis)].join("\n");
}

/** All parts under headings, without the last line break. @param pictures samples as text, or nothing */
export function datasetText(
  facts: DatasetFacts,
  options: DatasetTextOptions = {},
  pictures?: string,
): string {
  const { style = plain, width = 80 } = options;
  const { train } = facts.values;
  const balance =
    facts.classes.length > 0 ? [`${style.strong("Class balance")}\n${balanceTable(facts, options)}`] : [];
  if (facts.table)
    return [
      datasetHeading(facts, options),
      columns([...balance, `${style.strong("Columns")}\n${columnTable(facts, options)}`], width),
    ].join("\n\n");
  return [
    datasetHeading(facts, options),
    ...(pictures ? [pictures] : []),
    columns(
      [
        ...balance,
        `${style.strong("Values")}\n${spreadTable(facts, options)}`,
        `${style.strong("How often each value occurs")}  ${style.quiet("in training, logarithmic")}\n${histogramText(train, options)}`,
      ],
      width,
    ),
  ].join("\n\n");
}

/** For each class its name, and below as many of its samples as a line holds. */
export function sampleRows(
  { classes }: DatasetFacts,
  pictures: readonly ClassPictures[],
  options: DatasetTextOptions & { readonly colors: Colors },
): string {
  const { style = plain, width = 80, colors } = options;
  return classes
    .map(({ name }, classId) => {
      const samples = pictures[classId]!.samples.map((sample) => narrow(sample, NARROW));
      const room = Math.max(1, Math.floor((width + 2) / ((samples[0]?.width ?? 0) + 2)));
      if (samples.length === 0) return `${style.strong(name)}  ${style.quiet("no example")}`;
      return `${style.strong(name)}\n${pictureRows(samples.slice(0, room), { colors, width })}`;
    })
    .join("\n");
}

/** The first sample of each class with its name below, in signs. */
export function onePictureAClass(
  { classes }: DatasetFacts,
  pictures: readonly ClassPictures[],
  { width = 80 }: DatasetTextOptions = {},
): string {
  const shown = pictures.flatMap(({ samples: [first] }, classId) =>
    first ? [{ ...narrow(first, Math.min(WIDE, width)), caption: classes[classId]!.name }] : [],
  );
  return pictureRows(shown, { width });
}

// Characters across: five of 28 pixels a side, halved, fit on a line of 80; in signs they need all of their pixels.
const NARROW = 16;
const WIDE = 40;

function narrow(picture: Picture, width: number): Picture {
  return shrink(picture, Math.ceil(picture.width / width));
}
