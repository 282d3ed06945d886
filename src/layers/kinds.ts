/** The list of layers. */
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
export { add, average, concatenate, maximum, minimum, multiply, subtract } from "./merging.ts";
export { batchNormalization, layerNormalization, rescaling } from "./normalization.ts";
export { averagePooling2d, globalAveragePooling2d, maxPooling2d } from "./pooling.ts";
export { flatten, reshape } from "./reshape.ts";
