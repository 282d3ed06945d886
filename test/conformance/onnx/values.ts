/** Arrays of ONNX's cases as tensors and numbers, and what an operator gets to do its work. */
import type { Engine } from "../../../src/autograd/engine.ts";
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
  int8: (buffer) => new Int8Array(buffer),
  int16: (buffer) => new Int16Array(buffer),
  int32: (buffer) => new Int32Array(buffer),
  int64: (buffer) => new BigInt64Array(buffer),
  uint8: (buffer) => new Uint8Array(buffer),
  uint16: (buffer) => new Uint16Array(buffer),
  uint32: (buffer) => new Uint32Array(buffer),
  uint64: (buffer) => new BigUint64Array(buffer),
  bool: (buffer) => new Uint8Array(buffer),
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

/** An operator's inputs and attributes. */
export class Call {
  readonly engine: Engine;
  readonly opset: number;
  readonly #inputs: readonly (Value | undefined)[];
  readonly #attributes: Readonly<Record<string, unknown>>;

  constructor(
    engine: Engine,
    opset: number,
    inputs: readonly (Value | undefined)[],
    attributes: Readonly<Record<string, unknown>>,
  ) {
    this.engine = engine;
    this.opset = opset;
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

  /** Input i as a tensor. @throws Refusal for what is not float32 */
  tensor(i: number): Tensor {
    const value = this.value(i);
    if (value instanceof Tensor) return value;
    if (value.type !== "float32")
      throw new Refusal(`numbers of type ${value.type}: anygrad computes in float32`);
    if (sizeOf(value.shape) === 0) throw new Refusal("an empty tensor");
    return this.engine.tensor(Float32Array.from(value.values), [...value.shape]);
  }

  /** Input i as a tensor, whole numbers of other types too, where float32 holds them all: for comparisons. */
  exact(i: number): Tensor {
    const value = this.value(i);
    if (value instanceof Tensor || !/^u?int/.test(value.type)) return this.tensor(i);
    if (value.values.some((number) => Math.abs(number) > 2 ** 24))
      throw new Refusal("whole numbers above 2^24");
    return this.engine.tensor(Float32Array.from(value.values), [...value.shape]);
  }

  /** All inputs as tensors. */
  tensors(): Tensor[] {
    return this.#inputs.map((_, i) => this.tensor(i));
  }

  /** Input i as zeros and ones, which is what anygrad's conditions are. */
  truths(i: number): Tensor {
    const value = this.value(i);
    if (value instanceof Tensor) return value;
    return this.engine.tensor(Float32Array.from(value.values), [...value.shape]);
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
