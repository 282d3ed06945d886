/**
 * The allocator of a WebAssembly.Memory: first fit over what is free, by address. Kernels
 * allocate nothing themselves, so all of the memory is managed here. When the memory grows, typed arrays over it become
 * invalid: read `f32`, `i32` and `u8` each time, never keep them.
 */
import { AnygradError } from "../errors.ts";
import { formatBytes } from "../math/bytes.ts";
import { align, FreeBlocks } from "./freeBlocks.ts";

/** Size of a page of wasm memory. */
export const page = 65536; // bytes
/** Most pages that a memory of 32-bit addresses has. */
export const maxPages = 65536;
const largestMemory = maxPages * page;

/** Allocates and frees blocks of one wasm memory. */
export class Heap {
  /** The memory. */
  readonly memory: WebAssembly.Memory;
  /** Bytes that the memory may grow to. */
  readonly limit: number;
  #free: FreeBlocks = new FreeBlocks();
  #sizes = new Map<number, number>();
  #used = 0;
  #peak = 0;
  #f32: Float32Array;
  #i32: Int32Array;
  #u8: Uint8Array;

  /** @param limit bytes that the memory may grow to */
  constructor(memory: WebAssembly.Memory, limit: number = largestMemory) {
    this.memory = memory;
    this.limit = Math.min(limit, largestMemory);
    const { buffer } = memory;
    this.#f32 = new Float32Array(buffer);
    this.#i32 = new Int32Array(buffer);
    this.#u8 = new Uint8Array(buffer);
  }

  /** Makes the memory from `base` on available; before it lie the constants of the kernels. */
  start(base: number): void {
    const offset = align(base);
    this.#free = new FreeBlocks([{ offset, bytes: this.memoryBytes - offset }]);
  }

  /** All of the memory as float32; invalid after the next allocation. */
  get f32(): Float32Array {
    if (this.#f32.buffer !== this.memory.buffer) this.#f32 = new Float32Array(this.memory.buffer);
    return this.#f32;
  }
  /** All of the memory as int32; invalid after the next allocation. */
  get i32(): Int32Array {
    if (this.#i32.buffer !== this.memory.buffer) this.#i32 = new Int32Array(this.memory.buffer);
    return this.#i32;
  }
  /** All of the memory as bytes; invalid after the next allocation. */
  get u8(): Uint8Array {
    if (this.#u8.buffer !== this.memory.buffer) this.#u8 = new Uint8Array(this.memory.buffer);
    return this.#u8;
  }

  /** Size of the memory in bytes. */
  get memoryBytes(): number {
    return this.memory.buffer.byteLength;
  }
  /** Bytes that are allocated now. */
  get usedBytes(): number {
    return this.#used;
  }
  /** Bytes that were allocated at once, at most. */
  get peakBytes(): number {
    return this.#peak;
  }

  /**
   * The address of a new block of `bytes` bytes, aligned to 64.
   * @throws AnygradError MEMORY_LIMIT where the memory cannot grow
   */
  allocate(bytes: number): number {
    const size = align(Math.max(bytes, 1));
    let offset = this.#free.take(size);
    if (offset === undefined) {
      this.#grow(size);
      offset = this.#free.take(size)!;
    }
    this.#sizes.set(offset, size);
    this.#used += size;
    this.#peak = Math.max(this.#peak, this.#used);
    return offset;
  }

  /** Frees the block at an address that `allocate` gave. Any other address is ignored. */
  free(offset: number): void {
    const bytes = this.#sizes.get(offset);
    if (bytes === undefined) return;
    this.#sizes.delete(offset);
    this.#used -= bytes;
    this.#free.give(offset, bytes);
  }

  /** Grows the memory so that the last free block has at least `size` bytes. @throws AnygradError MEMORY_LIMIT */
  #grow(size: number): void {
    const end = this.memoryBytes;
    const last = this.#free.blocks.at(-1);
    const missing = last && last.offset + last.bytes === end ? size - last.bytes : size;
    const pages = Math.ceil(missing / page);
    const needed = end + pages * page;
    if (needed > this.limit) throw exceeded({ needed, limit: this.limit });
    try {
      this.memory.grow(pages);
    } catch {
      throw exceeded({ needed, limit: this.limit });
    }
    this.#free.give(end, pages * page);
  }
}

/** Bytes of memory that are needed, and those that it may have: the cause of the error. */
export interface Exceeded {
  readonly needed: number;
  readonly limit: number;
}

/** The error of a memory that may not grow any more. */
export function exceeded({ needed, limit }: Exceeded): AnygradError {
  return new AnygradError(
    "MEMORY_LIMIT",
    `memory: ${formatBytes(needed)} of wasm memory are needed but the limit is ${formatBytes(limit)}; raise memoryLimit, or use a smaller batchSize or model`,
    { cause: { needed, limit } },
  );
}
