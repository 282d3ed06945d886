/**
 * A data set on one sheet: samples of every class, their mean, the balance of the classes, the spread of the values.
 *
 * SVG of rectangles, text and embedded PNG, its colours those of charts (charts/palette.ts). Sets of many classes
 * stand in two columns; data that are no pictures have bars and figures alone.
 */
import type { Spread } from "../../src/data/statistics.ts";
import { extentOf, nameLines } from "../charts/names.ts";
import { colorOf, partColor } from "../charts/palette.ts";
import type { Picture } from "../pictures/picture.ts";
import { resizeToFit } from "../pictures/resize.ts";
import { pictureSheet, pngUri, sharp } from "../pictures/sheet.ts";
import { formatCount, formatShare, plural } from "../text/numbers.ts";
import { withoutFolders } from "../text/paths.ts";
import { shorten } from "../text/table.ts";
import { type ClassPictures, columnNames, type DatasetFacts, formatValue, logHeights } from "./facts.ts";

const MARGIN = 24;
const HEADING = 92; // pixels down to the rows
const MOST_ROWS = 13; // of classes, in one column
const SAMPLES_A_LINE = 12;
const CHARACTER = 6.5; // pixels, of the average letter
const CHARACTER_BOLD = 7.4; // pixels, of one of a name
const LABEL_LINE = 14; // pixels from line to line of a name
const COUNTS = 104; // pixels of "60,000 100.0 %"
const GAP = 20; // between the parts of a row
const GUTTER = 40; // between two columns

/** @param pictures of each class; absent where the data are no pictures */
export function datasetSheet(facts: DatasetFacts, pictures?: readonly ClassPictures[]): string {
  const columns = facts.classes.length > MOST_ROWS ? 2 : 1;
  const perColumn = Math.ceil(facts.classes.length / columns);
  const block = rowBlock(facts, pictures, columns);
  const room = Math.max(columns * block.width + (columns - 1) * GUTTER, LEAST_WIDTH);
  const width = 2 * MARGIN + room;
  const figures = figuresOf(facts, room);
  const below = facts.classes.length > 0 ? HEADING + perColumn * block.rowHeight + 28 : HEADING - 16;
  const height = below + figures.height + MARGIN;
  const parts = [
    heading(facts, room),
    ...Array.from({ length: facts.classes.length > 0 ? columns : 0 }, (_, column) =>
      moved(MARGIN + column * (block.width + GUTTER), HEADING - 10, block.titles),
    ),
    ...block.rows.map((row, i) =>
      moved(
        MARGIN + Math.floor(i / perColumn) * (block.width + GUTTER),
        HEADING + (i % perColumn) * block.rowHeight,
        row,
      ),
    ),
    moved(MARGIN, below, figures.drawing),
  ];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `font-family="'Open Sans', system-ui, sans-serif" font-size="12" role="img" fill="${colorOf("ink")}">` +
    `${parts.join("")}</svg>`
  );
}

function heading({ name, where, train, test, classes, table }: DatasetFacts, room: number): string {
  const shape = train.length > 2 ? train.slice(1).join(" × ") : `${plural(train[1]!, "value")} each`;
  const [title, place] = [withoutFolders(name), withoutFolders(where)];
  const found = place.startsWith(`${title}, `) ? place.slice(title.length + 2) : place;
  const about =
    `${plural(train[0]!, table ? (table.window ? "window" : "row") : "example")} to train and ${formatCount(test[0]!)} to test, ${shape}, ` +
    (table?.target ? `predicts ${table.target.name}` : plural(classes.length, "class", "classes"));
  const fits = Math.floor(room / CHARACTER);
  return (
    text(MARGIN, MARGIN + 16, shorten(title, Math.floor(room / 12)), 'font-size="20" font-weight="600"') +
    text(MARGIN, MARGIN + 36, shorten(`${about} · ${found}`, fits), `fill="${colorOf("quiet")}"`)
  );
}

interface RowBlock {
  readonly width: number;
  readonly rowHeight: number;
  /** The headings of the parts, on one base line. */
  readonly titles: string;
  readonly rows: readonly string[];
}

function rowBlock(
  { classes, train, test }: DatasetFacts,
  pictures: readonly ClassPictures[] | undefined,
  columns: number,
): RowBlock {
  const side = columns === 1 ? 56 : 36;
  const longest = columns === 1 ? 18 : 16; // characters of a line of a name
  const barWidth = (columns === 1 ? 120 : 60) + (pictures ? 0 : 160);
  const names = nameLines(
    classes.map(({ name }) => name),
    longest,
  );
  const labelWidth = Math.max(28, Math.ceil(extentOf(names).longest * CHARACTER_BOLD) + 8);
  const most = Math.max(...classes.flatMap((one) => [one.train / train[0]!, one.test / test[0]!]));

  const count = Math.max(1, ...(pictures ?? []).map(({ samples }) => samples.length));
  const perLine = Math.ceil(count / Math.ceil(count / SAMPLES_A_LINE));
  const drawn = pictures?.map(({ samples, mean }) => {
    const fitted = samples.map((sample) => resizeToFit(sample, side));
    return {
      samples: fitted.length > 0 ? pictureSheet(fitted, { columns: perLine, gap: 3 }) : undefined,
      mean: mean && resizeToFit(mean, side),
    };
  });
  const widest = (part: "samples" | "mean"): number =>
    Math.max(0, ...(drawn ?? []).map((row) => row[part]?.width ?? 0));
  const samplesAt = labelWidth + 8;
  const meanAt = drawn ? samplesAt + widest("samples") + GAP : samplesAt;
  const barsAt = drawn ? meanAt + widest("mean") + GAP : samplesAt;
  const tallest = Math.max(34, ...(drawn ?? []).map(({ samples }) => samples?.height ?? 0));

  const rows = classes.map((one, classId) => {
    const middle = tallest / 2;
    const { samples, mean } = drawn?.[classId] ?? {};
    const bars = [
      { examples: one.train, of: train[0]!, top: middle - 15, fill: partColor("training") },
      { examples: one.test, of: test[0]!, top: middle + 2, fill: partColor("test") },
    ].map(({ examples, of, top, fill }) => {
      const share = examples / of;
      return (
        rect(barsAt, top, Math.max(examples > 0 ? 1 : 0, (share / most) * barWidth), 12, fill) +
        text(barsAt + barWidth + 54, top + 10, formatCount(examples), 'font-size="11" text-anchor="end"') +
        text(
          barsAt + barWidth + COUNTS,
          top + 10,
          formatShare(share),
          `font-size="11" text-anchor="end" fill="${colorOf("quiet")}"`,
        )
      );
    });
    return [
      label(labelWidth, middle + 4, names[classId]!),
      samples ? image(samplesAt, middle - samples.height / 2, samples) : "",
      pictures && !samples ? text(samplesAt, middle + 4, "no example", `fill="${colorOf("quiet")}"`) : "",
      mean ? image(meanAt, middle - mean.height / 2, mean) : "",
      ...bars,
    ].join("");
  });

  const title = (x: number, word: string): string =>
    text(x, 0, word, `font-size="11" fill="${colorOf("quiet")}"`);
  const titles = [
    drawn ? title(samplesAt, "samples") : "",
    drawn ? title(meanAt, "mean") : "",
    rect(barsAt, -9, 10, 10, partColor("training")) + title(barsAt + 14, "train"),
    rect(barsAt + 52, -9, 10, 10, partColor("test")) + title(barsAt + 66, "test"),
  ].join("");
  return { width: barsAt + barWidth + COUNTS, rowHeight: tallest + 6, titles, rows };
}

const LINE = 19;
const TABLE = 360; // pixels
const LONGEST = 15; // characters of a column's name
const CHART = { least: 320, most: 640, height: 96 };
const LEAST_WIDTH = TABLE + GUTTER + CHART.least;

/** The table of the values' spread, and beside it their histogram. */
function figuresOf(facts: DatasetFacts, room: number): { height: number; drawing: string } {
  const { values } = facts;
  const names = columnNames(facts).map((name) => shorten(name, LONGEST));
  const columns = values.train.columns.map((spread, i) => ({ name: names[i]!, spread }));
  const rows: { name: string; spread: Spread }[] = [
    { name: "train", spread: values.train },
    { name: "test", spread: values.test },
    ...columns,
  ];
  const ends = [150, 220, 285, TABLE];
  const quiet = `font-size="11" fill="${colorOf("quiet")}"`;
  const table = [
    text(0, 12, facts.table ? "Values, scaled" : "Values", 'font-weight="600"'),
    ...["mean", "deviation", "least", "greatest"].map((word, i) =>
      text(ends[i]!, 12, word, `${quiet} text-anchor="end"`),
    ),
    ...rows.flatMap(({ name, spread }, row) => [
      text(0, 12 + LINE * (row + 1), name, `fill="${colorOf("quiet")}"`),
      ...[spread.mean, spread.deviation, spread.min, spread.max].map((value, i) =>
        text(ends[i]!, 12 + LINE * (row + 1), formatValue(value), 'text-anchor="end"'),
      ),
    ]),
  ];
  const { histogram } = values.train;
  const chartWidth = Math.min(CHART.most, room - TABLE - GUTTER);
  const wide = chartWidth / histogram.counts.length;
  const bars = logHeights(histogram.counts).map((height, bin) =>
    rect(
      bin * wide,
      20 + CHART.height * (1 - height),
      wide - 1,
      CHART.height * height,
      partColor("training"),
    ),
  );
  const bottom = 20 + CHART.height;
  const chart = [
    text(0, 12, "How often each value occurs", 'font-weight="600"'),
    text(chartWidth, 12, "training set, logarithmic", `${quiet} text-anchor="end"`),
    ...bars,
    rect(0, bottom, chartWidth, 1, colorOf("rule")),
    text(0, bottom + 15, formatValue(histogram.from), quiet),
    text(chartWidth, bottom + 15, formatValue(histogram.to), `${quiet} text-anchor="end"`),
  ];
  return {
    height: Math.max(16 + LINE * rows.length, bottom + 18),
    drawing: table.join("") + moved(room - chartWidth, 0, chart.join("")),
  };
}

function moved(x: number, y: number, drawing: string): string {
  return `<g transform="translate(${short(x)},${short(y)})">${drawing}</g>`;
}

function text(x: number, y: number, words: string, attributes: string): string {
  return `<text x="${short(x)}" y="${short(y)}" ${attributes}>${escaped(words)}</text>`;
}

/** A name in bold, its lines about `y`. */
function label(x: number, y: number, words: string): string {
  const lines = words.split("\n");
  return lines
    .map((line, i) =>
      text(x, y + LABEL_LINE * (i - (lines.length - 1) / 2), line, 'text-anchor="end" font-weight="600"'),
    )
    .join("");
}

function rect(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="${fill}"/>`;
}

function image(x: number, y: number, picture: Picture): string {
  return (
    `<image x="${short(x)}" y="${short(y)}" width="${picture.width}" height="${picture.height}" ` +
    `style="${sharp}" href="${pngUri(picture)}"/>`
  );
}

function short(value: number): string {
  return String(Number(value.toFixed(2)));
}

// XML knows no control characters, not even escaped.
function escaped(words: string): string {
  return Array.from(words, (sign) => (sign < " " ? "�" : sign))
    .join("")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
