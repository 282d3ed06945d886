/** Nodes of known numbers alone: shapes and what is computed of them, weights that are turned, tables. */

import { AnygradError, quote } from "../../../errors.ts";
import { sizeOf } from "../../../math/shape.ts";
import type { ElementType } from "../../elements.ts";
import { own } from "../../own.ts";
import {
  batch,
  batchIn,
  broadcastShape,
  broadcastTo,
  Constant,
  gathered,
  isWhole,
  mapped,
  room,
  shown,
  stridesOf,
} from "../constant.ts";
import type { Network } from "../network.ts";
import { axisOf, Value } from "../value.ts";
import { dequantizedConstant, quantizedConstant } from "./quantization.ts";
import { partsOf, type rangeOf, rangesOf, resolved } from "./ranges.ts";

type Fold = (network: Network, inputs: readonly Constant[]) => Constant | readonly Constant[];

const binary =
  (compute: (a: number, b: number) => number, type?: ElementType): Fold =>
  (_, inputs) =>
    mapped(inputs, type ?? inputs[0]!.dtype, compute as (...values: number[]) => number);
const unary =
  (compute: (x: number) => number, type?: ElementType): Fold =>
  (_, [x]) =>
    mapped([x!], type ?? x!.dtype, compute);

/** The sizes of a list: axes, or a shape. */
const axesOf = ({ attributes }: Network, input: Constant | undefined): number[] | undefined =>
  input?.list ?? attributes.ints("axes");

const reduction =
  (
    first: number,
    compute: (total: number, x: number) => number,
    end = (total: number, _n: number) => total,
  ): Fold =>
  (network, [x, given]) => {
    const rank = x!.shape.length;
    const axes = (axesOf(network, given) ?? x!.shape.map((_, i) => i)).map((axis) => axisOf(axis, rank));
    const kept = x!.shape.map((_, i) => i).filter((axis) => !axes.includes(axis));
    const turned = x!.transposed([...kept, ...axes]);
    const count = sizeOf(axes.map((axis) => x!.shape[axis]!));
    const data = room(x!.dtype, x!.size / count);
    for (let i = 0; i < data.length; i++) {
      let total = first;
      for (let j = 0; j < count; j++) total = compute(total, turned.data[i * count + j]!);
      data[i] = end(total, count);
    }
    const keeps = network.attributes.int("keepdims", 1) !== 0;
    const shape = x!.shape.flatMap((n, i) => (axes.includes(i) ? (keeps ? [1] : []) : [n]));
    return new Constant(shape, data, x!.dtype);
  };

function sliced(x: Constant, ranges: ReadonlyMap<number, ReturnType<typeof rangeOf>>): Constant {
  const strides = stridesOf(x.shape);
  const all = x.shape.map((size, axis) => ranges.get(axis) ?? { first: 0, count: size, step: 1 });
  const first = all.reduce((sum, range, axis) => sum + range.first * strides[axis]!, 0);
  const sizes = all.map(({ count }) => count);
  const steps = all.map(({ step }, axis) => step * strides[axis]!);
  return new Constant(sizes, gathered(x, sizes, steps, first), x.dtype);
}

/** A shape with the batch in it becomes one for a single example: what is made is the same for each. */
function withoutBatch(
  network: Network,
  shape: readonly number[],
): { shape: number[]; batchAxis: number | undefined } {
  const at = shape.findIndex((n) => batchIn(n) === 1);
  if (shape.some((n) => batchIn(n) > 1))
    throw new AnygradError("UNSUPPORTED", `it makes constants of ${shown(shape)}`);
  void network;
  return { shape: shape.map((n) => (n === batch ? 1 : n)), batchAxis: at < 0 ? undefined : at };
}

/** A product of two matrices. */
function product([a, b, bias]: readonly Constant[], turned: boolean): Constant {
  const kernel = turned ? b!.transposed([1, 0]) : b!;
  const [rows, inner] = a!.shape as [number, number];
  const [own, columns] = kernel.shape as [number, number];
  if (a!.shape.length !== 2 || kernel.shape.length !== 2 || own !== inner)
    throw new AnygradError(
      "UNSUPPORTED",
      `it multiplies constants of ${shown(a!.shape)} and ${shown(kernel.shape)}`,
    );
  const data = room("float32", rows * columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += a!.data[i * inner + k]! * kernel.data[k * columns + j]!;
      data[i * columns + j] = sum;
    }
  const whole = new Constant([rows, columns], data);
  return bias ? mapped([whole, bias], "float32", (x, y) => x! + y!) : whole;
}

const truth = (value: boolean): number => (value ? 1 : 0);

/** A number as another type has it. */
function castTo(type: ElementType): (x: number) => number {
  if (type === "bool") return (x) => truth(x !== 0);
  if (isWhole(type)) return Math.trunc;
  return type === "float64" ? (x) => x : Math.fround;
}

const folds: Readonly<Record<string, Fold>> = {
  Identity: (_, [x]) => x!,
  Add: binary((a, b) => a + b),
  Sub: binary((a, b) => a - b),
  Mul: binary((a, b) => a * b),
  Div: (_, inputs) =>
    mapped(
      inputs,
      inputs[0]!.dtype,
      isWhole(inputs[0]!.dtype) ? (a, b) => Math.trunc(a! / b!) : (a, b) => a! / b!,
    ),
  Mod: (network, inputs) =>
    mapped(
      inputs,
      inputs[0]!.dtype,
      network.attributes.int("fmod", 0) ? (a, b) => a! % b! : (a, b) => a! - Math.floor(a! / b!) * b!,
    ),
  Pow: (_, inputs) => {
    const exponent = inputs[1]!.scalar;
    const powers: Readonly<Record<string, (x: number) => number>> = {
      "0.5": Math.sqrt,
      "1": (x) => x,
      "2": (x) => x * x,
      "3": (x) => x * x * x,
      "-1": (x) => 1 / x,
      "-0.5": (x) => 1 / Math.sqrt(x),
    };
    const power = powers[String(exponent)];
    if (power) return mapped([inputs[0]!], inputs[0]!.dtype, power);
    throw new AnygradError("UNSUPPORTED", `it takes constants to the power ${quote(exponent)}`);
  },
  Min: (_, inputs) => mapped(inputs, inputs[0]!.dtype, Math.min),
  Max: (_, inputs) => mapped(inputs, inputs[0]!.dtype, Math.max),
  Equal: binary((a, b) => truth(a === b), "bool"),
  Less: binary((a, b) => truth(a < b), "bool"),
  LessOrEqual: binary((a, b) => truth(a <= b), "bool"),
  Greater: binary((a, b) => truth(a > b), "bool"),
  GreaterOrEqual: binary((a, b) => truth(a >= b), "bool"),
  And: binary((a, b) => truth(a !== 0 && b !== 0), "bool"),
  Or: binary((a, b) => truth(a !== 0 || b !== 0), "bool"),
  Not: unary((x) => truth(x === 0), "bool"),
  Neg: unary((x) => -x),
  Abs: unary(Math.abs),
  Sqrt: unary(Math.sqrt),
  Floor: unary(Math.floor),
  Ceil: unary(Math.ceil),
  Reciprocal: unary((x) => 1 / x),
  Where: (_, inputs) => mapped(inputs, inputs[1]!.dtype, (condition, a, b) => (condition ? a! : b!)),
  Cast(network, [x]) {
    const type = network.attributes.elementType("to");
    if (type === x!.dtype) return x!;
    const cast = mapped([x!], type, castTo(type));
    return x!.isWeight && type.startsWith("float")
      ? new Constant(x!.shape, cast.data, type, { isWeight: true })
      : cast;
  },
  CastLike: (_, [x, like]) => mapped([x!], like!.dtype, castTo(like!.dtype)),
  MatMul: (_, inputs) => product(inputs, false),
  Gemm(network, inputs) {
    const { attributes } = network;
    if (
      attributes.int("transA", 0) ||
      attributes.float("alpha", 1) !== 1 ||
      attributes.float("beta", 1) !== 1
    )
      throw new AnygradError("UNSUPPORTED", "it multiplies constants by factors");
    return product(inputs, attributes.int("transB", 0) !== 0);
  },
  Shape: (network, [x]) => shapeConstant(network, x!.shape),
  Size: (_, [x]) => new Constant([], [x!.size], "int64"),
  Constant(network) {
    const { attributes } = network;
    const constant = attributes.constant("value");
    if (constant) return constant;
    const ints = attributes.ints("value_ints");
    if (ints) return new Constant([ints.length], ints, "int64");
    const floats = attributes.floats("value_floats");
    if (floats) return new Constant([floats.length], Float32Array.from(floats));
    if (attributes.has("value_int")) return new Constant([], [attributes.int("value_int", 0)], "int64");
    if (attributes.has("value_float")) return new Constant([], [attributes.float("value_float", 0)]);
    throw new AnygradError("UNSUPPORTED", "it holds texts or a sparse tensor");
  },
  ConstantOfShape(network, [given]) {
    const { shape, batchAxis } = withoutBatch(network, given!.list);
    const value = network.attributes.constant("value") ?? new Constant([1], [0]);
    const data = room(value.dtype, sizeOf(shape)).fill(value.data[0]!);
    return new Constant(shape, data, value.dtype, { batchAxis });
  },
  Range(_, [start, limit, delta]) {
    const [from, to, step] = [start!.scalar!, limit!.scalar!, delta!.scalar!];
    const count = Math.max(0, Math.ceil((to - from) / step));
    if (batchIn(to)) throw new AnygradError("UNSUPPORTED", "it counts the examples of a batch");
    return new Constant(
      [count],
      room(start!.dtype, count).map((_, i) => from + i * step),
      start!.dtype,
    );
  },
  Gather(network, [x, indices]) {
    const axis = network.axis(0, x!.shape.length);
    const size = x!.shape[axis]!;
    const strides = stridesOf(x!.shape);
    const parts = indices!.list.map((index) => {
      const at = index < 0 ? index + size : index;
      if (!(at >= 0 && at < size))
        throw new AnygradError("DATA_FORMAT", `the index ${index} is outside of ${size}`);
      const sizes = x!.shape.map((n, i) => (i === axis ? 1 : n));
      return gathered(x!, sizes, strides, at * strides[axis]!);
    });
    const joined = joinedAlong(
      x!.dtype,
      parts.map(
        (data) =>
          new Constant(
            x!.shape.map((n, i) => (i === axis ? 1 : n)),
            data,
            x!.dtype,
          ),
      ),
      axis,
    );
    return new Constant(
      [...x!.shape.slice(0, axis), ...indices!.shape, ...x!.shape.slice(axis + 1)],
      joined.data,
      x!.dtype,
    );
  },
  Concat: (network, inputs) =>
    joinedAlong(inputs[0]!.dtype, inputs, network.axis(0, inputs[0]!.shape.length)),
  Unsqueeze(network, [x, given]) {
    const axes = axesOf(network, given) ?? [];
    const rank = x!.shape.length + axes.length;
    const own = new Set(axes.map((axis) => axisOf(axis, rank)));
    let next = 0;
    return x!.reshaped(Array.from({ length: rank }, (_, axis) => (own.has(axis) ? 1 : x!.shape[next++]!)));
  },
  Squeeze(network, [x, given]) {
    const axes = axesOf(network, given)?.map((axis) => axisOf(axis, x!.shape.length));
    return x!.reshaped(x!.shape.filter((n, i) => (axes ? !axes.includes(i) : n !== 1)));
  },
  Reshape: (network, [x, target]) =>
    x!.reshaped(resolved(x!.shape, target!.list, network.attributes.int("allowzero", 0) !== 0)),
  Flatten(network, [x]) {
    const axis = network.attributes.int("axis", 1);
    const at = axis === x!.shape.length ? axis : axisOf(axis, x!.shape.length);
    return x!.reshaped([sizeOf(x!.shape.slice(0, at)), sizeOf(x!.shape.slice(at))]);
  },
  Transpose: (network, [x]) =>
    x!.transposed(network.attributes.ints("perm") ?? x!.shape.map((_, i) => x!.shape.length - 1 - i)),
  Slice: (network, [x]) => sliced(x!, rangesOf(network, x!.shape)),
  Split(network, [x]) {
    const axis = network.axis(0, x!.shape.length);
    let first = 0;
    return partsOf(network, x!.shape[axis]!).map((count) => {
      const part = sliced(x!, new Map([[axis, { first, count, step: 1 }]]));
      first += count;
      return part;
    });
  },
  Expand(network, [x, given]) {
    const { shape, batchAxis } = withoutBatch(network, broadcastShape(x!.shape, given!.list));
    const repeated = broadcastTo(x!, shape);
    return new Constant(shape, repeated.data, x!.dtype, { batchAxis });
  },
  Tile(network, [x, repeats]) {
    const counts = repeats!.list;
    const { shape } = withoutBatch(network, counts);
    return shape.reduce(
      (result, count, axis) => joinedAlong(x!.dtype, new Array<Constant>(count).fill(result), axis),
      x!,
    );
  },
  ReduceSum: reduction(0, (total, x) => total + x),
  ReduceMean: reduction(
    0,
    (total, x) => total + x,
    (total, n) => total / n,
  ),
  ReduceProd: reduction(1, (total, x) => total * x),
  ReduceMax: reduction(Number.NEGATIVE_INFINITY, Math.max),
  ReduceMin: reduction(Number.POSITIVE_INFINITY, Math.min),
  QuantizeLinear: quantizedConstant,
  DequantizeLinear: dequantizedConstant,
};

/** The sizes of a tensor, or some of them, as a constant. */
function shapeConstant({ attributes }: Network, shape: readonly number[]): Constant {
  const sizes = shape.slice(attributes.int("start", 0), attributes.int("end", shape.length));
  return new Constant([sizes.length], sizes, "int64");
}

function joinedAlong(dtype: ElementType, parts: readonly Constant[], axis: number): Constant {
  const [first] = parts;
  if (!first) throw new AnygradError("DATA_FORMAT", "it joins nothing");
  if (parts.length === 1) return first;
  const rows = sizeOf(first.shape.slice(0, axis));
  const size = parts.reduce((sum, { shape }) => sum + shape[axis]!, 0);
  const shape = first.shape.map((n, i) => (i === axis ? size : n));
  const data = room(dtype, sizeOf(shape));
  let to = 0;
  for (let row = 0; row < rows; row++)
    for (const part of parts) {
      const each = part.size / rows;
      for (let i = 0; i < each; i++) data[to++] = part.data[row * each + i]!;
    }
  return new Constant(shape, data, dtype);
}

/**
 * What a node gives, if it is known before anything runs: of constants alone, or of a shape.
 * @returns whether it was
 */
export function folded(network: Network): boolean {
  const { node } = network;
  const inputs = node.inputs.map((name, i) => (name ? network.input(i) : undefined));
  if (node.domain) return false;
  if (node.op === "Shape" && inputs[0] instanceof Value) {
    network.set(shapeConstant(network, inputs[0].shape));
    return true;
  }
  if (node.op === "Size" && inputs[0] instanceof Value) {
    network.set(new Constant([], [sizeOf(inputs[0].shape)], "int64"));
    return true;
  }
  if (inputs.some((input) => input instanceof Value)) return false;
  const fold = own(folds, node.op);
  if (!fold) return false;
  const results = fold(network, inputs as Constant[]);
  (Array.isArray(results) ? (results as Constant[]) : [results as Constant]).forEach((each, i) => {
    network.set(each, i);
  });
  return true;
}
