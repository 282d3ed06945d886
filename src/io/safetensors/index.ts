/**
 * Files of safetensors, as Python's package of this name and the tools around PyTorch write them.
 * @module anygrad/safetensors
 */
import { AnygradError, quote } from "../../errors.ts";
import { strictOptions, unknownName } from "../../math/options.ts";
import { copiedElementsOf, type ElementType, type ForeignArray } from "../elements.ts";
import { checkArrays, type GivenArray } from "../given.ts";
import { randomAccess } from "../randomAccess.ts";
import { type ByteSource, checkBytes, largestFile } from "../source.ts";
import { encodeSafetensors } from "./format.ts";
import { headerLength, lengthBytes, readHeader } from "./header.ts";

export type { Elements, ElementType, ForeignArray } from "../elements.ts";
export type { GivenArray } from "../given.ts";
export type { ByteSource } from "../source.ts";

/** What a safetensors file holds. */
export interface SafetensorsFile {
  /** The arrays by name, in the order of the file. */
  readonly arrays: Readonly<Record<string, ForeignArray>>;
  /** Texts by name. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Options of {@link readSafetensors}. */
export interface ReadSafetensorsOptions {
  /** Only these arrays: of a Blob or File nothing else is read. Default: all. */
  readonly only?: readonly string[];
  /** The most bytes that the arrays which are read may have, and a response; the default is large, for a server should be less. Default 2³¹. */
  readonly maxBytes?: number;
}

/**
 * The arrays and texts of a safetensors file. Of a Blob or File, such as Node's `openAsBlob(path)`, the header is read first, and
 * then an array at a time.
 *
 * @param source bytes, a Blob or File, a Response such as `await fetch(url)`, or a promise of one
 * @throws AnygradError DATA_FORMAT for a damaged file, or one of another format; MEMORY_LIMIT for more than `maxBytes`; DATA_DOWNLOAD; INVALID_ARGUMENT for names that are
 *   not in the file
 * @example
 * ```js
 * import { readSafetensors, writeSafetensors } from "anygrad/safetensors";
 *
 * const bytes = writeSafetensors({ "linear.weight": { shape: [1, 2], data: Float32Array.of(1, 2) } });
 * const { arrays } = await readSafetensors(bytes);
 * console.log(arrays["linear.weight"].dtype, arrays["linear.weight"].data.join()); // float32 1,2
 * ```
 */
export async function readSafetensors(
  source: ByteSource | PromiseLike<ByteSource>,
  options?: ReadSafetensorsOptions,
): Promise<SafetensorsFile> {
  const { only, maxBytes = largestFile } = strictOptions(
    "readSafetensors",
    options,
    "only:object maxBytes:number",
  );
  const file = await randomAccess(source, "readSafetensors", "pass those of a safetensors file", maxBytes);
  const length = headerLength(await file.read(0, lengthBytes), file.size);
  const { entries, metadata } = readHeader(await file.read(lengthBytes, lengthBytes + length), file.size);
  const names = entries.map(({ name }) => name);
  for (const name of only ?? [])
    if (!names.includes(name)) throw unknownName("readSafetensors: only", name, names);
  const wanted = entries.filter(({ name }) => only === undefined || only.includes(name));
  checkBytes(
    "readSafetensors",
    wanted.reduce((sum, { from, to }) => sum + to - from, length),
    maxBytes,
  );
  const arrays: [string, ForeignArray][] = [];
  for (const { name, dtype, shape, from, to } of wanted)
    arrays.push([name, { shape, dtype, data: copiedElementsOf(dtype, await file.read(from, to)) }]);
  return { arrays: Object.fromEntries(arrays), metadata };
}

/** Options of {@link writeSafetensors}. */
export interface WriteSafetensorsOptions {
  /** Texts by name. Default: none. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** The type that arrays of floats get in the file, such as "float16", of half the size. Default: that of their numbers. */
  readonly dtype?: ElementType;
}

/**
 * The bytes of a safetensors file. The same arrays in the same order give the same bytes.
 *
 * @param arrays by name, or a list of arrays with a `name`, such as `net.getWeights()`
 * @throws AnygradError INVALID_ARGUMENT for what are no arrays, or have another number of elements than their shapes
 */
export function writeSafetensors(
  arrays: Readonly<Record<string, GivenArray>> | readonly (GivenArray & { readonly name: string })[],
  options?: WriteSafetensorsOptions,
): Uint8Array<ArrayBuffer> {
  const { metadata = {}, dtype } = strictOptions("writeSafetensors", options, "dtype:string metadata:object");
  for (const [name, text] of Object.entries(metadata))
    if (typeof text !== "string")
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `writeSafetensors: metadata: ${quote(name)} is ${quote(text)}; pass texts`,
      );
  return encodeSafetensors({ tensors: checkArrays("writeSafetensors", arrays, dtype), metadata });
}
