// How the passes of a convolution are cut. The forward pass and the input gradient are cut by images, since no image needs
// another. The kernel gradient sums over all images: it is cut into groups of images, each with a partial gradient of its own.

import { MIN_FLOP } from "../range";
import { Conv2dGeometry } from "./geometry";

/** Images whose kernel gradients are summed together, at least: a batch of fewer than 32 is one group. */
const IMAGES_PER_GROUP: i32 = 16;
/** Groups of a batch, at most. */
const MAX_GROUPS: i32 = 8;
/** Floats of partial gradients that are worth their memory: 8 MiB. */
const MAX_PARTIALS: i32 = 1 << 21;

/** Whether the nominal operations, those of a direct loop, are too few to share. */
export function isSmall(g: Conv2dGeometry): bool {
  const outputs = <f64>g.n * <f64>g.oh * <f64>g.ow * <f64>g.o;
  return (2 * outputs * <f64>g.kh * <f64>g.kw * <f64>g.c) / <f64>g.groups < MIN_FLOP;
}

/** Units of a pass that is cut by images. */
export function imageUnits(g: Conv2dGeometry): i32 {
  return g.n < 2 || isSmall(g) ? 1 : g.n;
}

/** Images in so many units: all in one where the work is small. */
export function imagesOf(g: Conv2dGeometry, units: i32): i32 {
  return isSmall(g) ? units * g.n : units;
}

/** Image i of x or dx. */
export function inputAt(x: usize, g: Conv2dGeometry, i: i32): usize {
  return x + ((<usize>(i * g.h * g.w * g.c)) << 2);
}

/** Image i of y or dy. */
export function outputAt(y: usize, g: Conv2dGeometry, i: i32): usize {
  return y + ((<usize>(i * g.oh * g.ow * g.o)) << 2);
}

/** Floats of the kernel. */
export function kernelSize(g: Conv2dGeometry): i32 {
  return g.kh * g.kw * (g.c / g.groups) * g.o;
}

/** Partial gradient i. */
export function partialAt(partials: usize, g: Conv2dGeometry, i: i32): usize {
  return partials + ((<usize>(i * kernelSize(g))) << 2);
}

/** Images of a group of the kernel gradient; the last may have fewer. */
export function groupImages(g: Conv2dGeometry): i32 {
  const n = g.n,
    groups = max(1, min(MAX_GROUPS, min(n / IMAGES_PER_GROUP, MAX_PARTIALS / kernelSize(g))));
  return (n + groups - 1) / groups;
}

/**
 * Groups of the kernel gradient. Part of the result, not only of how it is shared: the gradient is the sum of the groups'
 * gradients in order, on one thread as on many, so it follows from the sizes alone and a change alters last bits.
 */
export function groupUnits(g: Conv2dGeometry): i32 {
  const images = groupImages(g);
  return (g.n + images - 1) / images;
}
