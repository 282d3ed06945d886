/** Dropout: its mask is a function of (seed, stream, step), as all random numbers are. */

import { apply, checkTensors, type Op, type Pass } from "../autograd/op.ts";
import { dropout_f32 } from "../kernels/families/dropout.generated.ts";
import { checkNumber, properShare } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Draw, type StepDraw, setStep, stepCounter, words } from "./random.ts";

/** Options of `ops.dropout`. */
interface DropoutAttributes extends StepDraw {
  /** Share of the elements that become 0, from 0 to below 1; the others are multiplied by 1 / (1 − rate). */
  rate: number;
}

type DropoutOp = Op<[x: Tensor, step: Tensor], Draw & { rate: number }, void>;

const dropoutOp: DropoutOp = {
  name: "dropout",
  inputs: [["float32"], ["int32"]],
  shape: ([x]) => x.shape,
  forward(pass, [x, step], draw) {
    drop(pass, pass.y, x, step, draw);
  },
  // the mask is not stored but drawn again, from the same seed, stream and step
  backward(pass, { dy, overwrite }, [, step], draw) {
    const dx = overwrite(0);
    if (dx) drop(pass, dx, dy, step, draw);
  },
};

/**
 * Writes out = x with its dropped elements 0 and the others scaled: both passes, which differ only in what they are given.
 */
function drop(
  { kernels }: Pick<Pass, "kernels">,
  out: Tensor,
  x: Tensor,
  step: Tensor,
  { rate, ...draw }: Draw & { rate: number },
): void {
  const { seedLo, seedHi, stream } = words(draw);
  kernels.run(dropout_f32, {
    out: out.pointer,
    x: x.pointer,
    n: x.size,
    rate,
    seedLo,
    seedHi,
    stream,
    step: step.pointer,
  });
}

/**
 * Inverted dropout (Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", JMLR 15, 2014):
 * sets a random share `rate` of the elements to 0 and multiplies the others by 1 / (1 − rate), which keeps the expected
 * value. The gradient is dropped and scaled by the same mask.
 *
 * The mask follows from seed, stream and step alone: give every use a `stream` of its own, and every repetition a `step`.
 * @param x any shape
 * @returns the shape of x
 * @throws AnygradError INVALID_ARGUMENT for a rate outside [0, 1), or a seed, stream or step that is no whole number from 0
 */
export function dropout(x: Tensor, options: DropoutAttributes): Tensor {
  const { step = 0, ...attributes } = strictOptions(
    "dropout",
    options,
    "rate seed stream step:number|object",
  );
  checkNumber("dropout: rate", attributes.rate, properShare);
  if (typeof step !== "number") return apply(dropoutOp, [x, step], attributes);
  checkTensors("dropout", x);
  const counter = stepCounter(x.allocator);
  setStep(counter, step);
  return apply(dropoutOp, [x, counter], attributes);
}
