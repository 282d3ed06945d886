/** Sum, mean, max, min, product and the like over any axes in float64. Equal extremes share the gradient evenly, as in TensorFlow. */
import { type Array64, array64, ravel, unravel, zerosLike } from "./array64.ts";

export interface ReduceAttributes {
  /** One axis or several, counted from the end when negative; all of them by default. */
  readonly axis?: number | readonly number[];
  readonly keepdims?: boolean;
}

export type ReduceName = "sum" | "mean" | "max" | "min" | "prod" | "logSumExp";

/** The elements of `x` that fall on each element of the output, by position. */
function groups(
  x: Array64,
  { axis, keepdims = false }: ReduceAttributes,
): { shape: number[]; members: number[][] } {
  const rank = x.shape.length;
  const listed = axis === undefined ? x.shape.map((_, i) => i) : typeof axis === "number" ? [axis] : axis;
  const reduced = new Set(listed.map((a) => (a < 0 ? a + rank : a)));
  const kept = x.shape.map((extent, i) => (reduced.has(i) ? 1 : extent));
  const members = Array.from(array64(kept).data, (): number[] => []);
  x.data.forEach((_, i) => {
    const index = unravel(x.shape, i).map((value, a) => (reduced.has(a) ? 0 : value));
    members[ravel(kept, index)]!.push(i);
  });
  return { shape: keepdims ? kept : kept.filter((_, i) => !reduced.has(i)), members };
}

export function reduce(name: ReduceName, x: Array64, attributes: ReduceAttributes = {}): Array64 {
  const { shape, members } = groups(x, attributes);
  return array64(
    shape,
    members.map((positions) => {
      const values = positions.map((i) => x.data[i]!);
      if (name === "max") return values.reduce((a, b) => Math.max(a, b));
      if (name === "min") return values.reduce((a, b) => Math.min(a, b));
      if (name === "prod") return values.reduce((a, b) => a * b, 1);
      if (name === "logSumExp") return logSumExp(values);
      const sum = values.reduce((a, b) => a + b, 0);
      return name === "mean" ? sum / values.length : sum;
    }),
  );
}

function logSumExp(values: readonly number[]): number {
  const largest = values.reduce((a, b) => Math.max(a, b));
  if (Math.abs(largest) === Number.POSITIVE_INFINITY) return largest;
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}

export function reduceBackward(
  name: ReduceName,
  dy: Array64,
  x: Array64,
  attributes: ReduceAttributes = {},
): Array64 {
  const { members } = groups(x, attributes);
  const y = reduce(name, x, attributes);
  const dx = zerosLike(x);
  members.forEach((positions, o) => {
    const values = positions.map((i) => x.data[i]!);
    if (name === "prod" || name === "logSumExp") {
      positions.forEach((i, at) => {
        const others = values.filter((_, j) => j !== at);
        const slope =
          name === "prod" ? others.reduce((a, b) => a * b, 1) : Math.exp(values[at]! - y.data[o]!);
        dx.data[i] = dy.data[o]! * slope;
      });
      return;
    }
    const extreme = positions.filter((i) => x.data[i] === y.data[o]);
    const receivers = name === "max" || name === "min" ? extreme : positions;
    const share = name === "sum" ? 1 : 1 / receivers.length;
    for (const i of receivers) dx.data[i] = dy.data[o]! * share;
  });
  return dx;
}
