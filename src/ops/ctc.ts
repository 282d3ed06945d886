/**
 * The loss of connectionist temporal classification: labels of a sequence whose places in it are not known. Not in the list of ops,
 * which all pages share: `losses.ctc` has it, and its kernel comes with that.
 */

import { apply, checkTensors, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { multiply_f32 } from "../kernels/abi.generated.ts";
import { ctc_f32 } from "../kernels/families/sequences.generated.ts";
import { broadcastShape, forOuter, loopOver } from "../tensor/broadcast.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkIndices } from "./indexing.ts";
import { logSoftmax } from "./softmax.ts";

/** One loss per example from logarithms of probabilities. The forward pass finds the gradient, too, and saves it. */
const ctcOp: Op<[Tensor, Tensor], null, Tensor> = {
  name: "ctc",
  inputs: [["float32"], ["int32"]],
  shape: ([logp]) => [logp.shape[0]!],
  forward({ kernels, allocator, y }, [logp, labels]) {
    const [n, t, c] = logp.shape as [number, number, number];
    const dp = allocator.allocate(logp.shape);
    allocator.scratch(8 * n * (t + 2) * (2 * t + 1), (scratch) => {
      const data = { loss: y.pointer, dp: dp.pointer, logp: logp.pointer, labels: labels.pointer };
      kernels.run(ctc_f32, { ...data, scratch, n, t, c });
    });
    return dp;
  },
  backward({ kernels }, { dy, gradient }, [logp], _, dp) {
    const target = gradient(0);
    if (!target) return;
    const loop = loopOver(logp.shape, logp.shape, [dy.size, 1, 1]);
    const shape = broadcastShape(loop);
    forOuter(loop, (out, a, b) => {
      const data = { out: target.pointer + 4 * out, a: dp.pointer + 4 * a, b: dy.pointer + 4 * b };
      kernels.run(multiply_f32, { ...data, shape });
    });
  },
};

/**
 * Minus the logarithm of the chance that the steps' classes, of which repeats and then blanks are left out, are the labels, one loss
 * per example (Graves et al., 2006). Class 0 is the blank; labels are followed by zeros. Infinite, without a gradient, where there
 * are fewer steps than labels and blanks between equal ones.
 * @param logits [n, steps, classes]
 * @param labels class indices, int32 [n, steps]
 * @returns losses [n]
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not fit; INVALID_ARGUMENT for a label outside the classes
 */
export function ctc(logits: Tensor, labels: Tensor): Tensor {
  checkTensors("ctc", logits, labels);
  const { shape } = logits;
  if (shape.length !== 3 || !sameShape(labels.shape, shape.slice(0, 2)))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `ctc: logits are ${formatShape(shape)} and labels ${formatShape(labels.shape)}; wanted [n, steps, classes] and [n, steps], with zeros behind the labels`,
    );
  checkIndices(labels, shape[2]!, "ctc");
  return apply(ctcOp, [logSoftmax(logits), labels], null);
}
