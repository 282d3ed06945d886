/**
 * The list of layers, under Keras's names and with its options and defaults.
 * @packageDocumentation
 * @example
 * ```js
 * import { layers, sequential } from "anygrad";
 *
 * const net = sequential([
 *   layers.conv2d({ filters: 16, kernelSize: 3, activation: "relu" }),
 *   layers.maxPooling2d({ poolSize: 2 }),
 *   layers.flatten(),
 *   layers.dense({ units: 10, activation: "softmax" }),
 * ], { inputShape: [28, 28, 1] });
 * console.log(net.layers.map((layer) => layer.type)); // ['conv2d', 'maxPooling2d', 'flatten', 'dense']
 * ```
 */
export {
  activation,
  elu,
  gelu,
  leakyRelu,
  logSoftmax,
  sigmoid,
  silu,
  softmax,
  tanh,
} from "./activation.ts";
export { activityRegularization } from "./activityRegularization.ts";
export { additiveAttention, attention } from "./attention.ts";
export { centerCrop, cropping1d, cropping2d, zeroPadding1d, zeroPadding2d } from "./borders.ts";
export { categoryEncoding } from "./categories.ts";
export { conv1d } from "./conv1d.ts";
export { conv2d } from "./conv2d.ts";
export { conv2dTranspose } from "./conv2dTranspose.ts";
export { dense } from "./dense.ts";
export { depthwiseConv1d } from "./depthwiseConv1d.ts";
export { depthwiseConv2d } from "./depthwiseConv2d.ts";
export { discretization } from "./discretization.ts";
export { dot } from "./dot.ts";
export { dropout } from "./dropout.ts";
export { embedding, masking } from "./embedding.ts";
export { groupNormalization, rmsNormalization, unitNormalization } from "./groupNormalization.ts";
export { gru } from "./gru.ts";
export { lambda } from "./lambda.ts";
export { hardSigmoid, hardSwish, mish, relu6, selu, softplus, softsign } from "./lateActivations.ts";
export { lstm } from "./lstm.ts";
export { add, average, concatenate, maximum, minimum, multiply, subtract } from "./merging.ts";
export { multiHeadAttention } from "./multiHeadAttention.ts";
export { gaussianDropout, gaussianNoise, spatialDropout1d, spatialDropout2d } from "./noise.ts";
export { batchNormalization, layerNormalization, rescaling } from "./normalization.ts";
export { operation } from "./operation.ts";
export { permute } from "./permute.ts";
export { averagePooling2d, globalAveragePooling2d, maxPooling2d } from "./pooling.ts";
export {
  averagePooling1d,
  globalAveragePooling1d,
  globalMaxPooling1d,
  globalMaxPooling2d,
  maxPooling1d,
} from "./pooling1d.ts";
export { prelu, relu } from "./relu.ts";
export { flatten, reshape } from "./reshape.ts";
export { resizing, upSampling1d, upSampling2d } from "./resizing.ts";
export { separableConv1d, separableConv2d } from "./separableConv.ts";
export { sequenceRows } from "./sequenceRows.ts";
export { simpleRNN } from "./simpleRNN.ts";
export { normalization } from "./standardization.ts";
export { bidirectional, repeatVector, timeDistributed } from "./wrapping.ts";
