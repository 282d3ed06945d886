/** Inverse trigonometric and hyperbolic functions, element by element, within 1 ulp: by kernels of their own, the same bits everywhere. */

import {
  arccos_backward_f32,
  arccos_f32,
  arccosh_backward_f32,
  arccosh_f32,
  arcsin_backward_f32,
  arcsin_f32,
  arcsinh_backward_f32,
  arcsinh_f32,
  arctan_backward_f32,
  arctan_f32,
  arctanh_backward_f32,
  arctanh_f32,
  cosh_backward_f32,
  cosh_f32,
  sinh_backward_f32,
  sinh_f32,
} from "../kernels/families/powers.generated.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { unary } from "./unary.ts";

/** The arcsine: the angle in radians, from −π/2 to π/2, whose sine is x; NaN where |x| > 1. dx = dy / √(1 − x²). */
export const arcsin: (x: Tensor) => Tensor = unary("arcsin", arcsin_f32, arcsin_backward_f32);
/** The arccosine: the angle in radians, from 0 to π, whose cosine is x; NaN where |x| > 1. dx = −dy / √(1 − x²). */
export const arccos: (x: Tensor) => Tensor = unary("arccos", arccos_f32, arccos_backward_f32);
/** The arctangent: the angle in radians, from −π/2 to π/2, whose tangent is x. dx = dy / (x² + 1). */
export const arctan: (x: Tensor) => Tensor = unary("arctan", arctan_f32, arctan_backward_f32);
/** The hyperbolic sine: y = (e^x − e^−x) / 2, element by element. dx = dy · cosh x. */
export const sinh: (x: Tensor) => Tensor = unary("sinh", sinh_f32, sinh_backward_f32);
/** The hyperbolic cosine: y = (e^x + e^−x) / 2, element by element. dx = dy · sinh x. */
export const cosh: (x: Tensor) => Tensor = unary("cosh", cosh_f32, cosh_backward_f32);
/** The inverse hyperbolic sine: y = ln(x + √(x² + 1)), element by element. dx = dy / √(x² + 1). */
export const arcsinh: (x: Tensor) => Tensor = unary("arcsinh", arcsinh_f32, arcsinh_backward_f32);
/** The inverse hyperbolic cosine: y = ln(x + √(x² − 1)), element by element, NaN where x < 1. dx = dy / √(x² − 1). */
export const arccosh: (x: Tensor) => Tensor = unary("arccosh", arccosh_f32, arccosh_backward_f32);
/** The inverse hyperbolic tangent: y = ln((1 + x) / (1 − x)) / 2, element by element, NaN where |x| > 1. dx = dy / (1 − x²). */
export const arctanh: (x: Tensor) => Tensor = unary("arctanh", arctanh_f32, arctanh_backward_f32);
