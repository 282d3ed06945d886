/** Operators of ONNX whose numbers are whole ones that stand for steps of a scale. */
import type { Tensor } from "../../../../src/tensor/tensor.ts";
import { ops } from "../called.ts";
import { type Call, Refusal } from "../values.ts";
import { convolved } from "./images.ts";

/** The smallest and the largest number of a whole type. @throws Refusal for other types */
function limitsOf(type: string): readonly [number, number] {
  const bits = Number(/^u?int(2|4|8|16)$/.exec(type)?.[1]);
  if (!bits) throw new Refusal(`numbers of type ${type}`);
  return type.startsWith("u") ? [0, 2 ** bits - 1] : [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1];
}

/** Rounded to steps of a scale, counted from a zero, within the ends of the type. */
export function quantized(call: Call): Tensor {
  const type = call.has(2) ? call.typeOf(2) : (outputTypes[call.attribute("output_dtype", 0)] ?? "uint8");
  const [low, high] = limitsOf(type);
  const steps = ops.round(ops.divide(call.tensor(0), alongChannels(call, 1)));
  return ops.clip(call.has(2) ? ops.add(steps, alongChannels(call, 2)) : steps, low, high);
}

/** Types of numbers that `output_dtype` names, by their numbers in ONNX's TensorProto. */
const outputTypes: Readonly<Record<number, string>> = {
  ...{ 2: "uint8", 3: "int8", 4: "uint16", 5: "int16", 21: "uint4", 22: "int4", 25: "uint2", 26: "int2" },
};

export function dequantized(call: Call): Tensor {
  const x = call.tensor(0);
  return call.asFloat(
    ops.multiply(call.has(2) ? ops.subtract(x, alongChannels(call, 2)) : x, alongChannels(call, 1)),
  );
}

/** Numbers of one axis, or of blocks of it, which broadcast against input 0. */
function alongChannels(call: Call, i: number): Tensor {
  const [x, numbers] = [call.value(0), call.tensor(i)];
  const given = call.attribute("axis", 1);
  const axis = given < 0 ? given + x.shape.length : given;
  const block = call.attribute("block_size", 0);
  if (block > 0) {
    const each = ops.repeat(numbers, block, { axis });
    return ops.slice(each, { end: x.shape.map((n) => n) }); // the last block may be shorter
  }
  return numbers.size === 1
    ? ops.reshape(numbers, [])
    : ops.reshape(numbers, [numbers.size, ...new Array(x.shape.length - 1 - axis).fill(1)]);
}

/** Input i less its zero, which is input `zero` where it is there: one for all, or one each along an axis. */
function counted(call: Call, i: number, zero: number, axis: number): Tensor {
  const x = call.tensor(i);
  return call.has(zero) ? ops.subtract(x, alongAxisOf(x, call.tensor(zero), axis)) : x;
}

/** One number, or one each along an axis of x from its end, in a shape that broadcasts against x. */
function alongAxisOf(x: Tensor, numbers: Tensor, axis: number): Tensor {
  if (numbers.size === 1) return ops.reshape(numbers, []);
  return ops.reshape(
    numbers,
    x.shape.map((_, i) => (i === x.shape.length + axis ? numbers.size : 1)),
  );
}

/** The product of whole numbers from whose zeros they are counted. */
export function integerMatmul(call: Call): Tensor {
  return ops.matmul(counted(call, 0, 2, -2), counted(call, 1, 3, -1));
}

export function integerConvolution(call: Call): Tensor {
  return convolved(call, counted(call, 0, 2, -3), counted(call, 1, 3, -4), null);
}

/** What the inputs from `first` on say a result is rounded to: its scale and its zero. */
function rounded(call: Call, y: Tensor, first: number): Tensor {
  const [low, high] = limitsOf(call.typeOf(first + 1));
  const steps = ops.round(ops.divide(y, ops.reshape(call.tensor(first), [])));
  return ops.clip(ops.add(steps, ops.reshape(call.tensor(first + 1), [])), low, high);
}

/** The product of whole numbers that stand for others. */
export function quantizedMatmul(call: Call): Tensor {
  const [a, b] = [counted(call, 0, 2, -2), counted(call, 3, 5, -1)];
  const scales = [alongAxisOf(a, call.tensor(1), -2), alongAxisOf(b, call.tensor(4), -1)];
  return rounded(call, ops.matmul(ops.multiply(a, scales[0]!), ops.multiply(b, scales[1]!)), 6);
}

export function quantizedConvolution(call: Call): Tensor {
  const [x, kernel] = [counted(call, 0, 2, -3), counted(call, 3, 5, -4)];
  const scale = ops.multiply(alongAxisOf(kernel, call.tensor(4), -4), ops.reshape(call.tensor(1), []));
  const scaled = ops.multiply(kernel, scale);
  const bias = call.has(8) ? ops.multiply(call.tensor(8), ops.reshape(scale, [-1])) : null;
  return rounded(call, convolved(call, x, scaled, bias), 6);
}

/** Rounded to 256 steps between its smallest and its largest number, and zero: numbers, scale and zero. */
export function dynamicallyQuantized(call: Call): Tensor[] {
  const x = call.tensor(0);
  const [low, high] = [ops.minimum(ops.min(x), 0), ops.maximum(ops.max(x), 0)];
  const scale = ops.divide(ops.subtract(high, low), 255);
  const zero = ops.clip(ops.round(ops.divide(ops.negative(low), scale)), 0, 255);
  const steps = ops.add(ops.round(ops.divide(x, scale)), zero);
  return [ops.clip(steps, 0, 255), scale, call.asWhole(zero, "uint8")];
}
