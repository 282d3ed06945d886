/**
 * Functions of one array, element by element: activations and squares. They are computed by the kernels'
 * own polynomials, not by the host's `Math`, so that the bits are the same on every runtime.
 */

import { apply, type Op } from "../autograd/op.ts";
import {
  elu_backward_f32,
  elu_f32,
  gelu_backward_f32,
  gelu_f32,
  leaky_relu_backward_f32,
  leaky_relu_f32,
  relu_backward_f32,
  relu_f32,
  relu6_backward_f32,
  relu6_f32,
  sigmoid_backward_f32,
  sigmoid_f32,
  silu_backward_f32,
  silu_f32,
  square_backward_f32,
  square_f32,
  tanh_backward_f32,
  tanh_f32,
} from "../kernels/abi.generated.ts";
import { strictOptions } from "../math/options.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What the forward kernels take, and the backward kernels. */
type Forward = typeof relu_f32;
type Backward = typeof relu_backward_f32;

/** The op for an elementwise function. `alpha` is the parameter of those that have one; the others do not read it. */
export function unary(
  name: string,
  forward: Forward,
  backward: Backward,
): (x: Tensor, alpha?: number) => Tensor {
  const op: Op<[Tensor], number, void> = {
    name,
    shape: ([x]) => x.shape,
    forward({ kernels, y }, [x], alpha) {
      kernels.run(forward, { y: y.pointer, x: x.pointer, n: x.size, alpha });
    },
    backward({ kernels, y }, { dy, overwrite }, [x], alpha) {
      const dx = overwrite(0);
      if (dx)
        kernels.run(backward, {
          dx: dx.pointer,
          dy: dy.pointer,
          x: x.pointer,
          y: y.pointer,
          n: x.size,
          alpha,
        });
    },
  };
  return (x, alpha = 0) => apply(op, [x], alpha);
}

/** The rectified linear unit: y = max(x, 0), element by element. dx = dy where x > 0, else 0. */
export const relu: (x: Tensor) => Tensor = unary("relu", relu_f32, relu_backward_f32);
/** Relu that ends at 6: y = min(max(x, 0), 6), element by element. dx = dy where 0 < x < 6, else 0. */
export const relu6: (x: Tensor) => Tensor = unary("relu6", relu6_f32, relu6_backward_f32);
/** The logistic function: y = 1 / (1 + e^−x), element by element, from 0 to 1. dx = dy · y · (1 − y). */
export const sigmoid: (x: Tensor) => Tensor = unary("sigmoid", sigmoid_f32, sigmoid_backward_f32);
/** The hyperbolic tangent: y = tanh(x), element by element, from −1 to 1. dx = dy · (1 − y²). */
export const tanh: (x: Tensor) => Tensor = unary("tanh", tanh_f32, tanh_backward_f32);
/**
 * SiLU, also called swish: y = x · sigmoid(x), element by element (Elfwing et al., arXiv:1702.03118). dx = dy · s · (1 + x ·
 * (1 − s)) with s = sigmoid(x).
 */
export const silu: (x: Tensor) => Tensor = unary("silu", silu_f32, silu_backward_f32);
/**
 * GELU: y = x · Φ(x), element by element, where Φ is the normal distribution function (Hendrycks and Gimpel,
 * arXiv:1606.08415). It is the exact form, not the approximation by tanh. dx = dy · (Φ(x) + x · φ(x)), where φ is the normal
 * density.
 */
export const gelu: (x: Tensor) => Tensor = unary("gelu", gelu_f32, gelu_backward_f32);
/** The square: y = x², element by element. dx = 2 · dy · x. */
export const square: (x: Tensor) => Tensor = unary("square", square_f32, square_backward_f32);

const leakyReluOp = unary("leakyRelu", leaky_relu_f32, leaky_relu_backward_f32);
const eluOp = unary("elu", elu_f32, elu_backward_f32);

/**
 * Leaky relu: y = x where x > 0, else negativeSlope · x, element by element. dx = dy where x > 0, else negativeSlope · dy.
 * The default slope is that of Keras's function; `layers.leakyRelu` has that of Keras's layer, 0.3.
 */
export function leakyRelu(
  x: Tensor,
  options?: {
    /** Factor for x ≤ 0. Default 0.2. */
    negativeSlope?: number;
  },
): Tensor {
  const { negativeSlope = 0.2 } = strictOptions("leakyRelu", options, "negativeSlope:number");
  return leakyReluOp(x, negativeSlope);
}

/**
 * The exponential linear unit: y = x where x > 0, else alpha · (e^x − 1), element by element (Clevert et al.,
 * arXiv:1511.07289). dx = dy where x > 0, else dy · (y + alpha).
 */
export function elu(
  x: Tensor,
  options?: {
    /** Minus the limit of y for ever smaller x. Default 1. */
    alpha?: number;
  },
): Tensor {
  const { alpha = 1 } = strictOptions("elu", options, "alpha:number");
  return eluOp(x, alpha);
}
