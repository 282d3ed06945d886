/** Arrays of ONNX's cases as tensors and numbers, and what an operator gets to do its work. */
import type { Engine } from "../../../src/autograd/engine.ts";
import { fromFloat16 } from "../../../src/io/elements.ts";
import { normalizeAxis, type Shape, sizeOf } from "../../../src/tensor/shape.ts";
import { Tensor } from "../../../src/tensor/tensor.ts";
import { ops } from "./called.ts";

/** An array as the wheel stores it: bytes in base64. */
export interface StoredArray {
  readonly type: string;
  readonly shape: Shape;
  readonly data: string;
}

/** Numbers that anygrad has no tensor type for: shapes, axes, indices of 64 bits. */
export interface Plain {
  readonly type: string;
  readonly shape: Shape;
  readonly values: readonly number[];
}

export type Value = Tensor | Plain;

/** Why a case is not run: its reason stands in docs/conformance.md. */
export class Refusal extends Error {}

const readers: Readonly<Record<string, (buffer: ArrayBuffer) => Iterable<number | bigint>>> = {
  float32: (buffer) => new Float32Array(buffer),
  float64: (buffer) => new Float64Array(buffer),
  float16: (buffer) => Array.from(new Uint16Array(buffer), fromFloat16),
  int8: (buffer) => new Int8Array(buffer),
  int16: (buffer) => new Int16Array(buffer),
  int32: (buffer) => new Int32Array(buffer),
  int64: (buffer) => new BigInt64Array(buffer),
  uint8: (buffer) => new Uint8Array(buffer),
  uint16: (buffer) => new Uint16Array(buffer),
  uint32: (buffer) => new Uint32Array(buffer),
  uint64: (buffer) => new BigUint64Array(buffer),
  bool: (buffer) => new Uint8Array(buffer),
  // numbers of few bits, a byte each, in which only those count
  int4: (buffer) => new Int8Array(buffer).map((byte) => (byte << 28) >> 28),
  uint4: (buffer) => new Uint8Array(buffer).map((byte) => byte & 15),
  int2: (buffer) => new Int8Array(buffer).map((byte) => (byte << 30) >> 30),
  uint2: (buffer) => new Uint8Array(buffer).map((byte) => byte & 3),
};

/** @throws Refusal for types that have no numbers */
export function readArray({ type, shape, data }: StoredArray): Plain {
  const reader = readers[type];
  if (!reader)
    throw new Refusal(type === "other" ? "values that are no plain tensors" : `numbers of type ${type}`);
  const bytes = Uint8Array.from(Buffer.from(data, "base64"));
  return { type, shape, values: Array.from(reader(bytes.buffer), Number) };
}

export function plain(values: readonly number[], shape: Shape = [values.length], type = "int64"): Plain {
  return { type, shape, values };
}

/** The outputs, in ONNX's order; one that is undefined is not compared. */
export type Operator = (call: Call) => Value | readonly (Value | undefined)[];

/** Tensors that stand for whole numbers, of which a quotient is whole: anygrad computes them in float32, exactly up to 2^24. With their types. */
const wholeTensors = new WeakMap<Tensor, string>();

const isWholeType = (type: string): boolean => /^u?int(2|4|8|16|32|64)$/.test(type);

/** An operator's inputs and attributes. */
export class Call {
  readonly engine: Engine;
  readonly opset: number;
  /** How many outputs are asked for. */
  readonly outputs: number;
  readonly #inputs: readonly (Value | undefined)[];
  readonly #attributes: Readonly<Record<string, unknown>>;

  constructor(
    engine: Engine,
    opset: number,
    inputs: readonly (Value | undefined)[],
    attributes: Readonly<Record<string, unknown>>,
    outputs: number,
  ) {
    this.engine = engine;
    this.opset = opset;
    this.outputs = outputs;
    this.#inputs = inputs;
    this.#attributes = attributes;
  }

  get count(): number {
    return this.#inputs.length;
  }

  has(i: number): boolean {
    return this.#inputs[i] !== undefined;
  }

  /** The value as it is. */
  value(i: number): Value {
    const value = this.#inputs[i];
    if (!value) throw new Refusal(`input ${i} is left out`);
    return value;
  }

  /**
   * Input i as a float32 tensor; truths are 0 and 1.
   * @throws Refusal for numbers that float32 does not hold
   */
  tensor(i: number): Tensor {
    const value = this.value(i);
    if (value instanceof Tensor)
      return value.dtype === "float32" ? value : this.asWhole(ops.cast(value, "float32"));
    return this.#tensorOf(value);
  }

  /** An attribute that is an array; 0 where it is left out. */
  attributeTensor(name: string): Tensor {
    const stored = this.#attributes[name] as StoredArray | undefined;
    return stored ? this.#tensorOf({ ...readArray(stored), shape: [] }) : this.engine.tensor(0);
  }

  #tensorOf({ type, values, shape }: Plain): Tensor {
    if (!/^(float(16|32|64)|bool)$/.test(type) && !isWholeType(type))
      throw new Refusal(`numbers of type ${type}: anygrad computes in float32`);
    if (sizeOf(shape) === 0) throw new Refusal("an empty tensor");
    if (isWholeType(type) && values.some((number) => Math.abs(number) > 2 ** 24))
      throw new Refusal("whole numbers above 2^24");
    const tensor = this.engine.tensor(Float32Array.from(values), [...shape]);
    return isWholeType(type) ? this.asWhole(tensor, type) : tensor;
  }

  /** Whether input i holds whole numbers. */
  isWhole(i: number): boolean {
    const value = this.#inputs[i];
    return value instanceof Tensor
      ? value.dtype === "int32" || wholeTensors.has(value)
      : value !== undefined && isWholeType(value.type);
  }

  /** The type that input i has in ONNX, as far as it is known. */
  typeOf(i: number): string {
    const value = this.value(i);
    if (!(value instanceof Tensor)) return value.type;
    return wholeTensors.get(value) ?? (this.isWhole(i) ? "int64" : "float32");
  }

  /** The tensor as one of whole numbers. */
  asWhole(x: Tensor, type = "int64"): Tensor {
    wholeTensors.set(x, type);
    return x;
  }

  /** The tensor as one of any numbers. */
  asFloat(x: Tensor): Tensor {
    return wholeTensors.has(x) ? ops.stopGradient(x) : x;
  }

  /** A tensor whose numbers are whole where those of input i are. */
  like(i: number, x: Tensor): Tensor {
    return this.isWhole(i) ? this.asWhole(x, this.typeOf(i)) : x;
  }

  /** All inputs as tensors. */
  tensors(): Tensor[] {
    return this.#inputs.map((_, i) => this.tensor(i));
  }

  /** Input i as int32 indices along an axis of n, from its end where they are negative. */
  indices(i: number, n: number, shape?: Shape): Tensor {
    const value = this.value(i);
    const numbers = Int32Array.from(this.numbers(i)!, (index) => (index < 0 ? index + n : index));
    return this.engine.tensor(numbers, [...(shape ?? value.shape)], "int32");
  }

  /** Input i as numbers, such as axes; undefined where it is left out. */
  numbers(i: number): readonly number[] | undefined {
    const value = this.#inputs[i];
    return value instanceof Tensor ? [...value.data] : value?.values;
  }

  attribute(name: string, otherwise: number): number;
  attribute(name: string, otherwise: string): string;
  attribute<T>(name: string, otherwise: T): T;
  attribute<T>(name: string): T | undefined;
  attribute(name: string, otherwise?: unknown): unknown {
    return this.#attributes[name] ?? otherwise;
  }

  /** @throws Refusal where the attribute has another value */
  only(name: string, wanted: unknown): void {
    const given = this.#attributes[name];
    if (given !== undefined && JSON.stringify(given) !== JSON.stringify(wanted))
      throw new Refusal(`${name}: ${JSON.stringify(given)}`);
  }
}

/** The tensor with an axis moved to another place. */
export function moveAxis(x: Tensor, from: number, to: number): Tensor {
  const rank = x.shape.length;
  const [a, b] = [normalizeAxis(from, rank, "axis"), normalizeAxis(to, rank, "axis")];
  if (a === b) return x;
  const axes = x.shape.map((_, i) => i).filter((i) => i !== a);
  axes.splice(b, 0, a);
  return ops.transpose(x, axes);
}

/** What an op does along the last axis, along another. */
export function alongAxis(x: Tensor, axis: number, work: (x: Tensor) => Tensor): Tensor {
  return moveAxis(work(moveAxis(x, axis, -1)), -1, axis);
}

/** [n, c, ...] as [n, ..., c] and back: ONNX has channels first, anygrad last. */
export const channelsLast = (x: Tensor): Tensor => moveAxis(x, 1, -1);
export const channelsFirst = (x: Tensor): Tensor => moveAxis(x, -1, 1);
