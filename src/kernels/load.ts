/**
 * Brings the kernels to life over a memory.
 *
 * Not by @assemblyscript/loader: all it would add is a wrapper with rest parameters around every kernel (there are no
 * strings, arrays or classes in these modules), and it alters a global when it is imported, which a package without
 * side effects may not, and refuses a module of another realm.
 */
import { AnygradError, reasonOf } from "../errors.ts";
import type { KernelExports } from "./abi.generated.ts";
import { checkMark, compileKernels } from "./compile.ts";
import { isBytes, type KernelCode } from "./sources.ts";

export interface LoadedKernels {
  readonly exports: KernelExports;
  /** For threads, which make instances of their own. */
  readonly module: WebAssembly.Module;
}

/** @throws AnygradError UNSUPPORTED where compiling is forbidden, DATA_FORMAT for what is not this version's kernels */
export async function loadKernels(code: KernelCode, memory: WebAssembly.Memory): Promise<LoadedKernels> {
  const module = isBytes(code) ? await compileKernels(code) : code;
  checkMark(module);
  try {
    const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
    return { exports: exports as WebAssembly.Exports & KernelExports, module };
  } catch (cause) {
    throw new AnygradError(
      "UNSUPPORTED",
      `createEngine: the kernels could not be started (${reasonOf(cause)}); a module compiled for shared memory takes no other: pass one of anygrad/kernels/*.wasm as it is`,
      { cause },
    );
  }
}
