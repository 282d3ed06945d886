/** Images moved, brightened and cut, pixel by pixel in float64, straight from the definition. */
import { type Array64, zerosLike } from "../array64.ts";

export interface AugmentAttributes {
  readonly fill?: number;
  readonly low?: number;
  readonly high?: number;
}

export function augmentImages(
  x: Array64,
  parameters: Array64,
  field: Array64 | null,
  { fill = 0, low = -Infinity, high = Infinity }: AugmentAttributes = {},
): Array64 {
  const [n, h, w, c] = x.shape as [number, number, number, number];
  const y = zerosLike(x);
  const pixel = (i: number, row: number, column: number, k: number): number =>
    row < 0 || row >= h || column < 0 || column >= w ? fill : x.data[((i * h + row) * w + column) * c + k]!;
  for (let i = 0; i < n; i++) {
    const p = parameters.data.subarray(12 * i, 12 * i + 12);
    for (let oy = 0; oy < h; oy++)
      for (let ox = 0; ox < w; ox++) {
        const bend = (axis: number): number => field?.data[((oy * n + i) * 2 + axis) * w + ox] ?? 0;
        const sx = p[0]! * ox + p[1]! * oy + p[2]! + bend(0);
        const sy = p[3]! * ox + p[4]! * oy + p[5]! + bend(1);
        const [left, top] = [Math.floor(sx), Math.floor(sy)];
        const [right, down] = [sx - left, sy - top];
        const blank = oy >= p[7]! && oy < p[8]! && ox >= p[9]! && ox < p[10]!;
        for (let k = 0; k < c; k++) {
          const looked =
            (1 - down) * ((1 - right) * pixel(i, top, left, k) + right * pixel(i, top, left + 1, k)) +
            down * ((1 - right) * pixel(i, top + 1, left, k) + right * pixel(i, top + 1, left + 1, k));
          y.data[((i * h + oy) * w + ox) * c + k] = blank
            ? fill
            : Math.min(Math.max(looked + p[6]!, low), high);
        }
      }
  }
  return y;
}
