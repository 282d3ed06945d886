/** One picture of a file: its pixels, or the example that is made of it. */
import type { PixelImage } from "../../src/data/images/image.ts";
import type { ImageFacts } from "../../src/data/images/preparation.ts";
import { prepareImage } from "../../src/data/images/prepare.ts";
import type { ImagePreparation } from "../../src/data/preparation.ts";
import { AnygradError, codeOf, type ErrorCode } from "../../src/errors.ts";
import { checkCount } from "../../src/math/checks.ts";
import { strictOptions } from "../../src/math/options.ts";
import { createHost } from "../../src/runtime/host.ts";
import { checkPath } from "../checkPath.ts";
import { decodeImage } from "./decode.ts";
import { isOnItsSide, readHeader } from "./header.ts";

/** Options of {@link readImage}. */
export interface ReadImageOptions {
  /** The most pixels that a picture may have: small files can become gigabytes. Default 100 million. */
  readonly maxPixels?: number;
}

/**
 * The pixels of a PNG or JPEG file at full size, turned as EXIF says: what `net.predict` and `net.classify` take.
 *
 * @throws AnygradError DATA_MISSING where there is no such file, DATA_FORMAT for another form or a damaged file, MEMORY_LIMIT for more than
 *   `maxPixels`
 */
export async function readImage(file: string, options?: ReadImageOptions): Promise<PixelImage> {
  checkPath("readImage", file, "picture");
  const { maxPixels } = strictOptions("readImage", options, "maxPixels:number");
  if (maxPixels !== undefined) checkCount("readImage: maxPixels", maxPixels);
  const bytes = await bytesOf(file);
  try {
    return await decodeImage(bytes, maxPixels);
  } catch (error) {
    if (!(error instanceof AnygradError)) throw error;
    throw new AnygradError(error.code, `${file}: ${error.message}`, { cause: error });
  }
}

/** The example of a picture, or why there is none. */
export type ExampleOrReason = { readonly example: Uint8Array } | { readonly reason: string };

/** What a thread does with a file. */
export async function readExample(
  file: string,
  preparation: ImagePreparation,
  maxPixels?: number,
): Promise<ExampleOrReason> {
  return reading(file, async () => ({
    example: prepareImage(await decodeImage(await bytesOf(file), maxPixels), preparation),
  }));
}

const HEADER = 1 << 16; // bytes; previews that cameras put before the size may be larger

/** Size and colors of a picture as it is seen, by the start of its file. */
export async function readFacts(
  file: string,
  maxPixels?: number,
): Promise<ImageFacts | { readonly reason: string }> {
  return reading(file, async () => {
    let start: Uint8Array = new Uint8Array(0);
    for await (const piece of await createHost().openFile(file)) {
      start = piece.subarray(0, HEADER);
      break;
    }
    try {
      return factsOf(start, maxPixels);
    } catch (error) {
      if (start.length < HEADER) throw error;
      return factsOf(await bytesOf(file), maxPixels);
    }
  });
}

function factsOf(bytes: Uint8Array, maxPixels: number | undefined): ImageFacts {
  const header = readHeader(bytes, maxPixels);
  const { width, height, gray } = header;
  return isOnItsSide(header) ? { width: height, height: width, gray } : { width, height, gray };
}

/** @throws AnygradError DATA_MISSING */
async function bytesOf(file: string): Promise<Uint8Array> {
  const bytes = await createHost().readFile(file);
  if (bytes) return bytes;
  throw new AnygradError("DATA_MISSING", `${file}: no such file; check the path`);
}

/** Codes of errors for which a file is left out, where others can be read. */
const reasons: readonly ErrorCode[] = ["DATA_FORMAT", "DATA_MISSING", "MEMORY_LIMIT"];

async function reading<T>(file: string, work: () => Promise<T>): Promise<T | { readonly reason: string }> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AnygradError)) return { reason: `cannot be read (${codeOf(error)})` };
    if (!reasons.includes(error.code)) throw error;
    if (codeOf(error.cause) === "ENOENT") return { reason: "no such file" };
    return { reason: error.message.replace(`${file}: `, "").replace(/; check .*$/, "") };
  }
}
