/** The gated recurrent unit, forward and backward. */

import type { Op } from "../autograd/op.ts";
import { copy_strided_f32 } from "../kernels/abi.generated.ts";
import { gru_backward_f32, gru_f32 } from "../kernels/families/recurrent.generated.ts";
import { strictOptions } from "../math/options.ts";
import { stridedShape } from "../tensor/broadcast.ts";
import type { Tensor } from "../tensor/tensor.ts";
import {
  type Attributes,
  applyRecurrent,
  columnsOfProduct,
  gradientOfGates,
  type Inputs,
  optionNames,
  pointerOf,
  type RecurrentAttributes,
  recurrentOp,
  type Saved,
  sumRows,
} from "./recurrent.ts";

function gruOp(resetAfter: boolean): Op<Inputs, Attributes, Saved> {
  return recurrentOp({
    name: "gru",
    gates: 3,
    states: 1,
    bias: (units) => (resetAfter ? [2, 3 * units] : [3 * units]),
    keepsOwn: true,
    forward({ kernels, y }, [, , recurrentKernel, bias, h0, , drop, mask], { gates, previous, own }, shape) {
      kernels.run(gru_f32, {
        y: y.pointer,
        gates: gates.pointer,
        inner: own!.pointer,
        previous: previous.pointer,
        kernel: recurrentKernel.pointer,
        bias: bias && resetAfter ? bias.pointer + 12 * shape.units : 0,
        h0: pointerOf(h0),
        drop: pointerOf(drop),
        mask: pointerOf(mask),
        shape,
        resetAfter: Number(resetAfter),
      });
    },
    backward({ kernels }, sink, [, , recurrentKernel, , h0, , drop, mask], { gates, previous, own }, shape) {
      kernels.run(gru_backward_f32, {
        gates: gates.pointer,
        inner: own!.pointer,
        previous: previous.pointer,
        dh0: pointerOf(h0 && sink.gradient(4)),
        dy: sink.dy.pointer,
        kernel: recurrentKernel.pointer,
        drop: pointerOf(drop),
        mask: pointerOf(mask),
        shape,
        resetAfter: Number(resetAfter),
      });
    },
    weights(pass, sink, [, , , bias], saved) {
      const { gates, own } = saved;
      const units = own!.shape[2]!;
      const drecurrent = sink.gradient(2);
      if (drecurrent) {
        gradientOfGates(pass, drecurrent, saved, gates, [0, 0, 2]);
        if (resetAfter) gradientOfGates(pass, drecurrent, saved, own!, [2, 0, 1]);
        else columnsOfProduct(pass, drecurrent, own!, gates, [2 * units, 2 * units, units]);
      }
      const dbias = bias && sink.gradient(3);
      if (!dbias) return;
      sumRows(pass, dbias.pointer, gates);
      if (!resetAfter) return;
      const row = stridedShape([1, 1, 1, 2 * units], [0, 0, 0, 1]);
      const second = dbias.pointer + 12 * units;
      pass.kernels.run(copy_strided_f32, { out: second, x: dbias.pointer, ...row });
      sumRows(pass, second + 8 * units, own!);
    },
  });
}
const gruBefore = gruOp(false);
const gruAfter = gruOp(true);

/**
 * The gated recurrent unit (Cho et al., arXiv:1406.1078), with the gates in Keras's order: update, reset, candidate.
 * @param x [n, steps, features]
 * @param kernel [features, 3 · units]
 * @param recurrentKernel [units, 3 · units]
 * @param bias [3 · units], with `resetAfter` [2, 3 · units], the second for the products of the states; or null (default) for none
 * @param options.resetAfter apply the reset gate behind the product with the recurrent kernel, as cuDNN does. Default true
 * @returns [n, rows, units]: the output of the last step, or those of all steps; then the state where it is asked for
 * @throws AnygradError SHAPE_MISMATCH for what does not fit the input and the units
 */
export function gru(
  x: Tensor,
  kernel: Tensor,
  recurrentKernel: Tensor,
  bias: Tensor | null = null,
  options?: RecurrentAttributes & { resetAfter?: boolean },
): Tensor {
  const { resetAfter = true, ...others } = strictOptions<object, string>(
    "gru",
    options,
    `${optionNames} resetAfter:boolean`,
  ) as RecurrentAttributes & { resetAfter?: boolean };
  return applyRecurrent(resetAfter ? gruAfter : gruBefore, [x, kernel, recurrentKernel], bias, others);
}
