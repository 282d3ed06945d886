/** The activations that few networks use, as layers. */
import * as ops from "../ops/index.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { LateActivation } from "./activationsByName.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Layer, LayerDefinition, LayerOptions } from "./layer.ts";

function named(
  type: Exclude<LateActivation, "hardSigmoid2">,
  apply: (x: Tensor) => Tensor,
  keras = "Activation", // Keras has most of them as functions alone
): (options?: LayerOptions) => Layer {
  const definition: LayerDefinition<object> = {
    type,
    keras,
    traits: { onlyActivates: true, convolves: false },
    outputShape: ([input]) => input!,
    call: ([x], { logits }) => (logits ? x : apply(x)),
    lastActivation: () => type,
  };
  return (options) => createLayer(definition, {}, layerOptions(type, options, ""));
}

/** min(max(x, 0), 6). */
export const relu6: (options?: LayerOptions) => Layer = named("relu6", ops.relu6);
/** λ x above 0 and λ α (e^x − 1) below (Klambauer et al., arXiv:1706.02515); its kernels begin with "lecunNormal". */
export const selu: (options?: LayerOptions) => Layer = named("selu", ops.selu);
/** min(max(x + 3, 0), 6) / 6. */
export const hardSigmoid: (options?: LayerOptions) => Layer = named("hardSigmoid", ops.hardSigmoid);
/** x · hardSigmoid(x), also called hardSilu (Howard et al., arXiv:1905.02244). */
export const hardSwish: (options?: LayerOptions) => Layer = named("hardSwish", ops.hardSwish);
/** x · tanh(ln(1 + e^x)) (Misra, arXiv:1908.08681). */
export const mish: (options?: LayerOptions) => Layer = named("mish", ops.mish);
/** ln(1 + e^x). */
export const softplus: (options?: LayerOptions) => Layer = named("softplus", ops.softplus, "Softplus");
/** x / (1 + |x|). */
export const softsign: (options?: LayerOptions) => Layer = named("softsign", ops.softsign);
