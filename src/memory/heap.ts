/**
 * The allocator over WebAssembly.Memory: first fit over a sorted list of free blocks, neighbours merged.
 * The kernels allocate nothing, so this is the only owner of the memory. Views are made anew after a grow:
 * ask for them each time, never keep one.
 */
import { AnygradError } from "../errors.ts";
import { formatBytes } from "../math/bytes.ts";

const page = 65536; // bytes
/** Blocks start at multiples of a cache line, so vectors never straddle one by accident. */
const alignment = 64; // bytes
const largestMemory = 65536 * page;

interface Block {
  offset: number;
  bytes: number;
}

export class Heap {
  readonly memory: WebAssembly.Memory;
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

  /** Gives the heap what lies behind the kernels' own constants. */
  start(base: number): void {
    const offset = align(base);
    this.#free = [{ offset, bytes: this.memory.buffer.byteLength - offset }];
  }

  /** All of the memory as floats, integers or bytes; stale after the next allocation. */
  get f32(): Float32Array {
    if (this.#f32.buffer !== this.memory.buffer) this.#f32 = new Float32Array(this.memory.buffer);
    return this.#f32;
  }
  get i32(): Int32Array {
    if (this.#i32.buffer !== this.memory.buffer) this.#i32 = new Int32Array(this.memory.buffer);
    return this.#i32;
  }
  get u8(): Uint8Array {
    if (this.#u8.buffer !== this.memory.buffer) this.#u8 = new Uint8Array(this.memory.buffer);
    return this.#u8;
  }

  /** Bytes of wasm memory, bytes handed out now, and the most that was handed out. */
  get memoryBytes(): number {
    return this.memory.buffer.byteLength;
  }
  get usedBytes(): number {
    return this.#used;
  }
  get peakBytes(): number {
    return this.#peak;
  }

  /** @returns the offset of `bytes` bytes, aligned to 64 */
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

  /** Joins the block at `index` with the one behind it where they touch. */
  #merge(index: number): void {
    const block = this.#free[index];
    const next = this.#free[index + 1];
    if (!block || !next || block.offset + block.bytes !== next.offset) return;
    block.bytes += next.bytes;
    this.#free.splice(index + 1, 1);
  }

  /** Makes the last free block at least `size` bytes long. */
  #grow(size: number): void {
    const end = this.memoryBytes;
    const last = this.#free.at(-1);
    const open = last && last.offset + last.bytes === end ? last : undefined;
    const missing = size - (open?.bytes ?? 0);
    const pages = Math.ceil(missing / page);
    if (end + pages * page > this.limit) throw this.#exceeded(end + pages * page);
    try {
      this.memory.grow(pages);
    } catch {
      throw this.#exceeded(end + pages * page);
    }
    if (open) open.bytes += pages * page;
    else this.#free.push({ offset: end, bytes: pages * page });
  }

  #exceeded(needed: number): AnygradError {
    return new AnygradError(
      "MEMORY_LIMIT",
      `memory: ${formatBytes(needed)} of wasm memory are needed but the limit is ${formatBytes(this.limit)}; raise memoryLimit, or use a smaller batchSize or model`,
    );
  }
}

function align(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}
