/**
 * Small pictures in characters: two rows of pixels a line, by half blocks.
 *
 * With colours each pixel is a square of its own colour; without them its brightness picks a sign from " ░▒▓█", one
 * sign for two rows, which keeps proportions right as characters are twice as high as wide.
 */

import { shortNames } from "../text/table.ts";
import type { Picture } from "./picture.ts";

/** The colours that a terminal can show: none, xterm's 256 or all of 24 bits. */
export type Colors = "none" | "256" | "all";

export interface PictureTextOptions {
  /** Colours of the terminal. Default "none". */
  readonly colors?: Colors;
  /** Characters of a line. Default 80. */
  readonly width?: number;
}

const signs = " ░▒▓█";
const GAP = 2; // blanks between pictures

/**
 * Pictures of one size in rows, as many in a row as fit, under each its caption where there are captions; without the
 * last line break.
 */
export function pictureRows(
  pictures: readonly (Picture & { readonly caption?: string })[],
  options: PictureTextOptions = {},
): string {
  const { width = 80, colors = "none" } = options;
  const across = Math.max(1, Math.floor((width + GAP) / ((pictures[0]?.width ?? 1) + GAP)));
  const captioned = pictures.some(({ caption }) => caption !== undefined);
  const short = shortNames(
    pictures.map(({ caption = "" }) => caption),
    pictures[0]?.width ?? 1,
  );
  const blocks: string[] = [];
  for (let i = 0; i < pictures.length; i += across) {
    const row = pictures.slice(i, i + across);
    const drawn = row.map((picture) => pictureLines(picture, colors));
    const lines = drawn[0]!.map((_, line) =>
      drawn.map((picture) => picture[line] ?? "").join(" ".repeat(GAP)),
    );
    const captions = row.map(({ width: wide }, column) => short[i + column]!.padEnd(wide));
    if (captioned) lines.push(captions.join(" ".repeat(GAP)));
    blocks.push(lines.map((line) => line.trimEnd()).join("\n"));
  }
  return blocks.join("\n\n");
}

function pictureLines(picture: Picture, colors: Colors): string[] {
  const { width, height } = picture;
  return Array.from({ length: Math.ceil(height / 2) }, (_, line) => {
    let text = "";
    for (let column = 0; column < width; column++) {
      const [upper, lower] = [colorOf(picture, 2 * line, column), colorOf(picture, 2 * line + 1, column)];
      text += colors === "none" ? sign(upper, lower) : halfBlock(upper, lower, colors);
    }
    return colors === "none" ? text : `${text}\x1b[0m`;
  });
}

type Color = readonly [number, number, number];

// Below the last row: black.
function colorOf({ pixels, width, height, channels }: Picture, row: number, column: number): Color {
  if (row >= height) return [0, 0, 0];
  const at = (row * width + column) * channels;
  return [pixels[at]!, pixels[at + (channels === 1 ? 0 : 1)]!, pixels[at + channels - 1]!];
}

function sign(upper: Color, lower: Color): string {
  return signs[Math.round(((brightness(upper) + brightness(lower)) / 510) * 4)]!;
}

// Luma of Rec. 601.
function brightness([red, green, blue]: Color): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

function halfBlock(upper: Color, lower: Color, colors: "256" | "all"): string {
  const named =
    colors === "all" ? (color: Color) => `2;${color.join(";")}` : (color: Color) => `5;${indexed(color)}`;
  return `\x1b[38;${named(upper)}m\x1b[48;${named(lower)}m▀`;
}

// xterm's 256 colours: 16 of the user's, a cube of 6 × 6 × 6 (0, 95, 135, 175, 215, 255), 24 greys (8, 18 … 238).
function indexed([red, green, blue]: Color): number {
  const level = (value: number): number => (value < 48 ? 0 : value < 115 ? 1 : Math.floor((value - 35) / 40));
  if (red !== green || green !== blue) return 16 + 36 * level(red) + 6 * level(green) + level(blue);
  if (red < 4) return 16;
  return red > 246 ? 231 : 232 + Math.min(23, Math.max(0, Math.round((red - 8) / 10)));
}
