/** Numbers that a graph of another library holds, or that follow from its shapes alone: what is known before anything runs. */

import { AnygradError } from "../../errors.ts";
import { sizeOf } from "../../math/shape.ts";
import { type Elements, type ElementType, type ForeignArray, floatsOf, type Scratch } from "../elements.ts";
import { copyStrided } from "../strided.ts";

/**
 * The batch's size in shapes: a prime that no size of a network is, so that arithmetic of shapes goes on with it and its multiples are
 * known again. It is below 2²⁰: sixteen times as much is a whole number as float32, too.
 */
export const batch = 999_983;

/** How many times the batch is in a size: 0 for one that does not depend on it. */
export const batchIn = (size: number): number => (size !== 0 && size % batch === 0 ? size / batch : 0);

/** A shape for a message, the batch as N. */
export const shown = (shape: readonly number[]): string =>
  `[${shape.map((n) => (batchIn(n) ? (batchIn(n) === 1 ? "N" : `${batchIn(n)}·N`) : n)).join(", ")}]`;

/** The most numbers that are computed beforehand: constants are weights, tables and shapes. */
const most = 2 ** 24;

/** A type of whole numbers. */
export const isWhole = (dtype: ElementType): boolean => !/float/.test(dtype) && dtype !== "bool";

type Numbers = ArrayLike<number> & Iterable<number>;
type Reading = (scratch?: Scratch) => Numbers;

/** What a constant is the transposition of, and by which axes. */
interface Turned {
  readonly from: Constant;
  readonly axes: readonly number[];
}

/** Known numbers. */
export class Constant {
  readonly shape: readonly number[];
  readonly dtype: ElementType;
  /** It was a weight of the file, which training may change, and not computed from others. */
  readonly isWeight: boolean;
  /** The axis of size 1 that stands for as many as the batch has, the same each. */
  readonly batchAxis: number | undefined;
  #data: Numbers | undefined;
  /** What gives the numbers when they are asked for, in `scratch` where that is given. */
  readonly #later: Turned | Reading | undefined;

  constructor(
    shape: readonly number[],
    data: Numbers | Turned | Reading,
    dtype: ElementType = "float32",
    { isWeight = false, batchAxis }: { isWeight?: boolean; batchAxis?: number | undefined } = {},
  ) {
    this.shape = shape;
    if (typeof data === "function" || "axes" in data) this.#later = data;
    else this.#data = data;
    this.dtype = dtype;
    this.isWeight = isWeight;
    this.batchAxis = batchAxis;
  }

  /** The numbers, row-major; whole ones of 64 bits as far as floats of 64 bits hold them. */
  get data(): Numbers {
    if (!this.#data && typeof this.#later === "function") this.#data = this.#later();
    if (!this.#data) {
      const { from, axes } = this.#later as Turned;
      const strides = stridesOf(from.shape);
      this.#data = gathered(from, this.shape, axes.map((axis) => strides[axis]!), 0); // biome-ignore format: one call
    }
    return this.#data;
  }

  /** An array of a file that is read when it is needed. */
  static lazy(
    array: Omit<ForeignArray, "data"> & { read(scratch?: Scratch): Elements },
    isWeight: boolean,
  ): Constant {
    const read = (scratch?: Scratch): Numbers => numbersOf(array.read(scratch));
    return new Constant(array.shape, read, array.dtype, { isWeight });
  }

  /** Writes the numbers as floats. What is read or turned for it is not kept: weights of a model are wanted once. */
  writeTo(floats: Float32Array, scratch: Scratch): void {
    const numbers = (of: Constant): Numbers =>
      of.#data ?? (typeof of.#later === "function" ? of.#later(scratch) : of.data);
    if (this.#data || typeof this.#later === "function") floats.set(numbers(this));
    else {
      const { from, axes } = this.#later!;
      const strides = stridesOf(from.shape);
      copyStrided(floats, numbers(from), this.shape, axes.map((axis) => strides[axis]!)); // biome-ignore format: one call
    }
  }

  /** What holds its numbers, or gives them: the same of constants that differ in their shapes alone. */
  get numbers(): object {
    return this.#data ?? this.#later!;
  }

  get size(): number {
    return this.#data?.length ?? sizeOf(this.shape);
  }

  /** The numbers as floats. */
  get floats(): Float32Array {
    return floatsOf(this.data as Elements);
  }

  /** The numbers as a list, such as those of a shape. */
  get list(): number[] {
    return Array.from(this.data);
  }

  /** Its one number; undefined where it has several. */
  get scalar(): number | undefined {
    return this.size === 1 ? this.data[0] : undefined;
  }

  /** The same numbers in another shape. */
  reshaped(shape: readonly number[]): Constant {
    return new Constant(shape, this.data, this.dtype, { isWeight: this.isWeight });
  }

  /** Its axes in another order; what is turned again is turned once, or not at all. */
  transposed(axes: readonly number[]): Constant {
    if (axes.every((axis, i) => axis === i)) return this;
    const later = this.#data ? undefined : this.#later;
    if (later && "axes" in later) return later.from.transposed(axes.map((axis) => later.axes[axis]!));
    const shape = axes.map((axis) => this.shape[axis]!);
    return new Constant(shape, { from: this, axes }, this.dtype, { isWeight: this.isWeight });
  }
}

const numbersOf = (data: Elements): Numbers =>
  typeof data[0] === "bigint" ? Float64Array.from(data as BigInt64Array, Number) : (data as Float32Array);

/** The steps from one index of an axis to the next, row-major. */
export const stridesOf = (shape: readonly number[]): number[] =>
  shape.map((_, i) => sizeOf(shape.slice(i + 1)));

/** Room for numbers of a type. @throws AnygradError MEMORY_LIMIT */
export function room(dtype: ElementType, size: number): Float32Array | Float64Array {
  if (size > most)
    throw new AnygradError(
      "MEMORY_LIMIT",
      `a constant of ${size} numbers would be computed; at most ${most} are`,
    );
  return dtype.startsWith("float") && dtype !== "float64" ? new Float32Array(size) : new Float64Array(size);
}

/** The numbers at these steps from a first one on. */
export function gathered(
  { data, dtype }: Constant,
  sizes: readonly number[],
  steps: readonly number[],
  first: number,
): Float32Array | Float64Array {
  return copyStrided<number, Float32Array | Float64Array>(
    room(dtype, sizeOf(sizes)),
    data,
    sizes,
    steps,
    first,
  );
}

/** The shape that two broadcast to. @throws AnygradError DATA_FORMAT */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const m = a[a.length - rank + i] ?? 1;
    const n = b[b.length - rank + i] ?? 1;
    if (m === n || n === 1) return m;
    if (m === 1) return n;
    throw new AnygradError("DATA_FORMAT", `the shapes ${shown(a)} and ${shown(b)} do not fit each other`);
  });
}

/** The constant repeated to a shape. */
export function broadcastTo(constant: Constant, shape: readonly number[]): Constant {
  const lead = shape.length - constant.shape.length;
  const strides = stridesOf(constant.shape);
  const steps = shape.map((_, i) => (i < lead || constant.shape[i - lead] === 1 ? 0 : strides[i - lead]!));
  return new Constant(shape, gathered(constant, shape, steps, 0), constant.dtype);
}

/** A function of the elements of constants, with broadcasting. */
export function mapped(
  constants: readonly Constant[],
  dtype: ElementType,
  compute: (...values: number[]) => number,
): Constant {
  const shape = constants.map((each) => each.shape).reduce(broadcastShape);
  const all = constants.map((each) => broadcastTo(each, shape).data);
  const data = room(dtype, sizeOf(shape));
  for (let i = 0; i < data.length; i++) data[i] = compute(...all.map((each) => each[i]!));
  return new Constant(shape, data, dtype);
}
