/**
 * Every layer of src/layers/kinds.ts: shapes, parameters, the way to JSON and back. The rows are checked against the
 * list: a layer without one fails.
 */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { AnygradError } from "../../src/errors.ts";
import type { LateActivation } from "../../src/layers/activationsByName.ts";
import { type Layer, layerFromConfig, layers } from "../../src/layers/index.ts";
import { resetStates, sequential } from "../../src/model/index.ts";
import { sizeOf } from "../../src/tensor/shape.ts";
import { failure } from "../data/failure.ts";
import { type MergingName, merging } from "../model/graphs.ts";

interface Row {
  readonly layer: Layer;
  readonly input: readonly number[];
  readonly output: readonly number[];
  /** Shapes of the weights by name. */
  readonly weights?: Readonly<Record<string, readonly number[]>>;
  /** Its name in a model of its own, and its class in Keras. */
  readonly named: readonly [string, string];
  /** Parameters that are not learned, beside moving statistics. Default 0. */
  readonly still?: number;
  /** What `config` must hold of the options given. */
  readonly config?: object;
}

const image = [7, 6, 4];
const sequence = [9, 4];
const plain = (layer: Layer, name: string, keras: string, config?: object): Row => ({
  layer,
  input: image,
  output: image,
  named: [name, keras],
  ...(config && { config }),
});
const bn = { gamma: [4], beta: [4], moving_mean: [4], moving_variance: [4] };

/** Merging layers take several tensors: test/model/functional.test.ts; a function is in no file: test/definitions/layer.test.ts. */
type Single = Exclude<keyof typeof layers, MergingName | "dot" | "lambda">;

const rows: Readonly<Record<Single, readonly Row[]>> = {
  activation: [
    plain(layers.activation("gelu"), "activation", "Activation", { activation: "gelu" }),
    plain(layers.activation({ activation: "softmax" }), "activation", "Activation", {
      activation: "softmax",
    }),
  ],
  relu: [
    plain(layers.relu(), "relu", "ReLU"),
    plain(layers.relu({ maxValue: 6 }), "relu", "ReLU", { maxValue: 6 }),
  ],
  leakyRelu: [
    plain(layers.leakyRelu(), "leaky_relu", "LeakyReLU", { negativeSlope: 0.3 }),
    plain(layers.leakyRelu({ negativeSlope: 0.1 }), "leaky_relu", "LeakyReLU", { negativeSlope: 0.1 }),
  ],
  elu: [plain(layers.elu({ alpha: 0.5 }), "elu", "ELU", { alpha: 0.5 })],
  gelu: [plain(layers.gelu(), "gelu", "GELU")],
  silu: [plain(layers.silu(), "silu", "SiLU")],
  sigmoid: [plain(layers.sigmoid(), "sigmoid", "Sigmoid")],
  tanh: [plain(layers.tanh(), "tanh", "Tanh")],
  softplus: [plain(layers.softplus(), "softplus", "Softplus")],
  softmax: [plain(layers.softmax(), "softmax", "Softmax")],
  logSoftmax: [plain(layers.logSoftmax(), "log_softmax", "LogSoftmax")],
  dropout: [plain(layers.dropout({ rate: 0.25 }), "dropout", "Dropout", { rate: 0.25 })],
  rescaling: [
    plain(layers.rescaling({ scale: 2, offset: -1 }), "rescaling", "Rescaling", { scale: 2, offset: -1 }),
  ],
  flatten: [{ layer: layers.flatten(), input: image, output: [168], named: ["flatten", "Flatten"] }],
  reshape: [
    {
      layer: layers.reshape({ targetShape: [2, 84] }),
      input: image,
      output: [2, 84],
      named: ["reshape", "Reshape"],
      config: { targetShape: [2, 84] },
    },
    {
      layer: layers.reshape({ targetShape: [4, -1, 3] }),
      input: [24],
      output: [4, 2, 3],
      named: ["reshape", "Reshape"],
    },
  ],
  dense: [
    {
      layer: layers.dense({ units: 5 }),
      input: [3],
      output: [5],
      weights: { kernel: [3, 5], bias: [5] },
      named: ["dense", "Dense"],
      config: { units: 5, activation: "linear", useBias: true },
    },
    {
      layer: layers.dense({ units: 2, useBias: false, activation: "softmax" }),
      input: [3],
      output: [2],
      weights: { kernel: [3, 2] },
      named: ["dense", "Dense"],
      config: { useBias: false, activation: "softmax" },
    },
  ],
  ...(Object.fromEntries(
    (["relu6", "selu", "hardSigmoid", "hardSwish", "mish", "softsign"] as const).map((name) => [
      name,
      [
        plain(
          layers[name](),
          name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
          "Activation",
        ),
      ],
    ]),
  ) as Record<LateActivation, Row[]>),
  prelu: [
    { ...plain(layers.prelu(), "prelu", "PReLU"), weights: { alpha: image } },
    { ...plain(layers.prelu({ sharedAxes: [1, 2] }), "prelu", "PReLU"), weights: { alpha: [1, 1, 4] } },
  ],
  conv1d: [
    {
      layer: layers.conv1d({ filters: 8, kernelSize: 3 }),
      input: sequence,
      output: [7, 8],
      weights: { kernel: [3, 4, 8], bias: [8] },
      named: ["conv1d", "Conv1D"],
      config: { strides: 1, padding: "valid", dilationRate: 1, groups: 1 },
    },
    {
      layer: layers.conv1d({ filters: 4, kernelSize: 3, padding: "causal", dilationRate: 2, groups: 2 }),
      input: sequence,
      output: [9, 4],
      weights: { kernel: [3, 2, 4], bias: [4] },
      named: ["conv1d", "Conv1D"],
    },
  ],
  depthwiseConv1d: [
    {
      layer: layers.depthwiseConv1d({ kernelSize: 3, depthMultiplier: 2, padding: "causal" }),
      input: sequence,
      output: [9, 8],
      weights: { kernel: [3, 4, 2], bias: [8] },
      named: ["depthwise_conv1d", "DepthwiseConv1D"],
      config: { depthMultiplier: 2 },
    },
  ],
  separableConv1d: [
    {
      layer: layers.separableConv1d({ filters: 5, kernelSize: 2, strides: 2 }),
      input: sequence,
      output: [4, 5],
      weights: { depthwise_kernel: [2, 4, 1], pointwise_kernel: [1, 4, 5], bias: [5] },
      named: ["separable_conv1d", "SeparableConv1D"],
      config: { depthMultiplier: 1, useBias: true },
    },
  ],
  separableConv2d: [
    {
      layer: layers.separableConv2d({ filters: 5, kernelSize: [3, 2], depthMultiplier: 2, useBias: false }),
      input: image,
      output: [5, 5, 5],
      weights: { depthwise_kernel: [3, 2, 4, 2], pointwise_kernel: [1, 1, 8, 5] },
      named: ["separable_conv2d", "SeparableConv2D"],
      config: { depthMultiplier: 2, useBias: false },
    },
  ],
  conv2dTranspose: [
    {
      layer: layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: "same" }),
      input: image,
      output: [14, 12, 3],
      weights: { kernel: [3, 3, 3, 4], bias: [3] },
      named: ["conv2d_transpose", "Conv2DTranspose"],
      config: { strides: [2, 2], padding: "same" },
    },
    {
      layer: layers.conv2dTranspose({
        filters: 2,
        kernelSize: [2, 4],
        strides: [3, 2],
        outputPadding: [1, 0],
      }),
      input: image,
      output: [21, 14, 2],
      weights: { kernel: [2, 4, 2, 4], bias: [2] },
      named: ["conv2d_transpose", "Conv2DTranspose"],
      config: { outputPadding: [1, 0] },
    },
  ],
  maxPooling1d: [
    {
      layer: layers.maxPooling1d(),
      input: sequence,
      output: [4, 4],
      named: ["max_pooling1d", "MaxPooling1D"],
      config: { poolSize: 2, strides: 2, padding: "valid" },
    },
  ],
  averagePooling1d: [
    {
      layer: layers.averagePooling1d({ poolSize: 3, padding: "same" }),
      input: sequence,
      output: [3, 4],
      named: ["average_pooling1d", "AveragePooling1D"],
    },
  ],
  globalAveragePooling1d: [
    {
      layer: layers.globalAveragePooling1d(),
      input: sequence,
      output: [4],
      named: ["global_average_pooling1d", "GlobalAveragePooling1D"],
      config: { keepdims: false },
    },
  ],
  globalMaxPooling1d: [
    {
      layer: layers.globalMaxPooling1d({ keepdims: true }),
      input: sequence,
      output: [1, 4],
      named: ["global_max_pooling1d", "GlobalMaxPooling1D"],
    },
  ],
  globalMaxPooling2d: [
    {
      layer: layers.globalMaxPooling2d(),
      input: image,
      output: [4],
      named: ["global_max_pooling2d", "GlobalMaxPooling2D"],
    },
  ],
  zeroPadding1d: [
    {
      layer: layers.zeroPadding1d({ padding: [0, 3] }),
      input: sequence,
      output: [12, 4],
      named: ["zero_padding1d", "ZeroPadding1D"],
      config: { padding: [0, 3] },
    },
  ],
  zeroPadding2d: [
    {
      layer: layers.zeroPadding2d(),
      input: image,
      output: [9, 8, 4],
      named: ["zero_padding2d", "ZeroPadding2D"],
      config: { padding: [[1, 1], [1, 1]] }, // biome-ignore format: a line an option
    },
  ],
  cropping1d: [
    {
      layer: layers.cropping1d(),
      input: sequence,
      output: [7, 4],
      named: ["cropping1d", "Cropping1D"],
      config: { cropping: [1, 1] },
    },
  ],
  cropping2d: [
    {
      layer: layers.cropping2d({ cropping: [[1, 2], [0, 3]] }), // biome-ignore format: a line an option
      input: image,
      output: [4, 3, 4],
      named: ["cropping2d", "Cropping2D"],
    },
  ],
  centerCrop: [
    {
      layer: layers.centerCrop({ height: 4, width: 6 }),
      input: image,
      output: [4, 6, 4],
      named: ["center_crop", "CenterCrop"],
    },
  ],
  upSampling1d: [
    {
      layer: layers.upSampling1d(),
      input: sequence,
      output: [18, 4],
      named: ["up_sampling1d", "UpSampling1D"],
      config: { size: 2 },
    },
  ],
  upSampling2d: [
    {
      layer: layers.upSampling2d(),
      input: image,
      output: [14, 12, 4],
      named: ["up_sampling2d", "UpSampling2D"],
      config: { size: [2, 2], interpolation: "nearest" },
    },
    {
      layer: layers.upSampling2d({ size: [1, 3], interpolation: "bilinear" }),
      input: image,
      output: [7, 18, 4],
      named: ["up_sampling2d", "UpSampling2D"],
    },
  ],
  resizing: [
    {
      layer: layers.resizing({ height: 3, width: 8 }),
      input: image,
      output: [3, 8, 4],
      named: ["resizing", "Resizing"],
      config: { interpolation: "bilinear" },
    },
  ],
  permute: [
    {
      layer: layers.permute({ dims: [3, 1, 2] }),
      input: image,
      output: [4, 7, 6],
      named: ["permute", "Permute"],
      config: { dims: [3, 1, 2] },
    },
  ],
  groupNormalization: [
    {
      ...plain(layers.groupNormalization({ groups: 2 }), "group_normalization", "GroupNormalization", {
        groups: 2,
        axis: -1,
        epsilon: 1e-3,
      }),
      weights: { gamma: [4], beta: [4] },
    },
  ],
  rmsNormalization: [
    {
      ...plain(layers.rmsNormalization(), "rms_normalization", "RMSNormalization", { epsilon: 1e-6 }),
      weights: { scale: [4] },
    },
  ],
  unitNormalization: [
    plain(layers.unitNormalization({ axis: [1, 2] }), "unit_normalization", "UnitNormalization"),
  ],
  gaussianNoise: [plain(layers.gaussianNoise({ stddev: 0.5 }), "gaussian_noise", "GaussianNoise")],
  gaussianDropout: [plain(layers.gaussianDropout({ rate: 0.5 }), "gaussian_dropout", "GaussianDropout")],
  spatialDropout1d: [
    {
      layer: layers.spatialDropout1d({ rate: 0.5 }),
      input: sequence,
      output: sequence,
      named: ["spatial_dropout1d", "SpatialDropout1D"],
    },
  ],
  spatialDropout2d: [plain(layers.spatialDropout2d({ rate: 0.5 }), "spatial_dropout2d", "SpatialDropout2D")],
  activityRegularization: [
    plain(layers.activityRegularization({ l1: 0.1 }), "activity_regularization", "ActivityRegularization", {
      l1: 0.1,
      l2: 0,
    }),
  ],
  attention: [
    {
      layer: layers.attention({ useScale: true }),
      input: sequence,
      output: sequence,
      weights: { scale: [] },
      named: ["attention", "Attention"],
      config: { scoreMode: "dot", dropout: 0 },
    },
  ],
  additiveAttention: [
    {
      layer: layers.additiveAttention(),
      input: sequence,
      output: sequence,
      weights: { scale: [4] },
      named: ["additive_attention", "AdditiveAttention"],
    },
  ],
  multiHeadAttention: [
    {
      layer: layers.multiHeadAttention({ numHeads: 2, keyDim: 3 }),
      input: sequence,
      output: sequence,
      weights: {
        query_kernel: [4, 2, 3],
        query_bias: [2, 3],
        key_kernel: [4, 2, 3],
        key_bias: [2, 3],
        value_kernel: [4, 2, 3],
        value_bias: [2, 3],
        attention_output_kernel: [2, 3, 4],
        attention_output_bias: [4],
      },
      named: ["multi_head_attention", "MultiHeadAttention"],
      config: { valueDim: 3, useBias: true, dropout: 0 },
    },
  ],
  categoryEncoding: [
    {
      layer: layers.categoryEncoding({ numTokens: 6 }),
      input: [4],
      output: [6],
      named: ["category_encoding", "CategoryEncoding"],
      config: { outputMode: "multiHot" },
    },
  ],
  discretization: [
    plain(layers.discretization({ binBoundaries: [-0.5, 0, 0.5] }), "discretization", "Discretization"),
  ],
  normalization: [
    {
      ...plain(
        layers.normalization({ mean: [0, 1, 2, 3], variance: [1, 1, 4, 4] }),
        "normalization",
        "Normalization",
      ),
      weights: { mean: [4], variance: [4] },
      still: 8,
    },
  ],
  conv2d: [
    {
      layer: layers.conv2d({ filters: 8, kernelSize: 3 }),
      input: image,
      output: [5, 4, 8],
      weights: { kernel: [3, 3, 4, 8], bias: [8] },
      named: ["conv2d", "Conv2D"],
      config: {
        filters: 8,
        kernelSize: [3, 3],
        strides: [1, 1],
        padding: "valid",
        dilationRate: [1, 1],
        groups: 1,
      },
    },
    {
      layer: layers.conv2d({
        filters: 8,
        kernelSize: [2, 3],
        strides: [2, 1],
        padding: "same",
        groups: 2,
        useBias: false,
      }),
      input: image,
      output: [4, 6, 8],
      weights: { kernel: [2, 3, 2, 8] },
      named: ["conv2d", "Conv2D"],
      config: { strides: [2, 1], padding: "same", groups: 2 },
    },
    {
      layer: layers.conv2d({ filters: 1, kernelSize: 3, dilationRate: [3, 2], activation: "elu" }),
      input: image,
      output: [1, 2, 1],
      weights: { kernel: [3, 3, 4, 1], bias: [1] },
      named: ["conv2d", "Conv2D"],
      config: { dilationRate: [3, 2] },
    },
  ],
  depthwiseConv2d: [
    {
      layer: layers.depthwiseConv2d({ kernelSize: 3 }),
      input: image,
      output: [5, 4, 4],
      weights: { kernel: [3, 3, 4, 1], bias: [4] },
      named: ["depthwise_conv2d", "DepthwiseConv2D"],
      config: { depthMultiplier: 1 },
    },
    {
      layer: layers.depthwiseConv2d({
        kernelSize: [3, 1],
        strides: 2,
        padding: "same",
        depthMultiplier: 3,
        useBias: false,
      }),
      input: image,
      output: [4, 3, 12],
      weights: { kernel: [3, 1, 4, 3] },
      named: ["depthwise_conv2d", "DepthwiseConv2D"],
      config: { depthMultiplier: 3 },
    },
  ],
  maxPooling2d: [
    {
      layer: layers.maxPooling2d(),
      input: image,
      output: [3, 3, 4],
      named: ["max_pooling2d", "MaxPooling2D"],
      config: { poolSize: [2, 2], strides: [2, 2], padding: "valid" },
    },
    {
      layer: layers.maxPooling2d({ poolSize: [3, 2], strides: 1, padding: "same" }),
      input: image,
      output: [7, 6, 4],
      named: ["max_pooling2d", "MaxPooling2D"],
    },
  ],
  averagePooling2d: [
    {
      layer: layers.averagePooling2d({ poolSize: 3 }),
      input: image,
      output: [2, 2, 4],
      named: ["average_pooling2d", "AveragePooling2D"],
      config: { strides: [3, 3] },
    },
    {
      layer: layers.averagePooling2d({ padding: "same" }),
      input: image,
      output: [4, 3, 4],
      named: ["average_pooling2d", "AveragePooling2D"],
    },
  ],
  globalAveragePooling2d: [
    {
      layer: layers.globalAveragePooling2d(),
      input: image,
      output: [4],
      named: ["global_average_pooling2d", "GlobalAveragePooling2D"],
    },
  ],
  batchNormalization: [
    {
      layer: layers.batchNormalization(),
      input: image,
      output: image,
      weights: bn,
      named: ["batch_normalization", "BatchNormalization"],
      config: { momentum: 0.99, epsilon: 1e-3 },
    },
    {
      layer: layers.batchNormalization({ momentum: 0.5, epsilon: 0.1 }),
      input: [4],
      output: [4],
      weights: bn,
      named: ["batch_normalization", "BatchNormalization"],
      config: { momentum: 0.5, epsilon: 0.1 },
    },
  ],
  layerNormalization: [
    {
      layer: layers.layerNormalization({ gammaInitializer: "zeros" }),
      input: image,
      output: image,
      weights: { gamma: [4], beta: [4] },
      named: ["layer_normalization", "LayerNormalization"],
      config: { epsilon: 1e-3, gammaInitializer: { type: "zeros" } },
    },
  ],
  simpleRNN: [
    {
      layer: layers.simpleRNN({ units: 3, activation: "relu", useBias: false }),
      input: [5, 2],
      output: [3],
      weights: { kernel: [2, 3], recurrent_kernel: [3, 3] },
      named: ["simple_rnn", "SimpleRNN"],
      config: { activation: "relu", returnSequences: false },
    },
  ],
  lstm: [
    {
      layer: layers.lstm({ units: 3 }),
      input: [5, 2],
      output: [3],
      weights: { kernel: [2, 12], recurrent_kernel: [3, 12], bias: [12] },
      named: ["lstm", "LSTM"],
      config: { activation: "tanh", recurrentActivation: "sigmoid", unitForgetBias: true },
    },
    {
      layer: layers.lstm({ units: 3, stateful: true, batchSize: 2, returnSequences: true }),
      input: [5, 2],
      output: [5, 3],
      weights: {
        kernel: [2, 12],
        recurrent_kernel: [3, 12],
        bias: [12],
        state_h: [2, 3],
        state_c: [2, 3],
      },
      named: ["lstm", "LSTM"],
      config: { stateful: true, batchSize: 2 },
    },
    {
      layer: layers.lstm({ units: 3, returnState: "rows" }),
      input: [5, 2],
      output: [3, 3],
      weights: { kernel: [2, 12], recurrent_kernel: [3, 12], bias: [12] },
      named: ["lstm", "LSTM"],
    },
  ],
  gru: [
    {
      layer: layers.gru({ units: 3 }),
      input: [5, 2],
      output: [3],
      weights: { kernel: [2, 9], recurrent_kernel: [3, 9], bias: [2, 9] },
      named: ["gru", "GRU"],
      config: { resetAfter: true, recurrentActivation: "sigmoid" },
    },
    {
      layer: layers.gru({ units: 3, resetAfter: false, returnSequences: true, goBackwards: true }),
      input: [5, 2],
      output: [5, 3],
      weights: { kernel: [2, 9], recurrent_kernel: [3, 9], bias: [9] },
      named: ["gru", "GRU"],
      config: { goBackwards: true },
    },
  ],
  bidirectional: [
    {
      layer: layers.bidirectional({ layer: layers.gru({ units: 3, returnSequences: true }) }),
      input: [5, 2],
      output: [5, 6],
      weights: {
        forward_kernel: [2, 9],
        forward_recurrent_kernel: [3, 9],
        forward_bias: [2, 9],
        backward_kernel: [2, 9],
        backward_recurrent_kernel: [3, 9],
        backward_bias: [2, 9],
      },
      named: ["bidirectional", "Bidirectional"],
      config: { mergeMode: "concat", layer: { type: "gru" } },
    },
    {
      layer: layers.bidirectional({
        layer: layers.simpleRNN({ units: 3 }),
        backwardLayer: layers.lstm({ units: 3, goBackwards: true, useBias: false }),
        mergeMode: "ave",
      }),
      input: [5, 2],
      output: [3],
      weights: {
        forward_kernel: [2, 3],
        forward_recurrent_kernel: [3, 3],
        forward_bias: [3],
        backward_kernel: [2, 12],
        backward_recurrent_kernel: [3, 12],
      },
      named: ["bidirectional", "Bidirectional"],
      config: { mergeMode: "ave", backwardLayer: { type: "lstm" } },
    },
  ],
  timeDistributed: [
    {
      layer: layers.timeDistributed({ layer: layers.dense({ units: 3 }) }),
      input: [5, 2],
      output: [5, 3],
      weights: { kernel: [2, 3], bias: [3] },
      named: ["time_distributed", "TimeDistributed"],
      config: { layer: { type: "dense" } },
    },
    {
      layer: layers.timeDistributed({ layer: layers.conv2d({ filters: 2, kernelSize: 3 }) }),
      input: [5, 4, 4, 1],
      output: [5, 2, 2, 2],
      weights: { kernel: [3, 3, 1, 2], bias: [2] },
      named: ["time_distributed", "TimeDistributed"],
    },
  ],
  embedding: [
    {
      layer: layers.embedding({ inputDim: 7, outputDim: 3, maskZero: true }),
      input: [5],
      output: [5, 3],
      weights: { embeddings: [7, 3] },
      named: ["embedding", "Embedding"],
      config: { inputDim: 7, maskZero: true },
    },
  ],
  masking: [
    {
      layer: layers.masking({ maskValue: -1 }),
      input: [5, 2],
      output: [5, 2],
      named: ["masking", "Masking"],
      config: { maskValue: -1 },
    },
  ],
  operation: [
    {
      layer: layers.operation({ op: "slice", attributes: { begin: [null, 1], end: [null, -1] } }),
      input: image,
      output: [5, 6, 4],
      named: ["operation", "Operation"],
      config: { op: "slice", attributes: { begin: [null, 1], end: [null, -1] } },
    },
    {
      layer: layers.operation({ op: "multiply", arguments: [{ shape: [4], trainable: true }, "input"] }),
      input: image,
      output: image,
      weights: { constant: [4] },
      named: ["operation", "Operation"],
    },
    {
      layer: layers.operation({ op: "add", arguments: ["input", { shape: [4] }] }),
      input: [4],
      output: [4],
      weights: { constant: [4] },
      named: ["operation", "Operation"],
      still: 4,
    },
  ],
  repeatVector: [
    {
      layer: layers.repeatVector({ n: 4 }),
      input: [3],
      output: [4, 3],
      named: ["repeat_vector", "RepeatVector"],
      config: { n: 4 },
    },
  ],
  sequenceRows: [
    {
      layer: layers.sequenceRows({ begin: 1, end: 3 }),
      input: [5, 2],
      output: [2, 2],
      named: ["sequence_rows", "GetItem"],
      config: { begin: 1, end: 3 },
    },
    {
      layer: layers.sequenceRows({ begin: 4 }),
      input: [5, 2],
      output: [2],
      named: ["sequence_rows", "GetItem"],
    },
  ],
};

it("every layer has rows, each of its own type", () => {
  expect([...Object.keys(rows), ...Object.keys(merging), "dot", "lambda"].sort()).toEqual(
    Object.keys(layers).sort(),
  );
  for (const [type, list] of Object.entries(rows)) {
    expect(list.length, type).toBeGreaterThan(0);
    for (const { layer } of list) expect(layer.type).toBe(type);
  }
});

const engine = await createEngine();
const all = Object.entries(rows).flatMap(([type, list]) =>
  list.map((row, i): [string, Row] => [list.length > 1 ? `${type} ${i + 1}` : type, row]),
);

describe.each(all)("%s", (_, row) => {
  const {
    layer,
    input,
    output,
    weights = {},
    named: [name, keras],
    config = {},
  } = row;

  it("knows its output shape and its weights", () => {
    expect(layer.outputShape([input])).toEqual(output);
    expect(Object.fromEntries(layer.weights([input]).map((w) => [w.name, w.shape]))).toEqual(weights);
    expect(layer.config).toMatchObject(config);
  });

  it("in a model: its name, its parameters, an output of the shape promised, the same in both variants", async () => {
    const net = sequential([layer], { inputShape: input, seed: 4 });
    const total = Object.values(weights).reduce((sum, shape) => sum + sizeOf(shape), 0);
    const still = Object.entries(weights).reduce(
      (sum, [w, shape]) => sum + (/^(moving|state)/.test(w) ? sizeOf(shape) : 0),
      row.still ?? 0,
    );
    expect(net.parameters).toEqual({ total, trainable: total - still, nonTrainable: still });
    expect(net.outputShape).toEqual(output);
    expect(net.summary()).toContain(`${name} (${keras})`);
    const x = Float32Array.from({ length: 2 * sizeOf(input) }, (_, i) => ((i * 7919) % 101) / 50 - 1);
    if (layer.type === "embedding") x.set(x.map((value) => Math.floor(3 * value + 3)));
    const found = [];
    for (const variant of ["scalar", "simd"] as const) {
      await net.compile({ loss: "meanSquaredError", engine: await createEngine({ variant }) });
      expect(net.getWeights().map((w) => w.name)).toEqual(Object.keys(weights).map((w) => `${name}/${w}`));
      resetStates(net);
      found.push(await net.predict(x));
    }
    expect(found[0]!.shape).toEqual([2, ...output]);
    expect(found[0]!.data.every(Number.isFinite)).toBe(true);
    expect(new Uint32Array(found[1]!.data.buffer)).toEqual(new Uint32Array(found[0]!.data.buffer));
  });

  it("comes back from JSON as it was", async () => {
    const saved = JSON.parse(
      JSON.stringify({ type: layer.type, name: "again", trainable: false, config: layer.config }),
    );
    const again = layerFromConfig(saved);
    expect([again.type, again.keras, again.name, again.trainable]).toEqual([
      layer.type,
      layer.keras,
      "again",
      false,
    ]);
    expect(JSON.stringify(again.config)).toBe(JSON.stringify(layer.config));
    expect(again.lastActivation).toBe(layer.lastActivation);
    expect(again.outputShape([input])).toEqual(output);
    const values = await Promise.all(
      [layer, again].map(async (one) => {
        const net = sequential([one], { inputShape: input, seed: 4 });
        await net.compile({ loss: "meanSquaredError", engine });
        return net.getWeights().map(({ data }) => data);
      }),
    );
    expect(values[1]).toEqual(values[0]);
  });

  it("takes a name and a flag, and refuses what is neither", async () => {
    const make = (shared: object): Layer =>
      layerFromConfig({
        type: layer.type,
        name: "x",
        trainable: true,
        config: { ...layer.config, ...shared },
      });
    expect(layer.name).toBeUndefined();
    expect(layer.trainable).toBe(true);
    expect(make({}).name).toBe("x");
    for (const bad of ["", "a/b", 5])
      expect(
        await failure(
          () => Reflect.apply(layerFromConfig, undefined, [{ ...make({}), name: bad }]),
          "INVALID_ARGUMENT",
        ),
      ).toBe(`${layer.type}: name is ${JSON.stringify(bad)}; pass a text without "/", or none`);
  });
});

describe("names", () => {
  const namesOf = (list: Layer[]): string[] =>
    sequential(list, { inputShape: [4] })
      .summary()
      .split("\n")
      .flatMap((line) => /^│ (\S+) \(/.exec(line)?.[1] ?? []);
  const { dense, relu } = layers;

  it("count as Keras counts: from the second on", () => {
    const list = [dense({ units: 4 }), relu(), dense({ units: 4 }), relu(), dense({ units: 4 })];
    expect(namesOf(list)).toEqual(["dense", "relu", "dense_1", "relu_1", "dense_2"]);
  });

  it("start again with every model, and leave those alone that the user gave", () => {
    const own = dense({ units: 4, name: "head" });
    expect(namesOf([dense({ units: 4 }), own, dense({ units: 4 })])).toEqual(["dense", "head", "dense_1"]);
    expect(namesOf([dense({ units: 4 })])).toEqual(["dense"]);
  });

  it("step around names that the user gave, before or after", () => {
    const named = (name: string): Layer => dense({ units: 4, name });
    expect(namesOf([named("dense"), dense({ units: 4 })])).toEqual(["dense", "dense_1"]);
    expect(namesOf([dense({ units: 4 }), named("dense")])).toEqual(["dense_1", "dense"]);
  });
});

describe("a layer used twice", () => {
  it("has weights of its own in each place: layers are descriptions", async () => {
    const shared = layers.dense({ units: 4 });
    const net = sequential([shared, shared], { inputShape: [4] });
    await net.compile({ loss: "meanSquaredError", engine });
    const [first, , second] = net.getWeights();
    expect([first!.name, second!.name]).toEqual(["dense/kernel", "dense_1/kernel"]);
    expect(second!.data).not.toEqual(first!.data);
  });
});

describe("an unknown type", () => {
  it.each(["conv9d", "toString", "__proto__", "default"])("%s is refused", (type) => {
    expect(() => layerFromConfig({ type, name: "x", trainable: true, config: {} })).toThrow(AnygradError);
  });
});
