/** JPEG in the colors of printers to pixels, by jpeg-js: libjpeg does not convert them. */
import { decode } from "jpeg-js";
import type { PixelImage } from "../../src/data/images/image.ts";

/** @throws Error for a damaged file */
export function decodeCmyk(bytes: Uint8Array): PixelImage {
  return decode(bytes, {
    useTArray: true,
    formatAsRGBA: true,
    maxMemoryUsageInMB: 4096,
    maxResolutionInMP: 256,
  });
}
