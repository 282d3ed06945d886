/** Copies between an array that lies contiguous and a piece of another one that strides lead through, of any number of axes. */

import { copy_strided_f32 } from "../kernels/abi.generated.ts";
import type { Kernel, Kernels } from "../kernels/kernel.ts";
import { stridedShape } from "../tensor/broadcast.ts";
import { type Shape, sizeOf } from "../tensor/shape.ts";

/** A piece of an array: where it begins, and the elements from each of its numbers to the next along each axis. */
export interface Piece {
  /** Address of its first number in wasm memory. */
  readonly pointer: number;
  /** Elements from a number to the next along each axis; negative ones lead back, 0 repeats. */
  readonly strides: readonly number[];
}

/** Writes the contiguous array at `to` of this shape from a piece. */
export function copyPiece(kernels: Kernels, to: number, shape: Shape, { pointer, strides }: Piece): void {
  eachBlock(to, shape, pointer, strides, (out, x, block) => {
    kernels.run(copy_strided_f32, { out, x, ...block });
  });
}

/** What a kernel takes that writes a piece from a contiguous array. */
type Paste = Kernel<
  NonNullable<(typeof copy_strided_f32)["values"]> // its strides are those of out
>;

/** Writes a piece from the contiguous array at `from` of this shape. */
export function writePiece(
  kernels: Kernels,
  paste: Paste,
  { pointer, strides }: Piece,
  shape: Shape,
  from: number,
): void {
  eachBlock(from, shape, pointer, strides, (x, out, block) => {
    kernels.run(paste, { out, x, ...block });
  });
}

/**
 * Calls `visit` for each block of at most four axes, with its addresses in the contiguous array and in the piece. Axes that one
 * stride leads through are merged first.
 */
function eachBlock(
  contiguous: number,
  shape: Shape,
  piece: number,
  strides: readonly number[],
  visit: (contiguous: number, piece: number, block: ReturnType<typeof stridedShape>) => void,
): void {
  const sizes: number[] = [];
  const steps: number[] = [];
  shape.forEach((n, axis) => {
    const step = strides[axis]!;
    if (n === 1) return;
    if (steps.at(-1) === step * n) {
      sizes.push(sizes.pop()! * n);
      steps.pop();
    } else sizes.push(n);
    steps.push(step);
  });
  while (sizes.length < 4) {
    sizes.unshift(1);
    steps.unshift(0);
  }
  const outer = sizes.length - 4;
  const bytes = 4 * sizeOf(sizes.slice(outer));
  const block = stridedShape(sizes, steps);
  let at = contiguous;
  const walk = (axis: number, place: number): void => {
    if (axis === outer) {
      visit(at, place, block);
      at += bytes;
    } else for (let i = 0; i < sizes[axis]!; i++) walk(axis + 1, place + 4 * i * steps[axis]!);
  };
  walk(0, piece);
}
