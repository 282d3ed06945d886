/** Activations that few networks use, element by element; those that most use are in unary.ts. Their kernels are a family. */

import {
  hard_sigmoid_backward_f32,
  hard_sigmoid_f32,
  hard_swish_backward_f32,
  hard_swish_f32,
  mish_backward_f32,
  mish_f32,
  selu_backward_f32,
  selu_f32,
  softplus_backward_f32,
  softplus_f32,
  softsign_backward_f32,
  softsign_f32,
} from "../kernels/families/activations.generated.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { unary } from "./unary.ts";

/**
 * SELU: y = λ x where x > 0, else λ α (e^x − 1), element by element, λ = 1.0507 and α = 1.6733 (Klambauer et al.,
 * arXiv:1706.02515). dx = λ dy where x > 0, else dy · (y + λ α).
 */
export const selu: (x: Tensor) => Tensor = unary("selu", selu_f32, selu_backward_f32);
/** The hard sigmoid: y = min(max(x + 3, 0), 6) / 6, element by element. dx = dy / 6 where −3 < x < 3, else 0. */
export const hardSigmoid: (x: Tensor) => Tensor = unary(
  "hardSigmoid",
  hard_sigmoid_f32,
  hard_sigmoid_backward_f32,
);
/**
 * The hard swish: y = x · min(max(x + 3, 0), 6) / 6, element by element (Howard et al., arXiv:1905.02244). dx = dy · (2 x + 3) / 6
 * where −3 < x < 3, 0 below and dy above.
 */
export const hardSwish: (x: Tensor) => Tensor = unary("hardSwish", hard_swish_f32, hard_swish_backward_f32);
/** Mish: y = x · tanh(ln(1 + e^x)), element by element (Misra, arXiv:1908.08681). */
export const mish: (x: Tensor) => Tensor = unary("mish", mish_f32, mish_backward_f32);
/** Softplus, a smooth form of relu: y = ln(1 + e^x), element by element. dx = dy · sigmoid(x). */
export const softplus: (x: Tensor) => Tensor = unary("softplus", softplus_f32, softplus_backward_f32);
/** Softsign: y = x / (1 + |x|), element by element, from −1 to 1. dx = dy / (1 + |x|)². */
export const softsign: (x: Tensor) => Tensor = unary("softsign", softsign_f32, softsign_backward_f32);
