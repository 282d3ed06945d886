/**
 * Tensors, and the interfaces through which they are allocated and differentiated. A tensor knows its allocator, an allocator
 * makes tensors, and a tape is told of the ops on them: the three types refer to each other, so they stand in one file. What
 * implements the interfaces is in allocator.ts and src/autograd/tape.ts.
 */

import type { Backend } from "../backend/backend.ts";
import { AnygradError, quote } from "../errors.ts";
import type { Kernels } from "../kernels/kernel.ts";
import { Printable } from "../math/inspect.ts";
import type { Heap } from "../memory/heap.ts";
import { bytesPerElement, type DType, type TypedArray } from "./dtype.ts";
import { formatShape, type Shape, sizeOf } from "./shape.ts";

/** A number, or arrays of numbers nested as deeply as a tensor has axes: [[1, 2], [3, 4]] for the shape [2, 2]. */
export type NestedNumbers = number | NestedNumbers[];

/** A piece of memory that tensors are views of. */
export interface Storage {
  /** Its address in wasm memory. */
  offset: number;
  /** Its size. */
  readonly bytes: number;
  /** Number of the step that owns it, as the arena counts them; undefined where it outlives steps. */
  readonly generation: number | undefined;
  /** Its bytes, where they were moved out of wasm memory to make room; undefined where they lie at `offset`. */
  moved?: Uint8Array;
  /** Whether it was freed by `release`. */
  released?: boolean;
}

/** What tensors need of their engine. */
export interface Differentiator {
  /** A tensor of these numbers, of the step that runs. */
  tensor(data: NestedNumbers | ArrayLike<number>, shape?: Shape, dtype?: DType): Tensor;
  /** Runs `work`; the tensors that it makes are released at the end of the outermost step. */
  step<T>(work: () => T): T;
  /** The value of a function and its gradients with respect to variables. */
  valueAndGrad(
    compute: () => Tensor,
    variables: readonly Tensor[],
  ): { value: number; gradients: readonly Tensor[] };
}

/** Hands out the memory of tensors. */
export interface TensorAllocator {
  /** The kernels and their memory. */
  readonly backend: Backend;
  /** The kernels, to be called by the names of their parameters. */
  readonly kernels: Kernels;
  /** The tape that is told of the ops that run; undefined where nothing is differentiated. */
  recorder: Recorder | undefined;
  /** What differentiates functions of its tensors: the engine. */
  engine?: Differentiator;
  /** How many random draws without a seed there were. */
  draws?: number;
  /** Computes gradients by ops, so that they can be differentiated, too; undefined where that was not loaded (src/engine/). */
  differentiableBackward?: DifferentiableBackward;
  /**
   * A tensor of undefined contents, float32 by default: of the step that runs, or, outside of steps, one that outlives them.
   */
  allocate(shape: Shape, dtype?: DType): Tensor;
  /** Memory that outlives steps and returns to the heap when nobody refers to it. */
  storage(bytes: number): Storage;
  /** Frees a storage before the garbage collector would. Its tensors throw RELEASED when they are used afterwards. */
  release(storage: Storage): void;
  /** What the step has made and not freed, in this order. */
  readonly made: Storage[];
  /** Frees the storages that the step has made, but for the first ones and for those of these tensors. */
  keep(first: number, tensors: readonly Tensor[]): void;
  /** Frees a storage of the step, which is no longer among those that it has made. */
  drop(storage: Storage): void;
  /** The address of a storage in wasm memory. @throws AnygradError RELEASED after the end of its step */
  address(storage: Storage): number;
  /** Runs `work` with `bytes` of memory for intermediate values, which is free again when it returns. */
  scratch(bytes: number, work: (offset: number) => void): void;
}

/** The inputs of an op; an optional one that was not given is undefined. */
export type OpInputs = readonly (Tensor | undefined)[];

/** An op that has run, as a tape keeps it. */
export interface RecordedOp {
  /** Its name, which errors begin with. */
  readonly name: string;
  readonly output: Tensor;
  readonly inputs: OpInputs;
  /** Computes the gradients of its inputs by kernels; a text says why there are none. */
  readonly backward: Backward | string;
  /** Runs it on other inputs and with other attributes, into a tensor like its output. */
  readonly forward?: (output: Tensor, inputs: OpInputs, attributes: unknown) => void;
  /** Its backward pass for other inputs and attributes, as if they had given `output`. */
  readonly reverse?: (sink: GradientSink, inputs: OpInputs, output: Tensor, attributes: unknown) => void;
  /** Its other arguments, as the op takes them. */
  readonly attributes?: unknown;
  /** What its forward pass has returned. */
  readonly saved?: unknown;
}

/**
 * What an op saves that has changed something beside its output, such as moving statistics: it must not do so twice. Where the output is to be
 * written once more, what it has saved is still there.
 */
export interface Again {
  /** What `forward` is given then. Default: what it was given, and it saves as much again. */
  readonly again?: readonly [inputs: OpInputs, attributes: unknown];
}

/** The ops that one function has run, and the variables that it is differentiated by. */
export interface Recorded {
  readonly ops: readonly RecordedOp[];
  readonly variables: readonly Tensor[];
  /** Whether this tensor is one of the variables or was computed from one. */
  owns(tensor: Tensor): boolean;
}

/** Writes the gradients of the variables by `loss`, of which the outer tape is told how they came about. */
export type DifferentiableBackward = (
  outer: Recorder,
  recorded: Recorded,
  loss: Tensor,
  into: readonly Tensor[],
) => void;

/** What is told of the ops that run, so that they can be differentiated: a tape. */
export interface Recorder {
  /** Whether this tensor is a variable or was computed from one, here or on an outer tape, so that a gradient flows through it. */
  tracks(tensor: Tensor): boolean;
  /** Whether an op that will be differentiated has read or made the memory of this tensor, which must stay as it is until then. */
  holds(tensor: Tensor): boolean;
  /** Tells that an op has run; its `backward` will be called when the gradient of its output is known. */
  record(op: RecordedOp): void;
}

/** Writes the gradients of the inputs of an op. Where an op has no gradient, a text that says why takes its place. */
export type Backward = (gradients: GradientSink) => void;

/** What the backward pass of an op works on: the gradient of its output, and where those of its inputs go. */
export interface GradientSink {
  /** The gradient of the output. */
  readonly dy: Tensor;
  /** Whether nothing else reads `dy`, so that it may be overwritten. */
  readonly owned: boolean;
  /** Where to write the gradient of input `i`; undefined where nobody needs it. */
  readonly gradient: (i: number) => Tensor | undefined;
  /**
   * Where to write the gradient of input `i`, for kernels that read each element of `dy` before they write it: the memory of
   * `dy` itself where that is owned, else as `gradient`.
   */
  readonly overwrite: (i: number) => Tensor | undefined;
  /** Hands over an existing tensor as the gradient of input `i`, without a copy. */
  readonly pass: (i: number, gradient: Tensor) => void;
}

/**
 * An n-dimensional array in wasm memory. Its elements do not change: ops make new tensors. What is made within `engine.step`
 * or `engine.valueAndGrad` is released when that ends; anything else is freed by the garbage collector.
 */
export class Tensor extends Printable {
  /** The size of each axis, outermost first; [] for a scalar. */
  readonly shape: Shape;
  /** Type of the elements: "float32", "int32" or "uint8". */
  readonly dtype: DType;
  /** Number of elements: the product of the shape. */
  readonly size: number;
  /** @internal */
  readonly allocator: TensorAllocator;
  /** @internal */
  readonly storage: Storage;
  readonly #offset: number;

  /** @internal */
  constructor(allocator: TensorAllocator, storage: Storage, offset: number, shape: Shape, dtype: DType) {
    super();
    this.allocator = allocator;
    this.shape = shape;
    this.dtype = dtype;
    this.size = sizeOf(shape);
    this.storage = storage;
    this.#offset = offset;
  }

  /** Address in wasm memory. @throws AnygradError RELEASED after the end of the step that made it @internal */
  get pointer(): number {
    return this.allocator.address(this.storage) + this.#offset;
  }

  /** The memory, for JavaScript to read or write in. */
  get #heap(): Heap {
    const { backend } = this.allocator;
    backend.kernels.interrupt();
    return backend.heap;
  }

  /**
   * The elements in wasm memory, not copied. An allocation may invalidate the array: read it at once, never keep it.
   * @internal
   */
  get view(): TypedArray {
    const heap = this.#heap;
    const start = this.pointer / bytesPerElement[this.dtype];
    const end = start + this.size;
    if (this.dtype === "float32") return heap.f32.subarray(start, end);
    return this.dtype === "int32" ? heap.i32.subarray(start, end) : heap.u8.subarray(start, end);
  }

  /**
   * A copy of the elements, row-major: a Float32Array, Int32Array or Uint8Array, as the dtype says.
   * @throws AnygradError RELEASED after the end of the step that made the tensor
   */
  get data(): TypedArray {
    return this.view.slice();
  }

  /**
   * The number in a tensor of one element; the first one where there are more.
   * @throws AnygradError RELEASED after the end of the step that made the tensor
   */
  item(): number {
    const { f32, i32, u8 } = this.#heap;
    const at = this.pointer / bytesPerElement[this.dtype];
    return (this.dtype === "float32" ? f32 : this.dtype === "int32" ? i32 : u8)[at]!;
  }

  /**
   * The elements as arrays nested as deeply as the tensor has axes; a number for a scalar.
   * @throws AnygradError RELEASED after the end of the step that made the tensor
   */
  toArray(): NestedNumbers {
    const { view, shape } = this;
    let at = 0;
    const level = (axis: number): NestedNumbers =>
      axis === shape.length ? view[at++]! : Array.from({ length: shape[axis]! }, () => level(axis + 1));
    return level(0);
  }

  /** One line in a console: type, shape and the first elements. */
  override toString(): string {
    const kind = this instanceof Variable ? "Variable" : "Tensor";
    return `${kind} ${this.dtype} ${formatShape(this.shape)}: ${this.#beginning()}`;
  }

  #beginning(): string {
    try {
      const numbers = Array.from(this.view.subarray(0, 8), (value) => Number(value.toPrecision(6)));
      return numbers.join(", ") + (this.size > 8 ? ", …" : "");
    } catch {
      return "released"; // a console must not throw
    }
  }

  /** Whether both lie in the same memory. @internal */
  shares(other: Tensor): boolean {
    return other.storage === this.storage;
  }

  /** @throws AnygradError INVALID_ARGUMENT where a gradient will be computed from the elements as they are @internal */
  checkWritable(): void {
    if (this.allocator.recorder?.holds(this))
      throw new AnygradError(
        "INVALID_ARGUMENT",
        "tensor: it was assigned to after an op of valueAndGrad had read it, whose gradient would be wrong; assign before or after valueAndGrad",
      );
  }

  /**
   * A tensor of another shape, of as many elements, over the memory of this one.
   * @throws AnygradError RELEASED after the end of the step that made it @internal
   */
  reshaped(shape: Shape): Tensor {
    void this.pointer; // which throws
    return new Tensor(this.allocator, this.storage, this.#offset, shape, this.dtype);
  }

  /**
   * Overwrites the elements. Meant for variables, between steps: what an op has read must not change before its gradient is
   * computed.
   * @param values as many numbers as there are elements, row-major
   * @throws AnygradError SHAPE_MISMATCH for another number of them, INVALID_ARGUMENT for other values and where an op of the
   *   `valueAndGrad` that runs has read the tensor, RELEASED after the end of the step that made the tensor
   */
  write(values: ArrayLike<number>): void {
    checkNumbers(values);
    this.checkWritable();
    if (values.length !== this.size)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `tensor: ${values.length} numbers do not fill the shape ${formatShape(this.shape)}, which wants ${this.size}`,
      );
    this.view.set(values);
  }
}

/** A tensor that outlives steps and can be assigned to, such as a weight. `engine.variable` makes one. */
export class Variable extends Tensor {
  /**
   * Overwrites the elements. Not within `valueAndGrad` after an op has read them: its gradient follows from what it read.
   * @param values as many numbers as there are elements, row-major
   * @throws AnygradError SHAPE_MISMATCH for another number of them, INVALID_ARGUMENT for other values and where an op of the
   *   `valueAndGrad` that runs has read the variable
   */
  assign(values: ArrayLike<number>): void {
    this.write(values);
  }
}

/** Requires a list of numbers: JavaScript would take null for 0. @throws AnygradError INVALID_ARGUMENT */
export function checkNumbers(values: unknown): void {
  const list = Object(values) as ArrayLike<unknown>;
  const isList = typeof values === "object" && typeof list.length === "number";
  const checked = ArrayBuffer.isView(values) ? Math.min(1, list.length) : list.length; // its elements are alike
  for (let i = 0; isList && i < checked; i++)
    if (typeof list[i] !== "number") throw noNumbers(ArrayBuffer.isView(values) ? values : list[i]);
  if (!isList) throw noNumbers(values);
}

function noNumbers(value: unknown): AnygradError {
  return new AnygradError(
    "INVALID_ARGUMENT",
    `tensor: got ${quote(value)} where a number is wanted; pass numbers (Number(value) makes one)`,
  );
}
