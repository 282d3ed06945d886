/** Class indices, int32: their check, and one-hot rows. */

import { apply, checkTensors, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { one_hot_f32 } from "../kernels/abi.generated.ts";
import { strictOptions } from "../math/options.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * Requires int32 indices from 0 to below − 1.
 * @throws AnygradError INVALID_ARGUMENT, naming the first that is none; it begins with `subject` and ends with `advice`
 */
export function checkIndices(indices: Tensor, below: number, subject: string, advice = ""): void {
  if (indices.dtype !== "int32")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: indices are ${indices.dtype}; make them an int32 tensor`,
    );
  const { backend } = indices.allocator;
  backend.kernels.repeat(() => {
    const { i32 } = backend.heap;
    const start = indices.pointer / 4;
    for (let i = 0; i < indices.size; i++) {
      const index = i32[start + i]!;
      if (!(index >= 0 && index < below))
        throw new AnygradError(
          "INVALID_ARGUMENT",
          `${subject}: index ${i} is ${index} but only 0 to ${below - 1} exist; correct it${advice}`,
        );
    }
  });
}

const oneHotOp: Op<[Tensor], { classes: number; on: number; off: number }, void> = {
  name: "oneHot",
  inputs: [["int32"]],
  shape: ([labels], { classes }) => [...labels.shape, classes],
  forward({ kernels, y }, [labels], { classes, on, off }) {
    kernels.run(one_hot_f32, { out: y.pointer, labels: labels.pointer, rows: labels.size, classes, on, off });
  },
  backward: "labels are not continuous",
};

/**
 * Class indices as one-hot rows: `on` at the index, `off` elsewhere. It has no gradient.
 * @param labels class indices from 0 to classes − 1, int32 [...]
 * @param classes length of a row
 * @returns float32 [..., classes]
 * @throws AnygradError INVALID_ARGUMENT for an index outside the classes or labels that are not int32
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const labels = engine.tensor([2, 0], [2], "int32");
 * console.log(ops.oneHot(labels, 3).toArray()); // [[0, 0, 1], [1, 0, 0]]
 * ```
 */
export function oneHot(
  labels: Tensor,
  classes: number,
  options?: {
    /** Value at the index. Default 1. */
    on?: number;
    /** Value everywhere else. Default 0. */
    off?: number;
    /** What errors begin with. Default "oneHot". */
    subject?: string;
  },
): Tensor {
  const {
    on = 1,
    off = 0,
    subject = "oneHot",
  } = strictOptions("oneHot", options, "on:number off:number subject:string");
  checkTensors(subject, labels);
  checkIndices(labels, classes, subject, ", or give the model more outputs");
  return apply(oneHotOp, [labels], { classes, on, off });
}
