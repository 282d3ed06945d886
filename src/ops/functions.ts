/** Functions of one array, element by element, that few networks need: steps, sine and cosine, the error function. */

import { apply, checkTensors, type Op } from "../autograd/op.ts";
import { fill_f32 } from "../kernels/abi.generated.ts";
import {
  cos_backward_f32,
  cos_f32,
  erf_backward_f32,
  erf_f32,
  floor_f32,
  round_f32,
  sign_f32,
  sin_backward_f32,
  sin_f32,
} from "../kernels/families/arrays.generated.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { divide } from "./inverses.ts";
import { unary } from "./unary.ts";

/** The op for a function that is constant but for its steps: its gradient is 0. */
function steps(name: string, kernel: typeof floor_f32): (x: Tensor) => Tensor {
  const op: Op<[Tensor], null, void> = {
    name,
    shape: ([x]) => x.shape,
    forward({ kernels, y }, [x]) {
      kernels.run(kernel, { y: y.pointer, x: x.pointer, n: x.size, alpha: 0 });
    },
    backward({ kernels }, { overwrite }) {
      const dx = overwrite(0);
      if (dx) kernels.run(fill_f32, { out: dx.pointer, n: dx.size, value: 0 });
    },
  };
  return (x) => apply(op, [x], null);
}

/** The sign: y = −1, 0 or 1, element by element; a NaN stays. dx = 0. */
export const sign: (x: Tensor) => Tensor = steps("sign", sign_f32);
/** The largest whole number up to x: y = ⌊x⌋, element by element. dx = 0. */
export const floor: (x: Tensor) => Tensor = steps("floor", floor_f32);
/** The nearest whole number, of two the even one: 0.5 gives 0 and 1.5 gives 2, element by element. dx = 0. */
export const round: (x: Tensor) => Tensor = steps("round", round_f32);
/** The sine of x in radians, element by element, within 1 ulp for any x. dx = dy · cos x. */
export const sin: (x: Tensor) => Tensor = unary("sin", sin_f32, sin_backward_f32);
/** The cosine of x in radians, element by element, within 1 ulp for any x. dx = −dy · sin x. */
export const cos: (x: Tensor) => Tensor = unary("cos", cos_f32, cos_backward_f32);
/** The error function: y = 2 / √π · ∫₀ˣ e^(−t²) dt, element by element, within 3 ulp. dx = dy · 2 / √π · e^(−x²). */
export const erf: (x: Tensor) => Tensor = unary("erf", erf_f32, erf_backward_f32);

/** The tangent of x in radians: y = sin x / cos x, element by element, within 3 ulp. dx = dy / cos² x. */
export function tan(x: Tensor): Tensor {
  checkTensors("tan", x);
  return divide(sin(x), cos(x));
}
