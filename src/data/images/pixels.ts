/** `pixels` as users call it; what decodes and draws is imported when it is called, so that pages without pictures lack it. */
import type { ImageInput, PixelImage } from "./image.ts";

/**
 * The pixels of a picture at its full size: decoded pixels as they are, everything else drawn on a white canvas by the browser.
 *
 * @example
 * ```js
 * import { pixels } from "anygrad";
 *
 * const image = await pixels({ width: 1, height: 1, data: new Uint8Array([255, 0, 0, 255]) });
 * console.log(image.width, image.height, image.data.length); // 1 1 4
 * ```
 * @param image decoded pixels; in browsers a Blob or File, an ImageBitmap, a canvas, an image or video element too
 * @throws AnygradError INVALID_ARGUMENT for what is no picture; DATA_FORMAT for a file that the browser does not decode;
 *   UNSUPPORTED where the runtime draws nothing
 */
export async function pixels(image: ImageInput): Promise<PixelImage> {
  return (await import("./index.ts")).decodePixels(image);
}
