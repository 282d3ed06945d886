/**
 * How pictures of any size become examples: the options that say so, their checks, and the size that is taken where none is
 * asked for.
 */

import { AnygradError } from "../../errors.ts";
import { isWithin } from "../../math/checks.ts";
import { checkOneOf } from "../../math/oneOf.ts";
import { median } from "../../math/statistics.ts";
import type { ImagePreparation } from "../preparation.ts";

/** Options of what reads pictures. */
export interface ImageOptions {
  /**
   * Pixels of an example: a side of a square, or `[height, width]`. Default: the size of the pictures where all have one of at
   * most 96 × 96; else a square whose side is their median shorter side, at most 64.
   */
  readonly imageSize?: number | readonly [height: number, width: number];
  /** One channel or three. Default: "gray" where no picture has a color, else "rgb". */
  readonly color?: "gray" | "rgb";
  /**
   * "cover" (default) fills the example and crops what stands out, "contain" shows the whole picture between black borders,
   * "stretch" changes its proportions.
   */
  readonly fit?: "cover" | "contain" | "stretch";
}

/** What is known of a picture before it is decoded. */
export interface ImageFacts {
  readonly width: number;
  readonly height: number;
  /** Whether it has no color, by its header. */
  readonly gray: boolean;
}

const LARGEST_OWN = 96;
const LARGEST_CHOSEN = 64;
const LARGEST = 4096;
const colors = ["gray", "rgb"] as const;
const fits = ["cover", "contain", "stretch"] as const;

/** @throws AnygradError INVALID_ARGUMENT, before any picture is read */
export function checkImageOptions(subject: string, { imageSize, color, fit }: ImageOptions): void {
  if (imageSize !== undefined) {
    const sides = typeof imageSize === "number" ? [imageSize] : Array.isArray(imageSize) ? imageSize : [];
    const right = sides.every((side) => isWithin(side, { whole: true, from: 1, to: LARGEST }));
    if (!right || (typeof imageSize !== "number" && sides.length !== 2))
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${subject}: imageSize is ${shown(imageSize)}; pass the side of a square, such as 32, or [height, width], in whole pixels from 1 to ${LARGEST}`,
      );
  }
  checkOneOf(`${subject}: color`, color, colors);
  checkOneOf(`${subject}: fit`, fit, fits);
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 40);
}

/** The options with the rules for what they leave open. @param images at least one */
export function imagePreparation(options: ImageOptions, images: readonly ImageFacts[]): ImagePreparation {
  const { imageSize = usualSize(images), fit = "cover" } = options;
  const [height, width] = typeof imageSize === "number" ? [imageSize, imageSize] : imageSize;
  const color = options.color ?? (images.every(({ gray }) => gray) ? "gray" : "rgb");
  return { height, width, fit, color };
}

function usualSize(images: readonly ImageFacts[]): [number, number] {
  const { width, height } = images[0]!;
  const alike = images.every((image) => image.width === width && image.height === height);
  if (alike && Math.max(width, height) <= LARGEST_OWN) return [height, width];
  const shorter = median(images.map((image) => Math.min(image.width, image.height)));
  const side = Math.min(LARGEST_CHOSEN, Math.max(1, Math.floor(shorter)));
  return [side, side];
}

/** The preparation that fits a network whose training data had none: 1 or 3 channels; undefined for other inputs. */
export function preparationFor(inputShape: readonly number[]): ImagePreparation | undefined {
  const [height = 0, width = 0, channels = 1] = inputShape;
  if (inputShape.length < 2 || inputShape.length > 3 || (channels !== 1 && channels !== 3)) return undefined;
  return { height, width, fit: "cover", color: channels === 1 ? "gray" : "rgb" };
}

/** Bytes of an example. */
export function exampleBytes({ height, width, color }: ImagePreparation): number {
  return height * width * channelsOf(color);
}

/** Shape of an example. */
export function exampleShape({ height, width, color }: ImagePreparation): [number, number, number] {
  return [height, width, channelsOf(color)];
}

function channelsOf(color: ImagePreparation["color"]): 1 | 3 {
  return color === "gray" ? 1 : 3;
}

/** What becomes of a picture, in a few words: "640 wide, 480 high → 32 × 32, cropped". */
export function describePreparation(
  image: { readonly width: number; readonly height: number },
  { width, height, fit, color }: ImagePreparation,
): string {
  const isSize = image.width === width && image.height === height;
  const isProportional = image.width * height === image.height * width;
  const size = width === height ? `${height} × ${width}` : `${width} wide, ${height} high`;
  const done = { cover: "cropped", contain: "with borders", stretch: "stretched" }[fit];
  return [
    `${image.width} wide, ${image.height} high${isSize ? "" : ` → ${size}`}`,
    ...(isProportional ? [] : [done]),
    ...(color === "gray" ? ["gray"] : []),
  ].join(", ");
}
