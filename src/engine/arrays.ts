/** Derivatives of what moves numbers: shapes, pieces, elements by index; and of sums and extremes over axes. */

import { filled } from "../autograd/constant.ts";
import { multiply } from "../ops/arithmetic.ts";
import { reshape } from "../ops/reshape.ts";
import { type Derivative, formOf, linear, type Reached, slopeOf } from "./derivative.ts";
import { partOf } from "./form.ts";

/** An array as a reduction sees it: [outer, reduce, inner]. */
interface Span {
  readonly outer: number;
  readonly reduce: number;
  readonly inner: number;
}

/** Equal ones share. */
const extreme: Derivative = {
  gradients: (reached: Reached<Span>) => [
    () => {
      const { dy, inputs, attributes } = reached;
      const { outer, reduce, inner } = attributes;
      const share = reshape(slopeOf(reached), [outer, reduce, inner]);
      return reshape(multiply(share, reshape(dy, [outer, 1, inner])), inputs[0]!.shape);
    },
  ],
};

/** For ops that are linear in all of their inputs together: the others are zeros while one of them is looked at. */
const together: Derivative = {
  gradients: ({ dy, inputs, op }) =>
    inputs.map((_, input) => () => {
      const zeros = inputs.map((x, i) =>
        i === input || x.dtype !== "float32" ? x : filled(x.allocator, x.shape, 0),
      );
      return partOf(formOf({ ...op, inputs: zeros }, [input]), 0, dy);
    }),
};

/** Derivatives by the names of the ops. */
export const arrays: Readonly<Record<string, Derivative>> = {
  reshape: { gradients: ({ dy, inputs: [x] }) => [() => reshape(dy, x!.shape)] },
  concatenate: together,
  scatterAdd: together,
  pad: linear([0], (attributes) => ({ ...(attributes as object), value: 0 })),
  slice: linear(),
  broadcastTo: linear(),
  cumsum: linear(),
  transpose: linear(),
  resize: linear(),
  rfft: linear(),
  gather: linear(),
  takeAlongAxis: linear(),
  embedding: linear([1]),
  sum: linear(),
  mean: linear(),
  prod: "its gradient leaves out each number in turn in one kernel; multiply slices for that",
  max: extreme,
  min: extreme,
};
