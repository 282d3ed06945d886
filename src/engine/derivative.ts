/**
 * How the gradients of an op are computed by ops: the forms of it, and what many share. They are made of an op's own passes and of
 * few other ops, all of the core: those that a page calls stay where they are, and no family of kernels comes with them.
 */

import { copy, filled } from "../autograd/constant.ts";
import { apply, type Op } from "../autograd/op.ts";
import { untracked } from "../autograd/untracked.ts";
import { multiply } from "../ops/arithmetic.ts";
import { sum } from "../ops/reduce.ts";
import { reshape } from "../ops/reshape.ts";
import { type Shape, sameShape } from "../tensor/shape.ts";
import type { GradientSink, RecordedOp, Tensor } from "../tensor/tensor.ts";
import { type Form, partOf } from "./form.ts";

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

/** Takes one gradient, that of an input, and leaves the others. */
function sinkOf(dy: Tensor, input: number, target: Tensor): GradientSink {
  const gradient = (i: number): Tensor | undefined => (i === input ? target : undefined);
  const pass = (i: number, whole: Tensor): void => {
    if (i === input) copy(target, whole);
  };
  return { dy, owned: false, gradient, overwrite: gradient, pass };
}

/** Writes the gradient of an input as the op's own backward pass does, for these inputs and attributes. */
export function backwards(
  { reverse, output, ...op }: RecordedOp,
  target: Tensor,
  dy: Tensor,
  input: number,
  { inputs, attributes }: Pick<RecordedOp, "inputs" | "attributes"> = op,
): void {
  reverse?.(sinkOf(dy, input, target), inputs, output, attributes);
}

/** The op once more, of other inputs whose output has the same shape; it can be differentiated as the first can. */
export function again(op: RecordedOp, inputs: readonly [Tensor, ...Tensor[]]): Tensor {
  const { name, output, attributes } = op;
  const repeated: Op<readonly [Tensor, ...Tensor[]], unknown, void> = {
    name,
    shape: () => output.shape,
    forward: ({ y }, given) => op.forward!(y, given, attributes),
    backward: ({ y }, sink, given) => op.reverse!(sink, given, y, attributes),
  };
  return apply(repeated, inputs, attributes);
}

/** What each element of an op's output has of the gradient, where that is the same nearby: of relu 0 and 1. A constant. */
export function slopeOf(
  { op, y }: Reached<unknown>,
  input: number = 0,
  inputs: RecordedOp["inputs"] = op.inputs,
): Tensor {
  const slope = y.allocator.allocate(inputs[input]!.shape);
  backwards(op, slope, filled(y.allocator, y.shape, 1), input, { ...op, inputs });
  return slope;
}

/** x as an array of this shape, in which it is repeated; a constant. */
export function repeated(x: Tensor, shape: Shape): Tensor {
  return untracked(x.allocator, () => multiply(filled(x.allocator, shape, 1), x));
}

/**
 * That of an op that is linear in each of some inputs, the others being constants: its own passes are the form Σ y · op(x), forwards
 * and backwards.
 * @param linearIn the places of these inputs; with two of them it is linear in both, as a product is
 * @param of attributes with which it is linear, where those that it has run with add a number
 */
export function linear(
  linearIn: readonly number[] = [0],
  of: (attributes: unknown) => unknown = (same) => same,
): Derivative {
  return {
    gradients: ({ dy, inputs, op }) => {
      const form = formOf(op, linearIn, of);
      const places = linearIn.filter((input) => inputs[input]);
      return inputs.map((_, input) => {
        const place = places.indexOf(input);
        const others = places.flatMap((each) => (each === input ? [] : [inputs[each]!]));
        return place < 0 ? undefined : () => partOf(form, place, ...others, dy);
      });
    },
  };
}

/** The form Σ y · op(inputs) of some of an op's inputs, in this order, and y. */
export function formOf(
  op: RecordedOp,
  linearIn: readonly number[],
  of: (attributes: unknown) => unknown = (attributes) => attributes,
): Form {
  const { inputs, output, forward, attributes } = op;
  const places = linearIn.filter((input) => inputs[input]);
  const filledIn = (tensors: readonly Tensor[], without?: number) => {
    const left = [...tensors];
    return inputs.map((other, i) => (places.includes(i) && i !== without ? left.shift() : other));
  };
  return {
    shapes: [...places.map((input) => inputs[input]!.shape), output.shape],
    write: [
      ...places.map((input) => (target: Tensor, ...others: Tensor[]) => {
        backwards(op, target, others.at(-1)!, input, {
          inputs: filledIn(others, input),
          attributes: of(attributes),
        });
      }),
      (y, ...given) => forward!(y, filledIn(given), of(attributes)),
    ],
  };
}

/** x summed over the axes along which broadcasting repeats this shape. */
export function unrepeated(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const missing = x.shape.length - shape.length;
  const axis = x.shape.flatMap((n, i) => (i < missing || (shape[i - missing] === 1 && n !== 1) ? [i] : []));
  return reshape(sum(x, { axis }), shape);
}
