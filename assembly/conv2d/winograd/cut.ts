// Into which tiles an image is cut. In strict precision one kind of tile covers it: 4 outputs of 3 taps by six points, both ways, and of
// 5 taps 4 down by eight and 2 across by six.
//
// In the relaxed build an axis has a part of tiles of eight points, 6 outputs of 3 taps or 4 of 5, then a part of tiles of six, 4
// outputs or 2, and an image the four regions of a part down and a part across, of which mostly one is not empty. Which parts
// there are is chosen by the points that an axis takes. Time of the strict cut over others, forward, input gradient and kernel
// gradient, processor time, medians of 9 interleaved rounds, EPYC (Zen 5), Node 20, relaxed:
//
//     images, side, c → o        six alone            eight alone          mixed
//     3×3  64, 28, 32 → 32       1.18 1.19 1.03       1.25 1.27 1.05       1.22 1.28 1.06   38 points for 40 or 42
//          64, 14, 32 → 32       1.12 1.12 1.01       1.12 1.12 0.91       1.20 1.22 1.06   20 for 24
//          64, 14, 64 → 64       1.08 1.07 1.01       1.06 1.10 0.98       1.22 1.26 1.02
//          64, 11, 32 → 32       1.04 1.00 1.02       1.18 1.08 1.13       the same as eight, 16 for 18
//          64, 7, 64 → 64        1.05 1.04 1.04       0.65 0.61 0.58       the same as six, 12 for 16
//          8, 14, 64 → 64        1.13 0.98 1.02       1.10 1.16 0.93       0.96 0.99 0.87
//          2, 14, 64 → 64        1.06 1.03 1.01       1.09 1.00 0.85       0.60 0.61 0.48
//          1, 28, 16 → 16        0.91 1.14 1.15       0.81 1.11 1.04       0.84 0.90 0.64
//     5×5  64, 14, 32 → 64       0.88 0.79 0.79       1.47 1.34 1.21       1.45 1.29 1.10   30 for 32
//          64, 10, 32 → 64       0.84 0.83 0.84       1.28 1.30 1.20       1.27 1.26 0.94   22 for 24
//          1, 14, 32 → 64        0.95 0.89 0.88       1.36 1.22 1.07       0.65 0.65 0.45
//
// A region needs the kernel at points of its own, which few images do not repay.

import { RELAXED } from "../../lanes";

/** Regions of an image: 2 · part down + part across. The strict cut has the first alone. */
export const REGIONS: i32 = 4;
/** Outputs of a batch from which on several regions, and tiles of eight points for 3 taps, are worth their kernels. */
const MANY: i32 = 3000;

/** @inline */
function pointsOfPart(part: i32): i32 {
  return part ? 6 : 8;
}
/** @inline */
export function pointsDown(k: i32, region: i32): i32 {
  return RELAXED ? pointsOfPart(region >> 1) : k + 3;
}
/** @inline */
export function pointsAcross(region: i32): i32 {
  return RELAXED ? pointsOfPart(region & 1) : 6;
}
/**
 * Outputs of a tile.
 * @inline
 */
export function outputsDown(k: i32, region: i32): i32 {
  return RELAXED ? pointsDown(k, region) - k + 1 : 4;
}
/** @inline */
export function outputsAcross(k: i32, region: i32): i32 {
  return pointsAcross(region) - k + 1;
}
/**
 * Products, one for each pair of points.
 * @inline
 */
export function products(k: i32, region: i32): i32 {
  return pointsDown(k, region) * pointsAcross(region);
}

/** Points of as many tiles as cover so many outputs. */
function pointsFor(outputs: i32, points: i32, k: i32): i32 {
  const each = points - k + 1;
  return ((max(outputs, 0) + each - 1) / each) * points;
}

/**
 * Outputs of an axis that tiles of eight points give: all, none, or, where that saves a tenth of the points, as many as leave fewest.
 * @param many whether the batch has many outputs
 */
function byEight(outputs: i32, k: i32, many: bool): i32 {
  const eight = pointsFor(outputs, 8, k),
    six = pointsFor(outputs, 6, k);
  if (!many) return k == 5 ? outputs : 0;
  let best = eight < six ? outputs : 0,
    limit = min(eight, six) * 9;
  for (let first = 9 - k; first < outputs; first += 9 - k) {
    const points = (pointsFor(first, 8, k) + pointsFor(outputs - first, 6, k)) * 10;
    if (points <= limit) {
      limit = points - 1;
      best = first;
    }
  }
  return best;
}

/**
 * Whether a batch has many outputs. Its number of images counts, not those of a range: threads change no bit.
 */
export function isMany(batch: i32, height: i32, width: i32): bool {
  return <f64>batch * <f64>height * <f64>width >= MANY;
}

/** The first output of a part of an axis. */
function start(outputs: i32, k: i32, many: bool, part: i32): i32 {
  return part ? byEight(outputs, k, many) : 0;
}
/** Outputs of a part of an axis. */
function extent(outputs: i32, k: i32, many: bool, part: i32): i32 {
  const eight = byEight(outputs, k, many);
  return part ? outputs - eight : eight;
}

/**
 * The first row of a region.
 * @inline
 */
export function firstRow(height: i32, k: i32, many: bool, region: i32): i32 {
  return RELAXED ? start(height, k, many, region >> 1) : 0;
}
/**
 * The first column of a region.
 * @inline
 */
export function firstColumn(width: i32, k: i32, many: bool, region: i32): i32 {
  return RELAXED ? start(width, k, many, region & 1) : 0;
}
/**
 * Rows of a region.
 * @inline
 */
export function heightOf(height: i32, k: i32, many: bool, region: i32): i32 {
  return RELAXED ? extent(height, k, many, region >> 1) : height;
}
/**
 * Columns of a region.
 * @inline
 */
export function widthOf(width: i32, k: i32, many: bool, region: i32): i32 {
  return RELAXED ? extent(width, k, many, region & 1) : width;
}
