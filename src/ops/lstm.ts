/** Long short-term memory, forward and backward. */

import { lstm_backward_f32, lstm_f32 } from "../kernels/families/recurrent.generated.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { applyRecurrent, pointerOf, type RecurrentAttributes, recurrentOp } from "./recurrent.ts";

const lstmOp = recurrentOp({
  name: "lstm",
  gates: 4,
  states: 2,
  bias: (units) => [4 * units],
  keepsOwn: true,
  forward({ kernels, y }, [, , recurrentKernel, , h0, c0, drop, mask], { gates, previous, own }, shape) {
    kernels.run(lstm_f32, {
      y: y.pointer,
      gates: gates.pointer,
      cells: own!.pointer,
      previous: previous.pointer,
      kernel: recurrentKernel.pointer,
      h0: pointerOf(h0),
      c0: pointerOf(c0),
      drop: pointerOf(drop),
      mask: pointerOf(mask),
      shape,
    });
  },
  backward({ kernels }, sink, [, , recurrentKernel, , h0, c0, drop, mask], { gates, previous, own }, shape) {
    kernels.run(lstm_backward_f32, {
      gates: gates.pointer,
      previous: previous.pointer,
      dh0: pointerOf(h0 && sink.gradient(4)),
      dc0: pointerOf(c0 && sink.gradient(5)),
      dy: sink.dy.pointer,
      cells: own!.pointer,
      kernel: recurrentKernel.pointer,
      c0: pointerOf(c0),
      drop: pointerOf(drop),
      mask: pointerOf(mask),
      shape,
    });
  },
});

/**
 * Long short-term memory (Hochreiter and Schmidhuber, "Long short-term memory", Neural Computation 9, 1997), with the gates in
 * Keras's order: input, forget, candidate, output.
 * @param x [n, steps, features]
 * @param kernel [features, 4 · units]
 * @param recurrentKernel [units, 4 · units]
 * @param bias [4 · units], or null (default) for none
 * @returns [n, rows, units]: the output of the last step, or those of all steps; then the states h and c where they are asked for
 * @throws AnygradError SHAPE_MISMATCH for what does not fit the input and the units
 */
export function lstm(
  x: Tensor,
  kernel: Tensor,
  recurrentKernel: Tensor,
  bias: Tensor | null = null,
  options?: RecurrentAttributes,
): Tensor {
  return applyRecurrent(lstmOp, [x, kernel, recurrentKernel], bias, options);
}
