/**
 * From a picture of any size to the bytes of an example, the same in every runtime.
 *
 * Each axis by itself: where it shrinks, a pixel is the mean of the area it stands for (parts of pixels count in part);
 * where it grows, it is interpolated between the two nearest (bilinear). A picture of the right size is copied. Only + − × ÷
 * of doubles in one order, so that engines agree to the bit. Transparent pixels are laid over white; gray is
 * 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601).
 */
import type { ImagePreparation } from "../preparation.ts";
import type { PixelImage } from "./image.ts";

/** @returns `[height, width, channels]`, row-major, 0 to 255 */
export function prepareImage(image: PixelImage, preparation: ImagePreparation): Uint8Array {
  const { height, width, color } = preparation;
  const channels = color === "gray" ? 1 : 3;
  const example = new Uint8Array(height * width * channels); // black where a border stays
  const { from, to } = placesOf(image, preparation);
  const across = weightsOf(from.left, from.width, image.width, to.width);
  const down = weightsOf(from.top, from.height, image.height, to.height);
  const row = rowReader(image, across);
  const sum = new Float64Array(to.width * 3);
  for (let y = 0; y < to.height; y++) {
    sum.fill(0);
    const { first, weights } = down[y]!;
    for (let i = 0; i < weights.length; i++) {
      const [values, weight] = [row(first + i), weights[i]!];
      for (let at = 0; at < sum.length; at++) sum[at]! += values[at]! * weight;
    }
    const start = ((to.top + y) * width + to.left) * channels;
    if (channels === 3) for (let at = 0; at < sum.length; at++) example[start + at] = byteOf(sum[at]!);
    else
      for (let x = 0; x < to.width; x++)
        example[start + x] = byteOf(
          (299 * sum[3 * x]! + 587 * sum[3 * x + 1]! + 114 * sum[3 * x + 2]!) / 1000,
        );
  }
  return example;
}

// A sum of weights may miss 1 by a rounding: 255 stays 255.
function byteOf(value: number): number {
  return Math.min(255, Math.max(0, Math.floor(value + 0.5)));
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Which part of the picture fills which part of the example; the parts of the example are whole pixels. */
function placesOf(image: PixelImage, { width, height, fit }: ImagePreparation): { from: Box; to: Box } {
  const whole: Box = { left: 0, top: 0, width: image.width, height: image.height };
  const all: Box = { left: 0, top: 0, width, height };
  const wider = image.width * height - image.height * width; // above 0: the picture is wider than the example
  if (fit === "stretch" || wider === 0) return { from: whole, to: all };
  if (fit === "cover") {
    const kept =
      wider > 0
        ? { width: (image.height * width) / height, height: image.height }
        : { width: image.width, height: (image.width * height) / width };
    const left = Math.floor((image.width - kept.width) / 2); // whole: half a pixel off would blur
    const top = Math.floor((image.height - kept.height) / 2);
    return { from: { left, top, ...kept }, to: all };
  }
  const rounded = (side: number): number => Math.max(1, Math.floor(side + 0.5));
  const shown =
    wider > 0
      ? { width, height: rounded((image.height * width) / image.width) }
      : { width: rounded((image.width * height) / image.height), height };
  const [left, top] = [Math.floor((width - shown.width) / 2), Math.floor((height - shown.height) / 2)];
  return { from: whole, to: { left, top, ...shown } };
}

/** What pixel `first` and those after it contribute to a pixel of the example; the weights add up to 1. */
interface Weights {
  readonly first: number;
  readonly weights: Float64Array;
}

/** @param start where the part that is taken begins, `length` how long it is, in pixels of a picture of `size` */
function weightsOf(start: number, length: number, size: number, count: number): Weights[] {
  const scale = length / count; // pixels of the picture for one of the example
  return Array.from({ length: count }, (_, i) => {
    if (scale > 1) {
      const [begin, end] = [start + i * scale, Math.min(size, start + (i + 1) * scale)];
      const first = Math.min(size - 1, Math.floor(begin));
      const weights: number[] = [];
      for (let at = first; at === first || at < end; at++)
        weights.push((Math.min(end, at + 1) - Math.max(begin, at)) / (end - begin));
      return { first, weights: Float64Array.from(weights) };
    }
    const middle = Math.min(size - 1, Math.max(0, start + (i + 0.5) * scale - 0.5));
    const first = Math.floor(middle);
    const part = middle - first;
    return { first, weights: Float64Array.from(part === 0 ? [1] : [1 - part, part]) };
  });
}

/** Gives a row of the picture at the width of the example, three values a pixel; the last two are kept, for rows are asked for in order. */
function rowReader({ data, width }: PixelImage, across: readonly Weights[]): (y: number) => Float64Array {
  const kept = [0, 1].map(() => ({ y: -1, values: new Float64Array(across.length * 3) }));
  return (y) => {
    const found = kept.find((one) => one.y === y);
    if (found) return found.values;
    kept.reverse();
    const row = kept[0]!;
    row.y = y;
    for (let i = 0; i < across.length; i++) {
      const { first, weights } = across[i]!;
      let red = 0;
      let green = 0;
      let blue = 0;
      let at = (y * width + first) * 4;
      for (let j = 0; j < weights.length; j++, at += 4) {
        const weight = weights[j]!;
        const opacity = data[at + 3]!;
        red += overWhite(data[at]!, opacity) * weight;
        green += overWhite(data[at + 1]!, opacity) * weight;
        blue += overWhite(data[at + 2]!, opacity) * weight;
      }
      row.values[3 * i] = red;
      row.values[3 * i + 1] = green;
      row.values[3 * i + 2] = blue;
    }
    return row.values;
  };
}

function overWhite(value: number, opacity: number): number {
  return opacity === 255 ? value : (value * opacity + 255 * (255 - opacity)) / 255;
}
