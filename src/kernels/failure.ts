/**
 * Why kernels could not be used, and what to do. Imported only when that happens: nobody else downloads these sentences.
 * JavaScript engines differ in their messages, which seldom say what to do; so each cause is told apart here: compiling is
 * forbidden, the file is truncated, it is no WebAssembly, it is another module.
 */
import { AnygradError, reasonOf } from "../errors.ts";
import { kernelMark } from "./abi.generated.ts";

/** What to do where a module is not the right one. */
const wayOut = "pass one of anygrad/kernels/*.wasm of this version";

/** Bytes that do not compile: UNSUPPORTED where compiling is forbidden, DATA_FORMAT where they are damaged or no WebAssembly. */
export function compileFailure(bytes: Uint8Array<ArrayBuffer>, cause: unknown): AnygradError {
  const said = reasonOf(cause);
  // a Content-Security-Policy forbids compiling but not validating: bytes that are valid were forbidden
  if (WebAssembly.validate(bytes))
    return new AnygradError(
      "UNSUPPORTED",
      `createEngine: compiling WebAssembly is forbidden here (${said}); on a page, add 'wasm-unsafe-eval' to script-src of its Content-Security-Policy; in an edge runtime, import a file of anygrad/kernels/ and pass it as kernels`,
      { cause },
    );
  return new AnygradError(
    "DATA_FORMAT",
    `createEngine: the kernels passed are damaged, or need instructions that this runtime lacks (${said}); fetch them again, or pass anygrad/kernels/scalar.wasm`,
    { cause },
  );
}

/** Bytes of another kind, such as the "<!doctype html>" of an error page. */
export function noWebAssembly(bytes: Uint8Array): AnygradError {
  const beginning = new TextDecoder().decode(bytes.subarray(0, 16));
  return new AnygradError(
    "DATA_FORMAT",
    `createEngine: the kernels passed are no WebAssembly: ${bytes.length === 0 ? "they are empty" : `they begin with ${JSON.stringify(beginning)}`}; ${wayOut}`,
  );
}

/** A module with the mark of another version, or none. */
export function otherModule(mark: string | undefined): AnygradError {
  return new AnygradError(
    "DATA_FORMAT",
    mark === undefined
      ? `createEngine: the kernels passed are another module, not anygrad's; ${wayOut}`
      : `createEngine: the kernels passed are of anygrad ${mark} and this is ${kernelMark}; ${wayOut}`,
  );
}

/** A module that was compiled and does not start. */
export function startFailure(cause: unknown): AnygradError {
  return new AnygradError(
    "UNSUPPORTED",
    `createEngine: the kernels could not be started (${reasonOf(cause)}); a module compiled for shared memory takes no other: pass one of anygrad/kernels/*.wasm as it is`,
    { cause },
  );
}
