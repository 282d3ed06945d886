/**
 * Multilinear forms: functions of two or three arrays that are linear in each, such as Σ y · (x ∗ kernel) of a convolution. The
 * gradient by one of the arrays is computed from the others by a kernel; so an op that computes one of them has gradients that
 * are such ops again, and they can be differentiated as often as one likes.
 */

import { apply, type Op } from "../autograd/op.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** A form by its arrays, in their order. */
export interface Form {
  readonly shapes: readonly Shape[];
  /** For each array: writes the gradient of the form by it, from the others in their order. */
  readonly write: readonly ((target: Tensor, ...others: Tensor[]) => void)[];
}

/** Which gradient an op computes. */
export interface Part {
  readonly form: Form;
  readonly which: number;
}

/** The others in their order, `dy` in the place of the gradient that the op has computed, without the array that is asked for. */
function othersOf({ form, which }: Part, inputs: readonly Tensor[], dy: Tensor, asked: number): Tensor[] {
  const all = [...inputs];
  all.splice(which, 0, dy);
  return all.filter((_, i) => i !== asked && i < form.shapes.length);
}

/** The arrays that are the op's inputs, by their places in the form. */
const placesOf = ({ form, which }: Part): number[] => form.shapes.flatMap((_, i) => (i === which ? [] : [i]));

const partOp: Op<readonly [Tensor, ...Tensor[]], Part, void> = {
  name: "form",
  shape: (_, { form, which }) => form.shapes[which]!,
  forward({ y }, inputs, { form, which }) {
    form.write[which]!(y, ...inputs);
  },
  backward(_, { dy, gradient }, inputs, part) {
    placesOf(part).forEach((place, i) => {
      const target = gradient(i);
      if (target) part.form.write[place]!(target, ...othersOf(part, inputs, dy, place));
    });
  },
};

/** The gradient of a form by one of its arrays, from the others in their order. */
export function partOf(form: Form, which: number, ...others: Tensor[]): Tensor {
  return apply(partOp, others as [Tensor, ...Tensor[]], { form, which });
}

/** The gradients of such a gradient, each computed when it is called. */
export function partsOf(part: Part, inputs: readonly Tensor[], dy: Tensor): (() => Tensor)[] {
  return placesOf(part).map((place) => () => partOf(part.form, place, ...othersOf(part, inputs, dy, place)));
}
