/**
 * Memory that shows what a kernel does beside its arrays: every array, tensor or workspace, lies between fences of
 * bytes that are NaN as floats, and begins as NaN itself. Who writes outside breaks a fence; who computes with what
 * lies outside, or with what nobody has written, gets NaN.
 */
import { Engine } from "../src/autograd/engine.ts";
import { Backend } from "../src/backend/backend.ts";
import { heapBase } from "../src/kernels/abi.generated.ts";
import { loadKernels } from "../src/kernels/load.ts";
import type { Variant } from "../src/kernels/variants.ts";
import { Arena } from "../src/memory/arena.ts";
import { Heap } from "../src/memory/heap.ts";
import { precisionOf } from "./builds.ts";
import { embedded } from "./embedded.ts";

const width = 256; // bytes
const nan = 0xff;

/** An array and its fences, which reach to the next array. */
interface Plot {
  readonly at: number;
  readonly bytes: number;
}

function enclose(heap: Heap, block: number, bytes: number): Plot {
  heap.u8.fill(nan, block, block + 2 * width + bytes);
  return { at: block + width, bytes };
}

/** @throws Error where a fence has a gap */
function inspect(heap: Heap, plots: readonly Plot[]): void {
  const { u8 } = heap;
  for (const { at, bytes } of plots)
    for (let i = 0; i < width; i++) {
      if (u8[at - 1 - i] !== nan) throw new Error(`${i + 1} bytes before an array of ${bytes} were written`);
      if (u8[at + bytes + i] !== nan)
        throw new Error(`${i + 1} bytes behind an array of ${bytes} were written`);
    }
}

export class FencedHeap extends Heap {
  #plots: Plot[] = [];

  override allocate(bytes: number): number {
    const plot = enclose(this, super.allocate(bytes + 2 * width), bytes);
    this.#plots.push(plot);
    return plot.at;
  }

  override free(offset: number): void {
    super.free(offset - width);
    this.#plots = this.#plots.filter(({ at }) => at !== offset);
  }

  /** Looks at all fences since the last look. @throws Error where one has a gap */
  inspect(): void {
    const plots = this.#plots;
    this.#plots = [];
    inspect(this, plots);
  }
}

class FencedArena extends Arena {
  readonly #heap: FencedHeap;
  #plots: Plot[] = [];

  constructor(heap: FencedHeap) {
    super(heap);
    this.#heap = heap;
  }

  override allocate(bytes: number): number {
    const plot = enclose(this.#heap, super.allocate(bytes + 2 * width), bytes);
    this.#plots.push(plot);
    return plot.at;
  }

  override free(offset: number, bytes: number): void {
    inspect(this.#heap, [{ at: offset, bytes }]);
    super.free(offset - width, bytes + 2 * width);
    this.#plots = this.#plots.filter(({ at }) => at !== offset);
  }

  override scratch(bytes: number, work: (offset: number) => void): void {
    super.scratch(bytes + 2 * width, (block) => {
      const plot = enclose(this.#heap, block, bytes);
      work(plot.at);
      inspect(this.#heap, [...this.#plots, plot]);
    });
  }

  override release(): void {
    const plots = this.#plots;
    this.#plots = [];
    super.release();
    inspect(this.#heap, plots);
  }
}

/** A build of the kernels over fenced memory, on one thread. @param limit bytes that the memory may grow to; default as much as wasm has */
export async function fencedEngine(
  build: Variant,
  limit?: number,
): Promise<Engine & { readonly fences: FencedHeap }> {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  const { code, families } = await embedded(build);
  const { exports } = await loadKernels(code, memory);
  const heap = new FencedHeap(memory, limit);
  heap.start(heapBase);
  const parts = { exports, heap, arena: new FencedArena(heap), families };
  const engine = new Engine(new Backend({ ...parts, variant: build, precision: precisionOf(build) }));
  return Object.assign(engine, { fences: heap });
}
