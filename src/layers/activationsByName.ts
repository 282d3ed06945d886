/** The activations that few networks use, by the names that options have; imported when a model that names one is compiled. */
import * as ops from "../ops/index.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Activations that few networks use. */
export type LateActivation = "relu6" | "selu" | "hardSigmoid" | "hardSwish" | "mish" | "softsign";

/** The activations by their names, as options have them. */
export const byName: Readonly<Record<LateActivation, (x: Tensor) => Tensor>> = {
  relu6: ops.relu6,
  selu: ops.selu,
  hardSigmoid: ops.hardSigmoid,
  hardSwish: ops.hardSwish,
  mish: ops.mish,
  softsign: ops.softsign,
};
