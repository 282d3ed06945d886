/** Brings the kernels to life over a memory. The only file that knows the AssemblyScript loader. */
import { instantiate } from "@assemblyscript/loader";
import { AnygradError } from "../errors.ts";
import type { Kernels } from "./kernels/abi.generated.ts";

/** What `createEngine({ kernels })` takes besides the embedded module. */
export type KernelSource = WebAssembly.Module | BufferSource | Response;

export interface LoadedKernels {
  readonly kernels: Kernels;
  /** For threads, which make instances of their own. */
  readonly module: WebAssembly.Module;
}

/** @throws AnygradError UNSUPPORTED where compiling is forbidden or the module is not anygrad's */
export async function loadKernels(
  source: KernelSource | PromiseLike<KernelSource>,
  memory: WebAssembly.Memory,
): Promise<LoadedKernels> {
  try {
    const { exports, module } = await instantiate<Kernels & Record<string, unknown>>(source, {
      env: { memory },
    });
    if (typeof exports.heap_base === "function" && typeof exports.build_variant === "function")
      return { kernels: exports, module };
  } catch (cause) {
    throw new AnygradError(
      "UNSUPPORTED",
      `createEngine: the kernels could not be loaded (${cause instanceof Error ? cause.message : String(cause)}); where compiling at run time is forbidden, pass kernels: a WebAssembly.Module`,
      { cause },
    );
  }
  throw new AnygradError(
    "UNSUPPORTED",
    "createEngine: the kernels passed are another module, not anygrad's; pass one of anygrad/kernels/*.wasm of this version",
  );
}
