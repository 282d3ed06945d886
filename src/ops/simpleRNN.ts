/** The simple recurrent layer, forward and backward. */

import { simple_rnn_backward_f32, simple_rnn_f32 } from "../kernels/families/recurrent.generated.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { applyRecurrent, pointerOf, type RecurrentAttributes, recurrentOp } from "./recurrent.ts";

const simpleRnnOp = recurrentOp({
  name: "simpleRNN",
  gates: 1,
  states: 1,
  bias: (units) => [units],
  keepsOwn: false,
  forward({ kernels, y }, [, , recurrentKernel, , h0, , drop, mask], { gates, previous }, shape) {
    kernels.run(simple_rnn_f32, {
      y: y.pointer,
      gates: gates.pointer,
      previous: previous.pointer,
      kernel: recurrentKernel.pointer,
      h0: pointerOf(h0),
      drop: pointerOf(drop),
      mask: pointerOf(mask),
      shape,
    });
  },
  backward({ kernels }, sink, [, , recurrentKernel, , h0, , drop, mask], { gates, previous }, shape) {
    kernels.run(simple_rnn_backward_f32, {
      gates: gates.pointer,
      previous: previous.pointer,
      dh0: pointerOf(h0 && sink.gradient(4)),
      dy: sink.dy.pointer,
      kernel: recurrentKernel.pointer,
      drop: pointerOf(drop),
      mask: pointerOf(mask),
      shape,
    });
  },
});

/**
 * The simple recurrent layer: h = activation(x · kernel + h · recurrentKernel + bias), step by step.
 * @param x [n, steps, features]
 * @param kernel [features, units]
 * @param recurrentKernel [units, units]
 * @param bias [units], or null (default) for none
 * @returns [n, rows, units]: the output of the last step, or those of all steps; then the state where it is asked for
 * @throws AnygradError SHAPE_MISMATCH for what does not fit the input and the units
 */
export function simpleRNN(
  x: Tensor,
  kernel: Tensor,
  recurrentKernel: Tensor,
  bias: Tensor | null = null,
  options?: Omit<RecurrentAttributes, "recurrentActivation">,
): Tensor {
  return applyRecurrent(simpleRnnOp, [x, kernel, recurrentKernel], bias, options);
}
