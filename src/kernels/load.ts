/**
 * Instantiates the kernels with a memory.
 *
 * @assemblyscript/loader is not used. These modules have no strings, arrays or classes, so all that it would add is a wrapper
 * with rest parameters around every kernel; it changes a global when it is imported, which a package without side effects may
 * not do; and it refuses modules of another realm.
 */
import { functionsOf, isBytes, type KernelCode, type KernelFunctions } from "./code.ts";
import { checkMark, compileKernels, failures } from "./compile.ts";

/** Kernels that can be called. */
export interface LoadedKernels {
  /** The functions of this thread's instance. */
  readonly exports: KernelFunctions;
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
    return { exports: functionsOf(exports), module };
  } catch (cause) {
    throw (await failures()).startFailure(cause);
  }
}
