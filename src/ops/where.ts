/** One of two arrays, element by element, by a condition. */

import { apply, checkTensors, type Op, type Pass } from "../autograd/op.ts";
import { fill_f32 } from "../kernels/abi.generated.ts";
import { keep_f32, select_f32 } from "../kernels/families/arrays.generated.ts";
import { broadcastShapes, sameShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Operand, sumTo, tensorOf } from "./arithmetic.ts";
import { copyRepeated } from "./broadcastTo.ts";

/** x in the shape of y: itself, or a copy in which it is repeated. */
function repeated({ allocator, y }: Pass, x: Tensor): Tensor {
  if (sameShape(x.shape, y.shape)) return x;
  const all = allocator.allocate(y.shape);
  copyRepeated(all, x);
  return all;
}

const whereOp: Op<[Tensor, Tensor, Tensor], null, void> = {
  name: "where",
  shape: ([condition, a, b]) =>
    broadcastShapes(condition.shape, broadcastShapes(a.shape, b.shape, "where"), "where"),
  forward(pass, inputs) {
    const [condition, a, b] = inputs.map((input) => repeated(pass, input).pointer) as [
      number,
      number,
      number,
    ];
    pass.kernels.run(select_f32, { y: pass.y.pointer, condition, a, b, n: pass.y.size });
  },
  backward(pass, { dy, gradient }, inputs) {
    const { allocator, kernels, y } = pass;
    const condition = repeated(pass, inputs[0]).pointer;
    for (const i of [1, 2]) {
      const target = gradient(i);
      if (!target) continue;
      const whole = sameShape(target.shape, y.shape);
      const kept = whole ? target : allocator.allocate(y.shape);
      const where = i === 1 ? 1 : 0;
      kernels.run(keep_f32, { y: kept.pointer, x: dy.pointer, condition, n: y.size, where });
      if (!whole) sumTo(allocator, target, kept);
    }
    const none = gradient(0); // a condition that was computed from variables
    if (none) kernels.run(fill_f32, { out: none.pointer, n: none.size, value: 0 });
  },
};

/**
 * a where the condition holds and b elsewhere, element by element with broadcasting. The gradient goes to the one that was chosen;
 * the condition has none.
 * @param condition holds where it is not 0; the comparisons give such
 * @param a tensor or number
 * @param b tensor or number
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not broadcast
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = engine.tensor([-2, 3, -1]);
 * console.log(ops.where(ops.less(x, 0), 0.5, x).toArray()); // [0.5, 3, 0.5]
 * ```
 */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  checkTensors("where", condition);
  const { allocator } = condition;
  return apply(whereOp, [condition, tensorOf(allocator, a), tensorOf(allocator, b)], null);
}
