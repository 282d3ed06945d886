/** Operators of ONNX that go element by element, and products of matrices. */
import type { Tensor } from "../../../../src/tensor/tensor.ts";
import { ops } from "../called.ts";
import {
  type Call,
  type Operator,
  plain,
  Refusal,
  readArray,
  type StoredArray,
  type Value,
} from "../values.ts";

export const unary =
  (op: (x: Tensor) => Tensor): Operator =>
  (call) =>
    op(call.tensor(0));
export const binary =
  (op: (a: Tensor, b: Tensor) => Tensor): Operator =>
  (call) =>
    op(call.tensor(0), call.tensor(1));
export const several =
  (op: (a: Tensor, b: Tensor) => Tensor): Operator =>
  (call) =>
    call.tensors().reduce((a, b) => op(a, b));

/** The quotient of whole numbers, which has no fraction. */
export function whole(call: Call, y: Tensor): Tensor {
  return call.isWhole(0) ? ops.cast(ops.cast(y, "int32"), "float32") : y;
}

/** a · b, of which bᵀ and aᵀ are asked, times alpha, and c times beta. */
export function gemm(call: Call): Tensor {
  const options = {
    transposeA: call.attribute("transA", 0) === 1,
    transposeB: call.attribute("transB", 0) === 1,
  };
  const product = ops.matmul(call.tensor(0), call.tensor(1), options);
  const y = ops.multiply(product, call.attribute("alpha", 1));
  return call.has(2) ? ops.add(y, ops.multiply(call.tensor(2), call.attribute("beta", 1))) : y;
}

export function matmul(call: Call): Tensor {
  const [a, b] = [call.tensor(0), call.tensor(1)];
  const [row, column] = [a.shape.length === 1, b.shape.length === 1];
  const y = ops.matmul(row ? ops.reshape(a, [1, a.size]) : a, column ? ops.reshape(b, [b.size, 1]) : b);
  const shape = y.shape.filter(
    (_, i) => !(row && i === y.shape.length - 2) && !(column && i === y.shape.length - 1),
  );
  return ops.reshape(y, shape);
}

/** The remainder with the sign of a, as C's fmod: of anygrad's, which has that of b, by sizes. */
export function remainder(call: Call): Tensor {
  const [a, b] = [call.tensor(0), call.tensor(1)];
  if (call.attribute("fmod", 0) === 0) return ops.mod(a, b);
  return ops.multiply(ops.sign(a), ops.mod(ops.abs(a), ops.abs(b)));
}

export function clip(call: Call): Tensor {
  const [lowest] = call.has(1) ? call.numbers(1)! : [call.attribute<number>("min")];
  const [highest] = call.has(2) ? call.numbers(2)! : [call.attribute<number>("max")];
  const x = call.tensor(0);
  const [low, high] = [lowest ?? Number.NEGATIVE_INFINITY, highest ?? Number.POSITIVE_INFINITY];
  // where they cross, ONNX takes the higher limit
  return low > high ? ops.minimum(ops.maximum(x, low), high) : ops.clip(x, low, high);
}

/** The types that numbers are cast to, by their numbers in ONNX's TensorProto. */
const castTypes: Readonly<Record<number, string>> = {
  ...{ 1: "float32", 2: "uint8", 3: "int8", 4: "uint16", 5: "int16", 6: "int32", 7: "int64", 9: "bool" },
  ...{ 12: "uint32", 13: "uint64", 21: "uint4", 22: "int4", 25: "uint2", 26: "int2" },
};
/** Those that anygrad has none of. */
const otherTypes: Readonly<Record<number, string>> = {
  ...{
    8: "string",
    10: "float16",
    11: "float64",
    16: "bfloat16",
    17: "float8_e4m3fn",
    18: "float8_e4m3fnuz",
  },
  ...{ 19: "float8_e5m2", 20: "float8_e5m2fnuz", 23: "float4_e2m1fn", 24: "float8_e8m0fnu" },
};

/** Whole numbers and truths are float32 tensors here, as anygrad's comparisons give them. */
export function converted(call: Call, type: string): Tensor {
  const x = call.tensor(0);
  if (type === "bool") return ops.cast(x, "bool");
  if (type === "float32") return call.asFloat(x);
  if (!Object.values(castTypes).includes(type)) throw new Refusal(`numbers of type ${type}`);
  const whole = ops.cast(ops.cast(x, "int32"), "float32");
  const bits = Number(/^u?int([24])$/.exec(type)?.[1] ?? 0);
  if (!bits) return call.asWhole(whole, type);
  // of numbers beyond the type the lowest bits stay
  const [range, lowest] = [2 ** bits, type.startsWith("u") ? 0 : -(2 ** (bits - 1))];
  return call.asWhole(ops.add(ops.mod(ops.subtract(whole, lowest), range), lowest), type);
}

export const cast: Operator = (call) =>
  converted(call, castTypes[call.attribute("to", 0)] ?? otherTypes[call.attribute("to", 0)]!);
export const castLike: Operator = (call) => converted(call, call.typeOf(1));

export function infinite(call: Call): Tensor {
  const x = call.tensor(0);
  const positive = ops.equal(x, Number.POSITIVE_INFINITY);
  const negative = ops.equal(x, Number.NEGATIVE_INFINITY);
  return ops.maximum(
    ops.multiply(positive, call.attribute("detect_positive", 1)),
    ops.multiply(negative, call.attribute("detect_negative", 1)),
  );
}

export function shrink(call: Call): Tensor {
  const [x, limit, bias] = [call.tensor(0), call.attribute("lambd", 0.5), call.attribute("bias", 0)];
  return ops.where(
    ops.less(x, -limit),
    ops.add(x, bias),
    ops.where(ops.greater(x, limit), ops.subtract(x, bias), 0),
  );
}

/** x Φ(x), or the approximation of it by tanh. */
export function gelu(call: Call): Tensor {
  const x = call.tensor(0);
  if (call.attribute("approximate", "none") === "none") return ops.gelu(x);
  const inside = ops.multiply(ops.add(x, ops.multiply(ops.pow(x, 3), 0.044715)), Math.sqrt(2 / Math.PI));
  return ops.multiply(ops.multiply(x, 0.5), ops.add(ops.tanh(inside), 1));
}

export function constant(call: Call): Value {
  const value = call.attribute<StoredArray>("value");
  if (value) return readArray(value);
  const float = call.attribute<number>("value_float");
  if (float !== undefined) return plain([float], [], "float32");
  const floats = call.attribute<number[]>("value_floats");
  if (floats) return plain(floats, [floats.length], "float32");
  const whole = call.attribute<number>("value_int");
  if (whole !== undefined) return plain([whole], []);
  const wholes = call.attribute<number[]>("value_ints");
  if (wholes) return plain(wholes);
  throw new Refusal("a constant that is no number");
}

export function dropout(call: Call): (Value | undefined)[] {
  if (call.numbers(2)?.[0] === 1 && call.numbers(1)?.[0] !== 0) throw new Refusal("random numbers");
  const x = call.tensor(0); // of which nothing is dropped
  return [ops.dropout(x, { rate: 0, seed: 0, stream: 0 }), plain(new Array(x.size).fill(1), x.shape, "bool")];
}
