/** The larger and the smaller of two arrays, element by element. Those over the axes of one are in largest.ts. */
import type { Pass } from "../autograd/op.ts";
import {
  greater_f32,
  maximum_f32,
  minimum_f32,
  multiply_f32,
  scale_shift_f32,
} from "../kernels/abi.generated.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { binary, broadcast, type Factor, type Operand } from "./arithmetic.ts";

/** 1 where a > b, else 0, in the shape of y. */
function mask({ allocator, y }: Pass, a: Factor, b: Factor): Factor {
  const won = allocator.allocate(y.shape);
  broadcast(allocator, greater_f32, won.pointer, y.shape, a.pointer, a.shape, b.pointer, b.shape);
  return won;
}

/**
 * The larger of a and b, element by element. The gradient goes to the larger one, and to a where they are equal.
 * Shapes broadcast by NumPy's rule: they are aligned at the last axis, and an axis of size 1 is repeated. The gradient of an
 * operand that was repeated is summed over the repeated axes.
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not broadcast, INVALID_ARGUMENT where both operands are numbers
 */
export const maximum: (a: Operand, b: Operand) => Tensor = binary("maximum", maximum_f32, (pass, a, b) => {
  const right = mask(pass, b, a);
  return [[[multiply_f32, complement(pass, right)]], [[multiply_f32, right]]];
});

/**
 * The smaller of a and b, element by element. The gradient goes to the smaller one, and to a where they are equal.
 * Shapes broadcast by NumPy's rule: they are aligned at the last axis, and an axis of size 1 is repeated. The gradient of an
 * operand that was repeated is summed over the repeated axes.
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not broadcast, INVALID_ARGUMENT where both operands are numbers
 */
export const minimum: (a: Operand, b: Operand) => Tensor = binary("minimum", minimum_f32, (pass, a, b) => {
  const right = mask(pass, a, b);
  return [[[multiply_f32, complement(pass, right)]], [[multiply_f32, right]]];
});

/** 1 − won, in the shape of y. */
function complement({ allocator, y }: Pass, won: Factor): Factor {
  const lost = allocator.allocate(y.shape);
  allocator.kernels.run(scale_shift_f32, {
    out: lost.pointer,
    x: won.pointer,
    n: y.size,
    scale: -1,
    shift: 1,
  });
  return lost;
}
