/**
 * What augmentation is: which changes, how large, and the numbers that each image of a step draws for them. Plain data
 * in, plain numbers out; the pixels are moved elsewhere (model/augmentation.ts).
 *
 * All numbers are drawn by (seed, step, place in the batch), and each kind draws its own: turning one on changes no other.
 */
import { AnygradError } from "../errors.ts";
import { multiplyHigh, philox4x32, Random } from "../math/philox.ts";
import { streamOf } from "../math/streams.ts";
import { cos, exp, log, pow, sin } from "../math/transcendental.ts";

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
  /** Bends the image smoothly (Simard et al., 2003). alpha: strength, in pixels; sigma: smoothness, in pixels, default 4. */
  readonly elastic?: { readonly alpha: number; readonly sigma?: number };
  /**
   * Mixes each image with another one of its batch, and their losses in the same shares, drawn from Beta(mixup, mixup)
   * (Zhang et al., 2018). From 0.05 to 100; 0.1 to 0.4 is usual. Metrics see the label of the larger share.
   */
  readonly mixup?: number;
  /** What lies beyond the edges and in a cutout, as the data set stores pixels. Default 0. */
  readonly fillValue?: number;
  /** Darkest and brightest pixel, as stored: brightness stays between. Default [0, 255] for Uint8; Float32 has none. */
  readonly valueRange?: readonly [darkest: number, brightest: number];
}

export type AugmentationKind = Exclude<keyof AugmentationOptions, "fillValue" | "valueRange">;

/** All that a description may have, in the order in which it is written. */
export const augmentationNames: readonly (keyof AugmentationOptions)[] = [
  "shift",
  "rotation",
  "zoom",
  "shear",
  "flip",
  "cutout",
  "brightness",
  "elastic",
  "mixup",
  "fillValue",
  "valueRange",
];

const flips = ["horizontal", "vertical", "both"] as const;

function wrong(name: string, value: unknown, wanted: string, subject = "augmentation"): AnygradError {
  return new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: ${name} is ${typeof value === "number" ? value : JSON.stringify(value)}; pass ${wanted}`,
  );
}

const within = (value: unknown, least: number, most: number): value is number =>
  typeof value === "number" && value >= least && value <= most;

const isPair = (value: unknown): value is readonly [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every((item) => Number.isFinite(item));

/** What each option must be, in words and as a question. */
const rules: Readonly<
  Record<keyof AugmentationOptions, [wanted: string, allows: (value: unknown) => boolean]>
> = {
  shift: [
    "pixels (a whole number from 1), a share of the side (above 0, below 1), or a pair [vertical, horizontal] of them",
    (value) => isDistance(value, false) || (isPair(value) && value.every((item) => isDistance(item, true))),
  ],
  rotation: ["degrees from 0 to 180", (value) => within(value, 0, 180)],
  zoom: [
    "a number from 0 to 0.9, or a pair of factors [least, most] from 0.1 to 10",
    (value) =>
      within(value, 0, 0.9) || (isPair(value) && 0.1 <= value[0] && value[0] <= value[1] && value[1] <= 10),
  ],
  shear: ["degrees from 0 to 60", (value) => within(value, 0, 60)],
  flip: ['"horizontal", "vertical" or "both"', (value) => flips.some((flip) => flip === value)],
  cutout: ["the side of a square, a whole number of pixels from 1", (value) => isCount(value)],
  brightness: ["a share from 0 to 1", (value) => within(value, 0, 1)],
  elastic: [
    "{ alpha, sigma } with alpha from 0 to 1000 and sigma from 0.5 to 100 pixels",
    (value) => isElastic(value),
  ],
  mixup: ["the alpha of a Beta distribution, from 0.05 to 100", (value) => within(value, 0.05, 100)],
  fillValue: ["a finite number", (value) => Number.isFinite(value)],
  valueRange: ["a pair [darkest, brightest]", (value) => isPair(value) && value[0] < value[1]],
};

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 1;

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
  if (typeof options !== "object" || options === null)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: got ${String(options)}; pass what to do, such as { shift: 2, rotation: 10 }`,
    );
  for (const name of Object.keys(options))
    if (!Object.hasOwn(rules, name))
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${subject}: there is no ${JSON.stringify(name)}; pass some of ${augmentationNames.join(", ")}`,
      );
  const given = augmentationNames.filter((name) => options[name] !== undefined);
  for (const name of given) {
    const [wanted, allows] = rules[name];
    if (!allows(options[name])) throw wrong(name, options[name], wanted, subject);
  }
  if (!given.some((name) => name !== "fillValue" && name !== "valueRange"))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: nothing is to be done; name at least one kind, such as shift or rotation, or leave it out`,
    );
  return JSON.parse(JSON.stringify(Object.fromEntries(given.map((name) => [name, options[name]]))));
}

/** Kinds that look for a pixel's neighbours: they need images, not rows of features. */
export const geometricKinds = ["shift", "rotation", "zoom", "shear", "flip", "cutout", "elastic"] as const;

/** Largest shift in pixels: [vertical, horizontal]. */
function shiftPixels({ shift = 0 }: AugmentationOptions, height: number, width: number): [number, number] {
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

/** Whose numbers are drawn. */
export interface AugmentationDraw {
  readonly seed: number;
  /** Of the whole training, from 0. */
  readonly step: number;
}

/** Streams of their own: what an image does, with whom it is mixed, how it is bent. */
const streams = { images: streamOf("augment"), mixup: streamOf("augment", 1) } as const;
export const elasticStream: number = streamOf("augment", 2);

/** Numbers that `drawImages` gives an image: the kernel's parameters. */
export const imageParameters = 12;

/**
 * What each image of a batch does: a matrix from output to input coordinates, brightness, the blank rectangle.
 * @param out [n, 12], as ops.augmentImages takes them
 * @param brightest what a brightness of 1 adds, as the network sees pixels
 */
export function drawImages(
  out: Float32Array,
  options: AugmentationOptions,
  { height, width, brightest }: { height: number; width: number; brightest: number },
  { seed, step }: AugmentationDraw,
): void {
  const { rotation = 0, zoom = 0, shear = 0, flip, cutout = 0, brightness = 0 } = options;
  const [least, most] = typeof zoom === "number" ? [1 - zoom, 1 + zoom] : zoom;
  const [down, right] = shiftPixels(options, height, width);
  const [centreY, centreX] = [(height - 1) / 2, (width - 1) / 2];
  const words = new Uint32Array(imageParameters);
  const counter = [streams.images, step >>> 0, Math.floor(step / 2 ** 32)] as const;
  const key = [seed >>> 0, Math.floor(seed / 2 ** 32)] as const;
  /** In (−1, 1). */
  const signed = (word: number): number => (words[word]! + 0.5) / 2 ** 31 - 1;
  /** One of −most … most. */
  const whole = (word: number, farthest: number): number =>
    multiplyHigh(words[word]!, 2 * farthest + 1) - farthest;
  for (let image = 0, at = 0; at < out.length; image++, at += imageParameters) {
    for (let block = 0; block < 3; block++)
      philox4x32(words, 4 * block, 3 * image + block, ...counter, ...key);
    const [moveY, moveX] = [whole(0, down), whole(1, right)];
    const angle = (signed(2) * rotation * Math.PI) / 180;
    const factor = least + ((signed(3) + 1) / 2) * (most - least);
    const slant = (signed(4) * shear * Math.PI) / 180;
    const mirrorX = (flip === "horizontal" || flip === "both") && words[5]! >>> 31 ? -1 : 1;
    const mirrorY = (flip === "vertical" || flip === "both") && words[6]! >>> 31 ? -1 : 1;
    const [c, s, t] = [cos(angle) / factor, sin(angle) / factor, sin(slant) / cos(slant)];
    const [xx, xy] = [mirrorX * (c - t * s), mirrorX * (s + t * c)];
    const [yx, yy] = [mirrorY * -s, mirrorY * c];
    out[at] = xx;
    out[at + 1] = xy;
    out[at + 2] = centreX - xx * (centreX + moveX) - xy * (centreY + moveY);
    out[at + 3] = yx;
    out[at + 4] = yy;
    out[at + 5] = centreY - yx * (centreX + moveX) - yy * (centreY + moveY);
    out[at + 6] = signed(9) * brightness * brightest;
    const top = multiplyHigh(words[7]!, height) - (cutout >> 1);
    const left = multiplyHigh(words[8]!, width) - (cutout >> 1);
    out[at + 7] = top;
    out[at + 8] = top + cutout;
    out[at + 9] = left;
    out[at + 10] = left + cutout;
    out[at + 11] = 0;
  }
}

/** Who is mixed with whom, and how much of an image stays: at least half. */
export interface Mixture {
  /** Places in the batch, a permutation of them. */
  readonly partners: Uint32Array;
  readonly shares: Float32Array;
}

/** @param alpha of Beta(alpha, alpha); the larger of λ and 1 − λ stays, which makes the same pairs */
export function drawMixture(n: number, alpha: number, { seed, step }: AugmentationDraw): Mixture {
  const random = new Random(seed, streams.mixup, step);
  const partners = random.permutation(n);
  const shares = Float32Array.from({ length: n }, () => {
    const [a, b] = [gamma(alpha, random), gamma(alpha, random)];
    return Math.max(a, b) / (a + b);
  });
  return { partners, shares };
}

/** A number of the gamma distribution (Marsaglia & Tsang, 2000). */
function gamma(shape: number, random: Random): number {
  const uniform = (): number => (random.bits() + 0.5) / 2 ** 32;
  if (shape < 1) return gamma(shape + 1, random) * pow(uniform(), 1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = random.normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && log(uniform()) < 0.5 * x * x + d * (1 - v + log(v))) return d * v;
  }
}

/**
 * Displacements are sums of Gaussian hills: one, up or down, on each point of a grid of width sigma, which reaches three
 * sigma over the edges. That has the covariance of noise on every pixel, smoothed by a Gaussian of sigma, to 1e-4.
 */
export function elasticCells(side: number, sigma: number): number {
  return Math.ceil((side - 1) / sigma) + 7;
}

/** The height of each hill at each pixel of a side: [side, cells], row-major, times `strength`. */
export function elasticHills(side: number, sigma: number, strength = 1): Float32Array {
  const cells = elasticCells(side, sigma);
  const peak = strength / Math.sqrt(2 * Math.PI * sigma);
  return Float32Array.from({ length: side * cells }, (_, i) => {
    const distance = Math.floor(i / cells) / sigma - ((i % cells) - 3);
    return peak * exp(-0.5 * distance * distance);
  });
}
