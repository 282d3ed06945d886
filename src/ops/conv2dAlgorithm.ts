/**
 * Which algorithm runs a pass of a convolution. The shapes alone decide: two algorithms round differently, so the choice is
 * part of the result.
 *
 * Winograd's algorithm (Lavin and Gray, arXiv:1509.09308) takes tiles of 6×6 pixels for 4×4 outputs of a 3×3 kernel, 36
 * multiplications for 144, or of 8×6 for 4×2 of a 5×5 one, 48 for 200. Where the size of an image is no multiple of the tile,
 * what a tile computes beyond its edge is wasted, so the gain is counted per image. Channels and filters must be multiples of
 * 4. The number of images does not count: one image alone is predicted with the same bits as in a batch. The relaxed build has
 * larger tiles where a batch has many outputs (assembly/conv/winograd/cut.ts), so that its last bits differ there.
 *
 * Measured: im2col's time over Winograd's (forward, input gradient, kernel gradient; batch 8, "same", simd, CPU time,
 * medians of 9 to 15 interleaved runs, Node 20, load 2 to 5; 3×3 on a Xeon, 5×5 on an EPYC):
 *
 *     c → o        3×3 on 7×7       14×14            28×28            5×5 on 7×7       14×14            28×28
 *     4 → 32       1.1  2.1  1.6    1.2  2.4  1.6    1.5  3.1  2.1    1.1  2.0  1.5    1.2  2.5  2.0    1.4  2.6  2.3
 *     8 → 8        1.4  1.5  2.0    1.8  1.8  2.3    2.3  2.3  3.2    1.4  1.4  2.0    1.7  1.3  3.1    1.9  2.0  2.8
 *     16 → 16      1.8  1.7  2.1    1.9  2.0  2.5    2.5  2.5  3.3    1.7  1.8  2.2    2.2  2.2  2.8    2.3  2.3  3.2
 *     32 → 32      2.1  2.0  2.2    2.3  2.3  2.7    3.0  3.0  3.5    2.2  2.1  2.4    2.7  2.6  3.8    3.2  3.7  3.5
 *     64 → 64      2.3  2.1  2.5    2.5  2.6  3.1    3.0  3.0  3.6    2.6  2.0  2.3    3.0  2.9  3.2    3.4  3.8  3.9
 *     128 → 128    2.1  2.2  2.3    2.4  2.3  2.7    3.0  3.0  3.4    2.6  2.4  2.4    3.4  3.3  3.2    3.8  3.9  4.0
 *     32 → 4       2.2  1.1  2.8    2.4  1.2  3.1    3.0  1.5  3.9    1.8  0.9  2.7    2.3  1.2  3.1    2.7  1.4  3.8
 *
 * A pass must read many channels to gain; where it writes few, im2col loses as much. With one image instead of eight: 0.9–3.8
 * forward. Small images, 8 → 8 and 64 → 64 forward: 3×3 on 3×3 1.1 and 1.5 (gain 2.3), 4×4 1.6 and 3.1
 * (gain 4), 5×5 0.9 and 1.6 (gain 1.6), 6×6 1.2 and 2.3 (gain 2.3); 5×5 on 2×2 0.7 and 0.9 (gain 2.1), 3×3 0.9 and 1.2
 * (gain 2.3), 4×4 1.5 and 2.3 (gain 4.2), 5×5 1.0 and 1.6 (gain 2.2). The cases that lose have few pixels.
 */
import type { Conv2dGeometry } from "../kernels/abi.generated.ts";

/** How a convolution is computed: as one large matrix product, or by transformed tiles. */
export type Conv2dAlgorithm = "im2col" | "winograd";
/** What is computed: the output, dx or dkernel. */
export type Conv2dPass = "forward" | "inputGradient" | "kernelGradient";

/** Least number of channels that a pass must read; with fewer, the transforms cost more than the products save. */
const minChannels = 8;
/** Least factor by which multiplications must become fewer to be worth the transforms. */
const smallestGain = 2;
/** Least number of pixels of an output image; with fewer, transforms and packing outweigh the products. */
const minPixels = 16;

/** The algorithm for a pass of a convolution of this geometry. */
export function conv2dAlgorithm(geometry: Conv2dGeometry, pass: Conv2dPass): Conv2dAlgorithm {
  const { h, w, c, kh, kw, oh, ow, o } = geometry;
  const { strideH, strideW, dilationH, dilationW, groups } = geometry;
  const dense = strideH * strideW * dilationH * dilationW * groups === 1;
  if (!dense || kh !== kw || (kh !== 3 && kh !== 5) || c % 4 || o % 4) return "im2col";
  const backwards = pass === "inputGradient";
  const [rows, columns, channels] = backwards ? [h, w, o] : [oh, ow, c];
  const multiplications = 6 * (kh + 3) * Math.ceil(rows / 4) * Math.ceil(columns / (7 - kh));
  const gain = (kh * kw * rows * columns) / multiplications;
  const worthIt = channels >= minChannels && gain >= smallestGain && rows * columns >= minPixels;
  return worthIt ? "winograd" : "im2col";
}
