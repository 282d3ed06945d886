/** One picture of a file: its pixels, or the example that is made of it. */
import { open, readFile } from "node:fs/promises";
import type { PixelImage } from "../../src/data/images/image.ts";
import type { ImageFacts } from "../../src/data/images/preparation.ts";
import { prepareImage } from "../../src/data/images/prepare.ts";
import type { ImagePreparation } from "../../src/data/preparation.ts";
import { AnygradError, reasonOf } from "../../src/errors.ts";
import { checkPath } from "../checkPath.ts";
import { decodeImage } from "./decode.ts";
import { isOnItsSide, readHeader } from "./header.ts";

/**
 * The pixels of a PNG or JPEG file at full size, turned as EXIF says: what `net.predict` and `net.classify` take.
 *
 * @throws AnygradError DATA_MISSING where there is no such file, DATA_FORMAT for another form or a damaged file
 */
export async function readImage(file: string): Promise<PixelImage> {
  checkPath("readImage", file, "picture");
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new AnygradError(
      "DATA_MISSING",
      error.code === "ENOENT"
        ? `${file}: no such file; check the path`
        : `${file}: cannot be read (${error.code}); check its path and rights`,
      { cause: error },
    );
  });
  try {
    return await decodeImage(bytes);
  } catch (error) {
    if (!(error instanceof AnygradError)) throw error;
    throw new AnygradError(error.code, `${file}: ${error.message}`, { cause: error });
  }
}

/** The example of a picture, or why there is none. */
export type ExampleOrReason = { readonly example: Uint8Array } | { readonly reason: string };

/** What a thread does with a file. */
export async function readExample(file: string, preparation: ImagePreparation): Promise<ExampleOrReason> {
  return reading(async () => ({
    example: prepareImage(await decodeImage(await readFile(file)), preparation),
  }));
}

const HEADER = 1 << 16; // bytes; previews that cameras put before the size may be larger

/** Size and colors of a picture as it is seen, by the start of its file. */
export async function readFacts(file: string): Promise<ImageFacts | { readonly reason: string }> {
  return reading(async () => {
    const handle = await open(file);
    try {
      const { bytesRead, buffer } = await handle.read(new Uint8Array(HEADER), 0, HEADER, 0);
      const start = buffer.subarray(0, bytesRead);
      try {
        return factsOf(start);
      } catch (error) {
        if (bytesRead < HEADER) throw error;
        return factsOf(await readFile(file));
      }
    } finally {
      await handle.close();
    }
  });
}

function factsOf(bytes: Uint8Array): ImageFacts {
  const header = readHeader(bytes);
  const { width, height, gray } = header;
  return isOnItsSide(header) ? { width: height, height: width, gray } : { width, height, gray };
}

async function reading<T>(work: () => Promise<T>): Promise<T | { readonly reason: string }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AnygradError && error.code !== "DATA_FORMAT") throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (error instanceof AnygradError) return { reason: error.message };
    return { reason: code === "ENOENT" ? "no such file" : `cannot be read (${code ?? reasonOf(error)})` };
  }
}
