/** Numbers of one element type as another. */

import { apply, checkTensors, type Op } from "../autograd/op.ts";
import { AnygradError, quote } from "../errors.ts";
import { cast_i32, cast_i32_f32 } from "../kernels/families/arrays.generated.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { notEqual } from "./comparison.ts";
import { rescale } from "./rescale.ts";

/** The op of a kernel that goes number by number from one type to another. */
function casting(kernel: typeof cast_i32, from: DType, dtype: DType): Op<[Tensor], null, void> {
  return {
    name: "cast",
    dtype,
    inputs: [[from]],
    shape: ([x]) => x.shape,
    forward({ kernels, y }, [x]) {
      kernels.run(kernel, { out: y.pointer, x: x.pointer, n: x.size });
    },
    backward:
      "whole numbers do not change continuously; use it on what needs none, or through ops.stopGradient",
  };
}

const toInt32 = casting(cast_i32, "float32", "int32");
const fromInt32 = casting(cast_i32_f32, "int32", "float32");

/**
 * The same numbers of another element type. To "int32" fractions are dropped, toward 0 as by NumPy's `astype`; what is beyond its
 * ends becomes the nearest of them and a NaN becomes 0. To "bool" it is 1 where x is not 0 (a NaN is not) and else 0,
 * as float32, which is what comparisons give and `where` takes. int32 numbers above 2^24 are rounded to float32.
 * From float32 to float32 it is x itself; anything else has no gradient.
 * @param x any shape, any element type
 * @param dtype "float32", "int32" or "bool"
 * @throws AnygradError INVALID_ARGUMENT for another type
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = engine.tensor([-1.5, 0, 2.7]);
 * console.log(ops.cast(x, "int32").toArray()); // [-1, 0, 2]
 * console.log(ops.cast(x, "bool").toArray()); // [1, 0, 1]
 * ```
 */
export function cast(x: Tensor, dtype: "float32" | "int32" | "bool"): Tensor {
  checkTensors("cast", x);
  if (dtype !== "float32" && dtype !== "int32" && dtype !== "bool")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `cast: the type is ${quote(dtype)}; pass "float32", "int32" or "bool" (pixels become uint8 as they are made: engine.tensor(values, shape, "uint8"))`,
    );
  if (x.dtype === dtype) return x;
  const floats = x.dtype === "float32" ? x : x.dtype === "int32" ? apply(fromInt32, [x], null) : rescale(x);
  if (dtype === "float32") return floats;
  if (dtype === "bool") return notEqual(floats, 0);
  return apply(toInt32, [floats], null);
}
