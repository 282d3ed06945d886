/**
 * The machine under the tensors: one instance of the kernels, its memory and what is known about both.
 * Everything above this folder is arithmetic on shapes; everything that depends on the runtime is here.
 */
import { AnygradError } from "../errors.ts";
import type { Kernels } from "../kernels/abi.generated.ts";
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
import { type Sharing, sliceKernels } from "../threads/slices.ts";
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
  readonly heap: Heap;
  readonly arena: Arena;
  readonly variant: Variant;
  readonly precision: Precision;
  readonly #pool: Pool | undefined;
  readonly #own: Calls;
  #calls: Calls;

  constructor({ kernels, heap, variant, precision, pool }: Parts) {
    this.#own = { alone: kernels, kernels: pool ? sliceKernels(kernels, pool) : kernels, sharing: pool };
    this.#calls = this.#own;
    this.heap = heap;
    this.arena = new Arena(heap);
    this.variant = variant;
    this.precision = precision;
    this.#pool = pool;
  }

  /** On several threads these share their work. */
  get kernels(): Kernels {
    return this.#calls.kernels;
  }

  /** Runs `work` and remembers its kernel calls. */
  record<T>(trace: KernelTrace, work: () => T): T {
    const outer = this.#calls;
    const alone = trace.kernels(this.#own.alone);
    const sharing = this.#pool && trace.sharing(this.#pool);
    this.#calls = { alone, kernels: sharing ? sliceKernels(alone, sharing) : alone, sharing };
    try {
      return work();
    } finally {
      this.#calls = outer;
    }
  }

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

  /** Calls a kernel once per list of arguments; on several threads at the same time, so no call may need another's result. */
  together(name: keyof Kernels, calls: readonly (readonly number[])[]): void {
    const { sharing } = this.#calls;
    if (sharing && calls.length > 1) sharing.run(name, calls);
    else
      for (const values of calls) (this.kernels[name] as (...values: readonly number[]) => void)(...values);
  }

  /** Ends the worker threads. */
  dispose(): void {
    this.arena.discard();
    this.#pool?.dispose();
  }
}

/** Who takes the calls: the kernels on one thread, the same with their work shared, and the pool that shares it. */
interface Calls {
  readonly alone: Kernels;
  readonly kernels: Kernels;
  readonly sharing: Sharing | undefined;
}

interface Parts {
  kernels: Kernels;
  heap: Heap;
  variant: Variant;
  precision: Precision;
  pool?: Pool;
}

/** @throws AnygradError INVALID_ARGUMENT, UNSUPPORTED, MEMORY_LIMIT, DATA_FORMAT, DATA_MISSING */
export async function createBackend(options: EngineOptions = {}): Promise<Backend> {
  const { variant: asked = "auto", precision = "strict", threads = "auto", memoryLimit } = options;
  check(options);
  checkVariant(asked, precision);
  const code: KernelCode =
    options.kernels !== undefined
      ? await readKernels(options.kernels)
      : await embeddedKernels(await chooseVariant(asked, precision, embeddedVariants));
  const count = threads === "auto" ? await coreCount() : threads;
  // what is compiled already belongs to a memory that is not shared
  const spawn = count > 1 && isBytes(code) ? await findSpawn() : undefined;
  const memory = spawn ? sharedMemory(memoryLimit) : ownMemory();
  const heap = new Heap(memory, memoryLimit);
  const { kernels, module } = await loadKernels(spawn && isBytes(code) ? shareable(code) : code, memory);
  heap.start(kernels.heap_base());
  const variant = variants[kernels.build_variant()]!;
  checkBrought(variant, asked, precision);
  const pool = spawn && new Pool(count, kernels, { module, memory }, spawn);
  return new Backend({ kernels, heap, variant, precision, pool });
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
