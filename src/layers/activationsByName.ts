/** The activations that few networks use, by the names that options have; imported when a model that names one is compiled. */
import * as ops from "../ops/index.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Activations that few networks use. */
export type LateActivation =
  | "relu6"
  | "selu"
  | "hardSigmoid"
  | "hardSigmoid2"
  | "hardSwish"
  | "mish"
  | "softplus"
  | "softsign";

/** The activations by their names, as options have them. */
export const byName: Readonly<Record<LateActivation, (x: Tensor) => Tensor>> = {
  relu6: ops.relu6,
  selu: ops.selu,
  hardSigmoid: ops.hardSigmoid,
  // Keras's until version 3, TensorFlow.js's and ONNX's; it is slower than ours, and here for their models
  // hardSigmoid is clip(x / 6 + 0.5, 0, 1)
  hardSigmoid2: (x) => ops.hardSigmoid(ops.multiply(x, 1.2)),
  hardSwish: ops.hardSwish,
  mish: ops.mish,
  softplus: ops.softplus,
  softsign: ops.softsign,
};
