/** Matrix product and the dense layer in float64: three loops, nothing blocked. */
import { type Activation, activate, activateBackward } from "./activations.ts";
import { type Array64, array64, ravel, sizeOf, unravel, zerosLike } from "./array64.ts";
import { broadcastShape } from "./elementwise.ts";

export interface MatmulAttributes {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/** `x` with its two axes exchanged when `yes`. */
function transposedIf(yes: boolean | undefined, x: Array64): Array64 {
  if (!yes) return x;
  const [rows, columns] = x.shape as [number, number];
  const y = array64([columns, rows]);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) y.data[c * rows + r] = x.data[r * columns + c]!;
  return y;
}

/** y [m, n] = a [m, k] · b [k, n] */
function product(a: Array64, b: Array64): Array64 {
  const [m, k] = a.shape as [number, number];
  const n = b.shape[1]!;
  const y = array64([m, n]);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += a.data[i * k + p]! * b.data[p * n + j]!;
      y.data[i * n + j] = sum;
    }
  return y;
}

export function matmul(a: Array64, b: Array64, { transposeA, transposeB }: MatmulAttributes = {}): Array64 {
  return product(transposedIf(transposeA, a), transposedIf(transposeB, b));
}

/** da = dy · bᵀ, db = aᵀ · dy, each turned back to the orientation its argument came in. */
export function matmulBackward(
  dy: Array64,
  a: Array64,
  b: Array64,
  { transposeA, transposeB }: MatmulAttributes = {},
): { da: Array64; db: Array64 } {
  const da = product(dy, transposedIf(true, transposedIf(transposeB, b)));
  const db = product(transposedIf(true, transposedIf(transposeA, a)), dy);
  return { da: transposedIf(transposeA, da), db: transposedIf(transposeB, db) };
}

/** The shape to which the axes before the matrices broadcast, and the places of matrix i of it in both operands. */
function meeting(
  a: Array64,
  b: Array64,
): { shape: number[]; places: readonly (readonly [number, number])[] } {
  const [left, right] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const shape = broadcastShape(left, right)!;
  const placeOf = (own: number[], index: number[]): number =>
    ravel(
      own,
      index.slice(index.length - own.length).map((i, axis) => (own[axis] === 1 ? 0 : i)),
    );
  const places = Array.from({ length: sizeOf(shape) }, (_, i) => {
    const index = unravel(shape, i);
    return [placeOf(left, index), placeOf(right, index)] as const;
  });
  return { shape, places };
}

/** Matrix i of an array. */
function matrixAt(x: Array64, i: number): Array64 {
  const shape = x.shape.slice(-2);
  const size = sizeOf(shape);
  return array64(shape, x.data.slice(i * size, (i + 1) * size));
}

/** Products of many matrices, the axes before them broadcast. */
export function batchMatmul(a: Array64, b: Array64, attributes: MatmulAttributes): Array64 {
  const { shape, places } = meeting(a, b);
  const products = places.map(([i, j]) => matmul(matrixAt(a, i), matrixAt(b, j), attributes));
  return array64(
    [...shape, ...products[0]!.shape],
    products.flatMap(({ data }) => [...data]),
  );
}

/** The gradient of a matrix that met several is the sum. */
export function batchMatmulBackward(
  dy: Array64,
  a: Array64,
  b: Array64,
  attributes: MatmulAttributes,
): [Array64, Array64] {
  const [da, db] = [zerosLike(a), zerosLike(b)];
  const addAt = (to: Array64, i: number, { data }: Array64): void => {
    data.forEach((value, at) => {
      to.data[i * data.length + at]! += value;
    });
  };
  meeting(a, b).places.forEach(([i, j], at) => {
    const each = matmulBackward(matrixAt(dy, at), matrixAt(a, i), matrixAt(b, j), attributes);
    addAt(da, i, each.da);
    addAt(db, j, each.db);
  });
  return [da, db];
}

export interface DenseAttributes {
  readonly activation?: Activation;
}

/** y [n, u] = activation(x [n, k] · kernel [k, u] + bias [u]) */
export function dense(
  x: Array64,
  kernel: Array64,
  bias: Array64 | null,
  { activation = "linear" }: DenseAttributes = {},
): Array64 {
  const y = activate(activation, preActivation(rowsIn(x), kernel, bias));
  return array64([...x.shape.slice(0, -1), kernel.shape[1]!], y.data);
}

/** x [..., k] as a matrix. */
function rowsIn(x: Array64): Array64 {
  const columns = x.shape.at(-1)!;
  return array64([x.data.length / columns, columns], x.data);
}

export function denseBackward(
  dy: Array64,
  x: Array64,
  kernel: Array64,
  bias: Array64 | null,
  { activation = "linear" }: DenseAttributes = {},
): { dx: Array64; dkernel: Array64; dbias: Array64 | null } {
  const rows = rowsIn(x);
  const dz = activateBackward(activation, rowsIn(dy), preActivation(rows, kernel, bias));
  const { da, db: dkernel } = matmulBackward(dz, rows, kernel);
  return { dx: array64(x.shape, da.data), dkernel, dbias: bias && sumOverRows(dz) };
}

function preActivation(x: Array64, kernel: Array64, bias: Array64 | null): Array64 {
  const z = product(x, kernel);
  if (bias)
    z.data.forEach((value, i) => {
      z.data[i] = value + bias.data[i % bias.data.length]!;
    });
  return z;
}

/** [rows…, columns] → [columns] */
export function sumOverRows(x: Array64): Array64 {
  const columns = x.shape.at(-1)!;
  const y = array64([columns]);
  x.data.forEach((value, i) => {
    y.data[i % columns]! += value;
  });
  return y;
}
