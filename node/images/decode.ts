/**
 * PNG and JPEG to pixels, by packages that are loaded with the first picture. PNG by fast-png (MIT, plain JavaScript), JPEG by
 * @jsquash/jpeg (Apache-2.0; MozJPEG as WebAssembly: the very pixels of libjpeg, four times as fast as plain JavaScript),
 * and those in the colors of printers, which libjpeg does not convert, by jpeg-js (BSD-3-Clause).
 */
import type { PixelImage } from "../../src/data/images/image.ts";
import { AnygradError, reasonOf } from "../../src/errors.ts";
import { type ImageHeader, readHeader } from "./header.ts";
import { upright } from "./orientation.ts";

/**
 * The pixels of a PNG or JPEG file, turned as EXIF says.
 * @throws AnygradError DATA_FORMAT with the reason alone: the caller names the file; MEMORY_LIMIT for more than `maxPixels`
 */
export async function decodeImage(bytes: Uint8Array, maxPixels?: number): Promise<PixelImage> {
  const header = readHeader(bytes, maxPixels);
  try {
    const image = await decode(header, bytes);
    if (image.width === header.width && image.height === header.height)
      return upright(image, header.orientation);
  } catch (error) {
    if (error instanceof AnygradError) throw error;
    throw new AnygradError("DATA_FORMAT", `a damaged ${header.format.toUpperCase()}${reason(error)}`, {
      cause: error,
    });
  }
  throw new AnygradError("DATA_FORMAT", `a damaged ${header.format.toUpperCase()}`);
}

/** Each is loaded when the first picture of its form is met. */
async function decode({ format, cmyk }: ImageHeader, bytes: Uint8Array): Promise<PixelImage> {
  if (format === "png") return (await import("./png.ts")).decodePng(bytes);
  checkEnd(bytes);
  return cmyk ? (await import("./cmyk.ts")).decodeCmyk(bytes) : (await import("./jpeg.ts")).decodeJpeg(bytes);
}

function reason(error: unknown): string {
  const text = error instanceof Error ? reasonOf(error) : "";
  return text === "" ? "" : ` (${text.slice(0, 100)})`;
}

// libjpeg fills with gray what is missing of a file that was cut off: a picture that nobody took.
function checkEnd(bytes: Uint8Array): void {
  for (let at = bytes.length - 2; at > 0; at--) {
    if (bytes[at] !== 0xff) continue;
    if (bytes[at + 1] === 0xd9) return;
    if (bytes[at + 1] === 0xda) break;
  }
  throw new AnygradError("DATA_FORMAT", "a JPEG that is cut off");
}
