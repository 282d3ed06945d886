/** Images of another size in float64: every output is a mean of the four inputs around its place. */
import { type Array64, array64, zerosLike } from "../array64.ts";

export type Interpolation = "nearest" | "bilinear";

/** The inputs that output i of an axis is made of, and their shares. */
function sources(
  i: number,
  n: number,
  size: number,
  interpolation: Interpolation,
): [at: number, share: number][] {
  const middle = ((i + 0.5) * n) / size;
  if (interpolation === "nearest") return [[Math.min(n - 1, Math.floor(middle)), 1]];
  const place = Math.max(0, middle - 0.5);
  const first = Math.min(n - 1, Math.floor(place));
  const share = place - first;
  return [
    [first, 1 - share],
    [Math.min(n - 1, first + 1), share],
  ];
}

function each(
  x: Array64,
  [height, width]: readonly [number, number],
  interpolation: Interpolation,
  visit: (y: number, x: number, share: number) => void,
): void {
  const [n, h, w, c] = x.shape as [number, number, number, number];
  for (let b = 0; b < n; b++)
    for (let i = 0; i < height; i++)
      for (let j = 0; j < width; j++)
        for (const [row, down] of sources(i, h, height, interpolation))
          for (const [column, right] of sources(j, w, width, interpolation))
            for (let k = 0; k < c; k++)
              visit(
                ((b * height + i) * width + j) * c + k,
                ((b * h + row) * w + column) * c + k,
                down * right,
              );
}

export function resize(x: Array64, size: readonly [number, number], interpolation: Interpolation): Array64 {
  const y = array64([x.shape[0]!, ...size, x.shape[3]!]);
  each(x, size, interpolation, (to, from, share) => {
    y.data[to]! += x.data[from]! * share;
  });
  return y;
}

export function resizeBackward(
  dy: Array64,
  x: Array64,
  size: readonly [number, number],
  interpolation: Interpolation,
): Array64 {
  const dx = zerosLike(x);
  each(x, size, interpolation, (from, to, share) => {
    dx.data[to]! += dy.data[from]! * share;
  });
  return dx;
}
