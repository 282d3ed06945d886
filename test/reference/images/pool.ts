/**
 * Max, average and global average pooling in float64. The average counts only elements inside the image;
 * of several equal maxima the first in row-major order receives the gradient.
 */
import { type Array64, array64, sizeOf, unravel, zerosLike } from "../array64.ts";
import { type Padding, type Pair, pair, window } from "./conv2d.ts";

export interface PoolAttributes {
  readonly poolSize?: Pair;
  readonly strides?: Pair;
  readonly padding?: Padding;
  readonly dilationRate?: Pair;
}

/**
 * Calls `visit` for every output element, in row-major order, with the positions of the input elements under its
 * window. Returns the shape of the output.
 */
function eachWindow(
  x: Array64,
  { poolSize = 2, strides = poolSize, padding = "valid", dilationRate = 1 }: PoolAttributes,
  visit: (output: number, inputs: number[]) => void,
): number[] {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const [poolHeight, poolWidth] = pair(poolSize);
  const [strideHeight, strideWidth] = pair(strides);
  const [dilationHeight, dilationWidth] = pair(dilationRate);
  const rows = window(height, poolHeight, strideHeight, dilationHeight, padding);
  const columns = window(width, poolWidth, strideWidth, dilationWidth, padding);
  const shape = [batch, rows.out, columns.out, channels];
  for (let output = 0; output < sizeOf(shape); output++) {
    const [b, oh, ow, c] = unravel(shape, output) as [number, number, number, number];
    const inputs: number[] = [];
    for (let kh = 0; kh < poolHeight; kh++)
      for (let kw = 0; kw < poolWidth; kw++) {
        const ih = oh * strideHeight + kh * dilationHeight - rows.before;
        const iw = ow * strideWidth + kw * dilationWidth - columns.before;
        const outside = ih < 0 || ih >= height || iw < 0 || iw >= width;
        if (!outside) inputs.push(((b * height + ih) * width + iw) * channels + c);
      }
    visit(output, inputs);
  }
  return shape;
}

/** The first position that holds the largest value. */
function largest(x: Array64, positions: number[]): number {
  return positions.reduce((best, i) => (x.data[i]! > x.data[best]! ? i : best));
}

export function maxPooling2d(x: Array64, attributes: PoolAttributes = {}): Array64 {
  const values: number[] = [];
  const shape = eachWindow(x, attributes, (_, inputs) => {
    values.push(x.data[largest(x, inputs)]!);
  });
  return array64(shape, values);
}

/** Where in its image each of them is. */
export function maxPlaces(x: Array64, attributes: PoolAttributes = {}): Array64 {
  const places: number[] = [];
  const image = sizeOf(x.shape.slice(1));
  const shape = eachWindow(x, attributes, (_, inputs) => {
    places.push(largest(x, inputs) % image);
  });
  return array64(shape, places);
}

export function maxPooling2dBackward(dy: Array64, x: Array64, attributes: PoolAttributes = {}): Array64 {
  const dx = zerosLike(x);
  eachWindow(x, attributes, (output, inputs) => {
    dx.data[largest(x, inputs)]! += dy.data[output]!;
  });
  return dx;
}

export function averagePooling2d(x: Array64, attributes: PoolAttributes = {}): Array64 {
  const values: number[] = [];
  const shape = eachWindow(x, attributes, (_, inputs) => {
    values.push(inputs.reduce((sum, i) => sum + x.data[i]!, 0) / inputs.length);
  });
  return array64(shape, values);
}

export function averagePooling2dBackward(dy: Array64, x: Array64, attributes: PoolAttributes = {}): Array64 {
  const dx = zerosLike(x);
  eachWindow(x, attributes, (output, inputs) => {
    for (const i of inputs) dx.data[i]! += dy.data[output]! / inputs.length;
  });
  return dx;
}

/** The whole image is one window: [n, h, w, c] → [n, c] */
const wholeImage = (x: Array64): PoolAttributes => ({ poolSize: [x.shape[1]!, x.shape[2]!], strides: 1 });

export function globalAveragePooling2d(x: Array64): Array64 {
  return array64([x.shape[0]!, x.shape[3]!], averagePooling2d(x, wholeImage(x)).data);
}

export function globalAveragePooling2dBackward(dy: Array64, x: Array64): Array64 {
  return averagePooling2dBackward(dy, x, wholeImage(x));
}
