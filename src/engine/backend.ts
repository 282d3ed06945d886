/**
 * The machine under the tensors: one instance of the kernels, its memory and what is known about both.
 * Everything above this folder is arithmetic on shapes; everything that depends on the runtime is here.
 */
import { AnygradError } from "../errors.ts";
import { Arena } from "./arena.ts";
import { formatBytes, Heap } from "./heap.ts";
import type { Kernels } from "./kernels/abi.generated.ts";
import { embeddedKernels } from "./kernels/embedded.ts";
import { type KernelSource, loadKernels } from "./load.ts";
import { runtimeName } from "./runtime.ts";
import { chooseVariant, type Precision, type Variant, variants } from "./variant.ts";

export interface EngineOptions {
  /** Which build of the kernels runs. Default "auto": the fastest that the runtime validates. */
  variant?: Variant | "auto";
  /** Default "strict": the same bits everywhere. */
  precision?: Precision;
  /** Threads that run kernels. Default "auto"; this version runs on one. */
  threads?: number | "auto";
  /** Bytes that the wasm memory may grow to. Default: the 4 GiB of 32-bit WebAssembly. */
  memoryLimit?: number;
  /** A compiled module or the bytes of one, where the runtime forbids compiling; default: the embedded kernels. */
  kernels?: KernelSource | PromiseLike<KernelSource>;
}

export interface EngineInfo {
  runtime: string;
  variant: Variant;
  precision: Precision;
  threads: number;
  sharedMemory: boolean;
  /** Bytes of wasm memory now. */
  memoryBytes: number;
  /** The most bytes that were in use at once. */
  peakBytes: number;
}

export class Backend {
  readonly kernels: Kernels;
  readonly heap: Heap;
  readonly arena: Arena;
  readonly variant: Variant;

  constructor(kernels: Kernels, heap: Heap, variant: Variant) {
    this.kernels = kernels;
    this.heap = heap;
    this.arena = new Arena(heap);
    this.variant = variant;
  }

  get info(): EngineInfo {
    return {
      runtime: runtimeName(),
      variant: this.variant,
      precision: "strict",
      threads: 1,
      sharedMemory: false,
      memoryBytes: this.heap.memoryBytes,
      peakBytes: this.heap.peakBytes,
    };
  }
}

/** @throws AnygradError INVALID_ARGUMENT, UNSUPPORTED, MEMORY_LIMIT */
export async function createBackend(options: EngineOptions = {}): Promise<Backend> {
  check(options);
  const variant = await chooseVariant(options.variant);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  const heap = new Heap(memory, options.memoryLimit);
  const kernels = await loadKernels(options.kernels ?? (await embeddedKernels(variant)), memory);
  heap.start(kernels.heap_base());
  return new Backend(kernels, heap, variants[kernels.build_variant()] ?? variant);
}

function check({ precision = "strict", threads = "auto", memoryLimit }: EngineOptions): void {
  if (precision !== "strict")
    throw new AnygradError(
      "UNSUPPORTED",
      `createEngine: precision is ${JSON.stringify(precision)}; this version has "strict" only`,
    );
  if (threads !== "auto" && !(Number.isInteger(threads) && threads >= 1))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `createEngine: threads is ${JSON.stringify(threads)}; pass "auto" or a whole number from 1`,
    );
  if (memoryLimit !== undefined && !(memoryLimit >= 65536))
    throw new AnygradError(
      "MEMORY_LIMIT",
      `createEngine: memoryLimit is ${memoryLimit} bytes but the kernels alone need ${formatBytes(65536)}; raise it`,
    );
}
