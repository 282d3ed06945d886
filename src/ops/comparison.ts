/**
 * Comparisons of two arrays, element by element, with broadcasting: 1 where they hold and 0 elsewhere, so that a product with one
 * is a mask. And the remainder of a division, which steps as they do.
 */

import { apply, type Op } from "../autograd/op.ts";
import { untracked } from "../autograd/untracked.ts";
import { divide_f32, greater_f32, multiply_f32, subtract_f32 } from "../kernels/abi.generated.ts";
import {
  equal_f32,
  greater_equal_f32,
  mod_f32,
  not_equal_f32,
} from "../kernels/families/arrays.generated.ts";
import { broadcastShapes } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { binary, broadcast, type Operand, operands } from "./arithmetic.ts";

/** The comparison of a kernel, which sees its operands in this order or swapped. */
function comparison(
  name: string,
  kernel: typeof greater_f32,
  isSwapped = false,
): (a: Operand, b: Operand) => Tensor {
  const op: Op<[Tensor, Tensor], null, void> = {
    name,
    shape: ([a, b]) => broadcastShapes(a.shape, b.shape, name),
    forward({ allocator, y }, inputs) {
      const [a, b] = isSwapped ? [inputs[1], inputs[0]] : inputs;
      broadcast(allocator, kernel, y.pointer, y.shape, a.pointer, a.shape, b.pointer, b.shape);
    },
    backward: "it is a constant", // and the tape does not hear of it, so that masks may be made of what is differentiated
  };
  return (a, b) => {
    const inputs = operands(name, a, b);
    return untracked(inputs[0].allocator, () => apply(op, inputs, null));
  };
}

/**
 * 1 where a = b, else 0, element by element with broadcasting; a NaN equals nothing. It is a constant: it has no gradient.
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not broadcast, INVALID_ARGUMENT where both operands are numbers
 */
export const equal: (a: Operand, b: Operand) => Tensor = comparison("equal", equal_f32);
/**
 * 1 where a ≠ b, else 0, element by element with broadcasting; a NaN differs from all. It is a constant: it has no gradient.
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not broadcast, INVALID_ARGUMENT where both operands are numbers
 */
export const notEqual: (a: Operand, b: Operand) => Tensor = comparison("notEqual", not_equal_f32);
/**
 * 1 where a > b, else 0, element by element with broadcasting. It is a constant: it has no gradient.
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not broadcast, INVALID_ARGUMENT where both operands are numbers
 */
export const greater: (a: Operand, b: Operand) => Tensor = comparison("greater", greater_f32);
/**
 * 1 where a ≥ b, else 0, element by element with broadcasting. It is a constant: it has no gradient.
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not broadcast, INVALID_ARGUMENT where both operands are numbers
 */
export const greaterEqual: (a: Operand, b: Operand) => Tensor = comparison("greaterEqual", greater_equal_f32);
/**
 * 1 where a < b, else 0, element by element with broadcasting. It is a constant: it has no gradient.
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not broadcast, INVALID_ARGUMENT where both operands are numbers
 */
export const less: (a: Operand, b: Operand) => Tensor = comparison("less", greater_f32, true);
/**
 * 1 where a ≤ b, else 0, element by element with broadcasting. It is a constant: it has no gradient.
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not broadcast, INVALID_ARGUMENT where both operands are numbers
 */
export const lessEqual: (a: Operand, b: Operand) => Tensor = comparison("lessEqual", greater_equal_f32, true);

/**
 * The remainder a − ⌊a / b⌋ · b, element by element with broadcasting: it has the sign of b, as in Python, and is NaN where b is
 * 0. da = dy, db = −dy · ⌊a / b⌋.
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not broadcast, INVALID_ARGUMENT where both operands are numbers
 */
export const mod: (a: Operand, b: Operand) => Tensor = binary("mod", mod_f32, ({ allocator, y }, a, b) => {
  const quotient = allocator.allocate(y.shape); // (y − a) / b = −⌊a / b⌋
  broadcast(allocator, subtract_f32, quotient.pointer, y.shape, y.pointer, y.shape, a.pointer, a.shape);
  broadcast(allocator, divide_f32, quotient.pointer, y.shape, quotient.pointer, y.shape, b.pointer, b.shape);
  return [[], [[multiply_f32, quotient]]];
});
