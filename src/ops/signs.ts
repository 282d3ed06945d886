/** Functions of one array that change signs, element by element. Apart from those that most networks call. */

import {
  absolute_backward_f32,
  absolute_f32,
  negative_backward_f32,
  negative_f32,
} from "../kernels/abi.generated.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { unary } from "./unary.ts";

/** The negative: y = −x, element by element. dx = −dy. */
export const negative: (x: Tensor) => Tensor = unary("negative", negative_f32, negative_backward_f32);
/** The absolute value: y = |x|, element by element. dx = dy · sign(x), 0 where x is 0. */
export const abs: (x: Tensor) => Tensor = unary("abs", absolute_f32, absolute_backward_f32);
