/** What `createEngine({ kernels })` takes, and how it becomes bytes or a module. */
import { AnygradError, reasonOf } from "../errors.ts";

/** One of anygrad/kernels/*.wasm: a compiled module, its bytes, or the response of a fetch. */
export type KernelFile = WebAssembly.Module | BufferSource | Response;
/**
 * One of anygrad/kernels/*.wasm: a compiled module, its bytes, the response of a fetch, or the module namespace that
 * `import("anygrad/kernels/simd.wasm")` gives.
 */
export type KernelSource =
  | KernelFile
  | {
      /** What the file exports by default. */
      readonly default: KernelFile;
    };

/** Kernels as `loadKernels` takes them: bytes, or a compiled module. */
export type KernelCode = Uint8Array<ArrayBuffer> | WebAssembly.Module;

/** Whether kernels are bytes that are not compiled yet. */
export function isBytes(code: KernelCode): code is Uint8Array<ArrayBuffer> {
  return ArrayBuffer.isView(code);
}

/**
 * The bytes or the module of what was passed as `kernels`.
 * @throws AnygradError INVALID_ARGUMENT for a value of another kind, DATA_MISSING where a promise, import or fetch failed
 */
export async function readKernels(source: KernelSource | PromiseLike<KernelSource>): Promise<KernelCode> {
  let given: unknown;
  try {
    given = await source;
    if (isNamespace(given)) given = await given.default;
    if (isResponse(given)) given = await bodyOf(given);
  } catch (cause) {
    throw new AnygradError(
      "DATA_MISSING",
      `createEngine: the kernels passed did not arrive (${reasonOf(cause)}); check where they come from`,
      { cause },
    );
  }
  if (ArrayBuffer.isView(given))
    return Uint8Array.from(new Uint8Array(given.buffer, given.byteOffset, given.byteLength));
  if (isModule(given)) return given;
  if (isBuffer(given)) return Uint8Array.from(new Uint8Array(given));
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `createEngine: kernels is ${typeof given === "string" ? JSON.stringify(given) : tagOf(given)}; pass one of anygrad/kernels/*.wasm as a WebAssembly.Module, bytes or a Response`,
  );
}

// Types are told apart by their tags, not by `instanceof`: a value of another realm (edge-runtime, vm) has other classes.
function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}

function isModule(value: unknown): value is WebAssembly.Module {
  return tagOf(value) === "WebAssembly.Module";
}

function isBuffer(value: unknown): value is ArrayBufferLike {
  return tagOf(value) === "ArrayBuffer" || tagOf(value) === "SharedArrayBuffer";
}

function isResponse(value: unknown): value is Response {
  return tagOf(value) === "Response";
}

function isNamespace(value: unknown): value is { default: unknown } {
  return typeof value === "object" && value !== null && "default" in value;
}

async function bodyOf(response: Response): Promise<ArrayBuffer> {
  if (!response.ok) throw new Error(`HTTP ${response.status} for ${response.url || "the request"}`);
  return response.arrayBuffer();
}
