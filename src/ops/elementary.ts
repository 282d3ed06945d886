/** Square roots, exponentials and logarithms, element by element. Their kernels are a family. */

import {
  exp_backward_f32,
  exp_f32,
  log_backward_f32,
  log_f32,
  sqrt_backward_f32,
  sqrt_f32,
} from "../kernels/families/elementary.generated.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { unary } from "./unary.ts";

/** The square root: y = √x, element by element, NaN for negative x. dx = dy / (2 y), which is infinite at 0. */
export const sqrt: (x: Tensor) => Tensor = unary("sqrt", sqrt_f32, sqrt_backward_f32);
/** The exponential function: y = e^x, element by element, within 2 ulp. dx = dy · y. */
export const exp: (x: Tensor) => Tensor = unary("exp", exp_f32, exp_backward_f32);
/** The natural logarithm: y = ln x, element by element, within 2 ulp; −Infinity at 0, NaN below. dx = dy / x. */
export const log: (x: Tensor) => Tensor = unary("log", log_f32, log_backward_f32);
