/** What augmentation is: which changes, how large, and whether a description of them is sound. */
import { AnygradError, quote } from "../errors.ts";
import { isWithin } from "../math/checks.ts";
import { unknownName } from "../math/options.ts";

/** Which changes a training image undergoes, and how large they may be. What is left out is not done. */
export interface AugmentationOptions {
  /**
   * Moves by whole pixels, up to so many in each direction, all alike likely. From 1 on: pixels. Below 1: share of
   * height and width. A pair: [vertical, horizontal].
   */
  readonly shift?: number | readonly [vertical: number, horizontal: number];
  /** Turns about the centre by up to so many degrees, up to 180, to either side. */
  readonly rotation?: number;
  /** Enlarges by a factor from 1 − zoom to 1 + zoom, up to 0.9. A pair of factors: [least, most], such as [1, 1.3]. */
  readonly zoom?: number | readonly [least: number, most: number];
  /** Slants by up to so many degrees, up to 60, to either side: rows move along, more the further they are from the centre. */
  readonly shear?: number;
  /** Mirrors every second image (on average). "horizontal" exchanges left and right. */
  readonly flip?: "horizontal" | "vertical" | "both";
  /** A square of so many pixels is blanked with `fillValue`; its centre lies anywhere in the image (DeVries & Taylor, 2017). */
  readonly cutout?: number;
  /** Adds up to so large a share of `valueRange`, up to 1, to all pixels of an image, or takes it away. */
  readonly brightness?: number;
  /**
   * Changes the contrast of each channel of an image by a factor from 1 − color to 1 + color, about the middle of `valueRange`,
   * and adds up to half of so large a share of `valueRange` to it, or takes it away: what is learned is then less the colors
   * than the shapes. Up to 1.
   */
  readonly color?: number;
  /** Bends the image smoothly (Simard et al., 2003). alpha: strength, in pixels; sigma: smoothness, in pixels, default 4. */
  readonly elastic?: {
    /** Strength, in pixels. */
    readonly alpha: number;
    /** Smoothness, in pixels. Default 4. */
    readonly sigma?: number;
  };
  /**
   * Mixes each image with another one of its batch, and their losses in the same shares, drawn from Beta(mixup, mixup)
   * (Zhang et al., 2018). From 0.05 to 100; 0.1 to 0.4 is usual. Metrics see the label of the larger share.
   */
  readonly mixup?: number;
  /** What lies beyond the edges and in a cutout, as the data set stores pixels. Default 0. */
  readonly fillValue?: number;
  /** Darkest and brightest pixel, as stored: brightness stays between, color changes about the middle. Default [0, 255] for Uint8; Float32 has none. */
  readonly valueRange?: readonly [darkest: number, brightest: number];
}

export type AugmentationKind = Exclude<keyof AugmentationOptions, "fillValue" | "valueRange">;

const flips = ["horizontal", "vertical", "both"] as const;

function wrong(name: string, value: unknown, wanted: string, subject = "augmentation"): AnygradError {
  return new AnygradError("INVALID_ARGUMENT", `${subject}: ${name} is ${quote(value)}; pass ${wanted}`);
}

const within = (value: unknown, from: number, to: number): value is number => isWithin(value, { from, to });

const isPair = (value: unknown): value is readonly [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every((item) => Number.isFinite(item));

/** Marks a kind that looks for a pixel's neighbours. */
const geometric = true;

/** What each option must be, in words and as a question; in the order in which a description is written. */
const rules: Readonly<
  Record<
    keyof AugmentationOptions,
    [wanted: string, allows: (value: unknown) => boolean, geometric?: boolean]
  >
> = {
  shift: [
    "pixels (a whole number from 1), a share of the side (above 0, below 1), or a pair [vertical, horizontal] of them",
    (value) => isDistance(value, false) || (isPair(value) && value.every((item) => isDistance(item, true))),
    geometric,
  ],
  rotation: ["degrees from 0 to 180", (value) => within(value, 0, 180), geometric],
  zoom: [
    "a number from 0 to 0.9, or a pair of factors [least, most] from 0.1 to 10",
    (value) =>
      within(value, 0, 0.9) || (isPair(value) && 0.1 <= value[0] && value[0] <= value[1] && value[1] <= 10),
    geometric,
  ],
  shear: ["degrees from 0 to 60", (value) => within(value, 0, 60), geometric],
  flip: ['"horizontal", "vertical" or "both"', (value) => flips.some((flip) => flip === value), geometric],
  cutout: ["the side of a square, a whole number of pixels from 1", (value) => isCount(value), geometric],
  brightness: ["a share from 0 to 1", (value) => within(value, 0, 1)],
  color: ["a share from 0 to 1", (value) => within(value, 0, 1)],
  elastic: [
    "{ alpha, sigma } with alpha from 0 to 1000 and sigma from 0.5 to 100 pixels",
    (value) => isElastic(value),
    geometric,
  ],
  mixup: ["the alpha of a Beta distribution, from 0.05 to 100", (value) => within(value, 0.05, 100)],
  fillValue: ["a finite number", (value) => isWithin(value, {})],
  valueRange: ["a pair [darkest, brightest]", (value) => isPair(value) && value[0] < value[1]],
};

/** All that a description may have, in the order in which it is written. */
export const augmentationNames: readonly (keyof AugmentationOptions)[] = Object.keys(
  rules,
) as (keyof AugmentationOptions)[];

/** Kinds that look for a pixel's neighbours: they need images, not rows of features. */
export const geometricKinds: readonly (keyof AugmentationOptions)[] = augmentationNames.filter(
  (name) => rules[name][2],
);

/** Whether an option is a change to images, not what the changes have in common. */
export const isKind = (name: keyof AugmentationOptions): name is AugmentationKind =>
  name !== "fillValue" && name !== "valueRange";

const isCount = (value: unknown): boolean => isWithin(value, { whole: true, from: 1 });

function isDistance(value: unknown, orNone: boolean): boolean {
  return isCount(value) || (typeof value === "number" && value < 1 && (orNone ? value >= 0 : value > 0));
}

function isElastic(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { alpha, sigma = 4, ...others } = value as { alpha?: unknown; sigma?: unknown };
  return within(alpha, 0, 1000) && within(sigma, 0.5, 100) && Object.keys(others).length === 0;
}

/**
 * The description with what was left out left out, in one order.
 * @param subject for messages @throws AnygradError INVALID_ARGUMENT
 */
export function checkAugmentation(
  options: AugmentationOptions,
  subject = "augmentation",
): AugmentationOptions {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: got ${quote(options)}; pass what to do, such as { shift: 2, rotation: 10 }`,
    );
  for (const name of Object.keys(options))
    if (!Object.hasOwn(rules, name)) throw unknownName(subject, name, augmentationNames);
  const given = augmentationNames.filter((name) => options[name] !== undefined);
  for (const name of given) {
    const [wanted, allows] = rules[name];
    if (!allows(options[name])) throw wrong(name, options[name], wanted, subject);
  }
  if (!given.some(isKind))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: nothing is to be done; name at least one kind, such as shift or rotation, or leave it out`,
    );
  return JSON.parse(JSON.stringify(Object.fromEntries(given.map((name) => [name, options[name]]))));
}

/** Largest shift in pixels: [vertical, horizontal]. */
export function shiftPixels(
  { shift = 0 }: AugmentationOptions,
  height: number,
  width: number,
): [number, number] {
  const [vertical, horizontal] = typeof shift === "number" ? [shift, shift] : shift;
  const pixels = (distance: number, side: number): number =>
    distance < 1 ? Math.round(distance * side) : distance;
  return [pixels(vertical, height), pixels(horizontal, width)];
}

/** @throws AnygradError INVALID_ARGUMENT for a shift or a cutout as large as the image */
export function checkAgainstImages(options: AugmentationOptions, height: number, width: number): void {
  const { shift, cutout = 0 } = options;
  const [down, right] = shiftPixels(options, height, width);
  const size = `the images are ${height} by ${width}`;
  if (shift !== undefined && (down >= height || right >= width || down + right === 0))
    throw wrong("shift", shift, `less than the image and at least a pixel: ${size}`);
  if (cutout > Math.min(height, width)) throw wrong("cutout", cutout, `at most the shorter side: ${size}`);
}
