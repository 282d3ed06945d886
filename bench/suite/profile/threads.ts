/**
 * A backend of several threads whose kernels are timed on each of them. Every thread adds the time that it has spent in kernels to a
 * number of its own in shared memory: the caller's kernels are wrapped here, and a worker's where it makes its instances.
 */
import { heapBase } from "../../../src/kernels/abi.generated.ts";
import { isBytes, type KernelFunctions } from "../../../src/kernels/code.ts";
import { embeddedKernels } from "../../../src/kernels/embedded.ts";
import { loadKernels } from "../../../src/kernels/load.ts";
import { sharedModule } from "../../../src/kernels/sharedModule.ts";
import { Heap } from "../../../src/memory/heap.ts";
import { findStartThread } from "../../../src/runtime/workers.ts";
import { Pool, sharedMemory } from "../../../src/threads/threading.ts";
import { nodeProgram, webProgram } from "../../../src/threads/workerProgram.ts";
import { open } from "../builds.ts";
import type { Build } from "../result.ts";
import { ClockedBackend, KernelClock } from "./clock.ts";

/** A backend with its clock. @throws AnygradError UNSUPPORTED */
export async function clockedBackend(build: Build): Promise<{ backend: ClockedBackend; clock: KernelClock }> {
  const { variant, threads } = build;
  const start = threads > 1 ? await findStartThread() : undefined;
  if (!start) {
    const clock = new KernelClock();
    return { backend: new ClockedBackend(await open({ variant, threads: 1 }), clock), clock };
  }
  const busy = new Float64Array(new SharedArrayBuffer(8 * threads));
  const memory = sharedMemory();
  const heap = new Heap(memory);
  const { code, families } = await embeddedKernels(variant, true);
  const { exports, module } = await loadKernels(isBytes(code) ? sharedModule(code) : code, memory);
  heap.start(heapBase);
  let started = 0;
  const kernels = { exports: timedFunctions(exports, busy, 0), module };
  const program = {
    node: `(${timeInstances})(require("node:worker_threads").workerData);${nodeProgram()}`,
    web: webProgram(),
  };
  const pool = new ClockedPool(
    threads,
    kernels,
    heap,
    (data, lose) => {
      started = (started % (threads - 1)) + 1; // those that begin again after a pause take the places of those before
      return start(program, { ...data, busy, thread: started }, lose);
    },
    busy,
  );
  const clock = new KernelClock(busy);
  const precision = variant === "relaxed" ? "fast" : "strict";
  return {
    backend: new ClockedBackend(
      { exports: kernels.exports, heap, variant, precision, pool, families },
      clock,
    ),
    clock,
  };
}

/** A pool whose families are timed on the calling thread, too. */
class ClockedPool extends Pool {
  readonly #busy: Float64Array;

  constructor(
    ...[threads, kernels, heap, spawn, busy]: [...ConstructorParameters<typeof Pool>, Float64Array]
  ) {
    super(threads, kernels, heap, spawn);
    this.#busy = busy;
  }

  /** The family's own list is changed: whoever loads it goes on with that. */
  override add(exports: KernelFunctions, address: number): void {
    Object.assign(exports, timedFunctions(exports, this.#busy, 0));
    super.add(exports, address);
  }
}

/** The functions, each of which adds its time to that of its thread; what one calls of the others is in its own. */
function timedFunctions(functions: KernelFunctions, busy: Float64Array, thread: number): KernelFunctions {
  let depth = 0;
  return functions.map((run) => (...values) => {
    const began = performance.now();
    depth++;
    try {
      return run(...values);
    } finally {
      if (--depth === 0) busy[thread]! += performance.now() - began;
    }
  });
}

/** Runs in a worker before its program, from its text: instances that are made from then on are timed. It uses nothing from outside itself. */
function timeInstances({ busy, thread }: { busy: Float64Array; thread: number }): void {
  const Instance = WebAssembly.Instance;
  let depth = 0;
  WebAssembly.Instance = function timed(module: WebAssembly.Module, imports: WebAssembly.Imports) {
    const { t, ...named } = new Instance(module, imports).exports;
    const table = t as WebAssembly.Table;
    const functions: ((...values: number[]) => number)[] = table
      ? Array.from({ length: table.length }, (_, i) => table.get(i))
      : (Object.values(named) as never[]);
    const timed = functions.map((run) => (...values: number[]) => {
      const began = performance.now();
      depth++;
      try {
        return run(...values);
      } finally {
        if (--depth === 0) busy[thread]! += performance.now() - began;
      }
    });
    return { exports: { t: { length: timed.length, get: (i: number) => timed[i] } } };
  } as never;
}
