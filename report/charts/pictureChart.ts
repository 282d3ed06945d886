/** Pictures in rows with their captions below or their class beside them, as one SVG: samples, mistakes and filters as files. */
import type { Picture } from "../pictures/picture.ts";
import { sharp, sharpUri } from "../pictures/sheet.ts";
import { fold, textWidth } from "../text/lines.ts";
import { colorOf } from "./palette.ts";
import { type ChartText, FONT_SIZE, svgDocument } from "./svg.ts";

export interface PictureChart extends ChartText {
  readonly pictures: readonly { readonly picture: Picture; readonly lines: readonly string[] }[];
  /** Pictures in a row. */
  readonly columns: number;
  /** Pixels, before scaling, that a picture is wide. */
  readonly size: number;
}

const GAP = 10;
const LINE = 14;
const CHARACTER = 5.9; // pixels, of the average letter of a caption
type Element = ReturnType<typeof svgDocument>["element"];

/** The chart as SVG text, to be put into a page as charts are. Captions are broken into as many lines as they need. */
export function pictureChart(chart: PictureChart): string {
  const { pictures, columns, size } = chart;
  const room = Math.floor(size / CHARACTER);
  const drawn = pictures.map(({ picture, lines }) => ({
    picture,
    height: heightOf(picture, size),
    words: lines.flatMap((text, line) => fold(text, room).map((words) => ({ words, isFirst: line === 0 }))),
  }));
  const rows = Array.from({ length: Math.ceil(drawn.length / columns) }, (_, row) => {
    const within = drawn.slice(row * columns, (row + 1) * columns);
    const lines = Math.max(...within.map(({ words }) => words.length));
    const high = Math.max(...within.map(({ height }) => height));
    return { within, high, height: high + (lines > 0 ? 4 + LINE * lines : 0) + GAP };
  });
  const { element, finish } = svgDocument(
    columns * (size + GAP) + GAP,
    rows.reduce((sum, { height }) => sum + height, GAP),
  );
  let top = GAP;
  for (const { within, high, height } of rows) {
    for (const [column, { picture, words }] of within.entries()) {
      const left = GAP + column * (size + GAP);
      framed(element, picture, { left, top, size });
      for (const [line, { words: text, isFirst }] of words.entries())
        element(
          "text",
          {
            x: left,
            y: top + high + 4 + LINE * (line + 1) - 3,
            "font-size": FONT_SIZE - 2,
            fill: colorOf(isFirst ? "ink" : "quiet"),
            ...(isFirst && { "font-weight": 600 }),
          },
          text,
        );
    }
    top += height;
  }
  return finish(chart);
}

export interface PictureRowsChart extends ChartText {
  readonly rows: readonly { readonly name: string; readonly pictures: readonly Picture[] }[];
  /** Pixels, before scaling, that a picture is wide. */
  readonly size: number;
}

const MOST_ROWS = 13; // in one column
const LONGEST_NAME = 20; // characters of a line
const BETWEEN = 4; // pixels between the pictures of a row

/** A row of pictures a class, its name at the left; many classes stand in two columns. */
export function pictureRowsChart(chart: PictureRowsChart): string {
  const { rows, size } = chart;
  const columns = rows.length > MOST_ROWS ? 2 : 1;
  const perColumn = Math.ceil(rows.length / columns);
  const names = rows.map(({ name }) => fold(name, LONGEST_NAME));
  const nameWidth = 7 * Math.max(...names.flat().map(textWidth)) + 12;
  const most = Math.max(1, ...rows.map(({ pictures }) => pictures.length));
  const high = Math.max(...rows.flatMap(({ pictures }) => pictures.map((one) => heightOf(one, size))));
  const lines = Math.max(...names.map((one) => one.length));
  const row = Math.max(high, LINE * lines) + BETWEEN + 2;
  const column = nameWidth + most * (size + BETWEEN) + 2 * GAP;
  const { element, finish } = svgDocument(columns * column, 2 * GAP + perColumn * row);
  for (const [i, { pictures }] of rows.entries()) {
    const left = GAP + column * Math.floor(i / perColumn);
    const top = GAP + row * (i % perColumn);
    const first = top + high / 2 + 4 - (LINE * (names[i]!.length - 1)) / 2;
    for (const [line, words] of names[i]!.entries())
      element("text", { x: left, y: first + LINE * line, fill: colorOf("ink"), "font-weight": 600 }, words);
    for (const [place, picture] of pictures.entries())
      framed(element, picture, { left: left + nameWidth + place * (size + BETWEEN), top, size });
  }
  return finish(chart);
}

function heightOf({ width, height }: Picture, size: number): number {
  return (size * height) / width;
}

function framed(
  element: Element,
  picture: Picture,
  { left, top, size }: { left: number; top: number; size: number },
): void {
  const place = { x: left, y: top, width: size, height: heightOf(picture, size) };
  element("image", { ...place, style: sharp, preserveAspectRatio: "none", href: sharpUri(picture) });
  element("rect", { ...place, fill: "none", stroke: colorOf("rule") });
}
