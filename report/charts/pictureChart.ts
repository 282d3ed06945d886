/** Pictures in rows with their captions below, as one SVG: samples, mistakes and filters as files. */
import type { Picture } from "../pictures/picture.ts";
import { pngUri } from "../pictures/sheet.ts";
import { shorten } from "../text/table.ts";
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
const sharp = { "image-rendering": "optimizeSpeed", preserveAspectRatio: "none" };

/** The chart as SVG text, to be put into a page as charts are. */
export function pictureChart(chart: PictureChart): string {
  const { pictures, columns, size } = chart;
  const lines = Math.max(...pictures.map((one) => one.lines.length));
  const high = Math.max(...pictures.map(({ picture }) => (size * picture.height) / picture.width));
  const cell = { width: size + GAP, height: high + (lines > 0 ? 4 + LINE * lines : 0) + GAP };
  const { element, finish } = svgDocument(
    columns * cell.width + GAP,
    Math.ceil(pictures.length / columns) * cell.height + GAP,
  );
  for (const [i, { picture, lines: words }] of pictures.entries()) {
    const [left, top] = [GAP + (i % columns) * cell.width, GAP + Math.floor(i / columns) * cell.height];
    const height = (size * picture.height) / picture.width;
    element("image", { x: left, y: top, width: size, height, ...sharp, href: pngUri(picture) });
    element("rect", { x: left, y: top, width: size, height, fill: "none", stroke: colorOf("rule") });
    const room = Math.floor(size / 5.4);
    for (const [line, word] of words.entries())
      element(
        "text",
        {
          x: left,
          y: top + high + 4 + LINE * (line + 1) - 3,
          "font-size": FONT_SIZE - 2,
          fill: colorOf(line === 0 ? "ink" : "quiet"),
          ...(line === 0 && { "font-weight": 600 }),
        },
        shorten(word, room),
      );
  }
  return finish(chart);
}
