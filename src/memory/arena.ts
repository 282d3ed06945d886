/**
 * The memory of a step. The end of the step frees everything at once; what is needed no more can be freed before, and its memory is
 * used again within the step. From the second step on all of it is one block, as large as the largest step has needed, so that steps
 * of one size take nothing from the heap.
 */
import { type Block, FreeBlocks } from "./freeBlocks.ts";
import { align, type Heap } from "./heap.ts";

/** The least that the arena takes from the heap. */
export const smallestChunk: number = 1 << 18; // bytes

/** A block of the heap that the arena allocates from. */
interface Chunk extends Block {
  /** Bytes from its beginning that were in use in this step. */
  reached: number;
}

/** How far a step has come, where all that it allocated lies in one block. `resume` goes back to it. */
export interface ArenaMark {
  /** The block. */
  readonly chunk: object;
  /** What was free in it. */
  readonly free: FreeBlocks;
  /** Bytes of the block that had been in use. */
  readonly reached: number;
  /** Number of the step. */
  readonly generation: number;
}

/** The allocator of what a step makes. */
export class Arena {
  readonly #heap: Heap;
  #chunks: Chunk[] = [];
  #free: FreeBlocks = new FreeBlocks();
  #wanted = 0; // bytes that the largest step so far has reached
  #overflowed = false; // scratch of this step lay in a block that is gone
  #releases = 0;
  /** Number of the step. Memory that was allocated under another number is no longer valid. */
  generation = 0;

  constructor(heap: Heap) {
    this.#heap = heap;
  }

  /** The address of `bytes` bytes, aligned to 64, that stay until they are freed or the step ends. @throws AnygradError MEMORY_LIMIT */
  allocate(bytes: number): number {
    const size = align(bytes || 1);
    let offset = this.#free.take(size);
    if (offset === undefined) {
      this.#add(Math.max(size, smallestChunk), this.#wanted - this.reached);
      offset = this.#free.take(size)!;
    }
    this.#reach(offset, offset + size);
    return offset;
  }

  /** Notes that this memory, which may lie in several neighbouring blocks, has been in use. */
  #reach(from: number, to: number): void {
    for (const chunk of this.#chunks) {
      const { offset, bytes, reached } = chunk;
      if (from < offset + bytes) chunk.reached = Math.max(reached, Math.min(to - offset, bytes));
    }
  }

  /** Frees what `allocate` has given for as many bytes. */
  free(offset: number, bytes: number): void {
    this.#free.give(offset, align(bytes || 1));
  }

  /** Takes one block for a step of this many bytes. Only where the step has allocated nothing. @throws AnygradError MEMORY_LIMIT */
  reserve(bytes: number): void {
    if (!this.untouched || this.#chunks.some((chunk) => chunk.bytes >= bytes)) return;
    this.discard();
    this.#add(bytes);
  }

  /** Bytes of all blocks, each from its beginning, that this step has used. */
  get reached(): number {
    return this.#chunks.reduce((sum, { reached }) => sum + reached, 0);
  }

  /** Adds a block of the bytes that are wished, or where there is no room for these, of those that are needed. @throws AnygradError MEMORY_LIMIT */
  #add(needed: number, wished = 0): void {
    let bytes = Math.max(needed, wished);
    let offset: number;
    try {
      offset = this.#heap.allocate(bytes);
    } catch {
      this.#wanted = 0; // a step was larger than what is free now, such as one that failed
      bytes = needed;
      offset = this.#heap.allocate(bytes);
    }
    this.#chunks.push({ offset, bytes, reached: 0 });
    this.#free.give(offset, bytes);
  }

  /** Runs `work` with the address of `bytes` bytes that are free again when it returns. @throws AnygradError MEMORY_LIMIT */
  scratch(bytes: number, work: (offset: number) => void): void {
    const size = align(bytes || 1);
    const own = this.#free.take(size);
    // else a block of its own, given back at once: if what comes next is larger, it would lie unused until the release
    const offset = own ?? this.#heap.allocate(size);
    if (own === undefined) {
      this.#wanted = Math.max(this.#wanted, this.reached + size);
      this.#overflowed = true;
    } else this.#reach(offset, offset + size);
    try {
      work(offset);
    } finally {
      if (own === undefined) this.#heap.free(offset);
      else this.#free.give(offset, size);
    }
  }

  /** Ends the step: nothing that it allocated is valid any more. Several blocks, and one that scratch did not fit into, become one in the next step. */
  release(): void {
    const wanted = Math.max(this.#wanted, this.reached);
    const divided = this.#chunks.length > 1 || this.#overflowed;
    for (const chunk of this.#chunks) chunk.reached = 0;
    if (divided) this.discard();
    this.#wanted = wanted;
    this.#free = new FreeBlocks(this.#chunks);
    this.#overflowed = false;
    this.generation = ++this.#releases;
  }

  /** Whether this step has allocated nothing so far. */
  get untouched(): boolean {
    return this.reached === 0;
  }

  /** How far the step has come; undefined where what it allocated, its scratch included, does not lie in one block. */
  get mark(): ArenaMark | undefined {
    const [chunk] = this.#chunks;
    if (!chunk || this.#chunks.length > 1 || this.#overflowed) return undefined;
    return {
      chunk,
      free: new FreeBlocks(this.#free.blocks),
      reached: chunk.reached,
      generation: this.generation,
    };
  }

  /**
   * Makes this step the one of the mark: all that was allocated at it is valid again, at the same addresses.
   * @returns false, and nothing is done, where its block was freed or this step has allocated something
   */
  resume({ chunk, free, reached, generation }: ArenaMark): boolean {
    const [own] = this.#chunks;
    if (!this.untouched || this.#chunks.length !== 1 || own !== chunk) return false;
    own.reached = reached;
    this.#free = new FreeBlocks(free.blocks);
    this.generation = generation;
    return true;
  }

  /** Gives all blocks back to the heap, and forgets how large steps were. Nothing is done where the step has allocated something. */
  discard(): void {
    if (!this.untouched) return;
    this.#wanted = 0;
    for (const { offset } of this.#chunks) this.#heap.free(offset);
    this.#chunks = [];
    this.#free = new FreeBlocks();
  }
}
