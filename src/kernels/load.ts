/**
 * Instantiates the kernels with a memory.
 *
 * @assemblyscript/loader is not used. These modules have no strings, arrays or classes, so all that it would add is a wrapper
 * with rest parameters around every kernel; it changes a global when it is imported, which a package without side effects may
 * not do; and it refuses modules of another realm.
 */
import type { KernelExports } from "./abi.generated.ts";
import { checkMark, compileKernels } from "./compile.ts";

/** Kernels as `loadKernels` takes them: bytes, or a compiled module. */
export type KernelCode = Uint8Array<ArrayBuffer> | WebAssembly.Module;

/** A family beside the core (families/family.ts): bytes in Base64, too. */
export type FamilyCode = KernelCode | string;

/** The core and the families that come with it. */
export interface KernelSet {
  /** The core. */
  readonly code: KernelCode;
  /** Families by their names, where they come with the core and not with what calls them. */
  readonly families?: Readonly<Record<string, FamilyCode>> | undefined;
}

/** Whether kernels are bytes that are not compiled yet. */
export function isBytes(code: KernelCode): code is Uint8Array<ArrayBuffer> {
  return ArrayBuffer.isView(code);
}

/** Kernels that can be called. */
export interface LoadedKernels {
  /** The functions of this thread's instance. */
  readonly exports: KernelExports;
  /** The module, of which every worker thread makes an instance of its own. */
  readonly module: WebAssembly.Module;
}

/**
 * Compiles the kernels, where they are bytes, and instantiates them with this memory.
 * @throws AnygradError UNSUPPORTED where compiling is forbidden or the module needs another kind of memory, DATA_FORMAT for
 *   what is not the kernels of this version
 */
export async function loadKernels(code: KernelCode, memory: WebAssembly.Memory): Promise<LoadedKernels> {
  const module = isBytes(code) ? await compileKernels(code) : code;
  await checkMark(module);
  try {
    const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
    return { exports: exports as WebAssembly.Exports & KernelExports, module };
  } catch (cause) {
    throw (await import("./failure.ts")).startFailure(cause);
  }
}
