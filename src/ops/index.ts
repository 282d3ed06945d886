/**
 * Functions of tensors. Each allocates its result and, within `engine.valueAndGrad`, remembers what its gradient needs.
 *
 * Inputs are float32 unless an op says otherwise. Every op throws AnygradError INVALID_ARGUMENT for an input that is no tensor, has
 * another element type or belongs to another engine, RELEASED for a tensor whose step has ended, and MEMORY_LIMIT where its result does not
 * fit.
 * @packageDocumentation
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * console.log(engine.step(() => ops.softmax(engine.tensor([[0, 0], [0, 0]])).toArray())); // [[0.5, 0.5], [0.5, 0.5]]
 * ```
 */

export { hardSigmoid, hardSwish, mish, selu, softplus, softsign } from "./activations.ts";
export { add, multiply } from "./arithmetic.ts";
export { augmentImages } from "./augmentImages.ts";
export { averagePooling2d } from "./averagePooling2d.ts";
export { batchNormalization } from "./batchNormalization.ts";
export { broadcastTo, repeat, tile } from "./broadcastTo.ts";
export { cast } from "./cast.ts";
export { categoricalCrossentropy } from "./categoricalCrossentropy.ts";
export { equal, greater, greaterEqual, less, lessEqual, mod, notEqual } from "./comparison.ts";
export { concatenate } from "./concatenate.ts";
export { conv1d } from "./conv1d.ts";
export { conv2d } from "./conv2d.ts";
export { conv2dTranspose } from "./conv2dTranspose.ts";
export { sparseCategoricalCrossentropy } from "./crossentropy.ts";
export { cumsum, prod } from "./cumsum.ts";
export { dense } from "./dense.ts";
export { depthToSpace, spaceToDepth } from "./depthToSpace.ts";
export { depthwiseConv2d } from "./depthwiseConv2d.ts";
export { type DotProductAttentionAttributes, dotProductAttention } from "./dotProductAttention.ts";
export {
  bernoulli,
  type DrawOptions,
  gumbel,
  multinomial,
  type NormalOptions,
  randomNormal,
  randomUniform,
  truncatedNormal,
} from "./draws.ts";
export { dropout } from "./dropout.ts";
export { einsum } from "./einsum.ts";
export { exp, log, sqrt } from "./elementary.ts";
export { embedding } from "./embedding.ts";
export { maximum, minimum } from "./extremes.ts";
export { rfft, type Spectrum, type StftAttributes, stft } from "./fourier.ts";
export { cos, erf, floor, round, sign, sin, tan } from "./functions.ts";
export { gather, scatterAdd, takeAlongAxis } from "./gather.ts";
export { gru } from "./gru.ts";
export { oneHot } from "./indexing.ts";
export { divide, subtract } from "./inverses.ts";
export { argmax, max, min } from "./largest.ts";
export { layerNormalization } from "./layerNormalization.ts";
export { clip } from "./limits.ts";
export { lstm } from "./lstm.ts";
export { matmul } from "./matmul.ts";
export { dilatedPooling2d, maxPoolWithArgmax } from "./maxPoolWithArgmax.ts";
export { type MelAttributes, melFilterbank, melSpectrogram } from "./mel.ts";
export { l2Normalize, logSumExp } from "./norms.ts";
export { pad } from "./pad.ts";
export { penalty } from "./penalty.ts";
export { globalAveragePooling2d, maxPooling2d } from "./pooling2d.ts";
export { pow } from "./power.ts";
export { mean, sum } from "./reduce.ts";
export { rescale } from "./rescale.ts";
export { flatten, reshape } from "./reshape.ts";
export { resize } from "./resize.ts";
export { reverse } from "./reverse.ts";
export { binaryCrossentropy, huber, meanAbsoluteError, meanSquaredError } from "./rowLoss.ts";
export { separableConv2d } from "./separableConv2d.ts";
export { abs, negative } from "./signs.ts";
export { simpleRNN } from "./simpleRNN.ts";
export { slice } from "./slice.ts";
export { logSoftmax, softmax } from "./softmax.ts";
export { argsort, sort, topK } from "./sort.ts";
export { split, stack, unstack } from "./split.ts";
export { stopGradient } from "./stopGradient.ts";
export { transpose } from "./transpose.ts";
export { arccos, arccosh, arcsin, arcsinh, arctan, arctanh, cosh, sinh } from "./trigonometry.ts";
export { elu, gelu, leakyRelu, relu, relu6, sigmoid, silu, square, tanh } from "./unary.ts";
export { where } from "./where.ts";
