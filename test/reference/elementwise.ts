/**
 * Binary arithmetic with NumPy's broadcasting in float64: shapes are aligned at the right, and an extent of 1
 * is repeated. The gradient of a repeated argument is the sum over its repetitions.
 */
import { type Array64, array64, ravel, sizeOf, unravel, zerosLike } from "./array64.ts";

export type BinaryName =
  | "add"
  | "subtract"
  | "multiply"
  | "divide"
  | "maximum"
  | "minimum"
  | "mod"
  | "pow"
  | ComparisonName;
export type ComparisonName = "equal" | "notEqual" | "greater" | "greaterEqual" | "less" | "lessEqual";

interface Binary {
  readonly forward: (a: number, b: number) => number;
  readonly derivative: (a: number, b: number) => readonly [da: number, db: number];
}

const maximum = (a: number, b: number): number => (Number.isNaN(a) || a > b ? a : b);
const minimum = (a: number, b: number): number => (Number.isNaN(a) || a < b ? a : b);

/** The remainder with the sign of b, of numbers that float32 holds. */
function mod(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 || Object.is(b, -0) ? -0 : 0;
  return rest < 0 !== b < 0 ? Math.fround(rest + b) : rest;
}

/** The power by C's rules, which JavaScript's ** does not follow where an infinite exponent meets 1 or −1. */
function pow(a: number, b: number): number {
  if (a === 1 || (a === -1 && Math.abs(b) === Number.POSITIVE_INFINITY)) return 1;
  return a ** b;
}

function comparison(holds: (a: number, b: number) => boolean): Binary {
  return { forward: (a, b) => Number(holds(a, b)), derivative: () => [0, 0] };
}

/** At a tie the first argument receives the gradient of maximum and minimum, as in TensorFlow. */
const binary: Readonly<Record<BinaryName, Binary>> = {
  add: { forward: (a, b) => a + b, derivative: () => [1, 1] },
  subtract: { forward: (a, b) => a - b, derivative: () => [1, -1] },
  multiply: { forward: (a, b) => a * b, derivative: (a, b) => [b, a] },
  divide: { forward: (a, b) => a / b, derivative: (a, b) => [1 / b, -a / (b * b)] },
  maximum: { forward: maximum, derivative: (a, b) => (a >= b ? [1, 0] : [0, 1]) },
  minimum: { forward: minimum, derivative: (a, b) => (a <= b ? [1, 0] : [0, 1]) },
  mod: { forward: mod, derivative: (a, b) => [1, -Math.round((a - mod(a, b)) / b)] },
  pow: {
    forward: pow,
    derivative: (a, b) => [
      b === 0 ? 0 : b * pow(a, b - 1),
      a > 0 ? pow(a, b) * Math.log(a) : Number.isNaN(a) ? a : 0,
    ],
  },
  equal: comparison((a, b) => a === b),
  notEqual: comparison((a, b) => a !== b),
  greater: comparison((a, b) => a > b),
  greaterEqual: comparison((a, b) => a >= b),
  less: comparison((a, b) => a < b),
  lessEqual: comparison((a, b) => a <= b),
};

/** The shape two shapes broadcast to, or null where they do not fit. */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] | null {
  const rank = Math.max(a.length, b.length);
  const shape: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) return null;
    shape.push(left === 1 ? right : left);
  }
  return shape;
}

/** Which element of an array of `shape` stands at `index` of the broadcast shape. */
function sourcePosition(shape: readonly number[], index: readonly number[]): number {
  const tail = index.slice(index.length - shape.length);
  return ravel(
    shape,
    tail.map((i, axis) => (shape[axis] === 1 ? 0 : i)),
  );
}

/** Calls `visit` with the output position and the positions in `a` and `b` it is computed from. */
function eachPair(a: Array64, b: Array64, visit: (y: number, a: number, b: number) => void): number[] {
  const shape = broadcastShape(a.shape, b.shape);
  if (!shape) throw new Error(`[${a.shape}] and [${b.shape}] do not broadcast`);
  for (let y = 0; y < sizeOf(shape); y++) {
    const index = unravel(shape, y);
    visit(y, sourcePosition(a.shape, index), sourcePosition(b.shape, index));
  }
  return shape;
}

export function applyBinary(name: BinaryName, a: Array64, b: Array64): Array64 {
  const { forward } = binary[name];
  const values: number[] = [];
  const shape = eachPair(a, b, (_, i, j) => values.push(forward(a.data[i]!, b.data[j]!)));
  return array64(shape, values);
}

export function applyBinaryBackward(
  name: BinaryName,
  dy: Array64,
  a: Array64,
  b: Array64,
): { da: Array64; db: Array64 } {
  const { derivative } = binary[name];
  const da = zerosLike(a);
  const db = zerosLike(b);
  eachPair(a, b, (y, i, j) => {
    const [slopeA, slopeB] = derivative(a.data[i]!, b.data[j]!);
    da.data[i]! += dy.data[y]! * slopeA;
    db.data[j]! += dy.data[y]! * slopeB;
  });
  return { da, db };
}
