/**
 * Small pictures in characters: two rows of pixels a line, by half blocks.
 *
 * With colours (24-bit ANSI) each pixel is a square of its own colour; without them its brightness picks a sign from
 * " ░▒▓█", one sign for two rows, which keeps proportions right as characters are twice as high as wide.
 */
import type { Picture } from "./picture.ts";
import { shorten } from "./table.ts";

export interface PictureTextOptions {
  /** 24-bit ANSI colours. Default false. */
  readonly colors?: boolean;
  /** Characters of a line. Default 80. */
  readonly width?: number;
}

const signs = " ░▒▓█";
const GAP = 2; // blanks between pictures

/** Pictures of one size in rows, as many in a row as fit, a caption under each; without the last line break. */
export function pictureRows(
  pictures: readonly (Picture & { readonly caption: string })[],
  options: PictureTextOptions = {},
): string {
  const { width = 80, colors = false } = options;
  const across = Math.max(1, Math.floor((width + GAP) / ((pictures[0]?.width ?? 1) + GAP)));
  const blocks: string[] = [];
  for (let i = 0; i < pictures.length; i += across) {
    const row = pictures.slice(i, i + across);
    const drawn = row.map((picture) => pictureLines(picture, colors));
    const lines = drawn[0]!.map((_, line) =>
      drawn.map((picture) => picture[line] ?? "").join(" ".repeat(GAP)),
    );
    const captions = row.map(({ caption, width: wide }) => shorten(caption, wide).padEnd(wide));
    blocks.push([...lines, captions.join(" ".repeat(GAP))].map((line) => line.trimEnd()).join("\n"));
  }
  return blocks.join("\n\n");
}

function pictureLines(picture: Picture, colors: boolean): string[] {
  const { width, height } = picture;
  return Array.from({ length: Math.ceil(height / 2) }, (_, line) => {
    let text = "";
    for (let column = 0; column < width; column++) {
      const [upper, lower] = [colorOf(picture, 2 * line, column), colorOf(picture, 2 * line + 1, column)];
      text += colors
        ? halfBlock(upper, lower)
        : signs[Math.round(((brightness(upper) + brightness(lower)) / 510) * 4)];
    }
    return colors ? `${text}\x1b[0m` : text;
  });
}

type Color = readonly [number, number, number];

// Below the last row: black.
function colorOf({ pixels, width, height, channels }: Picture, row: number, column: number): Color {
  if (row >= height) return [0, 0, 0];
  const at = (row * width + column) * channels;
  return [pixels[at]!, pixels[at + (channels === 1 ? 0 : 1)]!, pixels[at + channels - 1]!];
}

// Luma of Rec. 601.
function brightness([red, green, blue]: Color): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

function halfBlock(upper: Color, lower: Color): string {
  return `\x1b[38;2;${upper.join(";")}m\x1b[48;2;${lower.join(";")}m▀`;
}
