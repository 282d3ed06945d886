/** Blocks of pixels as channels, and back. */

import { checkTensors } from "../autograd/op.ts";
import { AnygradError, quote } from "../errors.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { reshape } from "./reshape.ts";
import { transpose } from "./transpose.ts";

/** Requires images whose sizes along some axes a number divides: the block size, or its square. */
function check(name: string, x: Tensor, size: number, axes: readonly number[], divisor: "b" | "b²"): void {
  checkTensors(name, x);
  if (!Number.isInteger(size) || size < 1)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${name}: the block size is ${quote(size)}; pass a whole number from 1`,
    );
  const by = divisor === "b" ? size : size * size;
  if (x.shape.length !== 4 || axes.some((axis) => x.shape[axis]! % by !== 0))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${name}: the input is ${formatShape(x.shape)}; wanted [n, height, width, channels] with ${divisor === "b" ? "height and width" : "channels"} that ${by} divides`,
    );
}

/**
 * Channels as blocks of pixels, which makes images larger: [n, h, w, b · b · c] gives [n, h · b, w · b, c]. Channel (i · b + j) · c + k
 * becomes channel k of the pixel at row i and column j of its block, as in TensorFlow (sub-pixel convolution, Shi et al.,
 * arXiv:1609.05158). The gradient is `spaceToDepth` of dy.
 * @param x [n, h, w, b · b · c]
 * @param blockSize b, from 1
 * @throws AnygradError SHAPE_MISMATCH where the channels do not divide, INVALID_ARGUMENT for another block size
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = engine.tensor([1, 2, 3, 4], [1, 1, 1, 4]);
 * console.log(ops.reshape(ops.depthToSpace(x, 2), [2, 2]).toArray()); // [[1, 2], [3, 4]]
 * ```
 */
export function depthToSpace(x: Tensor, blockSize: number): Tensor {
  check("depthToSpace", x, blockSize, [3], "b²");
  const [n, h, w, channels] = x.shape as [number, number, number, number];
  const c = channels / (blockSize * blockSize);
  const blocks = transpose(reshape(x, [n, h, w, blockSize, blockSize, c]), [0, 1, 3, 2, 4, 5]);
  return reshape(blocks, [n, h * blockSize, w * blockSize, c]);
}

/**
 * Blocks of pixels as channels, which makes images smaller: [n, h · b, w · b, c] gives [n, h, w, b · b · c]. The opposite of
 * `depthToSpace`.
 * @param x [n, h · b, w · b, c]
 * @param blockSize b, from 1
 * @throws AnygradError SHAPE_MISMATCH where height or width do not divide, INVALID_ARGUMENT for another block size
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = engine.tensor([1, 2, 3, 4], [1, 2, 2, 1]);
 * console.log(ops.flatten(ops.spaceToDepth(x, 2)).toArray()); // [[1, 2, 3, 4]]
 * ```
 */
export function spaceToDepth(x: Tensor, blockSize: number): Tensor {
  check("spaceToDepth", x, blockSize, [1, 2], "b");
  const [n, height, width, c] = x.shape as [number, number, number, number];
  const [h, w] = [height / blockSize, width / blockSize];
  const blocks = transpose(reshape(x, [n, h, blockSize, w, blockSize, c]), [0, 1, 3, 2, 4, 5]);
  return reshape(blocks, [n, h, w, blockSize * blockSize * c]);
}
