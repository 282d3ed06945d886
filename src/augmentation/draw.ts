/**
 * The numbers that each image of a step draws. All are drawn by (seed, step, place in the batch), and each kind of change
 * draws its own: turning one on changes no other.
 */
import { multiplyHigh, philox4x32, Random } from "../math/philox.ts";
import { streamOf } from "../math/streams.ts";
import { cos, exp, log, pow, sin } from "../math/transcendental.ts";
import { imageParameters } from "../ops/augmentImages.ts";
import { type AugmentationOptions, shiftPixels } from "./options.ts";

/** What the numbers are drawn by. */
export interface AugmentationDraw {
  readonly seed: number;
  /** The step of the whole training, from 0. */
  readonly step: number;
}

/** Streams of their own: what an image does, with whom it is mixed, how it is bent, how its colors change. */
const streams = {
  images: streamOf("augment"),
  mixup: streamOf("augment", 1),
  colors: streamOf("augment", 3),
} as const;
export const elasticStream: number = streamOf("augment", 2);

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

/**
 * What becomes of the channels of each image: value · factor + addend, both [n, channels].
 * @param middle of the range of pixels, as the network sees them; `brightest` as for drawImages
 */
export function drawColors(
  factors: Float32Array,
  addends: Float32Array,
  color: number,
  { middle, brightest }: { middle: number; brightest: number },
  { seed, step }: AugmentationDraw,
): void {
  const random = new Random(seed, streams.colors, step);
  const signed = (): number => 2 * random.uniform() - 1;
  for (let i = 0; i < factors.length; i++) {
    const factor = 1 + signed() * color;
    factors[i] = factor;
    addends[i] = middle * (1 - factor) + (signed() * color * brightest) / 2;
  }
}

/** Who is mixed with whom, and how much of an image stays: at least half. */
export interface Mixture {
  /** Places in the batch, a permutation of them. */
  readonly partners: Uint32Array;
  /** How much of each example stays. */
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
    const root = 1 + x / Math.sqrt(9 * d);
    const v = root * root * root; // not ** 3: hosts round powers differently
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
