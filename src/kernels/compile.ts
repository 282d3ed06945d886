/** Compiles kernels, and checks that a module was built for this version. */
import { runtimeName } from "../runtime/capabilities.ts";
import { kernelMark } from "./abi.generated.ts";

/** What explains kernels that cannot be used. */
export const failures = (): Promise<typeof import("./failure.ts")> => import("./failure.ts");

/**
 * Compiles the bytes of a module.
 * @throws AnygradError DATA_FORMAT for bytes that are damaged or no WebAssembly, UNSUPPORTED where compiling is forbidden
 */
export async function compileKernels(bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  // taken out of its object since Next.js builds no edge route whose code contains `WebAssembly.compile`, called or not
  const { compile } = WebAssembly;
  try {
    // while a worker of Cloudflare starts, asynchronous compiling never ends and synchronous compiling works
    return runtimeName() === "workerd" ? new WebAssembly.Module(bytes) : await compile(bytes);
  } catch (cause) {
    throw (await failures()).compileFailure(bytes, cause);
  }
}

/**
 * Requires the mark of this version, which the build puts into a module.
 * @throws AnygradError DATA_FORMAT for other modules
 */
export async function checkMark(module: WebAssembly.Module): Promise<void> {
  const [section] = WebAssembly.Module.customSections(module, "anygrad");
  const mark = section && new TextDecoder().decode(section);
  if (mark !== kernelMark) throw (await failures()).otherModule(mark);
}
