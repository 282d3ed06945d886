/** What a report shows of an example: 8-bit pixels, grey or in colour. */
import type { Dataset } from "../../src/data/dataset.ts";

export interface Picture {
  /** The pixels, 0 to 255, row-major `[height, width, channels]`. */
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Number of channels. 1: grey; 3: red, green, blue. */
  readonly channels: 1 | 3;
}

/** Whether the examples are pictures: bytes of `[n, height, width]` or `[n, height, width, channels]`. */
export function hasPictures({ x, shape }: Pick<Dataset, "x" | "shape">): boolean {
  return x instanceof Uint8Array && (shape.length === 3 || shape.length === 4);
}

/** Example `index` of a set of pictures; where it has neither 1 nor 3 channels, the first channel alone. */
export function pictureOf({ x, shape }: Pick<Dataset, "x" | "shape">, index: number): Picture {
  const [, height = 0, width = 0, channels = 1] = shape;
  const size = height * width * channels;
  const pixels = Uint8Array.from(x.subarray(index * size, (index + 1) * size));
  if (channels === 1 || channels === 3) return { pixels, width, height, channels };
  return { pixels: pixels.filter((_, i) => i % channels === 0), width, height, channels: 1 };
}
