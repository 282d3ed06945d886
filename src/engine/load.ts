/** Brings the kernels to life over a memory. The only file that knows the AssemblyScript loader. */
import { demangle } from "@assemblyscript/loader";
import { AnygradError } from "../errors.ts";
import { checkMark, compileKernels } from "./compile.ts";
import { isBytes, type KernelCode } from "./kernelSource.ts";
import type { Kernels } from "./kernels/abi.generated.ts";

export interface LoadedKernels {
  readonly kernels: Kernels;
  /** For threads, which make instances of their own. */
  readonly module: WebAssembly.Module;
}

/**
 * The loader's own `instantiate` is not for us: it asks for classes and so refuses a module of another realm.
 * @throws AnygradError UNSUPPORTED where compiling is forbidden, DATA_FORMAT for what is not this version's kernels
 */
export async function loadKernels(code: KernelCode, memory: WebAssembly.Memory): Promise<LoadedKernels> {
  const module = isBytes(code) ? await compileKernels(code) : code;
  checkMark(module);
  try {
    const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
    return { kernels: demangle<Kernels & Record<string, unknown>>(exports as never), module };
  } catch (cause) {
    throw new AnygradError(
      "UNSUPPORTED",
      `createEngine: the kernels could not be started (${cause instanceof Error ? cause.message : String(cause)}); a module compiled for shared memory takes no other: pass one of anygrad/kernels/*.wasm as it is`,
      { cause },
    );
  }
}
