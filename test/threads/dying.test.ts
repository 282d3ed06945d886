/**
 * Workers that die in the middle of a job, while the caller waits for it and sees no event: the caller knows it from what it
 * can look at, and does not wait until its patience ends.
 */
import { afterEach, expect, it, vi } from "vitest";
import type { LoadedKernels } from "../../src/kernels/load.ts";
import { Heap } from "../../src/memory/heap.ts";
import { control } from "../../src/threads/jobQueue.ts";
import { findSpawn, idleMilliseconds, Pool } from "../../src/threads/pool.ts";

/** A module over a shared memory: `spin` writes 1 to address 0 and never returns; `trap` writes it and fails. */
const bytes = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x04, 0x01, 0x60, 0x00, 0x00], // a type: no parameters, no result
  ...[0x02, 0x10, 0x01, 0x03, ...ascii("env"), 0x06, ...ascii("memory"), 0x02, 0x03, 0x01, 0x01],
  ...[0x03, 0x03, 0x02, 0x00, 0x00], // two functions of this type
  ...[0x07, 0x0f, 0x02, 0x04, ...ascii("spin"), 0x00, 0x00, 0x04, ...ascii("trap"), 0x00, 0x01],
  ...[0x0a, 0x1b, 0x02], // the two bodies: i32.store, then a loop to its own begin, or unreachable
  ...[0x0e, 0x00, 0x41, 0x00, 0x41, 0x01, 0x36, 0x02, 0x00, 0x03, 0x40, 0x0c, 0x00, 0x0b, 0x0b],
  ...[0x0a, 0x00, 0x41, 0x00, 0x41, 0x01, 0x36, 0x02, 0x00, 0x00, 0x0b],
);

function ascii(text: string): number[] {
  return [...text].map((letter) => letter.charCodeAt(0));
}

let made: Pool | undefined;
afterEach(() => made?.dispose());

/**
 * Runs a job of two slices, one of which a worker has taken before the caller goes on to wait for it.
 * @param kernel what the worker runs; the caller's own is a wait for it
 * @param meanwhile what happens then
 */
async function runOn(kernel: "spin" | "trap", meanwhile: (worker: { terminate(): void }) => void) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const words = new Int32Array(memory.buffer);
  const workers: { terminate(): void }[] = [];
  let together = false;
  const wait = (): number => {
    if (!together) return 0;
    for (const began = Date.now(); Atomics.load(words, 0) === 0; Atomics.wait(words, 1, 0, 1))
      if (Date.now() - began > 20_000) throw new Error("the worker has taken nothing");
    meanwhile(workers[0]!);
    return 0;
  };
  const exports = { spin: () => wait(), trap: () => wait() }; // in the order of the module
  const kernels = { module: await WebAssembly.compile(bytes), exports: Object.values(exports) };
  const spawn = (await findSpawn())!;
  made = new Pool(2, kernels as unknown as LoadedKernels, new Heap(memory), (start, lose) => {
    workers.push(spawn(start, lose));
    return workers[0]!;
  });
  made.job(exports[kernel], [[]])(); // starts the worker
  for (const began = Date.now(); made.ready === 0 && Date.now() - began < 20_000; )
    await new Promise((resolve) => setTimeout(resolve, 5));
  together = true;
  made.job(exports[kernel], [[], []])();
}

it("by a kernel that fails", async () => {
  await expect(runOn("trap", () => {})).rejects.toMatchObject({
    code: "WORKER",
    message: expect.stringMatching(
      /^engine: a worker thread has died \(a kernel failed in it\); create a new/,
    ),
  });
});

it("because it is ended from outside", async () => {
  await expect(runOn("spin", (worker) => worker.terminate())).rejects.toMatchObject({
    code: "WORKER",
    message: expect.stringMatching(/^engine: a worker thread has died \(it ended in its work\); create/),
  });
});

it("but not by being ended when it is idle, where its end is told at once, as Deno does", async () => {
  vi.useFakeTimers();
  try {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const kernel = (): number => 0;
    const kernels = { module: await WebAssembly.compile(bytes), exports: [kernel] };
    let begun = 0;
    made = new Pool(2, kernels as unknown as LoadedKernels, new Heap(memory), (start, lose) => {
      begun++;
      Atomics.add(new Int32Array(start.jobQueue, 0, 64), control.ready, 1);
      return { terminate: () => lose("exit code 1") };
    });
    made.job(kernel, [[]])();
    await vi.advanceTimersByTimeAsync(3 * idleMilliseconds);
    made.job(kernel, [[]])();
    expect(begun).toBe(2);
  } finally {
    vi.useRealTimers();
  }
});
