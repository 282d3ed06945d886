/**
 * What `createEngine({ kernels })` takes, and how it becomes bytes or modules. Imported only where kernels are passed: most
 * pages use those of the package.
 */
import { AnygradError, quote, reasonOf } from "../errors.ts";
import { kernelMark } from "./abi.generated.ts";
import { type FamilyCode, isBytes, type KernelCode, type KernelSet } from "./code.ts";
import { compileKernels } from "./compile.ts";
import { compileFailure, otherModule } from "./failure.ts";
import type { Precision, Variant } from "./variants.ts";

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

/** The core alone, or with families beside it: `[simd, arrays]` of simd.wasm and arrays-simd.wasm, in any order. */
export type KernelSources =
  | KernelSource
  | PromiseLike<KernelSource>
  | readonly (KernelSource | PromiseLike<KernelSource>)[];

/**
 * The bytes or the modules of what was passed as `kernels`.
 * @throws AnygradError INVALID_ARGUMENT for a value of another kind, DATA_MISSING where a promise, import or fetch failed
 */
export async function readKernels(sources: KernelSources): Promise<KernelCode[]> {
  return Promise.all([sources].flat().map(readFile));
}

/**
 * The same, with the core told from the families by the marks.
 * @throws AnygradError INVALID_ARGUMENT and DATA_MISSING as `readKernels` does, INVALID_ARGUMENT where there is not one core,
 *   DATA_FORMAT for a family that is damaged or of another version
 */
export async function readKernelSet(sources: KernelSources): Promise<KernelSet> {
  const files = await readKernels(sources);
  const families: Record<string, FamilyCode> = {};
  const cores: KernelCode[] = [];
  for (const file of files) {
    const mark = markOf(file);
    const [name] = mark?.match(/(?<=^\S+ \S+ )\w+$/) ?? [];
    if (name === undefined) {
      cores.push(file); // what is none of ours is refused as the core
      continue;
    }
    if (mark !== `${kernelMark} ${name}`) throw otherModule(mark);
    if (isBytes(file) && !WebAssembly.validate(file)) throw compileFailure(file, new Error(name));
    families[name] = file;
  }
  const [core] = cores;
  if (!core || cores.length > 1)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `createEngine: kernels has ${core ? `${cores.length} cores` : `${Object.keys(families).join(", ") || "nothing"} and no core`}; pass one of anygrad/kernels/scalar.wasm, simd.wasm and relaxed.wasm, and families beside it`,
    );
  // all modules import the same memory, and one that is compiled already none that threads share
  const isCompiled = files.some((file) => !isBytes(file));
  return { code: isCompiled && isBytes(core) ? await compileKernels(core) : core, families };
}

/** The mark in the custom section at the end of a module; undefined where there is none. */
function markOf(code: KernelCode): string | undefined {
  if (isBytes(code))
    return /anygrad([\w.+-]+ [0-9a-f]{16}( \w+)?)$/.exec(String.fromCharCode(...code.slice(-127)))?.[1];
  const [section] = WebAssembly.Module.customSections(code, "anygrad");
  return section && new TextDecoder().decode(section);
}

async function readFile(source: KernelSource | PromiseLike<KernelSource>): Promise<KernelCode> {
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
    return checked(Uint8Array.from(new Uint8Array(given.buffer, given.byteOffset, given.byteLength)));
  if (isModule(given)) return given;
  if (isBuffer(given)) return checked(Uint8Array.from(new Uint8Array(given)));
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `createEngine: kernels is ${quote(given)}; pass one of anygrad/kernels/*.wasm as a WebAssembly.Module, bytes or a Response`,
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

/** The bytes of a whole WebAssembly file. @throws AnygradError DATA_FORMAT for other bytes and truncated ones */
async function checked(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (!isWasm(bytes)) throw (await import("./failure.ts")).noWebAssembly(bytes);
  const missing = missingBytes(bytes);
  if (missing > 0)
    throw new AnygradError(
      "DATA_FORMAT",
      `createEngine: the kernels passed are cut off: ${bytes.length} bytes, and at least ${missing} are missing; fetch them again`,
    );
  return bytes;
}

function isWasm(bytes: Uint8Array): boolean {
  return [0x00, 0x61, 0x73, 0x6d].every((byte, i) => bytes[i] === byte);
}

const headerBytes = 8;

/**
 * How many bytes are missing at the end by the length of the last section; 0 also for a file truncated between two sections.
 */
function missingBytes(bytes: Uint8Array): number {
  let at = headerBytes;
  while (at < bytes.length) {
    at++; // the section's number
    let length = 0;
    for (let shift = 0, part = 0x80; part >= 0x80; shift += 7) {
      if (at >= bytes.length) return 1;
      part = bytes[at++]!;
      length += (part & 0x7f) * 2 ** shift;
    }
    at += length;
  }
  return at - bytes.length;
}

/**
 * Checks that kernels passed to createEngine are what its other options ask for.
 * @throws AnygradError INVALID_ARGUMENT for another variant, and for relaxed kernels with "strict"
 */
export function checkBrought(variant: Variant, asked: Variant | "auto", precision: Precision): void {
  if (asked !== "auto" && asked !== variant)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `createEngine: variant is "${asked}" but the kernels passed are ${variant}; leave variant out or pass anygrad/kernels/${asked}.wasm`,
    );
  if (variant === "relaxed" && precision === "strict")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      'createEngine: the kernels passed are relaxed, which round differently from engine to engine; pass precision: "fast" with them, or anygrad/kernels/simd.wasm',
    );
}
