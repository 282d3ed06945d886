/**
 * Kernels beside the core: a family is a module of its own, such as `arrays`, which only those download who call one of its kernels.
 * It is loaded by the first call, at once: its simd build comes with the code that calls it, so that ops need not be waited for.
 *
 * The module shares the engine's memory, where its constants have a place of their own below `heapBase`, and may call kernels of
 * the core. Scalar builds come with the scalar core, and where nothing may be compiled all come as modules. The simd build runs
 * in engines of the relaxed one, too.
 */
import { AnygradError, reasonOf } from "../../errors.ts";
import { type FamilyCode, functionsOf, isBytes, type KernelCode, type KernelFunctions } from "../code.ts";
import { sharedModule } from "../sharedModule.ts";
import { unpack } from "../unpack.ts";
import type { Variant } from "../variants.ts";

/** What a family needs of an engine. */
export interface FamilyHost {
  /** The functions of the core. */
  readonly exports: KernelFunctions;
  /** The build of the core. */
  readonly variant: Variant;
  /** The families that came with the core, by name. */
  readonly families?: Readonly<Record<string, FamilyCode>> | undefined;
  /** The memory. */
  readonly heap: {
    readonly memory: WebAssembly.Memory;
    readonly i32: Int32Array;
    readonly u8: Uint8Array;
    allocate(bytes: number): number;
  };
  /** The threads that share it. */
  readonly pool?: { add(exports: KernelFunctions, address: number): void } | undefined;
}

/** The code of a family as a memory takes it. */
function codeIn({ buffer }: WebAssembly.Memory, code: FamilyCode): KernelCode {
  const unpacked = typeof code === "string" ? unpack(code) : code;
  // by its name: a buffer of another realm is of another class
  const isShared = buffer.constructor.name === "SharedArrayBuffer";
  return isShared && isBytes(unpacked) ? sharedModule(unpacked) : unpacked;
}

/** A module of kernels that is loaded when it is needed. */
export class KernelFamily {
  /** Its name, that of its folder in assembly/. */
  readonly name: string;
  /** Its simd build, packed; empty where that comes with the core. */
  readonly #wasm: string;
  readonly #loaded = new WeakMap<FamilyHost, KernelFunctions>();

  constructor(name: string, wasm = "") {
    this.name = name;
    this.#wasm = wasm;
  }

  /**
   * Its functions in this engine.
   * @throws AnygradError DATA_MISSING where it is not at hand, UNSUPPORTED where it may not be compiled now, MEMORY_LIMIT
   */
  exportsIn(host: FamilyHost): KernelFunctions {
    let exports = this.#loaded.get(host);
    if (!exports) {
      exports = this.#load(host);
      this.#loaded.set(host, exports);
    }
    return exports;
  }

  #load(host: FamilyHost): KernelFunctions {
    const { exports: core, heap, pool } = host;
    const code = codeIn(heap.memory, this.#codeFor(host));
    const module = isBytes(code) ? this.#compile(code) : code;
    const imports = { env: { memory: heap.memory }, core: core as unknown as WebAssembly.ModuleImports };
    const exports = functionsOf(new WebAssembly.Instance(module, imports).exports);
    if (pool && isBytes(code)) {
      // workers hear nothing but jobs, so they find the module in the memory, behind its length
      const address = heap.allocate(4 + code.length);
      heap.i32[address / 4] = code.length;
      heap.u8.set(code, address + 4);
      pool.add(exports, address);
    }
    return exports;
  }

  #codeFor({ variant, families }: FamilyHost): FamilyCode {
    const { name } = this;
    const code = families?.[name] ?? (variant === "scalar" ? "" : this.#wasm);
    if (code === "")
      throw new AnygradError(
        "DATA_MISSING",
        `engine: an op needs the kernels ${name}, which this engine has not; take one of createEngine(), or pass anygrad/kernels/${name}-${variant}.wasm as well: createEngine({ kernels: [core, ${name}] })`,
      );
    return code;
  }

  #compile(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
    const { name } = this;
    try {
      return new WebAssembly.Module(bytes);
    } catch (cause) {
      throw new AnygradError(
        "UNSUPPORTED",
        `engine: an op needs the kernels ${name}, which may not be compiled now (${reasonOf(cause)}); train in a worker, or pass compiled modules, simd.wasm and ${name}-simd.wasm, as createEngine({ kernels: [core, ${name}] })`,
        { cause },
      );
    }
  }
}
