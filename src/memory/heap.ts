/**
 * The allocator of a WebAssembly.Memory: first fit over a sorted list of free blocks, of which neighbours are merged. Kernels
 * allocate nothing themselves, so all of the memory is managed here. When the memory grows, typed arrays over it become
 * invalid: read `f32`, `i32` and `u8` each time, never keep them.
 */
import { AnygradError } from "../errors.ts";
import { formatBytes } from "../math/bytes.ts";

/** Size of a page of wasm memory. */
export const page = 65536; // bytes
/** Most pages that a memory of 32-bit addresses has. */
export const maxPages = 65536;
/** Blocks begin at multiples of a cache line, so that no 16-byte vector of an array lies across two lines. */
export const alignment = 64; // bytes
const largestMemory = maxPages * page;

/** A free block. */
interface Block {
  offset: number;
  bytes: number;
}

/** Allocates and frees blocks of one wasm memory. */
export class Heap {
  /** The memory. */
  readonly memory: WebAssembly.Memory;
  /** Bytes that the memory may grow to. */
  readonly limit: number;
  #free: Block[] = [];
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
    this.#free = [{ offset, bytes: this.memoryBytes - offset }];
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
    let index = this.#free.findIndex((block) => block.bytes >= size);
    if (index < 0) {
      this.#grow(size);
      index = this.#free.length - 1;
    }
    const block = this.#free[index]!;
    const { offset } = block;
    if (block.bytes === size) this.#free.splice(index, 1);
    else {
      block.offset += size;
      block.bytes -= size;
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
    const next = this.#free.findIndex((block) => block.offset > offset);
    const index = next < 0 ? this.#free.length : next;
    this.#free.splice(index, 0, { offset, bytes });
    this.#merge(index);
    this.#merge(index - 1);
  }

  /** Joins the free block at `index` with the next one where they are neighbours. */
  #merge(index: number): void {
    const block = this.#free[index];
    const next = this.#free[index + 1];
    if (!block || !next || block.offset + block.bytes !== next.offset) return;
    block.bytes += next.bytes;
    this.#free.splice(index + 1, 1);
  }

  /** Grows the memory so that the last free block has at least `size` bytes. @throws AnygradError MEMORY_LIMIT */
  #grow(size: number): void {
    const end = this.memoryBytes;
    const last = this.#free.at(-1);
    const open = last && last.offset + last.bytes === end ? last : undefined;
    const missing = size - (open?.bytes ?? 0);
    const pages = Math.ceil(missing / page);
    const needed = end + pages * page;
    if (needed > this.limit) throw exceeded({ needed, limit: this.limit });
    try {
      this.memory.grow(pages);
    } catch {
      throw exceeded({ needed, limit: this.limit });
    }
    if (open) open.bytes += pages * page;
    else this.#free.push({ offset: end, bytes: pages * page });
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

/** The bytes, up to the next multiple of the alignment. */
export function align(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}
