/** Wasm memory for what is measured, given back as a whole. */
import type { Backend } from "../../../src/backend/backend.ts";

export class BenchmarkScratch {
  readonly #backend: Backend;
  readonly #offsets: number[] = [];

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** @returns the offset of `n` floats in [−0.5, 0.5): no zeros, no denormals, which some cores compute slower */
  floats(n: number): number {
    const offset = this.bytes(4 * n);
    const { f32 } = this.#backend.heap;
    for (let i = 0; i < n; i++) f32[offset / 4 + i] = (((i * 7919) % 1013) + 0.25) / 1013 - 0.5;
    return offset;
  }

  bytes(n: number): number {
    const offset = this.#backend.heap.allocate(n);
    this.#offsets.push(offset);
    return offset;
  }

  release(): void {
    for (const offset of this.#offsets.splice(0)) this.#backend.heap.free(offset);
  }
}
