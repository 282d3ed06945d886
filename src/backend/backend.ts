/**
 * What tensors are computed with: one instance of the kernels, its memory and its threads, put together for the runtime that
 * it is in. The floors above this folder are arithmetic on shapes and do not depend on the runtime.
 */

import { heapBase } from "../kernels/abi.generated.ts";
import { type FamilyCode, isBytes, type KernelFunctions, type KernelSet } from "../kernels/code.ts";
import { embeddedKernels, embeddedVariants } from "../kernels/embedded.ts";
import type { Kernels } from "../kernels/kernel.ts";
import { loadKernels } from "../kernels/load.ts";
import { sharedModule } from "../kernels/sharedModule.ts";
import type { KernelSources } from "../kernels/sources.ts";
import { chooseVariant, type Precision, type Variant, variants } from "../kernels/variants.ts";
import { isWithin } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import { Arena } from "../memory/arena.ts";
import { Heap, maxPages, page } from "../memory/heap.ts";
import { canShareMemory, coreCount, runtimeName } from "../runtime/capabilities.ts";
import { maxSlices } from "../threads/partition.ts";
import type { Pool } from "../threads/pool.ts";
import { KernelCalls } from "./kernelCalls.ts";
import type { KernelTrace } from "./kernelTrace.ts";

/** Options of `createEngine`. */
export interface EngineOptions {
  /**
   * Which build of the kernels runs: "scalar", "simd" or "relaxed" (which needs `precision: "fast"`). Default "auto": the
   * fastest that the precision allows and the runtime has.
   */
  variant?: Variant | "auto";
  /**
   * "strict" (default): the same bits on every runtime. "fast": multiplications are fused with additions where the runtime
   * has the instruction, which is faster and rounds differently from one runtime to another.
   */
  precision?: Precision;
  /**
   * Threads that run kernels, the calling one included: 1 to 64. Default "auto": as many as the machine has cores. Runtimes
   * without threads or shared memory take 1 (a page must be cross-origin isolated to have more). It changes no bit of a
   * result.
   */
  threads?: number | "auto";
  /** Bytes that the wasm memory may grow to, from 65,536. Default: 4 GiB, all that 32-bit WebAssembly can address. */
  memoryLimit?: number;
  /**
   * One of anygrad/kernels/{scalar,simd,relaxed}.wasm, or a promise of one; in a list with it the families that ops need beside
   * it, such as arrays-simd.wasm. Default: those inside the package. With modules that are compiled already the engine has
   * one thread.
   */
  kernels?: KernelSources;
  /**
   * Whether gradients can be differentiated, such as those of a gradient penalty: a `valueAndGrad` within another one. Default
   * true, but on pages and in their workers false, since it is a chunk of code that they download.
   */
  secondDerivatives?: boolean;
}

/** Their types. */
export const engineNames = "variant precision threads memoryLimit:number kernels secondDerivatives:boolean";

/** What an engine runs on and how much memory it holds, at the time when `engine.info` was read. */
export interface EngineInfo {
  /** Name and, where it tells, version of the runtime, such as "node 20.20.2", "deno 2.9.6", "browser" or "workerd". */
  runtime: string;
  /** The build of the kernels that runs: "scalar", "simd" or "relaxed". */
  variant: Variant;
  /** The precision of what is computed: "fast" where the relaxed build runs, else "strict", whatever was asked for. */
  precision: Precision;
  /** Threads that run kernels, the calling one included; 1 where the runtime has no others, whatever was asked for. */
  threads: number;
  /** Worker threads that have started: 0 before the first kernel that is large enough to share, soon after it threads − 1. */
  workers: number;
  /** Whether the wasm memory is shared with worker threads. */
  sharedMemory: boolean;
  /** Bytes of wasm memory that the engine holds now; wasm memory never shrinks. */
  memoryBytes: number;
  /** Bytes of wasm memory that were in use at once, at most. */
  peakBytes: number;
}

/** Ends the threads of engines that nobody has disposed and nobody holds. */
const dropped: FinalizationRegistry<Pool> | undefined = /* @__PURE__ */ registry();
function registry(): FinalizationRegistry<Pool> | undefined {
  return typeof FinalizationRegistry === "undefined"
    ? undefined
    : new FinalizationRegistry((pool) => pool.dispose());
}

/** One instance of the kernels, its memory and its threads. */
export class Backend {
  /** The functions of the module by their places, with positional arguments and ranges of work. */
  readonly exports: KernelFunctions;
  /** The allocator of all wasm memory. */
  readonly heap: Heap;
  /** The allocator of what a step makes. */
  readonly arena: Arena;
  /** The build of the kernels that runs. */
  readonly variant: Variant;
  /** The precision of what is computed. */
  readonly precision: Precision;
  /** The families that came with the kernels. */
  readonly families: Record<string, FamilyCode>;
  readonly #pool: Pool | undefined;
  readonly #calls: KernelCalls;

  constructor(parts: BackendParts) {
    const { exports, heap, arena = new Arena(heap), variant, precision, pool } = parts;
    this.exports = exports;
    this.heap = heap;
    this.arena = arena;
    this.variant = variant;
    this.precision = precision;
    this.families = { ...parts.families };
    this.#pool = pool;
    this.#calls = new KernelCalls({ ...parts, arena, families: this.families });
    if (pool) dropped?.register(this, pool);
  }

  /** The kernels, to be called by the names of their parameters; where there are threads, the work is split over them. */
  get kernels(): Kernels {
    return this.#calls;
  }

  /** Runs `work` and adds the kernel calls that it makes to the trace. */
  record<T>(trace: KernelTrace, work: () => T): T {
    return this.#calls.record(trace, work);
  }

  /** Sees to it that convolutions are at hand. @throws AnygradError DATA_MISSING where the package's cannot be imported */
  async loadConvolutions(): Promise<void> {
    const { families } = this;
    if (!families.conv2d)
      Object.assign(families, (await embeddedKernels(this.variant, true)).families, families);
  }

  /** What `engine.info` tells. */
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

  /** Gives the memory of steps back to the heap and ends the worker threads. */
  dispose(): void {
    this.arena.discard();
    this.#pool?.dispose();
  }
}

/** What a backend is made of. */
export interface BackendParts {
  /** The functions of the module by their places. */
  readonly exports: KernelFunctions;
  /** The allocator of all wasm memory. */
  readonly heap: Heap;
  /** The allocator of what a step makes. Default: a new one over the heap. */
  readonly arena?: Arena;
  /** The build of the kernels that this is. */
  readonly variant: Variant;
  /** The precision of what is computed. */
  readonly precision: Precision;
  /** The worker threads; undefined where there is one thread. */
  readonly pool?: Pool | undefined;
  /** The families that came with the kernels. */
  readonly families?: KernelSet["families"] | undefined;
}

/**
 * Loads the kernels that suit the runtime and gives them memory and threads.
 * @param convolves whether convolutions are loaded, too
 * @throws AnygradError INVALID_ARGUMENT for a bad option, UNSUPPORTED where the runtime cannot run the kernels, MEMORY_LIMIT
 *   for a limit below what they take, DATA_FORMAT and DATA_MISSING for kernels that are damaged, of another version or not
 *   there
 */
export async function createBackend(given?: EngineOptions, convolves = true): Promise<Backend> {
  const options = strictOptions("createEngine", given, engineNames);
  const { variant: asked = "auto", precision = "strict", threads = "auto", memoryLimit } = options;
  const { kernels: source } = options;
  const build =
    isSound(options) &&
    (source === undefined ? chooseVariant(asked, precision, embeddedVariants) : "brought");
  if (!build) throw (await import("./refusal.ts")).refusalOf(options, embeddedVariants);
  const brought = source === undefined ? undefined : await import("../kernels/sources.ts"); // most engines have the package's
  const { code, families }: KernelSet =
    build === "brought" ? await brought!.readKernelSet(source!) : await embeddedKernels(build, convolves);
  const count = threads === "auto" ? await coreCount() : threads;
  // a module that is compiled already imports a memory that is not shared
  const threading =
    count > 1 && isBytes(code) && canShareMemory() ? await import("../threads/threading.ts") : undefined;
  const spawn = await threading?.findSpawn();
  if (threads !== "auto" && count > 1) (await notes()).noteThreads(count, spawn ? await coreCount() : 0);
  const memory = spawn ? threading!.sharedMemory(memoryLimit) : ownMemory();
  const heap = new Heap(memory, memoryLimit);
  const kernels = await loadKernels(spawn && isBytes(code) ? sharedModule(code) : code, memory);
  const { exports } = kernels;
  heap.start(heapBase);
  const variant = variants[exports[0]!()]!; // build_variant is the first function of all modules
  brought?.checkBrought(variant, asked, precision);
  const used: Precision = variant === "relaxed" ? "fast" : "strict";
  if (used !== precision) (await notes()).notePrecision(asked, variant);
  const pool = spawn && new threading!.Pool(count, kernels, heap, spawn);
  const backend = new Backend({ exports, heap, variant, precision: used, pool, families });
  // who brings kernels may have none of the package's: an op that needs them says so
  if (brought && convolves) await backend.loadConvolutions().catch(() => {});
  return backend;
}

const notes = (): Promise<typeof import("./notes.ts")> => import("./notes.ts");

/** A memory for one thread. */
function ownMemory(): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: 1, maximum: maxPages });
}

/** Whether the options make sense, whatever the package and the runtime have. */
function isSound({
  variant = "auto",
  precision = "strict",
  threads = "auto",
  memoryLimit,
}: EngineOptions): boolean {
  return (
    (threads === "auto" || isWithin(threads, { whole: true, from: 1, to: maxSlices })) &&
    (memoryLimit === undefined || memoryLimit >= page) &&
    (precision === "fast" || (precision === "strict" && variant !== "relaxed")) &&
    (variant === "auto" || variants.includes(variant)) &&
    typeof WebAssembly !== "undefined"
  );
}
