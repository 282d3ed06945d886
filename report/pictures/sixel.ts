/**
 * A picture as sixels (DEC, 1983), which xterm, foot, mlterm and others draw: six rows of pixels a band, a line of
 * characters for each colour of a band.
 *
 * A fixed palette: 33 greys and a cube of 6 × 6 × 6 colours, which suits grey samples and charts. The `sixel` package
 * was tried: its quantizer makes one purple of a picture that is half red, half blue (0.16.0); it reads ours in tests.
 */
import type { Picture } from "./picture.ts";

const CUBE = 216;
const GREYS = 33;
const BAND = 6;

/** The picture as a whole escape sequence. */
export function sixels(picture: Picture): string {
  const { width, height } = picture;
  const indices = paletteIndices(picture);
  const palette = Array.from(new Set(indices), (index) => `#${index};2;${percentages(index).join(";")}`);
  const bands: string[] = [];
  for (let top = 0; top < height; top += BAND) {
    const rows = Math.min(BAND, height - top);
    const ofBand = new Set(indices.subarray(top * width, (top + rows) * width));
    const lines = Array.from(ofBand, (index) => `#${index}${sixelLine(indices, width, top, rows, index)}`);
    bands.push(lines.join("$")); // $: back to the band's left end
  }
  // 0;1: pixels as high as wide, nothing drawn where nothing is said
  return `\x1bP0;1q"1;1;${width};${height}${palette.join("")}${bands.join("-")}\x1b\\`;
}

// A character a column: six bits, the lowest for the uppermost row, above 63; "!9~" stands for nine "~".
function sixelLine(indices: Uint8Array, width: number, top: number, rows: number, index: number): string {
  let [line, last, count] = ["", -1, 0];
  const flush = (): void => {
    const sign = String.fromCharCode(63 + last);
    line += count > 3 ? `!${count}${sign}` : sign.repeat(count);
  };
  for (let x = 0; x < width; x++) {
    let bits = 0;
    for (let row = 0; row < rows; row++) if (indices[(top + row) * width + x] === index) bits |= 1 << row;
    if (bits === last) count++;
    else {
      if (count > 0) flush();
      [last, count] = [bits, 1];
    }
  }
  if (last !== 0) flush(); // blanks at the right end say nothing
  return line;
}

function paletteIndices({ pixels, width, height, channels }: Picture): Uint8Array {
  const indices = new Uint8Array(width * height);
  for (let i = 0; i < indices.length; i++) {
    const at = i * channels;
    const red = pixels[at]!;
    const [green, blue] = channels === 1 ? [red, red] : [pixels[at + 1]!, pixels[at + 2]!];
    const isGrey = Math.max(red, green, blue) - Math.min(red, green, blue) < 12;
    indices[i] = isGrey
      ? CUBE + Math.round(((red + green + blue) / 765) * (GREYS - 1))
      : 36 * Math.round(red / 51) + 6 * Math.round(green / 51) + Math.round(blue / 51);
  }
  return indices;
}

function percentages(index: number): [number, number, number] {
  if (index >= CUBE) {
    const grey = Math.round((100 * (index - CUBE)) / (GREYS - 1));
    return [grey, grey, grey];
  }
  return [20 * Math.floor(index / 36), 20 * (Math.floor(index / 6) % 6), 20 * (index % 6)];
}
