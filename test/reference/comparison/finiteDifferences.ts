/**
 * Slopes of a scalar function of arrays by central differences in float64, where a step of 1e-5 leaves about ten
 * correct digits. Few elements and one direction through all of them: a wrong element anywhere moves the direction.
 */
import { type Array64, array64 } from "../array64.ts";

const step = 1e-5;

/** f's slope along `direction`, at inputs[which]. */
export function slopeAlong(
  f: (inputs: (Array64 | null)[]) => number,
  inputs: readonly (Array64 | null)[],
  which: number,
  direction: ArrayLike<number>,
): number {
  const moved = (sign: number): number =>
    f(
      inputs.map((x, i) => {
        if (i !== which || x === null) return x;
        return array64(
          x.shape,
          x.data.map((value, j) => value + sign * step * direction[j]!),
        );
      }),
    );
  return (moved(1) - moved(-1)) / (2 * step);
}

/** At most `count` positions, spread evenly over an array of `size` elements, the first and the last among them. */
export function spread(size: number, count: number): number[] {
  if (size <= count) return Array.from({ length: size }, (_, i) => i);
  return Array.from({ length: count }, (_, i) => Math.round((i * (size - 1)) / (count - 1)));
}

/** Directions to try in an array of `size`: single elements, and one of ±1 through all. */
export function directions(size: number, count: number): Float64Array[] {
  const through = Float64Array.from({ length: size }, (_, i) => (Math.imul(i + 1, 0x9e37_79b9) < 0 ? -1 : 1));
  const single = spread(size, count).map((position) => {
    const direction = new Float64Array(size);
    direction[position] = 1;
    return direction;
  });
  return [through, ...single];
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
