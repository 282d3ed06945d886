/**
 * The machine under the tensors: one instance of the kernels, its memory and what is known about both.
 * Everything above this folder is arithmetic on shapes; everything that depends on the runtime is here.
 */
import { AnygradError } from "../errors.ts";
import type { KernelExports, Kernels } from "../kernels/abi.generated.ts";
import { checkBytes } from "../kernels/compile.ts";
import { embeddedKernels, embeddedVariants } from "../kernels/embedded.ts";
import { loadKernels } from "../kernels/load.ts";
import { sharedModule } from "../kernels/sharedModule.ts";
import { isBytes, type KernelCode, type KernelSource, readKernels } from "../kernels/sources.ts";
import {
  checkBrought,
  checkVariant,
  chooseVariant,
  type Precision,
  type Variant,
  variants,
} from "../kernels/variants.ts";
import { formatBytes } from "../math/bytes.ts";
import { Arena } from "../memory/arena.ts";
import { Heap } from "../memory/heap.ts";
import { coreCount, runtimeName } from "../runtime/capabilities.ts";
import { maxSlices } from "../threads/jobQueue.ts";
import { findSpawn, Pool } from "../threads/pool.ts";
import { KernelCalls } from "./kernelCalls.ts";
import type { KernelTrace } from "./kernelTrace.ts";

export interface EngineOptions {
  /** Which build of the kernels runs. Default "auto": the fastest that the runtime validates. */
  variant?: Variant | "auto";
  /** Default "strict": the same bits everywhere. "fast" fuses multiplications with additions where the runtime can. */
  precision?: Precision;
  /** Threads that run kernels, the calling one included. Default "auto": as many as there are cores. One where there are none. */
  threads?: number | "auto";
  /** Bytes that the wasm memory may grow to. Default: the 4 GiB of 32-bit WebAssembly. */
  memoryLimit?: number;
  /** One of anygrad/kernels/*.wasm, or a promise of one. Default: those inside the package. A module that is compiled already runs on one thread. */
  kernels?: KernelSource | PromiseLike<KernelSource>;
}

export interface EngineInfo {
  runtime: string;
  variant: Variant;
  precision: Precision;
  threads: number;
  /** Worker threads that have started: threads - 1 soon after the first job, 0 where something keeps them from it. */
  workers: number;
  sharedMemory: boolean;
  /** Bytes of wasm memory now. */
  memoryBytes: number;
  /** The most bytes that were in use at once. */
  peakBytes: number;
}

export class Backend {
  /** The kernels as the module gives them: by places, with ranges. */
  readonly exports: KernelExports;
  readonly heap: Heap;
  readonly arena: Arena;
  readonly variant: Variant;
  readonly precision: Precision;
  readonly #pool: Pool | undefined;
  readonly #calls: KernelCalls;

  constructor({ exports, heap, arena = new Arena(heap), variant, precision, pool }: BackendParts) {
    this.exports = exports;
    this.heap = heap;
    this.arena = arena;
    this.variant = variant;
    this.precision = precision;
    this.#pool = pool;
    this.#calls = new KernelCalls({ exports, heap, arena, pool });
  }

  /** The kernels, to be called by names; on several threads they share their work. */
  get kernels(): Kernels {
    return this.#calls.kernels;
  }

  /** Runs `work` and adds its kernel calls to the trace. */
  record<T>(trace: KernelTrace, work: () => T): T {
    return this.#calls.record(trace, work);
  }

  /** How many units of work a kernel has for these sizes, as it says itself (docs/kernels.md). */
  unitsOf: KernelCalls["units"] = (name, sizes) => this.#calls.units(name, sizes);

  get info(): EngineInfo {
    return {
      runtime: runtimeName(),
      variant: this.variant,
      precision: this.precision,
      threads: this.#pool?.threads ?? 1,
      workers: this.#pool?.ready ?? 0,
      sharedMemory: this.#pool !== undefined,
      memoryBytes: this.heap.memoryBytes,
      peakBytes: this.heap.peakBytes,
    };
  }

  /** Ends the worker threads. */
  dispose(): void {
    this.arena.discard();
    this.#pool?.dispose();
  }
}

/** What a backend is made of. */
export interface BackendParts {
  readonly exports: KernelExports;
  readonly heap: Heap;
  /** Where steps and workspaces take their memory; default: one over the heap. */
  readonly arena?: Arena;
  readonly variant: Variant;
  readonly precision: Precision;
  /** Absent on one thread. */
  readonly pool?: Pool | undefined;
}

/** @throws AnygradError INVALID_ARGUMENT, UNSUPPORTED, MEMORY_LIMIT, DATA_FORMAT, DATA_MISSING */
export async function createBackend(options: EngineOptions = {}): Promise<Backend> {
  const { variant: asked = "auto", precision = "strict", threads = "auto", memoryLimit } = options;
  check(options);
  checkVariant(asked, precision);
  const code: KernelCode =
    options.kernels !== undefined
      ? await readKernels(options.kernels)
      : await embeddedKernels(chooseVariant(asked, precision, embeddedVariants));
  const count = threads === "auto" ? await coreCount() : threads;
  // what is compiled already belongs to a memory that is not shared
  const spawn = count > 1 && isBytes(code) ? await findSpawn() : undefined;
  const memory = spawn ? sharedMemory(memoryLimit) : ownMemory();
  const heap = new Heap(memory, memoryLimit);
  const { exports, module } = await loadKernels(spawn && isBytes(code) ? shareable(code) : code, memory);
  heap.start(exports.heap_base());
  const variant = variants[exports.build_variant()]!;
  checkBrought(variant, asked, precision);
  const pool = spawn && new Pool(count, exports, { module, memory }, spawn);
  return new Backend({ exports, heap, variant, precision, pool });
}

function shareable(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  checkBytes(bytes); // what is no module at all is told so
  return sharedModule(bytes);
}

const page = 65536; // bytes
const maxPages = 65536;

function ownMemory(): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: 1, maximum: maxPages });
}

/** A shared memory reserves its maximum at once; a runtime that has no room for 4 GiB may have it for one. */
function sharedMemory(limit: number = maxPages * page): WebAssembly.Memory {
  const most = Math.min(maxPages, Math.ceil(limit / page));
  for (let maximum = most; ; maximum = Math.ceil(maximum / 4))
    try {
      return new WebAssembly.Memory({ initial: 1, maximum, shared: true });
    } catch (error) {
      if (maximum <= 4096) throw error;
    }
}

function check({ threads = "auto", memoryLimit }: EngineOptions): void {
  if (threads !== "auto" && !(Number.isInteger(threads) && threads >= 1 && threads <= maxSlices))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `createEngine: threads is ${JSON.stringify(threads)}; pass "auto" or a whole number from 1 to ${maxSlices}`,
    );
  if (memoryLimit !== undefined && !(memoryLimit >= page))
    throw new AnygradError(
      "MEMORY_LIMIT",
      `createEngine: memoryLimit is ${memoryLimit} bytes but the kernels alone need ${formatBytes(page)}; raise it`,
    );
}
