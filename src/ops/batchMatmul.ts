/** Products of many matrices: the last two axes are matrices, those before them say which meet. */

import type { Op, Pass } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { batch_gemm_f32 } from "../kernels/families/products.generated.ts";
import { forOuter, type Loop, loopOver } from "../tensor/broadcast.ts";
import { broadcastShapes, formatShape, type Shape, sameShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { sumTo } from "./arithmetic.ts";

/** Whether operands are taken transposed. */
interface Flags {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** The axes before the matrices. */
function batchOf(shape: Shape): Shape {
  return shape.slice(0, -2);
}

/** Rows and columns of the matrices, as they are multiplied. */
function matrixOf(shape: Shape, transposed: boolean): readonly [rows: number, columns: number] {
  const [rows, columns] = shape.slice(-2) as [number, number];
  return transposed ? [columns, rows] : [rows, columns];
}

/** Writes c[batch…, m, n] = a[batch…, m, k] · b[batch…, k, n]; the batches of a and b broadcast to that of c. */
function multiply(
  { kernels }: Pick<Pass, "kernels">,
  c: Tensor,
  a: Tensor,
  b: Tensor,
  { transposeA, transposeB }: Flags,
): void {
  const [m, k] = matrixOf(a.shape, transposeA);
  const [, n] = matrixOf(b.shape, transposeB);
  const loop = loopOver(batchOf(c.shape), batchOf(a.shape), batchOf(b.shape));
  const { sizes } = loop;
  const last = sizes.length - 1;
  // the kernel takes the last axis whole
  const outer: Loop = {
    sizes: [...sizes.slice(0, last), 1, 1, 1, 1],
    a: [...loop.a.slice(0, last), 0, 0, 0, 0],
    b: [...loop.b.slice(0, last), 0, 0, 0, 0],
  };
  const batch = sizes[last]!;
  forOuter(outer, (at, atA, atB) => {
    kernels.run(batch_gemm_f32, {
      c: c.pointer + 4 * at * batch * m * n,
      a: a.pointer + 4 * atA * m * k,
      b: b.pointer + 4 * atB * k * n,
      batch,
      m,
      n,
      k,
      aStep: loop.a[last]! * m * k,
      bStep: loop.b[last]! * k * n,
      transposeA: Number(transposeA),
      transposeB: Number(transposeB),
    });
  });
}

/** Writes a gradient: whole, or summed over the batches along which the operand was repeated. */
function gradientOf(pass: Pass, target: Tensor, a: Tensor, b: Tensor, flags: Flags): void {
  const shape = [...batchOf(pass.y.shape), ...target.shape.slice(-2)];
  const whole = sameShape(shape, target.shape);
  const d = whole ? target : pass.allocator.allocate(shape);
  multiply(pass, d, a, b, flags);
  if (!whole) sumTo(pass.allocator, target, d);
}

/** The op `matmul` where an operand has more axes than a matrix. */
export const batchMatmulOp: Op<[Tensor, Tensor], Flags, void> = {
  name: "matmul",
  shape([a, b], { transposeA, transposeB }) {
    const [m, k] = matrixOf(a.shape, transposeA);
    const [depth, n] = matrixOf(b.shape, transposeB);
    if (k !== depth)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `matmul: ${formatShape(a.shape)}${transposeA ? "ᵀ" : ""} by ${formatShape(b.shape)}${transposeB ? "ᵀ" : ""} does not fit: ${k} columns meet ${depth} rows; make them equal or transpose one`,
      );
    return [...broadcastShapes(batchOf(a.shape), batchOf(b.shape), "matmul"), m, n];
  },
  forward(pass, [a, b], flags) {
    multiply(pass, pass.y, a, b, flags);
  },
  backward(pass, { dy, gradient }, [a, b], { transposeA, transposeB }) {
    const da = gradient(0);
    if (da) {
      if (transposeA) gradientOf(pass, da, b, dy, { transposeA: transposeB, transposeB: true });
      else gradientOf(pass, da, dy, b, { transposeA: false, transposeB: !transposeB });
    }
    const db = gradient(1);
    if (db) {
      if (transposeB) gradientOf(pass, db, dy, a, { transposeA: true, transposeB: transposeA });
      else gradientOf(pass, db, a, dy, { transposeA: !transposeA, transposeB: false });
    }
  },
};
