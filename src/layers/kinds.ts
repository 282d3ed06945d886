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
  relu,
  sigmoid,
  silu,
  softmax,
  softplus,
  tanh,
} from "./activation.ts";
export { conv2d } from "./conv2d.ts";
export { dense } from "./dense.ts";
export { depthwiseConv2d } from "./depthwiseConv2d.ts";
export { dropout } from "./dropout.ts";
export { embedding, masking } from "./embedding.ts";
export { gru } from "./gru.ts";
export { lstm } from "./lstm.ts";
export { add, average, concatenate, maximum, minimum, multiply, subtract } from "./merging.ts";
export { batchNormalization, layerNormalization, rescaling } from "./normalization.ts";
export { averagePooling2d, globalAveragePooling2d, maxPooling2d } from "./pooling.ts";
export { flatten, reshape } from "./reshape.ts";
export { sequenceRows } from "./sequenceRows.ts";
export { simpleRNN } from "./simpleRNN.ts";
export { bidirectional, repeatVector, timeDistributed } from "./wrapping.ts";
