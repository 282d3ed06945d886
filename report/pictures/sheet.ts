/**
 * Pictures on a sheet: many small ones in a grid, and PNG of any, for figures, HTML pages and terminals.
 *
 * Pixels only: no text, so no fonts. PNG by fast-png (MIT, plain JavaScript over fflate; the same bytes in every
 * runtime). Small pictures are enlarged by whole factors, so that pixels stay squares.
 */
import { encode } from "fast-png";
import { AnygradError } from "../../src/errors.ts";
import { base64 } from "./base64.ts";
import type { Picture } from "./picture.ts";
import { enlarge } from "./resize.ts";

export interface SheetOptions {
  /** Pictures in a row. Default: as many as make the sheet about square. */
  readonly columns?: number;
  /** Zoom: pixels of the sheet for one of a picture, in both directions; a whole number. Default 1. */
  readonly scale?: number;
  /** Pixels between pictures; none at the borders. Default 2. */
  readonly gap?: number;
  /** Colour of gaps and empty places: red, green, blue from 0 to 255. Default white. */
  readonly background?: readonly [number, number, number];
}

/** The size of a sheet, before it is drawn. */
export interface SheetLayout {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  /** Place of picture `index`: left and top, in pixels. */
  place(index: number): { readonly left: number; readonly top: number };
  /** Width of each place: that of the largest picture. */
  readonly cellWidth: number;
  readonly cellHeight: number;
}

/** Where each picture goes: row by row, every place as large as the largest picture. @throws AnygradError INVALID_ARGUMENT */
export function sheetLayout(pictures: readonly Picture[], options: SheetOptions = {}): SheetLayout {
  const { scale = 1, gap = 2 } = options;
  const count = pictures.length;
  if (count === 0)
    throw new AnygradError("INVALID_ARGUMENT", "sheet: there is no picture; pass at least one");
  const cellWidth = scale * Math.max(...pictures.map(({ width }) => width));
  const cellHeight = scale * Math.max(...pictures.map(({ height }) => height));
  const square = Math.ceil(Math.sqrt((count * (cellHeight + gap)) / (cellWidth + gap)));
  const columns = Math.min(count, options.columns ?? Math.max(1, square));
  return {
    columns,
    width: columns * (cellWidth + gap) - gap,
    height: Math.ceil(count / columns) * (cellHeight + gap) - gap,
    cellWidth,
    cellHeight,
    place: (index) => ({
      left: (index % columns) * (cellWidth + gap),
      top: Math.floor(index / columns) * (cellHeight + gap),
    }),
  };
}

/** The pictures in a grid, as one picture; smaller ones stand in the middle of their place. @throws AnygradError INVALID_ARGUMENT */
export function pictureSheet(pictures: readonly Picture[], options: SheetOptions = {}): Picture {
  const { scale = 1, background = [255, 255, 255] } = options;
  const layout = sheetLayout(pictures, options);
  const { width, height } = layout;
  const [red, green, blue] = background;
  const channels = red === green && green === blue && pictures.every((p) => p.channels === 1) ? 1 : 3;
  const pixels = new Uint8Array(width * height * channels);
  for (let i = 0; i < pixels.length; i++) pixels[i] = background[i % channels]!;
  const sheet: Picture = { pixels, width, height, channels };
  for (const [index, picture] of pictures.entries()) {
    const { left, top } = layout.place(index);
    const right = Math.floor((layout.cellWidth - scale * picture.width) / 2);
    const down = Math.floor((layout.cellHeight - scale * picture.height) / 2);
    draw(sheet, enlarge(picture, scale), left + right, top + down);
  }
  return sheet;
}

/** The picture as a PNG file. */
export function pngOf({ pixels, width, height, channels }: Picture): Uint8Array {
  return encode({ data: pixels, width, height, channels, depth: 8 });
}

/** The PNG as a `data:` URI, for an `<img>` or an SVG `<image>`. */
export function pngUri(picture: Picture): string {
  return `data:image/png;base64,${base64(pngOf(picture))}`;
}

/** CSS that an `<image>` of an SVG has as its style: pixels stay squares when it is enlarged. */
export const sharp = "image-rendering:pixelated";

const LEAST_SIDE = 64; // pixels

/**
 * The PNG for a picture that is shown enlarged: small ones are enlarged here already, as programs that know nothing of
 * `sharp` (viewers of PDF, many of SVG) would show a filter of 3 × 3 pixels as a blur.
 */
export function sharpUri(picture: Picture): string {
  const longest = Math.max(picture.width, picture.height, 1);
  return pngUri(enlarge(picture, Math.max(1, Math.floor(LEAST_SIDE / longest))));
}

function draw(sheet: Picture, { pixels, width, height, channels }: Picture, left: number, top: number): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to = ((top + y) * sheet.width + left + x) * sheet.channels;
      const from = (y * width + x) * channels;
      for (let channel = 0; channel < sheet.channels; channel++)
        sheet.pixels[to + channel] = pixels[from + (channels === 1 ? 0 : channel)]!;
    }
  }
}
