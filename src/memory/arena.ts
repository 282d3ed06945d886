/**
 * The memory of a step: allocating moves a pointer, and the end of the step frees everything at once. From the second step on
 * it is one block, as large as the largest step has needed, so that steps of one size take nothing from the heap.
 */
import { align, type Heap } from "./heap.ts";

const smallestChunk = 1 << 18; // bytes

/** A block of the heap that the arena allocates from. */
interface Chunk {
  offset: number;
  bytes: number;
}

/** How far a step has come, where all that it allocated lies in one block. `resume` goes back to it. */
export interface ArenaMark {
  /** The block. */
  readonly chunk: object;
  /** Bytes of the block that were in use. */
  readonly used: number;
  /** Bytes that the step had allocated. */
  readonly total: number;
  /** Number of the step. */
  readonly generation: number;
}

/** The allocator of what a step makes. */
export class Arena {
  readonly #heap: Heap;
  #chunks: Chunk[] = [];
  #used = 0; // bytes of the last chunk
  #wanted = 0; // bytes that the largest step so far has allocated
  #total = 0; // bytes that this step has allocated
  #overflowed = false; // scratch of this step lay in a block that is gone
  #releases = 0;
  /** Number of the step. Memory that was allocated under another number is no longer valid. */
  generation = 0;

  constructor(heap: Heap) {
    this.#heap = heap;
  }

  /** The address of `bytes` bytes, aligned to 64, that stay until the end of the step. @throws AnygradError MEMORY_LIMIT */
  allocate(bytes: number): number {
    const size = align(bytes);
    let chunk = this.#chunks.at(-1);
    if (!chunk || this.#used + size > chunk.bytes) {
      chunk = this.#chunk(Math.max(size, smallestChunk), this.#wanted - this.#total);
      this.#chunks.push(chunk);
      this.#used = 0;
    }
    const offset = chunk.offset + this.#used;
    this.#used += size;
    this.#total += size;
    return offset;
  }

  /** A block of the bytes that are wished, or where there is no room for these, of those that are needed. @throws AnygradError MEMORY_LIMIT */
  #chunk(needed: number, wished: number): Chunk {
    if (wished > needed)
      try {
        return { offset: this.#heap.allocate(wished), bytes: wished };
      } catch {
        this.#wanted = 0; // a step was larger than what is free now, such as one that failed
      }
    return { offset: this.#heap.allocate(needed), bytes: needed };
  }

  /** Runs `work` with the address of `bytes` bytes that are free again when it returns. @throws AnygradError MEMORY_LIMIT */
  scratch(bytes: number, work: (offset: number) => void): void {
    const chunks = this.#chunks.length;
    const used = this.#used;
    const total = this.#total;
    const offset = this.allocate(bytes);
    this.#wanted = Math.max(this.#wanted, this.#total);
    work(offset);
    // a block that was added for this is given back: if what comes next is larger, it would lie unused until the release
    if (this.#chunks.length > chunks) {
      this.#heap.free(this.#chunks.pop()!.offset);
      this.#overflowed = true;
    }
    this.#total = total;
    this.#used = used;
  }

  /** Ends the step: nothing that it allocated is valid any more. Several blocks, and one that scratch did not fit into, become one in the next step. */
  release(): void {
    this.#wanted = Math.max(this.#wanted, this.#total);
    if (this.#chunks.length > 1 || this.#overflowed) this.discard();
    this.#used = 0;
    this.#total = 0;
    this.#overflowed = false;
    this.generation = ++this.#releases;
  }

  /** Whether this step has allocated nothing so far. */
  get untouched(): boolean {
    return this.#total === 0;
  }

  /** How far the step has come; undefined where what it allocated, its scratch included, does not lie in one block. */
  get mark(): ArenaMark | undefined {
    const [chunk] = this.#chunks;
    if (!chunk || this.#chunks.length > 1 || this.#overflowed) return undefined;
    return { chunk, used: this.#used, total: this.#total, generation: this.generation };
  }

  /**
   * Makes this step the one of the mark: all that had been allocated by then is valid again, at the same addresses.
   * @returns false, and nothing is done, where its block was freed or this step has allocated something
   */
  resume({ chunk, used, total, generation }: ArenaMark): boolean {
    if (!this.untouched || this.#chunks.length !== 1 || this.#chunks[0] !== chunk) return false;
    this.#used = used;
    this.#total = total;
    this.generation = generation;
    return true;
  }

  /** Gives all blocks back to the heap. */
  discard(): void {
    for (const { offset } of this.#chunks) this.#heap.free(offset);
    this.#chunks = [];
    this.#used = 0;
  }
}
