/** PNG to pixels: any depth, palettes, interlaced ones, gray with opacity; 16 bits become 8. */
import { decode } from "fast-png";
import type { PixelImage } from "../../src/data/images/image.ts";

/** @throws Error for a damaged file */
export function decodePng(bytes: Uint8Array): PixelImage {
  const { width, height, depth, channels, palette, transparency, data } = decode(bytes, { checkCrc: true });
  const rgba = new Uint8ClampedArray(width * height * 4);
  if (depth === 8 && channels >= 3) {
    for (let from = 0, at = 0; at < rgba.length; at += 4, from += channels) {
      rgba[at] = data[from]!;
      rgba[at + 1] = data[from + 1]!;
      rgba[at + 2] = data[from + 2]!;
      rgba[at + 3] = channels === 4 ? data[from + 3]! : 255;
    }
    if (!transparency) return { width, height, data: rgba };
  }
  const most = depth === 16 ? 65535 : 2 ** depth - 1;
  // PNG keeps pixels of less than a byte packed, each row from a new byte on
  const perByte = depth < 8 ? 8 / depth : 1;
  const rowLength = Math.ceil((width * channels) / perByte);
  const sample = (x: number, y: number, channel: number): number => {
    if (depth >= 8) return data[y * rowLength + x * channels + channel]!;
    const shift = 8 - depth * (1 + (x % perByte));
    return (data[y * rowLength + Math.floor(x / perByte)]! >> shift) & most;
  };
  const byte = (value: number): number => Math.floor((value * 255) / most + 0.5);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      const first = sample(x, y, 0);
      if (palette) {
        const [red, green, blue, alpha = 255] = palette[first] ?? [0, 0, 0];
        rgba.set([red!, green!, blue!, alpha], at);
        continue;
      }
      const isColor = channels >= 3;
      const [green, blue] = isColor ? [sample(x, y, 1), sample(x, y, 2)] : [first, first];
      const isClear =
        transparency !== undefined &&
        first === transparency[0] &&
        (!isColor || (green === transparency[1] && blue === transparency[2]));
      rgba[at] = byte(first);
      rgba[at + 1] = byte(green);
      rgba[at + 2] = byte(blue);
      rgba[at + 3] = isClear ? 0 : channels % 2 === 0 ? byte(sample(x, y, channels - 1)) : 255;
    }
  return { width, height, data: rgba };
}
