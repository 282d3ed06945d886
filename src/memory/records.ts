/**
 * Records that kernels read through a pointer, such as the geometry of a convolution. Each is written to wasm memory once and
 * stays there as long as the engine: captured steps keep its address, and a program has no more of them than it has shapes.
 */
import { AnygradError } from "../errors.ts";
import type { RecordValues } from "../kernels/kernel.ts";
import type { Heap } from "./heap.ts";

/** Bytes of the blocks that records lie in: one each would lie here and there among the memory of the first step, and divide it for good. */
export const recordBytes: number = 1 << 14;

/** Writes records to wasm memory, each once. */
export class RecordStore {
  readonly #heap: Heap;
  #next: number; // where the next record goes
  #end: number;
  /** Addresses by contents: two records of the same numbers share an address, whatever kind they are of. */
  readonly #pointers = new Map<string, number>();
  /** Addresses by object, so that one that ops pass again, in the backward pass, is not read again. */
  readonly #known = new WeakMap<RecordValues, number>();

  constructor(heap: Heap) {
    this.#heap = heap;
    this.#next = heap.allocate(recordBytes);
    this.#end = this.#next + recordBytes;
  }

  /**
   * The address of a record with these values.
   * @param fields names of the fields in the order in which they lie in memory, 4 bytes each
   * @throws AnygradError INVALID_ARGUMENT for a number that is no whole one of 32 bits, of which a kernel would get another
   */
  pointer(fields: readonly string[], values: RecordValues): number {
    const known = this.#known.get(values);
    if (known !== undefined) return known;
    const numbers = fields.map((field) => values[field]!);
    const contents = numbers.join(" ");
    let pointer = this.#pointers.get(contents);
    if (pointer === undefined) {
      const wrong = fields.find((field) => values[field] !== (values[field]! | 0));
      if (wrong !== undefined)
        throw new AnygradError(
          "INVALID_ARGUMENT",
          `the size ${wrong} is ${values[wrong]}, which no kernel can count; use smaller shapes, strides or windows`,
        );
      const bytes = 4 * numbers.length;
      if (this.#next + bytes > this.#end) {
        this.#next = this.#heap.allocate(recordBytes);
        this.#end = this.#next + recordBytes;
      }
      pointer = this.#next;
      this.#next += bytes;
      this.#heap.i32.set(numbers, pointer / 4);
      this.#pointers.set(contents, pointer);
    }
    this.#known.set(values, pointer);
    return pointer;
  }
}
