/**
 * An n-dimensional array in wasm memory: a shape over a storage. Immutable for users; kernels write it once.
 * A tensor knows its allocator, an allocator makes tensors, and a tape that listens there is told what is computed of
 * them: their types refer to each other and stand here. The allocator itself is in allocator.ts, the tape in autograd.
 */

import type { Backend } from "../backend/backend.ts";
import { AnygradError } from "../errors.ts";
import type { Kernels } from "../kernels/abi.generated.ts";
import { bytesPerElement, type DType, type TypedArray } from "./dtype.ts";
import { formatShape, type Shape, sizeOf } from "./shape.ts";

/** Numbers nested as deeply as the tensor has axes. */
export type NestedNumbers = number | NestedNumbers[];

/** A piece of memory that tensors are views of. */
export interface Storage {
  /** Its address. */
  offset: number;
  /** Its size. */
  readonly bytes: number;
  /** The step that owns it, by the arena's count; undefined where it outlives steps. */
  readonly generation: number | undefined;
  /** Its bytes, where they had to leave wasm memory for newer ones. */
  moved?: Uint8Array;
  /** It was freed by name. */
  released?: boolean;
}

/** Hands out the memory of tensors. */
export interface TensorAllocator {
  /** The kernels and the memory that they work in. */
  readonly backend: Backend;
  /** The kernels alone. */
  readonly kernels: Kernels;
  /** The tape that listens now. */
  recorder: Recorder | undefined;
  /** A tensor of undefined contents, float32 where no type is given: of the step that runs, or of its own. */
  allocate(shape: Shape, dtype?: DType): Tensor;
  /** Memory that outlives steps and returns to the heap when nobody refers to it. */
  storage(bytes: number): Storage;
  /** Frees a storage before the garbage collector would; its tensors are RELEASED. */
  release(storage: Storage): void;
  /** The address of a storage. @throws AnygradError RELEASED after the end of its step */
  address(storage: Storage): number;
  /** Runs `work` with bytes of scratch that only it may use. */
  scratch(bytes: number, work: (offset: number) => void): void;
}

/** Tensors that went into an op; an optional one may be missing. */
export type OpInputs = readonly (Tensor | undefined)[];

/** What a tape hears of the ops that run. */
export interface Recorder {
  /** Does a gradient flow through this tensor? */
  tracks(tensor: Tensor): boolean;
  /** An op has run: `backward` will be called when the gradient of `output` is known. */
  record(name: string, output: Tensor, inputs: OpInputs, backward: Backward | string): void;
}

/** Writes gradients of an op's inputs. A string in its place says why there is none. */
export type Backward = (gradients: GradientSink) => void;

/** Where an op's backward pass finds the gradient of its output and leaves those of its inputs. */
export interface GradientSink {
  /** The gradient of the output. */
  readonly dy: Tensor;
  /** Does nobody else hold `dy`? Then it may be overwritten. */
  readonly owned: boolean;
  /** Where to write the gradient of input `i`; undefined where nobody needs it. */
  readonly gradient: (i: number) => Tensor | undefined;
  /** As `gradient`, for kernels that may write over `dy`, element by element: its place, where nobody else holds it. */
  readonly overwrite: (i: number) => Tensor | undefined;
  /** Hands over an existing tensor as the gradient of input `i`, without a copy. */
  readonly pass: (i: number, gradient: Tensor) => void;
}

/** An n-dimensional array in wasm memory, row-major. An engine or an op makes one. */
export class Tensor {
  /** Its axes, outermost first; [] for a scalar. */
  readonly shape: Shape;
  /** The type of its elements. */
  readonly dtype: DType;
  /** Number of elements. */
  readonly size: number;
  /** @internal */
  readonly allocator: TensorAllocator;
  readonly #storage: Storage;
  readonly #offset: number;

  /** @internal */
  constructor(allocator: TensorAllocator, storage: Storage, offset: number, shape: Shape, dtype: DType) {
    this.allocator = allocator;
    this.shape = shape;
    this.dtype = dtype;
    this.size = sizeOf(shape);
    this.#storage = storage;
    this.#offset = offset;
  }

  /** Address in wasm memory. @throws AnygradError RELEASED after the step that owned it @internal */
  get pointer(): number {
    return this.allocator.address(this.#storage) + this.#offset;
  }

  /** The elements in wasm memory, not copied: for reading at once, never to keep over an allocation. @internal */
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

  /** A tensor of another shape over the memory of this one. @internal */
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
  /** Overwrites the elements. @throws AnygradError SHAPE_MISMATCH */
  assign(values: ArrayLike<number>): void {
    this.write(values);
  }
}
