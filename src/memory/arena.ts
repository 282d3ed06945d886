/**
 * The memory of a step: temporaries are handed out by moving a pointer and released as a whole.
 * After the first step it is one block of the size that step needed, so the steady state allocates nothing.
 */
import { alignment, type Heap } from "./heap.ts";

const smallestChunk = 1 << 18; // bytes

interface Chunk {
  offset: number;
  bytes: number;
}

/** How far a step has come in the one block of a settled arena. */
export interface ArenaMark {
  readonly chunk: object;
  readonly used: number;
  readonly total: number;
  readonly generation: number;
}

export class Arena {
  readonly #heap: Heap;
  #chunks: Chunk[] = [];
  #used = 0; // bytes of the last chunk
  #wanted = 0; // bytes that the largest step has asked for
  #total = 0; // bytes handed out in this step
  #overflowed = false; // this step has had scratch outside of its blocks
  #releases = 0;
  /** The step's number: what was handed out under another one is gone. */
  generation = 0;

  constructor(heap: Heap) {
    this.#heap = heap;
  }

  allocate(bytes: number): number {
    const size = Math.ceil(bytes / alignment) * alignment;
    let chunk = this.#chunks.at(-1);
    if (!chunk || this.#used + size > chunk.bytes) {
      const length = Math.max(size, smallestChunk, this.#wanted - this.#total);
      chunk = { offset: this.#heap.allocate(length), bytes: length };
      this.#chunks.push(chunk);
      this.#used = 0;
    }
    const offset = chunk.offset + this.#used;
    this.#used += size;
    this.#total += size;
    return offset;
  }

  /** Runs `work` with `bytes` of scratch that are free again afterwards. */
  scratch(bytes: number, work: (offset: number) => void): void {
    const chunks = this.#chunks.length;
    const used = this.#used;
    const total = this.#total;
    const offset = this.allocate(bytes);
    this.#wanted = Math.max(this.#wanted, this.#total);
    work(offset);
    // a chunk that was added for the scratch would lie idle until the release where what comes next is larger
    if (this.#chunks.length > chunks) {
      this.#heap.free(this.#chunks.pop()!.offset);
      this.#overflowed = true;
    }
    this.#total = total;
    this.#used = used;
  }

  /** Everything handed out is gone. Several chunks, and one that scratch did not fit into, become one at the next step. */
  release(): void {
    this.#wanted = Math.max(this.#wanted, this.#total);
    if (this.#chunks.length > 1 || this.#overflowed) this.discard();
    this.#used = 0;
    this.#total = 0;
    this.#overflowed = false;
    this.generation = ++this.#releases;
  }

  /** Has this step been handed out nothing so far? */
  get untouched(): boolean {
    return this.#total === 0;
  }

  /** Undefined where the step, its scratch included, does not lie in one block. */
  get mark(): ArenaMark | undefined {
    const [chunk] = this.#chunks;
    if (!chunk || this.#chunks.length > 1 || this.#overflowed) return undefined;
    return { chunk, used: this.#used, total: this.#total, generation: this.generation };
  }

  /**
   * Makes this step the one that had come so far: all that it was handed out is valid again, at the same addresses.
   * @returns false where its block is gone or this step has been handed out something
   */
  resume({ chunk, used, total, generation }: ArenaMark): boolean {
    if (!this.untouched || this.#chunks.length !== 1 || this.#chunks[0] !== chunk) return false;
    this.#used = used;
    this.#total = total;
    this.generation = generation;
    return true;
  }

  /** Gives the memory itself back to the heap. */
  discard(): void {
    for (const { offset } of this.#chunks) this.#heap.free(offset);
    this.#chunks = [];
    this.#used = 0;
  }
}
