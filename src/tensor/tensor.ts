/** An n-dimensional array in wasm memory: a shape over a storage. Immutable for users; kernels write it once. */

import { AnygradError } from "../errors.ts";
import type { Storage, TensorAllocator } from "./allocator.ts";
import { bytesPerElement, type DType, type TypedArray } from "./dtype.ts";
import { formatShape, type Shape, sizeOf } from "./shape.ts";

/** Numbers nested as deeply as the tensor has axes. */
export type NestedNumbers = number | NestedNumbers[];

export class Tensor {
  readonly shape: Shape;
  readonly dtype: DType;
  /** Number of elements. */
  readonly size: number;
  readonly allocator: TensorAllocator;
  readonly #storage: Storage;
  readonly #offset: number;

  constructor(allocator: TensorAllocator, storage: Storage, offset: number, shape: Shape, dtype: DType) {
    this.allocator = allocator;
    this.shape = shape;
    this.dtype = dtype;
    this.size = sizeOf(shape);
    this.#storage = storage;
    this.#offset = offset;
  }

  /** Address in wasm memory. @throws AnygradError RELEASED after the step that owned it */
  get pointer(): number {
    return this.allocator.address(this.#storage) + this.#offset;
  }

  /** The elements in wasm memory, not copied: for reading at once, never to keep over an allocation. */
  get view(): TypedArray {
    const { heap } = this.allocator.backend;
    const start = this.pointer / bytesPerElement[this.dtype];
    const end = start + this.size;
    if (this.dtype === "float32") return heap.f32.subarray(start, end);
    return this.dtype === "int32" ? heap.i32.subarray(start, end) : heap.u8.subarray(start, end);
  }

  /** A copy of the elements, row-major: Float32Array, Int32Array or Uint8Array by dtype. */
  get data(): TypedArray {
    return this.view.slice();
  }

  /** The number in a tensor of one element (of more: the first). */
  item(): number {
    const { f32, i32, u8 } = this.allocator.backend.heap;
    const at = this.pointer / bytesPerElement[this.dtype];
    return (this.dtype === "float32" ? f32 : this.dtype === "int32" ? i32 : u8)[at]!;
  }

  /** The elements as nested arrays; a number for a scalar. */
  toArray(): NestedNumbers {
    const { view, shape } = this;
    let at = 0;
    const level = (axis: number): NestedNumbers =>
      axis === shape.length ? view[at++]! : Array.from({ length: shape[axis]! }, () => level(axis + 1));
    return level(0);
  }

  /** The same memory under another shape of as many elements. */
  reshaped(shape: Shape): Tensor {
    return new Tensor(this.allocator, this.#storage, this.#offset, shape, this.dtype);
  }

  /** Overwrites the elements. For variables; a tensor that a tape has recorded must stay as it was. */
  write(values: ArrayLike<number>): void {
    if (values.length !== this.size)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `tensor: ${values.length} numbers do not fill the shape ${formatShape(this.shape)}, which wants ${this.size}`,
      );
    this.view.set(values);
  }
}

/** A tensor that outlives steps and may be assigned to: a parameter, a moving statistic. */
export class Variable extends Tensor {
  assign(values: ArrayLike<number>): void {
    this.write(values);
  }
}
