/** Matrix product and the dense layer in float64: three loops, nothing blocked. */
import { type Activation, activate, activateBackward } from "./activations.ts";
import { type Array64, array64 } from "./array64.ts";

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
  return activate(activation, preActivation(x, kernel, bias));
}

export function denseBackward(
  dy: Array64,
  x: Array64,
  kernel: Array64,
  bias: Array64 | null,
  { activation = "linear" }: DenseAttributes = {},
): { dx: Array64; dkernel: Array64; dbias: Array64 | null } {
  const dz = activateBackward(activation, dy, preActivation(x, kernel, bias));
  const { da: dx, db: dkernel } = matmulBackward(dz, x, kernel);
  return { dx, dkernel, dbias: bias && sumOverRows(dz) };
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
