/** What a picture is here: pixels of four bytes, as `ImageData` has them, and the things that a page holds pictures in. */

/** Decoded pixels, such as an `ImageData` or what `readImage` of anygrad/node gives. */
export interface PixelImage {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** Red, green, blue and opacity of each pixel, 0 to 255, row by row. */
  readonly data: Uint8ClampedArray | Uint8Array;
}

/**
 * A picture: decoded pixels anywhere; in browsers also a canvas, an ImageBitmap, an image or video element, or a file (a Blob)
 * of a form that the browser knows.
 */
export type ImageInput = PixelImage | SizedImage | Blob;

/** A canvas, an ImageBitmap, or what else a page can draw. */
export interface SizedImage {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
}

/** A picture or a list of them. */
export type Pictures = ImageInput | readonly ImageInput[];

/** Whether a value may be a picture: what `predict` asks before it looks closer. A row of a table may have a width and a height, too. */
export function isImage(value: unknown): value is ImageInput {
  return (
    typeof value === "object" &&
    value !== null &&
    (("width" in value &&
      "height" in value &&
      ("data" in value || Object.getPrototypeOf(value) !== Object.prototype)) ||
      (typeof Blob === "function" && value instanceof Blob))
  );
}

/** Whether it is decoded already. */
export function isPixelImage(image: ImageInput): image is PixelImage {
  const { data, width, height } = image as Partial<PixelImage>;
  return ArrayBuffer.isView(data) && data.length === 4 * width! * height!;
}

/** Whether a value is a picture or a list of them. */
export function isPictures(value: unknown): value is Pictures {
  return isImage(Array.isArray(value) ? value[0] : value);
}
