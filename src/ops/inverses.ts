/** Differences and quotients, with broadcasting. Apart from sums and products, which losses and penalties of every network need. */

import { filled } from "../autograd/constant.ts";
import type { Pass } from "../autograd/op.ts";
import { divide_f32, multiply_f32, subtract_f32 } from "../kernels/abi.generated.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { binary, type Factor, type Operand } from "./arithmetic.ts";

/** The scalar −1. */
function minusOne({ allocator }: Pass): Factor {
  return filled(allocator, [], -1);
}

/**
 * The difference a − b, element by element; da = dy, db = −dy.
 * Shapes broadcast by NumPy's rule: they are aligned at the last axis, and an axis of size 1 is repeated. The gradient of an
 * operand that was repeated is summed over the repeated axes.
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not broadcast, INVALID_ARGUMENT where both operands are numbers
 */
export const subtract: (a: Operand, b: Operand) => Tensor = binary("subtract", subtract_f32, (pass) => [
  [],
  [[multiply_f32, minusOne(pass)]],
]);

/**
 * The quotient a / b, element by element; da = dy / b, db = −dy · a / b².
 * Shapes broadcast by NumPy's rule: they are aligned at the last axis, and an axis of size 1 is repeated. The gradient of an
 * operand that was repeated is summed over the repeated axes.
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not broadcast, INVALID_ARGUMENT where both operands are numbers
 */
export const divide: (a: Operand, b: Operand) => Tensor = binary("divide", divide_f32, (pass, _, b) => [
  [[divide_f32, b]],
  [
    [multiply_f32, pass.y],
    [divide_f32, b],
    [multiply_f32, minusOne(pass)],
  ],
]);
