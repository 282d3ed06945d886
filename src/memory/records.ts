/**
 * Records that kernels read through a pointer, such as the geometry of a convolution. Each is written once and stays
 * for the engine's life: a captured step goes on to read it, and there are as many as a program has shapes.
 */
import type { Heap } from "./heap.ts";

/** Whole numbers by the names of a record's fields. */
export type RecordValues = Readonly<Record<string, number>>;

export class RecordStore {
  readonly #heap: Heap;
  /** By their contents: records of two kinds that hold the same numbers may lie in one place. */
  readonly #pointers = new Map<string, number>();
  /** What ops hand over again in the backward pass needs no look at its contents. */
  readonly #known = new WeakMap<RecordValues, number>();

  constructor(heap: Heap) {
    this.#heap = heap;
  }

  /** The address of a record with these values. @param fields their names in the order of the memory, 4 bytes each */
  pointer(fields: readonly string[], values: RecordValues): number {
    const known = this.#known.get(values);
    if (known !== undefined) return known;
    const numbers = fields.map((field) => values[field]!);
    const contents = numbers.join(" ");
    let pointer = this.#pointers.get(contents);
    if (pointer === undefined) {
      pointer = this.#heap.allocate(4 * numbers.length);
      this.#heap.i32.set(numbers, pointer / 4);
      this.#pointers.set(contents, pointer);
    }
    this.#known.set(values, pointer);
    return pointer;
  }
}
