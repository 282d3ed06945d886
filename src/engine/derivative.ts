/** How the gradients of an op are computed by ops: the forms of it, and what many share. */

import { copy } from "../autograd/constant.ts";
import { sum } from "../ops/reduce.ts";
import { reshape } from "../ops/reshape.ts";
import { type Shape, sameShape } from "../tensor/shape.ts";
import type { RecordedOp, Tensor } from "../tensor/tensor.ts";
import { partOf } from "./form.ts";

/** An op that has run, as its derivative is given it. */
export interface Ran<Attributes, Saved = unknown> {
  readonly y: Tensor;
  readonly inputs: readonly Tensor[];
  readonly attributes: Attributes;
  /** What its forward pass has returned. */
  readonly saved: Saved;
}

/** Besides it the gradient of its output. */
export interface Reached<Attributes, Saved = unknown> extends Ran<Attributes, Saved> {
  readonly dy: Tensor;
  readonly op: RecordedOp;
}

/** The gradients of the inputs in their order, each computed where somebody needs it. */
export type Gradients = readonly ((() => Tensor) | undefined)[];

/**
 * `gradients` says how those of the inputs follow from that of the output. `composition` is the op put together from others,
 * whose gradients are taken. A text says why there are none. (Methods, so that each may know its own attributes.)
 */
export type Derivative =
  | { gradients(reached: Reached<unknown>): Gradients }
  | { composition(ran: Ran<unknown>): Tensor }
  | string;

/**
 * That of an op that is linear in one of its inputs, the others being constants: its own passes are the form Σ y · op(x), forwards
 * by the one and backwards by the other.
 * @param of attributes with which it is linear, where those that it has run with add a number
 */
export function linear(input = 0, of: (attributes: unknown) => unknown = (same) => same): Derivative {
  return {
    gradients: ({ dy, y, inputs, op }) => {
      const x = inputs[input]!;
      const { backward, forward, attributes } = op;
      const given = (u: Tensor): Tensor[] => inputs.map((other, i) => (i === input ? u : other));
      const form = {
        shapes: [x.shape, y.shape],
        write: [
          (dx: Tensor, from: Tensor) => {
            const gradient = (i: number): Tensor | undefined => (i === input ? dx : undefined);
            const pass = (i: number, whole: Tensor): void => {
              if (i === input) copy(dx, whole);
            };
            if (typeof backward !== "string")
              backward({ dy: from, owned: false, gradient, overwrite: gradient, pass });
          },
          (to: Tensor, u: Tensor) => forward!(to, given(u), of(attributes)),
        ],
      };
      return inputs.map((_, i) => (i === input ? () => partOf(form, 0, dy) : undefined));
    },
  };
}

/** x summed over the axes along which broadcasting repeats this shape. */
export function unrepeated(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const missing = x.shape.length - shape.length;
  const axis = x.shape.flatMap((n, i) => (i < missing || (shape[i - missing] === 1 && n !== 1) ? [i] : []));
  return reshape(sum(x, { axis }), shape);
}
