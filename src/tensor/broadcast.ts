/**
 * How two operands of different shapes run through one loop over the result. Neighbouring axes are merged into one where each
 * operand is contiguous, or repeated, over both, so that few axes are left.
 */
import type { BroadcastShape, copy_strided_f32 } from "../kernels/abi.generated.ts";
import { type Shape, sizeOf, stridesOf } from "./shape.ts";

/** A loop over the result of an operation on two operands; it has at least four axes. */
export interface Loop {
  /** Sizes of the merged axes, outermost first. A kernel walks the last four; `forOuter` walks those before them. */
  readonly sizes: readonly number[];
  /** How many elements apart two neighbours of operand a are along each axis; 0 where it is repeated. */
  readonly a: readonly number[];
  /** How many elements apart two neighbours of operand b are along each axis; 0 where it is repeated. */
  readonly b: readonly number[];
}

/** The loop over `out` for operands of shapes a and b, which broadcast to it. */
export function loopOver(out: Shape, a: Shape, b: Shape): Loop {
  const stepsA = steps(a, out);
  const stepsB = steps(b, out);
  const loop = { sizes: [] as number[], a: [] as number[], b: [] as number[] };
  out.forEach((n, axis) => {
    if (n === 1) return;
    const last = loop.sizes.length - 1;
    const stepA = stepsA[axis]!;
    const stepB = stepsB[axis]!;
    // the outer axis continues the inner one in both operands
    if (last >= 0 && loop.a[last] === stepA * n && loop.b[last] === stepB * n) {
      loop.sizes[last] = loop.sizes[last]! * n;
      loop.a[last] = stepA;
      loop.b[last] = stepB;
    } else {
      loop.sizes.push(n);
      loop.a.push(stepA);
      loop.b.push(stepB);
    }
  });
  while (loop.sizes.length < 4) {
    loop.sizes.unshift(1);
    loop.a.unshift(0);
    loop.b.unshift(0);
  }
  return loop;
}

/** Strides of an array of `shape` that is broadcast to `out`: 0 along the axes that are repeated. */
function steps(shape: Shape, out: Shape): number[] {
  const strides = stridesOf(shape);
  const missing = out.length - shape.length;
  return out.map((_, axis) => (axis < missing || shape[axis - missing] === 1 ? 0 : strides[axis - missing]!));
}

/** Calls `visit` for every position of the axes before the last four, with the offsets of out, a and b in elements. */
export function forOuter({ sizes, a, b }: Loop, visit: (out: number, a: number, b: number) => void): void {
  const outer = sizes.length - 4;
  const inner = sizeOf(sizes.slice(outer));
  let out = 0;
  const walk = (axis: number, atA: number, atB: number): void => {
    if (axis === outer) {
      visit(out, atA, atB);
      out += inner;
    } else for (let i = 0; i < sizes[axis]!; i++) walk(axis + 1, atA + i * a[axis]!, atB + i * b[axis]!);
  };
  walk(0, 0, 0);
}

/** The last four axes of a loop, as the elementwise kernels take them: sizes of the output, strides of both operands. */
export function broadcastShape({ sizes, a, b }: Loop): BroadcastShape {
  const [d0, d1, d2, d3] = lastFour(sizes);
  const [a0, a1, a2, a3] = lastFour(a);
  const [b0, b1, b2, b3] = lastFour(b);
  return { d0, d1, d2, d3, a0, a1, a2, a3, b0, b1, b2, b3 };
}

/** What copy_strided_f32 takes: the last four sizes of the output, and the strides of what is read, in elements. */
export function stridedShape(
  sizes: readonly number[],
  strides: readonly number[],
): Omit<NonNullable<(typeof copy_strided_f32)["values"]>, "out" | "x"> {
  const [d0, d1, d2, d3] = lastFour(sizes);
  const [s0, s1, s2, s3] = lastFour(strides);
  return { d0, d1, d2, d3, s0, s1, s2, s3 };
}

function lastFour(values: readonly number[]): [number, number, number, number] {
  return values.slice(-4) as [number, number, number, number];
}
