/** The allocator and the arena: blocks never touch each other, everything comes back, the limit is kept. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Arena } from "../../src/memory/arena.ts";
import { Heap } from "../../src/memory/heap.ts";
import { failure } from "../data/failure.ts";

const page = 65536;
const base = 1000;

function heapOf(limit?: number): Heap {
  const heap = new Heap(new WebAssembly.Memory({ initial: 1, maximum: 1024 }), limit);
  heap.start(base);
  return heap;
}

/** What is handed out: kept beside the heap, to compare. */
class Books {
  readonly heap: Heap;
  readonly blocks: { offset: number; bytes: number; mark: number }[] = [];
  #mark = 0;

  constructor(heap: Heap) {
    this.heap = heap;
  }

  allocate(bytes: number): void {
    const offset = this.heap.allocate(bytes);
    expect(offset % 64).toBe(0);
    expect(offset).toBeGreaterThanOrEqual(base);
    expect(offset + bytes).toBeLessThanOrEqual(this.heap.memoryBytes);
    const overlapping = this.blocks.filter(
      (other) =>
        offset < other.offset + Math.max(1, other.bytes) && other.offset < offset + Math.max(1, bytes),
    );
    expect(overlapping).toEqual([]);
    this.#mark = (this.#mark % 255) + 1;
    const mark = this.#mark;
    this.heap.u8.fill(mark, offset, offset + bytes);
    this.blocks.push({ offset, bytes, mark });
  }

  free(which: number): void {
    if (this.blocks.length === 0) return;
    const [block] = this.blocks.splice(which % this.blocks.length, 1);
    const { offset, bytes, mark } = block!;
    // nobody has written into it meanwhile, nor has a grow lost it
    expect(this.heap.u8.subarray(offset, offset + bytes).every((value) => value === mark)).toBe(true);
    this.heap.free(offset);
  }
}

const size = fc.oneof(fc.nat(300), fc.nat(5000), fc.nat(200_000), fc.constantFrom(0, 1, 63, 64, 65, page));
const command = fc.oneof(
  size.map((bytes) => ({ bytes })),
  fc.nat().map((which) => ({ which })),
);

describe("heap", () => {
  it("hands out aligned blocks that do not overlap, and has everything back in one piece in the end", () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 120 }), (commands) => {
        const heap = heapOf();
        const books = new Books(heap);
        let peak = 0;
        for (const one of commands) {
          if ("bytes" in one) books.allocate(one.bytes);
          else books.free(one.which);
          const used = books.blocks.reduce(
            (sum, { bytes }) => sum + Math.ceil(Math.max(1, bytes) / 64) * 64,
            0,
          );
          peak = Math.max(peak, used);
          expect(heap.usedBytes).toBe(used);
          expect(heap.peakBytes).toBe(peak);
        }
        while (books.blocks.length > 0) books.free(books.blocks.length * 7);
        expect(heap.usedBytes).toBe(0);
        // all neighbours are merged: one block as large as the memory fits without a grow
        const { memoryBytes } = heap;
        heap.allocate(memoryBytes - 1024);
        expect(heap.memoryBytes).toBe(memoryBytes);
      }),
      { numRuns: 60 },
    );
  });

  it("uses again what was freed, and grows by what is missing only", () => {
    const heap = heapOf();
    const offsets = [1, 2, 3].map(() => heap.allocate(20_000));
    heap.free(offsets[1]!);
    expect(heap.allocate(20_000)).toBe(offsets[1]);
    heap.allocate(page);
    expect(heap.memoryBytes).toBe(2 * page);
  });

  it("gives views of all its memory after every grow", () => {
    const heap = heapOf();
    const before = heap.f32;
    const offset = heap.allocate(5 * page);
    expect(before.length).toBe(0); // the old one is cut off
    for (const view of [heap.f32, heap.i32, heap.u8]) expect(view.byteLength).toBe(heap.memoryBytes);
    heap.f32[offset / 4] = 1;
    expect(heap.i32[offset / 4]).toBe(0x3f800000);
    expect(heap.f32).toBe(heap.f32);
  });

  it("takes a block back once, and nothing that it never gave", () => {
    const heap = heapOf();
    const offset = heap.allocate(100);
    const other = heap.allocate(100);
    heap.free(offset);
    heap.free(offset);
    heap.free(other + 64);
    heap.free(12345);
    expect(heap.usedBytes).toBe(128);
    expect(heap.allocate(100)).toBe(offset);
    expect(heap.allocate(100)).not.toBe(other);
  });

  it("says how much is needed where the limit is too low, and stays usable", async () => {
    const heap = heapOf(4 * page);
    heap.allocate(2 * page);
    expect(await failure(() => heap.allocate(16 * page), "MEMORY_LIMIT")).toBe(
      "memory: 1.2 MiB of wasm memory are needed but the limit is 256 KiB; raise memoryLimit, or use a smaller batchSize or model",
    );
    expect(heap.usedBytes).toBe(2 * page);
    heap.allocate(page);
    expect(heap.memoryBytes).toBeLessThanOrEqual(4 * page);
  });

  it("says the same where the runtime refuses to grow", async () => {
    const heap = new Heap(new WebAssembly.Memory({ initial: 1, maximum: 3 }));
    heap.start(0);
    expect(await failure(() => heap.allocate(10 * page), "MEMORY_LIMIT")).toMatch(
      /^memory: (640|704) KiB of wasm memory are needed/,
    );
    heap.allocate(page);
  });
});

describe("arena", () => {
  it("hands out what does not overlap within a step, and needs no more in the steps that follow", () => {
    const sizes = fc.array(fc.oneof(fc.nat(2000), fc.nat(300_000)), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(sizes, (list) => {
        const heap = heapOf();
        const arena = new Arena(heap);
        const step = (): void => {
          const taken: [number, number][] = [];
          for (const bytes of list) {
            const overlapping = (at: number) => taken.filter(([from, to]) => at < to && from < at + bytes);
            const offset = arena.allocate(bytes);
            expect(offset % 64).toBe(0);
            expect(overlapping(offset)).toEqual([]);
            taken.push([offset, offset + bytes]);
            arena.scratch(bytes, (at) => expect(overlapping(at)).toEqual([]));
          }
          arena.release();
        };
        for (let i = 0; i < 2; i++) step();
        const { memoryBytes, usedBytes } = heap;
        for (let i = 0; i < 5; i++) step();
        expect(heap.memoryBytes).toBe(memoryBytes);
        expect(heap.usedBytes).toBe(usedBytes);
        arena.discard();
        expect(heap.usedBytes).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it("counts its releases", () => {
    const arena = new Arena(heapOf());
    const first = arena.generation;
    arena.allocate(10);
    expect(arena.generation).toBe(first);
    arena.release();
    expect(arena.generation).toBe(first + 1);
  });

  it("gives scratch within scratch a place of its own", () => {
    const arena = new Arena(heapOf());
    arena.scratch(1000, (outer) => {
      arena.scratch(1000, (inner) => expect(inner).toBeGreaterThanOrEqual(outer + 1000));
    });
    const [one, two] = [arena.allocate(64), arena.allocate(64)];
    expect(two).toBe(one + 64);
    expect.assertions(2);
  });

  it("marks no step whose scratch lay outside of its block, and has room for both in the next", () => {
    const heap = heapOf();
    const arena = new Arena(heap);
    const bytes = 200_000; // two of them are more than the first block has
    const step = (): number => {
      arena.allocate(bytes);
      let scratch = 0;
      arena.scratch(bytes, (offset) => {
        scratch = offset;
      });
      return scratch;
    };
    step();
    expect(arena.mark).toBeUndefined();
    arena.release();
    const scratch = step();
    expect(arena.mark).toBeDefined();
    // a captured step goes on to write there: nobody else may be given it
    const other = heap.allocate(bytes);
    expect(other + bytes <= scratch || other >= scratch + bytes).toBe(true);
  });
});
