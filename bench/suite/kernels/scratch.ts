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
    const floats = this.#backend.heap.f32.subarray(offset / 4, offset / 4 + n);
    const period = 1013;
    for (let i = 0; i < Math.min(n, period); i++) floats[i] = (((i * 7919) % period) + 0.25) / period - 0.5;
    for (let done = period; done < n; done *= 2) floats.copyWithin(done, 0, done);
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
