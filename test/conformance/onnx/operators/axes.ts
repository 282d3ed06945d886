/** Operators of ONNX that go along axes: reductions, softmax, order, running sums, and what places alone decide. */
import { sizeOf } from "../../../../src/tensor/shape.ts";
import type { Tensor } from "../../../../src/tensor/tensor.ts";
import { ops } from "../called.ts";
import { alongAxis, type Call, moveAxis, type Operator, plain, Refusal } from "../values.ts";

/** Axes stand in an attribute up to some version of the operator, and in an input after it. */
export function reduction(
  op: (x: Tensor, options: { axis?: readonly number[]; keepdims: boolean }) => Tensor,
): Operator {
  return (call) => {
    const x = call.tensor(0);
    const axis = call.attribute<number[]>("axes") ?? call.numbers(1) ?? [];
    if (axis.length === 0 && call.attribute("noop_with_empty_axes", 0)) return ops.reshape(x, x.shape);
    return op(x, { keepdims: call.attribute("keepdims", 1) === 1, ...(axis.length > 0 && { axis }) });
  };
}

/** Softmax and its kind: by axis since version 13, over all axes from one on before. */
export function overAxis(op: (x: Tensor) => Tensor): Operator {
  return (call) => {
    const x = call.tensor(0);
    if (call.opset >= 13) return alongAxis(x, call.attribute("axis", -1), op);
    const axis = call.attribute("axis", 1);
    const rows = sizeOf(x.shape.slice(0, axis));
    return ops.reshape(op(ops.reshape(x, [rows, x.size / rows])), x.shape);
  };
}

export function argmax(sign: 1 | -1): Operator {
  return (call) => {
    const x = ops.multiply(call.tensor(0), sign);
    const axis = call.attribute("axis", 0);
    const fromEnd = call.attribute("select_last_index", 0) === 1;
    const last = moveAxis(x, axis, -1);
    const found = fromEnd
      ? ops.subtract(x.shape.at(axis)! - 1, ops.cast(ops.argmax(ops.reverse(last, { axis: -1 })), "float32"))
      : ops.argmax(last);
    if (call.attribute("keepdims", 1) === 0) return found;
    const at = axis < 0 ? axis + x.shape.length : axis;
    return plain(
      [...found.data],
      x.shape.map((n, i) => (i === at ? 1 : n)),
    );
  };
}

export function topK(call: Call): Tensor[] {
  const axis = call.attribute("axis", -1);
  const k = call.numbers(1)![0]!;
  const { values, indices } = ops.topK(call.tensor(0), k, {
    axis,
    largest: call.attribute("largest", 1) === 1,
  });
  return [values, indices];
}

/** 1 at the largest number along an axis, 0 elsewhere. */
export function hardmax(x: Tensor): Tensor {
  return ops.oneHot(ops.argmax(x), x.shape.at(-1)!);
}

export function cumsum(call: Call): Tensor {
  const options = {
    axis: call.numbers(1)![0]!,
    exclusive: call.attribute("exclusive", 0) === 1,
    reverse: call.attribute("reverse", 0) === 1,
  };
  return ops.cumsum(call.tensor(0), options);
}

/** 0, 1, 2 … n − 1, as sums of ones. */
export function counted({ engine }: Call, n: number): Tensor {
  return ops.cumsum(engine.tensor(new Float32Array(n).fill(1)), { exclusive: true });
}

/** Start, limit and step. */
export function range(call: Call): Tensor {
  const [start, limit, delta] = [0, 1, 2].map((i) => call.numbers(i)![0]!) as [number, number, number];
  const n = Math.ceil((limit - start) / delta);
  if (n <= 0) throw new Refusal("an empty tensor");
  return call.like(0, ops.add(ops.multiply(counted(call, n), delta), start));
}

/** How far each place of a matrix is right of the diagonal. */
function offDiagonal(call: Call, rows: number, columns: number): Tensor {
  return ops.subtract(counted(call, columns), ops.reshape(counted(call, rows), [rows, 1]));
}

export function triangle(call: Call): Tensor {
  const x = call.tensor(0);
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  const k = call.has(1) ? call.numbers(1)![0]! : 0;
  const off = offDiagonal(call, rows, columns);
  return ops.where(call.attribute("upper", 1) === 1 ? ops.greaterEqual(off, k) : ops.lessEqual(off, k), x, 0);
}

export function eye(call: Call): Tensor {
  const [rows, columns] = call.value(0).shape as [number, number];
  return ops.equal(offDiagonal(call, rows, columns), call.attribute("k", 0));
}

/** Sums of cosines with these factors, as windows of signals. */
export function cosineWindow(...factors: readonly number[]): Operator {
  return (call) => {
    const n = call.numbers(0)![0]!;
    const turns = ops.multiply(
      counted(call, n),
      (2 * Math.PI) / (call.attribute("periodic", 1) === 1 ? n : n - 1),
    );
    return factors
      .map((factor, i) => ops.multiply(ops.cos(ops.multiply(turns, i)), factor))
      .reduce((a, b) => ops.add(a, b));
  };
}

/** Divided by the sum of magnitudes along an axis, or by the root of that of squares. */
export function lpNormalization(call: Call): Tensor {
  const x = call.tensor(0);
  const axis = call.attribute("axis", -1);
  if (call.attribute("p", 2) === 2) return ops.l2Normalize(x, { axis, epsilon: 0 });
  return ops.divide(x, ops.sum(ops.abs(x), { axis, keepdims: true }));
}
