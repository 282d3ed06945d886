/**
 * The weights of the first layer as pictures: the filters of a convolution, or the columns of a dense kernel that looks
 * at every pixel. Blue is negative, white zero, orange positive, on one scale for all.
 */
import { extent } from "../../src/math/statistics.ts";
import type { NamedWeight } from "../../src/model/index.ts";
import { light } from "../charts/palette.ts";
import type { Picture } from "../pictures/picture.ts";
import { formatCount, formatScore } from "../text/numbers.ts";

export interface FilterPictures {
  /** The weight's name: "conv2d/kernel". */
  readonly weight: string;
  readonly pictures: readonly Picture[];
  /** How many there are; of many dense units the first alone are shown. */
  readonly count: number;
  /** "filter" or "unit". */
  readonly noun: string;
  /** The least, the most and the norm (square root of the sum of squares) of each picture shown. */
  readonly figures: readonly { readonly least: number; readonly most: number; readonly norm: number }[];
  /** The weight drawn in full colour. */
  readonly scale: number;
}

const MOST_SHOWN = 64;

/**
 * Nothing for a network whose first kernel does not look at pictures. Of several input channels the mean is drawn.
 *
 * @param inputShape of an example: `[height, width, channels]` or `[height, width]`
 */
export function filterPictures(
  weights: readonly NamedWeight[],
  inputShape: readonly number[],
): FilterPictures | undefined {
  const kernel = weights.find(({ name }) => /(^|\/)\w*kernel$/.test(name));
  if (!kernel || inputShape.length < 2 || inputShape.length > 3) return undefined;
  const { shape, data } = kernel;
  const [imageHeight, imageWidth, imageChannels = 1] = inputShape as [number, number, number?];
  const isDense = shape.length === 2 && shape[0] === imageHeight * imageWidth * imageChannels;
  const isConvolution = shape.length === 4 && shape[0]! * shape[1]! > 1;
  if (!isDense && !isConvolution) return undefined;
  // both are [height, width, channels, out], row-major
  const [height, width, channels, out] = isDense
    ? [imageHeight, imageWidth, imageChannels, shape[1]!]
    : (shape as [number, number, number, number]);
  const shown = Math.min(out, MOST_SHOWN);
  const planes = Array.from({ length: shown }, (_, filter) =>
    Float64Array.from({ length: height * width }, (_, pixel) => {
      let sum = 0;
      for (let channel = 0; channel < channels; channel++)
        sum += data[(pixel * channels + channel) * out + filter]!;
      return sum / channels;
    }),
  );
  const scale = Math.max(
    ...planes.map((plane) => plane.reduce((most, value) => Math.max(most, Math.abs(value)), 0)),
  );
  return {
    weight: kernel.name,
    count: out,
    noun: isDense ? "unit" : "filter",
    scale,
    pictures: planes.map((plane) => ({ pixels: colored(plane, scale || 1), width, height, channels: 3 })),
    figures: planes.map((plane) => ({
      ...ends(plane),
      norm: Math.sqrt(plane.reduce((sum, value) => sum + value * value, 0)),
    })),
  };
}

function ends(plane: Iterable<number>): { least: number; most: number } {
  const [least, most] = extent(plane);
  return { least, most };
}

export function filterRows({ figures }: FilterPictures): string[][] {
  return figures.map(({ least, most, norm }, i) => [
    formatCount(i),
    formatScore(least),
    formatScore(most),
    formatScore(norm),
  ]);
}

const [positive, negative] = [light.wrong, light.right].map((color) =>
  [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)),
) as [number[], number[]];

function colored(plane: Float64Array, scale: number): Uint8Array {
  const pixels = new Uint8Array(plane.length * 3);
  for (const [i, value] of plane.entries()) {
    const end = value > 0 ? positive : negative;
    const share = Math.abs(value) / scale;
    for (let channel = 0; channel < 3; channel++)
      pixels[3 * i + channel] = Math.round(255 + share * (end[channel]! - 255));
  }
  return pixels;
}
