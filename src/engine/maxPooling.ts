/**
 * The derivative of max pooling. Its gradient is linear in dy, which windows send to their largest pixels; the other direction of
 * that, taking an array's numbers at these pixels, is put together from its own passes.
 */

import { copy, filled } from "../autograd/constant.ts";
import { untracked } from "../autograd/untracked.ts";
import type { PoolGeometry } from "../kernels/abi.generated.ts";
import { add, multiply } from "../ops/arithmetic.ts";
import { subtract } from "../ops/inverses.ts";
import { negative } from "../ops/signs.ts";
import { relu } from "../ops/unary.ts";
import type { RecordedOp, Tensor } from "../tensor/tensor.ts";
import { backwards, type Derivative, type Reached } from "./derivative.ts";
import { partOf } from "./form.ts";

/** 1 at every so manieth window from one on, so that those do not overlap, else 0: in the shape of y. */
function apart(y: Tensor, { oh, ow }: PoolGeometry, every: readonly [number, number], first: number): Tensor {
  const [rows, columns] = every;
  const at = (place: number): boolean =>
    Math.floor(place / ow) % rows === Math.floor(first / columns) &&
    (place % ow) % columns === first % columns;
  const windows = y.allocator.allocate([oh, ow, 1]);
  windows.view.set(Array.from({ length: oh * ow }, (_, place) => Number(at(place))));
  return multiply(filled(y.allocator, y.shape, 1), windows);
}

/** u at the largest pixel of each window: of windows that share none, u is left there alone, and what is pooled is that number. */
function taken(op: RecordedOp, geometry: PoolGeometry, u: Tensor): Tensor {
  const { output: y, forward, attributes } = op;
  const every = [
    Math.ceil(geometry.kh / geometry.strideH),
    Math.ceil(geometry.kw / geometry.strideW),
  ] as const;
  const pooled = (x: Tensor): Tensor => {
    const largest = y.allocator.allocate(y.shape);
    forward!(largest, [relu(x)], attributes);
    return largest;
  };
  let sum: Tensor | undefined;
  for (let first = 0; first < every[0] * every[1]; first++) {
    const windows = apart(y, geometry, every, first);
    const pixels = y.allocator.allocate(u.shape);
    backwards(op, pixels, windows, 0);
    const left = multiply(u, pixels);
    const part = multiply(subtract(pooled(left), pooled(negative(left))), windows);
    sum = sum ? add(sum, part) : part;
  }
  return sum!;
}

/** That of the op `maxPooling2d`. */
export const maxPooling: Derivative = {
  gradients({ dy, y, inputs: [x], saved, op }: Reached<unknown, PoolGeometry>) {
    const form = {
      shapes: [x!.shape, y.shape],
      write: [
        (dx: Tensor, from: Tensor) => backwards(op, dx, from, 0),
        (to: Tensor, u: Tensor) => copy(to, untracked(u.allocator, () => taken(op, saved, u))), // biome-ignore format: one call
      ],
    };
    return [() => partOf(form, 0, dy)];
  },
};
