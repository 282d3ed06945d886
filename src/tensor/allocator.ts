/**
 * Hands out the memory of tensors and says who frees it. Within a step it comes from the arena and is released with the step;
 * outside of steps it comes from the heap and is freed when the garbage collector finds the tensor unused.
 */
import type { Backend } from "../backend/backend.ts";
import { AnygradError, quote } from "../errors.ts";
import type { Kernels } from "../kernels/kernel.ts";
import { bytesPerElement, type DType } from "./dtype.ts";
import { type Shape, sizeOf } from "./shape.ts";
import {
  type DifferentiableBackward,
  type Differentiator,
  type Recorder,
  type Storage,
  Tensor,
  type TensorAllocator,
} from "./tensor.ts";

/** The allocator of an engine's tensors. */
export class StepAllocator implements TensorAllocator {
  /** The kernels and their memory. */
  readonly backend: Backend;
  /** The tape that is told of the ops that run; undefined where nothing is differentiated. */
  recorder: Recorder | undefined;
  /** What differentiates functions of its tensors. */
  engine?: Differentiator;
  /** How many random draws without a seed there were. */
  draws?: number;
  /** Computes gradients by ops, so that they can be differentiated, too. */
  differentiableBackward?: DifferentiableBackward;
  #steps = 0;
  /** What the step has made and not freed, in this order. */
  made: Storage[] = [];
  #disposed = false;
  readonly #latest = new WeakMap<object, Storage>();
  readonly #registry: FinalizationRegistry<number> | undefined;

  constructor(backend: Backend) {
    this.backend = backend;
    if (typeof FinalizationRegistry !== "undefined")
      this.#registry = new FinalizationRegistry((offset) => backend.heap.free(offset));
  }

  /** The kernels, to be called by the names of their parameters. */
  get kernels(): Kernels {
    return this.backend.kernels;
  }

  /**
   * A tensor of undefined contents: of the step that runs, or, outside of steps, one that the garbage collector frees.
   * @throws AnygradError MEMORY_LIMIT where the memory is full, NOT_READY after `dispose`, SHAPE_MISMATCH for what is no shape
   */
  allocate(shape: Shape, dtype: DType = "float32"): Tensor {
    const bytes = sizeOf(shape) * bytesPerElement[dtype];
    // the last resort: ops check shapes, in words of their own
    if (!(bytes >= 0 && bytes % 1 === 0))
      throw new AnygradError("SHAPE_MISMATCH", `tensor: ${quote(shape)} is no shape; pass whole numbers`);
    return new Tensor(
      this,
      this.#steps > 0 ? this.#stepStorage(bytes) : this.#eagerStorage(bytes),
      0,
      shape,
      dtype,
    );
  }

  /**
   * Memory that outlives steps and returns to the heap when nobody refers to it.
   * @throws AnygradError MEMORY_LIMIT where the memory is full, NOT_READY after `dispose`
   */
  storage(bytes: number): Storage {
    this.#check();
    const storage: Storage = { offset: this.backend.heap.allocate(bytes), bytes, generation: undefined };
    this.#registry?.register(storage, storage.offset, storage);
    return storage;
  }

  /**
   * Memory for the next value of something that is computed again and again, such as the gradient of a variable. It takes the
   * place of the last value, whose bytes are copied to a JavaScript array: that one the garbage collector frees at once,
   * while it frees wasm memory only between tasks, too late for a loop without an await.
   */
  successor(owner: object, bytes: number): Storage {
    const last = this.#latest.get(owner);
    let next: Storage;
    if (last && !last.moved && last.bytes === bytes) {
      last.moved = this.backend.heap.u8.slice(last.offset, last.offset + bytes);
      this.#registry?.unregister(last);
      next = { offset: last.offset, bytes, generation: undefined };
      this.#registry?.register(next, next.offset, next);
    } else next = this.storage(bytes);
    this.#latest.set(owner, next);
    return next;
  }

  /** Frees a storage before the garbage collector would. Its tensors throw RELEASED when they are used afterwards. */
  release(storage: Storage): void {
    if (storage.released) return;
    storage.released = true;
    this.#registry?.unregister(storage);
    if (!storage.moved) this.backend.heap.free(storage.offset);
  }

  /** Outside of steps the garbage collector frees tensors, which comes too late for a loop that waits for nothing. */
  #eagerStorage(bytes: number): Storage {
    try {
      return this.storage(bytes);
    } catch (error) {
      if (!(error instanceof AnygradError) || error.code !== "MEMORY_LIMIT") throw error;
      throw new AnygradError(
        "MEMORY_LIMIT",
        `${error.message}; tensors made outside of engine.step(() => …) last until they are collected`,
        { cause: error },
      );
    }
  }

  #stepStorage(bytes: number): Storage {
    this.#check();
    const { arena } = this.backend;
    const { generation } = arena;
    const storage: Storage = { offset: arena.allocate(bytes), bytes, generation };
    this.made.push(storage);
    return storage;
  }

  /** Frees the storages that the step has made, but for the first ones and for those of these tensors. */
  keep(first: number, tensors: readonly Tensor[]): void {
    const kept = new Set(tensors.map(({ storage }) => storage));
    for (const storage of this.made.splice(first))
      if (kept.has(storage)) this.made.push(storage);
      else this.drop(storage);
  }

  /** Frees a storage of the step, which is no longer among those that it has made. */
  drop(storage: Storage): void {
    storage.released = true;
    this.backend.arena.free(storage.offset, storage.bytes);
  }

  /** Runs `work` as a step: the tensors that it makes are released when the outermost step ends. */
  step<T>(work: () => T): T {
    this.#steps++;
    try {
      return work();
    } finally {
      this.#steps--;
      if (this.#steps === 0) {
        this.made = [];
        this.backend.arena.release();
      }
    }
  }

  /** Runs `work` with `bytes` of memory for intermediate values, which is free again when it returns. */
  scratch(bytes: number, work: (offset: number) => void): void {
    this.#check();
    this.backend.arena.scratch(bytes, work);
  }

  /**
   * The address of a storage in wasm memory.
   * @throws AnygradError RELEASED after the end of its step, NOT_READY after `dispose`
   */
  address(storage: Storage): number {
    this.#check();
    const { generation, released } = storage;
    if (released || (generation !== undefined && generation !== this.backend.arena.generation))
      throw new AnygradError(
        "RELEASED",
        "tensor: it was released at the end of the step that made it; return its values from the step, or make it an engine.variable",
      );
    if (storage.moved) {
      storage.offset = this.backend.heap.allocate(storage.bytes);
      this.backend.heap.u8.set(storage.moved, storage.offset);
      this.#registry?.register(storage, storage.offset, storage);
      delete storage.moved;
    }
    return storage.offset;
  }

  /** Frees the memory; the tensors cannot be used afterwards. */
  dispose(): void {
    this.backend.dispose();
    this.#disposed = true;
  }

  /** Whether `dispose` was called. */
  get disposed(): boolean {
    return this.#disposed;
  }

  #check(): void {
    if (this.#disposed)
      throw new AnygradError("NOT_READY", "engine: it was used after dispose(); create a new one");
  }
}
