/** Derivatives of what moves numbers: shapes, pieces, elements by index; and of sums and extremes over axes. */

import { divide, multiply } from "../ops/arithmetic.ts";
import { equal } from "../ops/comparison.ts";
import { gather } from "../ops/gather.ts";
import { sum } from "../ops/reduce.ts";
import { reshape } from "../ops/reshape.ts";
import { slice } from "../ops/slice.ts";
import { type Derivative, linear, type Reached } from "./derivative.ts";

/** An array as a reduction sees it: [outer, reduce, inner]. */
interface Span {
  readonly outer: number;
  readonly reduce: number;
  readonly inner: number;
}

/** Equal ones share. */
const extreme: Derivative = {
  gradients: ({ dy, y, inputs: [x], attributes: { outer, reduce, inner } }: Reached<Span>) => [
    () => {
      const isIt = equal(reshape(x!, [outer, reduce, inner]), reshape(y, [outer, 1, inner]));
      const share = divide(reshape(dy, [outer, 1, inner]), sum(isIt, { axis: 1, keepdims: true }));
      return reshape(multiply(share, isIt), x!.shape);
    },
  ],
};

/** Derivatives by the names of the ops. */
export const arrays: Readonly<Record<string, Derivative>> = {
  reshape: { gradients: ({ dy, inputs: [x] }) => [() => reshape(dy, x!.shape)] },
  concatenate: {
    gradients({ dy, inputs, attributes: axis }: Reached<number>) {
      let behind = 0;
      return inputs.map(({ shape }) => {
        const first = behind;
        const last = first + shape[axis]!;
        behind = last;
        const at = (index: number): (number | null)[] => [...new Array<null>(axis).fill(null), index];
        return () => slice(dy, { begin: at(first), end: at(last) });
      });
    },
  },
  scatterAdd: {
    gradients: ({ dy, inputs: [, indices], attributes: axis }: Reached<number>) => [
      () => dy,
      undefined,
      () => gather(dy, indices!, { axis }),
    ],
  },
  pad: linear(0, (attributes) => ({ ...(attributes as object), value: 0 })),
  slice: linear(),
  transpose: linear(),
  resize: linear(),
  gather: linear(),
  takeAlongAxis: linear(),
  embedding: linear(1),
  sum: linear(),
  mean: linear(),
  max: extreme,
  min: extreme,
};
