/** Arithmetic of two arrays with broadcasting. Numbers are taken as scalars; one operand must be a tensor. */
import { copy, filled } from "../autograd/constant.ts";
import { apply, type Op, type Pass } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { broadcastShapes, type Shape, sameShape, sizeOf } from "../tensor/shape.ts";
import { Tensor, type TensorAllocator } from "../tensor/tensor.ts";
import { forOuter, loopOver } from "./broadcast.ts";

type Operator = "add" | "subtract" | "multiply" | "divide" | "maximum" | "minimum" | "greater";
export type Operand = Tensor | number;

/** out = a ∘ b by the kernel of that name; a and b are addresses of arrays of their shapes. */
function run(
  allocator: TensorAllocator,
  operator: Operator,
  out: number,
  outShape: Shape,
  a: number,
  aShape: Shape,
  b: number,
  bShape: Shape,
): void {
  const kernel = allocator.kernels[`${operator}_f32`];
  const loop = loopOver(outShape, aShape, bShape);
  const [d0, d1, d2, d3] = loop.sizes.slice(-4) as [number, number, number, number];
  const [a0, a1, a2, a3] = loop.a.slice(-4) as [number, number, number, number];
  const [b0, b1, b2, b3] = loop.b.slice(-4) as [number, number, number, number];
  forOuter(loop, (atOut, atA, atB) => {
    kernel(out + 4 * atOut, a + 4 * atA, b + 4 * atB, d0, d1, d2, d3, a0, a1, a2, a3, b0, b1, b2, b3);
  });
}

/** A factor of a gradient: an array and its shape. */
interface Factor {
  pointer: number;
  shape: Shape;
}

/** Writes target = Σ over the repeated axes of dy ∘ factor …; the steps run on whole arrays of y's shape. */
function reduceInto(
  { allocator, y }: Pass,
  target: Tensor,
  dy: Tensor,
  steps: readonly (readonly [Operator, Factor])[],
): void {
  const whole = sameShape(target.shape, y.shape);
  let current: Tensor = dy;
  steps.forEach(([operator, factor], i) => {
    const next = whole && i === steps.length - 1 ? target : allocator.allocate(y.shape);
    run(allocator, operator, next.pointer, y.shape, current.pointer, y.shape, factor.pointer, factor.shape);
    current = next;
  });
  if (current !== target) sumTo(allocator, target, current);
}

/** target = x summed over the axes along which target's shape is repeated in x's. */
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
    allocator.kernels.sum_f32(next.pointer, current.pointer, outer, n, inner, inner);
    current = next;
  }
  copy(target, current);
}

type Gradients = (
  pass: Pass,
  a: Factor,
  b: Factor,
) => readonly [a: readonly (readonly [Operator, Factor])[], b: readonly (readonly [Operator, Factor])[]];

function binary(name: string, operator: Operator, gradients: Gradients): (a: Operand, b: Operand) => Tensor {
  const op: Op<[Tensor, Tensor], null, void> = {
    name,
    shape: ([a, b]) => broadcastShapes(a.shape, b.shape, name),
    forward({ allocator, y }, [a, b]) {
      run(allocator, operator, y.pointer, y.shape, a.pointer, a.shape, b.pointer, b.shape);
    },
    backward(pass, { dy, gradient, pass: handOver }, inputs) {
      gradients(pass, ...inputs).forEach((steps, i) => {
        // the two ways of a residual net meet by this: neither copies
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

/** Both as tensors: a number becomes a scalar at home in the other's engine. */
function operands(name: string, a: Operand, b: Operand): [Tensor, Tensor] {
  const allocator = a instanceof Tensor ? a.allocator : b instanceof Tensor ? b.allocator : undefined;
  if (!allocator)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${name}: both operands are numbers (${a}, ${b}); one must be a tensor`,
    );
  const tensor = (x: Operand): Tensor => {
    if (x instanceof Tensor) return x;
    return filled(allocator, [], x);
  };
  return [tensor(a), tensor(b)];
}

/** −1 as a factor. */
function minusOne({ allocator }: Pass): Factor {
  return filled(allocator, [], -1);
}

/** 1 where a > b, else 0, in y's shape. */
function mask({ allocator, y }: Pass, a: Factor, b: Factor): Factor {
  const won = allocator.allocate(y.shape);
  run(allocator, "greater", won.pointer, y.shape, a.pointer, a.shape, b.pointer, b.shape);
  return won;
}

/** a + b */
export const add: (a: Operand, b: Operand) => Tensor = binary("add", "add", () => [[], []]);

/** a − b */
export const subtract: (a: Operand, b: Operand) => Tensor = binary("subtract", "subtract", (pass) => [
  [],
  [["multiply", minusOne(pass)]],
]);

/** a · b, element by element */
export const multiply: (a: Operand, b: Operand) => Tensor = binary("multiply", "multiply", (_, a, b) => [
  [["multiply", b]],
  [["multiply", a]],
]);

/** a / b */
export const divide: (a: Operand, b: Operand) => Tensor = binary("divide", "divide", (pass, _, b) => [
  [["divide", b]],
  [
    ["multiply", pass.y],
    ["divide", b],
    ["multiply", minusOne(pass)],
  ],
]);

/** The larger of each pair; where they are equal the gradient goes to a. */
export const maximum: (a: Operand, b: Operand) => Tensor = binary("maximum", "maximum", (pass, a, b) => {
  const right = mask(pass, b, a);
  return [[["multiply", complement(pass, right)]], [["multiply", right]]];
});

/** The smaller of each pair; where they are equal the gradient goes to a. */
export const minimum: (a: Operand, b: Operand) => Tensor = binary("minimum", "minimum", (pass, a, b) => {
  const right = mask(pass, a, b);
  return [[["multiply", complement(pass, right)]], [["multiply", right]]];
});

/** 1 − mask */
function complement({ allocator, y }: Pass, won: Factor): Factor {
  const lost = allocator.allocate(y.shape);
  allocator.kernels.scale_shift_f32(lost.pointer, won.pointer, y.size, -1, 1);
  return lost;
}
