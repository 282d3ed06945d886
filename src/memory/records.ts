/**
 * Records that kernels read through a pointer, such as the geometry of a convolution. Each is written to wasm memory once and
 * stays there as long as the engine: captured steps keep its address, and a program has no more of them than it has shapes.
 */
import { AnygradError } from "../errors.ts";
import type { RecordValues } from "../kernels/kernel.ts";
import type { Heap } from "./heap.ts";

/** Writes records to wasm memory, each once. */
export class RecordStore {
  readonly #heap: Heap;
  /** Addresses by contents: two records of the same numbers share an address, whatever kind they are of. */
  readonly #pointers = new Map<string, number>();
  /** Addresses by object, so that one that ops pass again, in the backward pass, is not read again. */
  readonly #known = new WeakMap<RecordValues, number>();

  constructor(heap: Heap) {
    this.#heap = heap;
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
      pointer = this.#heap.allocate(4 * numbers.length);
      this.#heap.i32.set(numbers, pointer / 4);
      this.#pointers.set(contents, pointer);
    }
    this.#known.set(values, pointer);
    return pointer;
  }
}
