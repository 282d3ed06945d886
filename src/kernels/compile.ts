/**
 * Compiles kernels, and checks that a module was built for this version. JavaScript engines differ in their messages, which
 * seldom say what to do; so each cause is told apart here: compiling is forbidden, the file is truncated, it is no
 * WebAssembly, it is another module.
 */
import { AnygradError, reasonOf } from "../errors.ts";
import { runtimeName } from "../runtime/capabilities.ts";
import { kernelMark } from "./abi.generated.ts";

/** What to do where a module is not the right one. */
export const wayOut: string = "pass one of anygrad/kernels/*.wasm of this version";

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
    const said = reasonOf(cause);
    // a Content-Security-Policy forbids compiling but not validating: bytes that are valid were forbidden
    if (WebAssembly.validate(bytes))
      throw new AnygradError(
        "UNSUPPORTED",
        `createEngine: compiling WebAssembly is forbidden here (${said}); on a page, add 'wasm-unsafe-eval' to script-src of its Content-Security-Policy; in an edge runtime, import a file of anygrad/kernels/ and pass it as kernels`,
        { cause },
      );
    throw new AnygradError(
      "DATA_FORMAT",
      `createEngine: the kernels passed are damaged, or need instructions that this runtime lacks (${said}); fetch them again, or pass anygrad/kernels/scalar.wasm`,
      { cause },
    );
  }
}

/**
 * Requires the mark of this version, which the build puts into a module.
 * @throws AnygradError DATA_FORMAT for other modules
 */
export function checkMark(module: WebAssembly.Module): void {
  const [section] = WebAssembly.Module.customSections(module, "anygrad");
  const mark = section && new TextDecoder().decode(section);
  if (mark === kernelMark) return;
  throw new AnygradError(
    "DATA_FORMAT",
    mark === undefined
      ? `createEngine: the kernels passed are another module, not anygrad's; ${wayOut}`
      : `createEngine: the kernels passed are of anygrad ${mark} and this is ${kernelMark}; ${wayOut}`,
  );
}
