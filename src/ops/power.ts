/** Powers. */

import { apply, type Op, type Pass } from "../autograd/op.ts";
import { multiply_f32 } from "../kernels/abi.generated.ts";
import {
  power_base_slope_f32,
  power_exponent_slope_f32,
  power_f32,
} from "../kernels/families/powers.generated.ts";
import { broadcastShapes } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { broadcast, type Factor, type Operand, operands, reduceInto } from "./arithmetic.ts";

/** What a kernel gives of both operands, in the shape of y. */
function ofBoth({ allocator, y }: Pass, kernel: typeof power_f32, a: Tensor, b: Tensor): Factor {
  const out = allocator.allocate(y.shape);
  broadcast(allocator, kernel, out.pointer, y.shape, a.pointer, a.shape, b.pointer, b.shape);
  return out;
}

const powOp: Op<[Tensor, Tensor], null, void> = {
  name: "pow",
  shape: ([a, b]) => broadcastShapes(a.shape, b.shape, "pow"),
  forward({ allocator, y }, [a, b]) {
    broadcast(allocator, power_f32, y.pointer, y.shape, a.pointer, a.shape, b.pointer, b.shape);
  },
  backward(pass, { dy, gradient }, [a, b]) {
    const da = gradient(0);
    if (da) reduceInto(pass, da, dy, [[multiply_f32, ofBoth(pass, power_base_slope_f32, a, b)]]);
    const db = gradient(1);
    if (db) reduceInto(pass, db, dy, [[multiply_f32, ofBoth(pass, power_exponent_slope_f32, a, b)]]);
  },
};

/**
 * The power a^b, element by element with broadcasting, within 1 ulp and with the same bits everywhere. NaN where a is below 0 and b
 * is not whole; 1 where b is 0 or a is 1, as in NumPy. da = dy · b · a^(b − 1), 0 where b is 0; db = dy · a^b · ln a, 0 where a is
 * not above 0. `square` and `sqrt` are faster.
 * @param a base, a tensor or number
 * @param b exponent, a tensor or number
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not broadcast, INVALID_ARGUMENT where both operands are numbers
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = engine.tensor([1, 2, 3]);
 * console.log(ops.pow(x, 3).toArray()); // [1, 8, 27]
 * console.log(ops.pow(2, x).toArray()); // [2, 4, 8]
 * ```
 */
export function pow(a: Operand, b: Operand): Tensor {
  return apply(powOp, operands("pow", a, b), null);
}
