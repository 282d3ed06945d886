/**
 * Arithmetic of two arrays, element by element, with broadcasting. A number stands for a scalar; one operand must be a
 * tensor.
 */

import { copy, filled } from "../autograd/constant.ts";
import { apply, checkTensors, type Op, type Pass } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { add_f32, multiply_f32, sum_f32 } from "../kernels/abi.generated.ts";
import { broadcastShape, forOuter, loopOver } from "../tensor/broadcast.ts";
import { broadcastShapes, type Shape, sameShape, sizeOf } from "../tensor/shape.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";

/** What the kernels of two operands take. */
export type Operation = typeof add_f32;

/** Operand of elementwise arithmetic: a float32 tensor of any shape, or a number, which stands for a scalar. */
export type Operand = Tensor | number;

/** Writes out = operation(a, b), broadcast to `outShape`; out, a and b are addresses in wasm memory. */
export function broadcast(
  allocator: TensorAllocator,
  operation: Operation,
  out: number,
  outShape: Shape,
  a: number,
  aShape: Shape,
  b: number,
  bShape: Shape,
): void {
  const loop = loopOver(outShape, aShape, bShape);
  const shape = broadcastShape(loop);
  forOuter(loop, (atOut, atA, atB) => {
    allocator.kernels.run(operation, { out: out + 4 * atOut, a: a + 4 * atA, b: b + 4 * atB, shape });
  });
}

/** An array that a gradient is multiplied or divided by: its address in wasm memory and its shape. */
export interface Factor {
  pointer: number;
  shape: Shape;
}

/**
 * Writes target = dy after the steps, each an operation with its right operand, summed over the axes along which target's
 * shape was repeated. The steps run on whole arrays in the shape of y.
 */
export function reduceInto(
  { allocator, y }: Pass,
  target: Tensor,
  dy: Tensor,
  steps: readonly (readonly [Operation, Factor])[],
): void {
  const whole = sameShape(target.shape, y.shape);
  let current: Tensor = dy;
  steps.forEach(([operation, factor], i) => {
    const next = whole && i === steps.length - 1 ? target : allocator.allocate(y.shape);
    broadcast(
      allocator,
      operation,
      next.pointer,
      y.shape,
      current.pointer,
      y.shape,
      factor.pointer,
      factor.shape,
    );
    current = next;
  });
  if (current !== target) sumTo(allocator, target, current);
}

/** Writes target = x, summed over the axes along which broadcasting repeats the shape of target in that of x. */
export function sumTo(allocator: TensorAllocator, target: Tensor, x: Tensor): void {
  if (sameShape(target.shape, x.shape)) {
    copy(target, x);
    return;
  }
  const missing = x.shape.length - target.shape.length;
  let current = x;
  for (let axis = x.shape.length - 1; axis >= 0; axis--) {
    const n = current.shape[axis]!;
    const repeated = n !== 1 && (axis < missing || target.shape[axis - missing] === 1);
    if (!repeated) continue;
    const shape = current.shape.map((m, i) => (i === axis ? 1 : m));
    const next = allocator.allocate(shape);
    const outer = sizeOf(current.shape.slice(0, axis));
    const inner = sizeOf(current.shape.slice(axis + 1));
    allocator.kernels.run(sum_f32, { out: next.pointer, x: current.pointer, outer, reduce: n, inner });
    current = next;
  }
  copy(target, current);
}

/**
 * The steps that lead from dy to da and to db: an operation and its right operand each, none where the gradient is dy itself.
 */
type Gradients = (
  pass: Pass,
  a: Factor,
  b: Factor,
) => readonly [a: readonly (readonly [Operation, Factor])[], b: readonly (readonly [Operation, Factor])[]];

/** An op of two operands by this kernel; `gradients` says how da and db come from dy. */
export function binary(
  name: string,
  operation: Operation,
  gradients: Gradients,
): (a: Operand, b: Operand) => Tensor {
  const op: Op<[Tensor, Tensor], null, void> = {
    name,
    shape: ([a, b]) => broadcastShapes(a.shape, b.shape, name),
    forward({ allocator, y }, [a, b]) {
      broadcast(allocator, operation, y.pointer, y.shape, a.pointer, a.shape, b.pointer, b.shape);
    },
    backward(pass, { dy, gradient, pass: handOver }, inputs) {
      gradients(pass, ...inputs).forEach((steps, i) => {
        // dy is handed on as it is: where the two branches of a residual network meet, neither gradient is copied
        if (steps.length === 0 && sameShape(inputs[i]!.shape, dy.shape)) {
          handOver(i, dy);
          return;
        }
        const target = gradient(i);
        if (target) reduceInto(pass, target, dy, steps);
      });
    },
  };
  return (a, b) => apply(op, operands(name, a, b), null);
}

/**
 * Both operands as tensors: a number becomes a scalar in the engine of the other.
 * @throws AnygradError INVALID_ARGUMENT for two numbers
 */
export function operands(name: string, a: Operand, b: Operand): [Tensor, Tensor] {
  if (typeof a === "number" && typeof b === "number")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${name}: both operands are numbers (${a}, ${b}); one must be a tensor`,
    );
  const tensor = typeof a === "number" ? (b as Tensor) : a;
  checkTensors(name, tensor);
  return [tensorOf(tensor.allocator, a), tensorOf(tensor.allocator, b)];
}

/** An operand as a tensor: a number becomes a scalar. What is neither, `apply` refuses. */
export function tensorOf(allocator: TensorAllocator, x: Operand): Tensor {
  return typeof x === "number" ? filled(allocator, [], x) : x;
}

/**
 * The sum a + b, element by element; da = dy, db = dy.
 * Shapes broadcast by NumPy's rule: they are aligned at the last axis, and an axis of size 1 is repeated. The gradient of an
 * operand that was repeated is summed over the repeated axes.
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not broadcast, INVALID_ARGUMENT where both operands are numbers
 */
export const add: (a: Operand, b: Operand) => Tensor = binary("add", add_f32, () => [[], []]);

/**
 * The product a · b, element by element; da = dy · b, db = dy · a. The product of matrices is `matmul`.
 * Shapes broadcast by NumPy's rule: they are aligned at the last axis, and an axis of size 1 is repeated. The gradient of an
 * operand that was repeated is summed over the repeated axes.
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not broadcast, INVALID_ARGUMENT where both operands are numbers
 */
export const multiply: (a: Operand, b: Operand) => Tensor = binary("multiply", multiply_f32, (_, a, b) => [
  [[multiply_f32, b]],
  [[multiply_f32, a]],
]);
