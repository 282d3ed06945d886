/** How two shapes run through one loop: axes that step alike in both operands are merged into one. */
import { type Shape, sizeOf, stridesOf } from "../tensor/shape.ts";

export interface Loop {
  /** The merged axes, outermost first; the last four go to a kernel, any before them are stepped here. */
  readonly sizes: readonly number[];
  /** Floats from an element to the next per axis, 0 where the operand is repeated. */
  readonly a: readonly number[];
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

/** Strides of `shape` seen as `out`: 0 along repeated axes. */
function steps(shape: Shape, out: Shape): number[] {
  const strides = stridesOf(shape);
  const missing = out.length - shape.length;
  return out.map((_, axis) => (axis < missing || shape[axis - missing] === 1 ? 0 : strides[axis - missing]!));
}

/** Calls `visit` with the element offsets of out, a and b for every position of the axes before the last four. */
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
