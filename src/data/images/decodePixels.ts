/**
 * Pixels of what a page holds pictures in: files, canvases, bitmaps, elements. Decoded by the browser, at full size, without
 * its color management, as EXIF says they are turned.
 * When not: files in Node, Deno and Bun are read by `readImage` of anygrad/node.
 */
import { AnygradError, reasonOf } from "../../errors.ts";
import { hostGlobals } from "../../runtime/capabilities.ts";
import { type ImageInput, isImage, isPixelImage, type PixelImage } from "./image.ts";

/** The globals of pages and their workers that draw; other runtimes lack them. */
interface Drawing {
  createImageBitmap?(source: unknown, options?: object): Promise<Drawable & { close(): void }>;
  OffscreenCanvas?: new (width: number, height: number) => Canvas;
  document?: { createElement(name: "canvas"): Canvas };
}

interface Drawable {
  readonly width: number;
  readonly height: number;
}

interface Canvas {
  width: number;
  height: number;
  getContext(kind: "2d", options: object): Context | null;
}

interface Context {
  fillStyle: string;
  fillRect(left: number, top: number, width: number, height: number): void;
  drawImage(source: unknown, left: number, top: number, width: number, height: number): void;
  getImageData(left: number, top: number, width: number, height: number, options?: object): PixelImage;
}

/** @throws AnygradError as `pixels` says */
export async function decodePixels(image: ImageInput): Promise<PixelImage> {
  if (!isImage(image)) throw noPicture(typeof image);
  if (isPixelImage(image)) return image;
  if ("data" in image) throw noPicture("pixels that are not four bytes each");
  const { createImageBitmap } = hostGlobals() as Drawing;
  if (!(image instanceof Blob)) return drawn(image, sizeOf(image));
  if (!createImageBitmap) throw unsupported();
  const bitmap = await createImageBitmap(image, {
    imageOrientation: "from-image",
    colorSpaceConversion: "none",
    premultiplyAlpha: "none",
  }).catch((error: unknown) => {
    const name = "name" in image ? `${String(image.name)}: ` : "";
    throw new AnygradError(
      "DATA_FORMAT",
      `${name}not a picture that this browser decodes (${reasonOf(error).slice(0, 100)}); convert it to PNG or JPEG`,
      { cause: error },
    );
  });
  try {
    return drawn(bitmap, bitmap);
  } finally {
    bitmap.close();
  }
}

/** The pixels of one or several pictures, as they can be sent to a worker. */
export async function pixelsOfAll(images: ImageInput | readonly ImageInput[]): Promise<PixelImage[]> {
  const all: PixelImage[] = [];
  for (const image of isImage(images) ? [images] : images) {
    const { width, height, data } = await decodePixels(image);
    all.push({ width, height, data });
  }
  return all;
}

// Elements have the size of their box beside that of what they show.
function sizeOf(image: Drawable): Drawable {
  const { naturalWidth, naturalHeight, videoWidth, videoHeight } = image as Readonly<
    Record<string, unknown>
  > &
    Drawable;
  const width = Number(naturalWidth ?? videoWidth ?? image.width);
  const height = Number(naturalHeight ?? videoHeight ?? image.height);
  if (width > 0 && height > 0) return { width, height };
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `pixels: a picture of ${width} × ${height} pixels; wait until it is loaded (await image.decode()), and pass one with pixels`,
  );
}

function drawn(source: unknown, { width, height }: Drawable): PixelImage {
  const { OffscreenCanvas, document } = hostGlobals() as Drawing;
  const canvas = OffscreenCanvas ? new OffscreenCanvas(width, height) : document?.createElement("canvas");
  if (!canvas) throw unsupported();
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw unsupported();
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(source, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

function noPicture(got: string): AnygradError {
  return new AnygradError(
    "INVALID_ARGUMENT",
    `pixels: got ${got}; pass an ImageData or { width, height, data } with four bytes a pixel; in browsers a file, a canvas or an ImageBitmap too`,
  );
}

function unsupported(): AnygradError {
  return new AnygradError(
    "UNSUPPORTED",
    "pixels: this runtime decodes and draws no pictures; pass { width, height, data } with four bytes a pixel, or use readImage of anygrad/node",
  );
}
