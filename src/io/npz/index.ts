/**
 * Arrays of NumPy: .npz archives and .npy files.
 * @module anygrad/npz
 */
import { AnygradError } from "../../errors.ts";
import { strictOptions } from "../../math/options.ts";
import type { ElementType, ForeignArray } from "../elements.ts";
import { checkArrays, type GivenArray } from "../given.ts";
import { type ByteSource, bytesOf, largestFile } from "../source.ts";
import { isZip, unzip, zip } from "../zip/archive.ts";
import { decodeNpy, encodeNpy, isNpy } from "./npy.ts";

export type { Elements, ElementType, ForeignArray } from "../elements.ts";
export type { GivenArray } from "../given.ts";
export type { ByteSource } from "../source.ts";

/** Options of {@link readNpz}. */
export interface ReadNpzOptions {
  /** The most bytes that the archive may unpack to: small files can become gigabytes. Default 2³¹. */
  readonly maxBytes?: number;
}

/**
 * The arrays that `np.savez`, `np.savez_compressed` or `np.save` wrote, by their names; that of a single .npy file is `arr_0`, as
 * NumPy names arrays without one. Numbers of either byte order and arrays in Fortran's order come as row-major arrays.
 *
 * @param source bytes, a Blob or File, a Response such as `await fetch(url)`, or a promise of one
 * @throws AnygradError DATA_FORMAT for a damaged file, another format, and arrays that hold no numbers; MEMORY_LIMIT for an archive that
 *   unpacks to more than `maxBytes`; DATA_DOWNLOAD; INVALID_ARGUMENT
 * @example
 * ```js
 * import { readNpz, writeNpz } from "anygrad/npz";
 *
 * const bytes = writeNpz({ kernel: { shape: [2, 1], data: Float32Array.of(1, 2) } });
 * const { kernel } = await readNpz(bytes);
 * console.log(kernel.shape.join(), kernel.data.join()); // 2,1 1,2
 * ```
 */
export async function readNpz(
  source: ByteSource | PromiseLike<ByteSource>,
  options?: ReadNpzOptions,
): Promise<Record<string, ForeignArray>> {
  const { maxBytes = largestFile } = strictOptions("readNpz", options, "maxBytes:number");
  const bytes = await bytesOf(source, "readNpz", "pass those of an .npz or .npy file", maxBytes);
  if (isNpy(bytes)) return { arr_0: decodeNpy("arr_0", bytes) };
  if (!isZip(bytes))
    throw new AnygradError(
      "DATA_FORMAT",
      "readNpz: these bytes are neither an .npz nor an .npy file; pass what np.savez or np.save wrote",
    );
  const files = [...unzip("readNpz", bytes, maxBytes)];
  const stranger = files.find(([name]) => !name.endsWith(".npy"));
  if (stranger)
    throw new AnygradError(
      "DATA_FORMAT",
      `readNpz: the archive holds ${JSON.stringify(stranger[0].slice(0, 80))}, which is no .npy file; a file of Keras is read by loadKeras of anygrad/keras, one of PyTorch is to be saved by safetensors`,
    );
  return Object.fromEntries(
    files.map(([file, held]) => {
      const name = file.slice(0, -4);
      return [name, decodeNpy(name, held)];
    }),
  );
}

/** Options of {@link writeNpz}. */
export interface WriteNpzOptions {
  /** Pack the archive, as `np.savez_compressed`: weights become 5 to 10 % smaller, slowly. Default false. */
  readonly compress?: boolean;
  /** The type that arrays of floats get in the file, such as "float16". Default: that of their numbers. */
  readonly dtype?: ElementType;
}

/**
 * The bytes of an .npz archive, which `np.load` reads. The same arrays in the same order give the same bytes.
 *
 * @param arrays by name, or a list of arrays with a `name`, such as `net.getWeights()`
 * @throws AnygradError INVALID_ARGUMENT for what are no arrays, or have another number of elements than their shapes
 */
export function writeNpz(
  arrays: Readonly<Record<string, GivenArray>> | readonly (GivenArray & { readonly name: string })[],
  options?: WriteNpzOptions,
): Uint8Array<ArrayBuffer> {
  const { compress = false, dtype } = strictOptions("writeNpz", options, "compress:boolean dtype:string");
  const files = checkArrays("writeNpz", arrays, dtype).map((array) => [
    `${array.name}.npy`,
    encodeNpy(array),
  ]);
  return zip(Object.fromEntries(files) as Record<string, Uint8Array>, compress);
}
