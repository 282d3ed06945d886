/**
 * ONNX's operators by anygrad's ops: a line each. A case runs where all its operators are here; one that asks for what the
 * op does not have throws a Refusal with the reason.
 */
import { sizeOf } from "../../../src/tensor/shape.ts";
import { ops } from "./called.ts";
import {
  argmax,
  cosineWindow,
  cumsum,
  eye,
  hardmax,
  lpNormalization,
  overAxis,
  range,
  reduction,
  topK,
  triangle,
} from "./operators/axes.ts";
import {
  binary,
  cast,
  castLike,
  clip,
  constant,
  dropout,
  gelu,
  gemm,
  infinite,
  matmul,
  remainder,
  several,
  shrink,
  unary,
  whole,
} from "./operators/elementwise.ts";
import { fourier, shortTimeFourier } from "./operators/fourier.ts";
import { convolution, transposedConvolution } from "./operators/images.ts";
import {
  cached,
  compressed,
  extracted,
  gathered,
  gatheredSlices,
  oneHot,
  reversedSequences,
  scatteredElements,
  scatteredSlices,
  takenAlong,
} from "./operators/indices.ts";
import {
  batchNormalization,
  classLoss,
  groupNormalization,
  instanceNormalization,
  layerNormalization,
  localResponse,
  meanVarianceNormalization,
  rmsNormalization,
} from "./operators/normalization.ts";
import { pooling, powerPooling, unpooled } from "./operators/pooling.ts";
import {
  dequantized,
  dynamicallyQuantized,
  integerConvolution,
  integerMatmul,
  quantized,
  quantizedConvolution,
  quantizedMatmul,
} from "./operators/quantization.ts";
import { attention, gru, lstm, rnn, rotary } from "./operators/recurrent.ts";
import { resized } from "./operators/resize.ts";
import {
  affineGrid,
  centered,
  concatenated,
  depthToSpace,
  expanded,
  filled,
  flattened,
  padded,
  reshaped,
  sliced,
  spaceToDepth,
  split,
  squeezed,
  unsqueezed,
} from "./operators/shapes.ts";
import { adagrad, adam, momentum } from "./operators/training.ts";
import { alongAxis, channelsLast, type Operator, plain, Refusal } from "./values.ts";

/** A draw by a generator of its own: the same numbers cannot come of it. */
const drawn: Operator = () => {
  throw new Refusal("random numbers");
};

export const operators: Readonly<Record<string, Operator>> = {
  // arithmetic
  Add: binary(ops.add),
  Sub: binary(ops.subtract),
  Mul: binary(ops.multiply),
  Div: (call) => whole(call, ops.divide(call.tensor(0), call.tensor(1))),
  Pow: (call) => whole(call, ops.pow(call.tensor(0), call.tensor(1))),
  Max: several(ops.maximum),
  Min: several(ops.minimum),
  Sum: several(ops.add),
  Mean: (call) => ops.divide(call.tensors().reduce(ops.add), call.count),
  Reciprocal: (call) => ops.divide(1, call.tensor(0)),
  Clip: clip,
  Mod: remainder,
  Equal: binary(ops.equal),
  Greater: binary(ops.greater),
  GreaterOrEqual: binary(ops.greaterEqual),
  Less: binary(ops.less),
  LessOrEqual: binary(ops.lessEqual),
  Where: (call) => ops.where(call.tensor(0), call.tensor(1), call.tensor(2)),
  And: binary(ops.minimum),
  Or: binary(ops.maximum),
  Xor: binary(ops.notEqual),
  Not: (call) => ops.equal(call.tensor(0), 0),
  IsNaN: (call) => ops.notEqual(call.tensor(0), call.tensor(0)),
  IsInf: infinite,
  Cast: cast,
  CastLike: castLike,
  QuantizeLinear: quantized,
  DequantizeLinear: dequantized,
  DynamicQuantizeLinear: dynamicallyQuantized,
  QLinearMatMul: quantizedMatmul,
  QLinearConv: quantizedConvolution,
  ConvInteger: integerConvolution,
  // of one array
  Abs: unary(ops.abs),
  Neg: unary(ops.negative),
  Exp: unary(ops.exp),
  Log: unary(ops.log),
  Sqrt: unary(ops.sqrt),
  Sin: unary(ops.sin),
  Cos: unary(ops.cos),
  Erf: unary(ops.erf),
  Tan: unary(ops.tan),
  Asin: unary(ops.arcsin),
  Acos: unary(ops.arccos),
  Atan: unary(ops.arctan),
  Sinh: unary(ops.sinh),
  Cosh: unary(ops.cosh),
  Asinh: unary(ops.arcsinh),
  Acosh: unary(ops.arccosh),
  Atanh: unary(ops.arctanh),
  Sign: unary(ops.sign),
  Floor: unary(ops.floor),
  Ceil: (call) => ops.negative(ops.floor(ops.negative(call.tensor(0)))),
  Round: unary(ops.round),
  Relu: unary(ops.relu),
  Sigmoid: unary(ops.sigmoid),
  Tanh: unary(ops.tanh),
  Softplus: unary(ops.softplus),
  LeakyRelu: (call) => ops.leakyRelu(call.tensor(0), { negativeSlope: call.attribute("alpha", 0.01) }),
  Elu: (call) => ops.elu(call.tensor(0), { alpha: call.attribute("alpha", 1) }),
  Gelu: gelu,
  Swish: (call) => {
    const [x, alpha] = [call.tensor(0), call.attribute("alpha", 1)];
    return ops.divide(ops.silu(ops.multiply(x, alpha)), alpha);
  },
  PRelu: (call) => {
    const x = call.tensor(0);
    return ops.add(ops.relu(x), ops.multiply(call.tensor(1), ops.minimum(x, 0)));
  },
  Selu: (call) => {
    const [x, alpha, gamma] = [
      call.tensor(0),
      call.attribute("alpha", 1.67326),
      call.attribute("gamma", 1.0507),
    ];
    const isUsual = Math.abs(alpha - 1.67326) < 1e-4 && Math.abs(gamma - 1.0507) < 1e-4;
    return isUsual ? ops.selu(x) : ops.multiply(ops.elu(x, { alpha }), gamma);
  },
  Mish: unary(ops.mish),
  Softsign: unary(ops.softsign),
  HardSwish: unary(ops.hardSwish),
  HardSigmoid: (call) => {
    const [x, alpha, beta] = [call.tensor(0), call.attribute("alpha", 0.2), call.attribute("beta", 0.5)];
    return ops.hardSigmoid(ops.rescale(x, { scale: 6 * alpha, shift: 6 * beta - 3 })); // ours is of x / 6 + 0.5
  },
  Celu: (call) => {
    const alpha = call.attribute("alpha", 1);
    return ops.multiply(ops.elu(ops.divide(call.tensor(0), alpha)), alpha);
  },
  ThresholdedRelu: (call) => {
    const x = call.tensor(0);
    return ops.where(ops.greater(x, call.attribute("alpha", 1)), x, 0);
  },
  Shrink: shrink,
  "ai.onnx.ml.Binarizer": (call) => ops.greater(call.tensor(0), call.attribute("threshold", 0)),
  Identity: (call) => call.value(0),
  Dropout: dropout,
  Bernoulli: drawn,
  RandomUniformLike: drawn,
  // along axes
  Softmax: overAxis(ops.softmax),
  LogSoftmax: overAxis(ops.logSoftmax),
  ReduceSum: reduction(ops.sum),
  ReduceMean: reduction(ops.mean),
  ReduceMax: reduction(ops.max),
  ReduceMin: reduction(ops.min),
  ReduceSumSquare: reduction((x, options) => ops.sum(ops.square(x), options)),
  ReduceL1: reduction((x, options) => ops.sum(ops.abs(x), options)),
  ReduceL2: reduction((x, options) => ops.sqrt(ops.sum(ops.square(x), options))),
  ReduceLogSum: reduction((x, options) => ops.log(ops.sum(x, options))),
  ReduceLogSumExp: reduction(ops.logSumExp),
  ReduceProd: reduction(ops.prod),
  ArgMax: argmax(1),
  ArgMin: argmax(-1),
  TopK: topK,
  Hardmax: overAxis(hardmax),
  CumSum: cumsum,
  LpNormalization: lpNormalization,
  // products
  MatMul: matmul,
  MatMulInteger: integerMatmul,
  Gemm: gemm,
  Einsum: (call) => ops.einsum(call.attribute("equation", ""), ...call.tensors()),
  // shapes
  Reshape: reshaped,
  Flatten: flattened,
  Squeeze: squeezed,
  Unsqueeze: unsqueezed,
  Transpose: (call) => ops.transpose(call.tensor(0), call.attribute<number[]>("perm")),
  Concat: concatenated,
  Expand: expanded,
  Slice: sliced,
  Pad: padded,
  Split: split,
  Tile: (call) => ops.tile(call.tensor(0), call.numbers(1)!),
  CenterCropPad: centered,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
  ConstantOfShape: filled,
  Range: range,
  Trilu: triangle,
  EyeLike: eye,
  HannWindow: cosineWindow(0.5, -0.5),
  HammingWindow: cosineWindow(25 / 46, -21 / 46),
  BlackmanWindow: cosineWindow(0.42, -0.5, 0.08),
  DFT: fourier,
  STFT: shortTimeFourier,
  MelWeightMatrix: () => {
    throw new Refusal("mel bands whose edges are rounded to frequencies");
  },
  AffineGrid: affineGrid,
  // by index
  Gather: gathered,
  GatherElements: takenAlong,
  GatherND: gatheredSlices,
  ScatterND: scatteredSlices,
  ScatterElements: scatteredElements,
  Scatter: scatteredElements,
  Compress: compressed,
  OneHot: oneHot,
  ReverseSequence: reversedSequences,
  TensorScatter: cached,
  "ai.onnx.ml.ArrayFeatureExtractor": extracted,
  // networks
  Conv: convolution,
  ConvTranspose: transposedConvolution,
  Resize: resized,
  Upsample: resized,
  MaxPool: pooling("max"),
  AveragePool: pooling("average"),
  LpPool: powerPooling,
  MaxUnpool: unpooled,
  GlobalAveragePool: (call) => {
    const y = ops.globalAveragePooling2d(channelsLast(call.tensor(0)));
    return ops.reshape(y, [...y.shape, 1, 1]);
  },
  GlobalMaxPool: (call) => {
    const x = call.tensor(0);
    return ops.max(x, { axis: x.shape.map((_, i) => i).slice(2), keepdims: true });
  },
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
  RMSNormalization: rmsNormalization,
  GroupNormalization: groupNormalization,
  InstanceNormalization: instanceNormalization,
  MeanVarianceNormalization: meanVarianceNormalization,
  LRN: localResponse,
  LSTM: lstm,
  GRU: gru,
  RNN: rnn,
  Attention: attention,
  RotaryEmbedding: rotary,
  SoftmaxCrossEntropyLoss: (call) => classLoss(call, alongAxis(call.tensor(0), 1, ops.logSoftmax)),
  NegativeLogLikelihoodLoss: (call) => classLoss(call, call.tensor(0)).slice(0, 1),
  "ai.onnx.preview.training.Adam": adam,
  "ai.onnx.preview.training.Momentum": momentum,
  "ai.onnx.preview.training.Adagrad": adagrad,
  // numbers that are no tensors of anygrad's
  Constant: constant,
  Shape: (call) => {
    const { shape } = call.value(0);
    return plain(shape.slice(call.attribute("start", 0), call.attribute<number>("end")));
  },
  Size: (call) => plain([sizeOf(call.value(0).shape)], []),
};
