/** TFLite's operators: by the words of TensorFlow where that has them, in those of ONNX else. */
import { AnygradError } from "../../errors.ts";
import { formatShape, sizeOf } from "../../math/shape.ts";
import type { GivenAttributes } from "../graph/attributes.ts";
import { Constant } from "../graph/constant.ts";
import type { Importer, Known, Network } from "../graph/network.ts";
import { list, scalar } from "../graph/tensorflow/given.ts";
import { autoPad, convolve, convolveTransposed } from "../graph/tensorflow/images.ts";

/** Operators that TensorFlow has, too: TFLite's names, and TensorFlow's. */
const same: readonly string[] = [
  "ADD=Add SUB=Sub MUL=Mul DIV=Div MAXIMUM=Maximum MINIMUM=Minimum POW=Pow FLOOR_DIV=FloorDiv FLOOR_MOD=FloorMod NEG=Neg ABS=Abs",
  "EXP=Exp LOG=Log SQRT=Sqrt RSQRT=Rsqrt SQUARE=Square SQUARED_DIFFERENCE=SquaredDifference SIN=Sin COS=Cos FLOOR=Floor CEIL=Ceil",
  "ROUND=Round SIGN=Sign LESS=Less LESS_EQUAL=LessEqual GREATER=Greater GREATER_EQUAL=GreaterEqual EQUAL=Equal NOT_EQUAL=NotEqual",
  "LOGICAL_AND=LogicalAnd LOGICAL_OR=LogicalOr LOGICAL_NOT=LogicalNot SELECT=Select SELECT_V2=SelectV2 ADD_N=AddN RELU=Relu RELU6=Relu6",
  "LOGISTIC=Sigmoid TANH=Tanh ELU=Elu HARD_SWISH=HardSwish LEAKY_RELU=LeakyRelu PRELU=Prelu GELU=Gelu LOG_SOFTMAX=LogSoftmax MEAN=Mean",
  "SUM=Sum REDUCE_MAX=Max REDUCE_MIN=Min REDUCE_PROD=Prod REDUCE_ANY=Any REDUCE_ALL=All ARG_MAX=ArgMax ARG_MIN=ArgMin SQUEEZE=Squeeze",
  "EXPAND_DIMS=ExpandDims TRANSPOSE=Transpose PACK=Pack UNPACK=Unpack SPLIT=Split SPLIT_V=SplitV SLICE=Slice STRIDED_SLICE=StridedSlice",
  "GATHER=Gather PAD=Pad PADV2=PadV2 REVERSE_V2=ReverseV2 TILE=Tile SHAPE=Shape RANK=Rank FILL=Fill RANGE=Range BROADCAST_TO=BroadcastTo",
  "CUMSUM=Cumsum RESIZE_BILINEAR=ResizeBilinear RESIZE_NEAREST_NEIGHBOR=ResizeNearestNeighbor DEPTH_TO_SPACE=DepthToSpace",
  "SPACE_TO_DEPTH=SpaceToDepth BATCH_MATMUL=BatchMatMulV2 DEQUANTIZE=Identity QUANTIZE=Identity DENSIFY=Identity TOPK_V2=TopKV2",
];

/** TensorFlow's names by TFLite's. */
export const tensorflowNames = (): ReadonlyMap<string, string> =>
  new Map(same.flatMap((line) => line.split(" ").map((pair) => pair.split("=") as [string, string])));

/** What an activation within an operator is, by its number; none of 0. */
export const activations: Readonly<Record<number, string>> = {
  1: "Relu",
  2: "tflite.RELU_N1_TO_1",
  3: "Relu6",
  4: "Tanh",
};

/** How a window slides. */
function slidingOf({ attributes }: Network): GivenAttributes {
  const pair = (name: string, byDefault: number): number[] =>
    ["h", "w"].map((axis) => attributes.int(`${name}_${axis}`, byDefault));
  return {
    data_format: "NHWC",
    strides: pair("stride", 1),
    dilations: pair("dilation", 1),
    auto_pad: autoPad(attributes.int("padding", 0) === 0 ? "SAME" : "VALID"),
  };
}

const optional = (network: Network, i: number): Known | undefined =>
  network.has(i) ? network.input(i) : undefined;

function conv2d(network: Network): void {
  const kernel = network.constant(1).transposed([0, 3, 1, 2]); // [o, h, w, c]
  convolve(network, network.input(0), kernel, optional(network, 2), slidingOf(network));
}

function depthwiseConv2d(network: Network): void {
  const kernel = network.constant(1).transposed([3, 0, 1, 2]); // [1, h, w, o]
  convolve(network, network.input(0), kernel, optional(network, 2), slidingOf(network));
}

function transposeConv(network: Network): void {
  const kernel = network.constant(1).transposed([3, 0, 1, 2]); // [o, h, w, c]
  const size = network.constant(0).list;
  convolveTransposed(network, network.input(2), kernel, optional(network, 3), size, slidingOf(network));
}

const pool =
  (op: string): Importer =>
  (network) => {
    const { attributes } = network;
    const kernel = [attributes.int("filter_h", 1), attributes.int("filter_w", 1)];
    network.become(op, [network.input(0)], { ...slidingOf(network), kernel_shape: kernel });
  };

function fullyConnected(network: Network): void {
  const { attributes } = network;
  if (attributes.int("weights_format", 0))
    throw new AnygradError("UNSUPPORTED", "its weights are shuffled for one processor");
  const given = network.input(0);
  const weights = network.input(1);
  const inputs = weights.shape.at(-1)!;
  if (given.shape.length > 1 && sizeOf(given.shape.slice(1)) % inputs !== 0)
    throw new AnygradError(
      "DATA_FORMAT",
      `its weights ${formatShape(weights.shape)} do not fit examples of ${formatShape(given.shape.slice(1))}`,
    );
  const isFlat = given.shape.length === 2 && given.shape[1] === inputs;
  const x =
    attributes.int("keep_num_dims", 0) || isFlat
      ? given
      : network.compute("Reshape", [given, list([-1, inputs])]);
  const bias = optional(network, 2);
  if (weights instanceof Constant) network.become("Gemm", [x, weights, bias], { transB: 1 });
  else {
    const turned = network.compute("Transpose", [weights], { perm: [1, 0] });
    const product = network.compute("MatMul", [x, turned]);
    network.become(bias ? "Add" : "Identity", bias ? [product, bias] : [product]);
  }
}

function reshape(network: Network): void {
  const shape = network.has(1) ? network.constant(1).list : network.attributes.ints("new_shape");
  if (!shape) throw new AnygradError("DATA_FORMAT", "it has no shape");
  network.become("Reshape", [network.input(0), list(shape)], { allowzero: 1 });
}

function softmax(network: Network): void {
  const beta = network.attributes.float("beta", 1);
  const x = network.input(0);
  network.become("Softmax", [beta === 1 ? x : network.compute("Mul", [x, scalar(beta)])], { axis: -1 });
}

/** x / √(Σ x²) along the last axis. */
function l2Normalization(network: Network): void {
  const x = network.input(0);
  const square = network.compute("Pow", [x, scalar(2)]);
  const sum = network.compute("ReduceSum", [square, list([-1])], { keepdims: 1 });
  const size = network.compute("Sqrt", [network.compute("Max", [sum, scalar(1e-12)])]);
  network.become("Div", [x, size]);
}

function concatenation(network: Network): void {
  const inputs = network.node.inputs.map((_, i) => network.input(i));
  network.become("Concat", inputs, { axis: network.attributes.int("axis", 0) });
}

/** Whole numbers and floats by the numbers of their types. */
function cast(network: Network): void {
  const type = network.attributes.int("to", 0);
  network.become("Cast", [network.input(0)], {
    to: type === 6 ? "bool" : [0, 1, 10].includes(type) ? "float32" : "int32",
  });
}

/** Where each of ONNX's gates, input, output, forget and candidate, stands among TFLite's. */
const gates = [0, 3, 1, 2];

/** A recurrent layer; its states begin at zero, as the file's variables do. */
function sequenceLstm(network: Network): void {
  const { attributes } = network;
  const [cell, projection] = [attributes.float("cell_clip", 0), attributes.float("proj_clip", 0)];
  // the converter writes 10 for Keras's layer, which clips nothing: tanh of more is 1
  const isClipped = (cell > 0 && cell < 10) || projection > 0;
  const more = [9, 10, 11, 16, 17, 20, 21, 22, 23].some((i) => network.has(i));
  if (more || isClipped || !network.has(1) || attributes.int("activation", 4) !== 4)
    throw new AnygradError(
      "UNSUPPORTED",
      "it has peepholes, a projection, clips, normalisations or another activation than tanh",
    );
  const joined = (first: number): Known =>
    network.compute(
      "Concat",
      gates.map((gate) => network.constant(first + gate)),
      { axis: 0 },
    );
  const rows = (x: Known): Known => network.compute("Unsqueeze", [x, list([0])]);
  const units = network.constant(1).shape[0]!;
  const bias = network.compute(
    "Concat",
    [joined(12), new Constant([4 * units], new Float32Array(4 * units))],
    { axis: 0 },
  );
  const isTimeFirst = attributes.int("time_major", 0) !== 0;
  const turned = (x: Known): Known =>
    isTimeFirst ? x : network.compute("Transpose", [x], { perm: [1, 0, 2] });
  const steps = turned(network.input(0));
  const y = network.compute("LSTM", [steps, rows(joined(1)), rows(joined(5)), rows(bias)], {
    hidden_size: units,
  });
  network.set(turned(network.compute("Squeeze", [y, list([1])])));
}

/** Rows of a table. */
const embeddingLookup: Importer = (network) =>
  network.become("Gather", [network.input(1), network.input(0)], { axis: 0 });

/** Limits that are attributes. */
const within =
  (low: number, high: number): Importer =>
  (network) =>
    network.become("Clip", [network.input(0), scalar(low), scalar(high)]);

/** Importers by the names of operators. */
const own: Readonly<Record<string, Importer>> = {
  CONV_2D: conv2d,
  DEPTHWISE_CONV_2D: depthwiseConv2d,
  TRANSPOSE_CONV: transposeConv,
  AVERAGE_POOL_2D: pool("AveragePool"),
  MAX_POOL_2D: pool("MaxPool"),
  FULLY_CONNECTED: fullyConnected,
  RESHAPE: reshape,
  SOFTMAX: softmax,
  L2_NORMALIZATION: l2Normalization,
  CONCATENATION: concatenation,
  CAST: cast,
  UNIDIRECTIONAL_SEQUENCE_LSTM: sequenceLstm,
  EMBEDDING_LOOKUP: embeddingLookup,
  RELU_N1_TO_1: (network) => within(-1, 1)(network),
  RELU_0_TO_1: (network) => within(0, 1)(network),
  FAKE_QUANT: (network) =>
    within(network.attributes.float("min", 0), network.attributes.float("max", 0))(network),
  MIRROR_PAD(network) {
    const mode = network.attributes.int("mode", 0) === 0 ? "REFLECT" : "SYMMETRIC";
    network.become("tf.MirrorPad", [network.input(0), network.input(1)], { mode });
  },
};

/** Importers by their names in a graph. */
export const tflite = (): Readonly<Record<string, Importer>> =>
  Object.fromEntries(Object.entries(own).map(([name, each]) => [`tflite.${name}`, each]));
