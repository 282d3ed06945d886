/**
 * The memory of a step. The end of the step frees everything at once; what is needed no more can be freed before, and its memory is
 * used again within the step. From the second step on all of it is one block, as large as the blocks of the largest step, so that steps
 * of one size take nothing from the heap.
 */
import { align, type Block, FreeBlocks } from "./freeBlocks.ts";
import type { Heap } from "./heap.ts";

/** The least that the arena takes from the heap. */
export const smallestChunk: number = 1 << 18; // bytes

/** How far a step has come, where all that it allocated lies in one block. `resume` goes back to it. */
export interface ArenaMark {
  /** The block. */
  readonly chunk: object;
  /** What was free in it. */
  readonly free: readonly Block[];
  /** Number of the step. */
  readonly generation: number;
}

/** The allocator of what a step makes. */
export class Arena {
  readonly #heap: Heap;
  #chunks: Block[] = [];
  #free: FreeBlocks = new FreeBlocks();
  #wanted = 0; // bytes of one block in place of those of this step, where one was too little
  #next = 0; // bytes of the block that the next step begins with, where the last one had several
  #releases = 0;
  /** Whether this step has allocated nothing so far. */
  untouched = true;
  /** Number of the step. Memory that was allocated under another number is no longer valid. */
  generation = 0;

  constructor(heap: Heap) {
    this.#heap = heap;
  }

  /** The address of `bytes` bytes, aligned to 64, that stay until they are freed or the step ends. @throws AnygradError MEMORY_LIMIT */
  allocate(bytes: number): number {
    if (this.#next > 0) this.reserve(this.#next);
    let offset = this.#free.take(bytes);
    if (offset === undefined) {
      this.#add(Math.max(bytes, smallestChunk));
      offset = this.#free.take(bytes)!;
    }
    this.untouched = false;
    return offset;
  }

  /** Frees what `allocate` has given for as many bytes. */
  free(offset: number, bytes: number): void {
    this.#free.give(offset, bytes);
  }

  /**
   * Takes one block for a step of this many bytes, where the memory has room for one; else it comes in pieces. Only where the step has
   * allocated nothing.
   */
  reserve(bytes: number): void {
    if (!this.untouched || this.#chunks.some((chunk) => chunk.bytes >= bytes)) return;
    this.discard();
    try {
      this.#add(bytes);
    } catch {
      // the step itself says what it cannot have
    }
  }

  /** @throws AnygradError MEMORY_LIMIT */
  #add(bytes: number): void {
    const chunk = { offset: this.#heap.allocate(bytes), bytes: align(bytes) };
    this.#chunks.push(chunk);
    this.#free.give(chunk.offset, bytes);
    if (this.#chunks.length > 1) this.#want(0);
  }

  /** The next step has one block for this one's and for as many bytes more. */
  #want(more: number): void {
    this.#wanted = Math.max(
      this.#wanted,
      this.#chunks.reduce((sum, { bytes }) => sum + bytes, more),
    );
  }

  /** Runs `work` with the address of `bytes` bytes that are free again when it returns. @throws AnygradError MEMORY_LIMIT */
  scratch(bytes: number, work: (offset: number) => void): void {
    const own = this.#free.take(bytes);
    // else a block of its own, given back at once: if what comes next is larger, it would lie unused until the release
    const offset = own ?? this.#heap.allocate(bytes);
    if (own === undefined) this.#want(bytes);
    try {
      work(offset);
    } finally {
      own === undefined ? this.#heap.free(offset) : this.#free.give(offset, bytes);
    }
  }

  /** Ends the step: nothing that it allocated is valid any more. */
  release(): void {
    this.untouched = true;
    const wanted = this.#wanted;
    if (wanted > 0) {
      this.discard(); // until the next step the memory is anyone's
      this.#next = wanted;
    }
    this.#free = new FreeBlocks(this.#chunks);
    this.generation = ++this.#releases;
  }

  /** How far the step has come; undefined where what it allocated, its scratch included, does not lie in one block. */
  get mark(): ArenaMark | undefined {
    const [chunk] = this.#chunks;
    if (!chunk || this.#wanted > 0) return undefined;
    return { chunk, free: new FreeBlocks(this.#free.blocks).blocks, generation: this.generation };
  }

  /**
   * Makes this step the one of the mark: all that was allocated at it is valid again, at the same addresses.
   * @returns false, and nothing is done, where its block was freed or this step has allocated something
   */
  resume({ chunk, free, generation }: ArenaMark): boolean {
    if (!this.untouched || this.#chunks[0] !== chunk) return false;
    this.untouched = false;
    this.#free = new FreeBlocks(free);
    this.generation = generation;
    return true;
  }

  /** Gives all blocks back to the heap. Nothing is done where the step has allocated something. */
  discard(): void {
    if (!this.untouched) return;
    this.#wanted = 0;
    this.#next = 0;
    for (const { offset } of this.#chunks) this.#heap.free(offset);
    this.#chunks = [];
    this.#free = new FreeBlocks();
  }
}
