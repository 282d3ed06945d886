/** Names and numbers of the schema of TensorFlow Lite: operators, and the options that each is told. */
import type { NumberKind } from "./flatbuffer.ts";

/** Operators in the order of their numbers. */
const builtins: readonly string[] = [
  "ADD AVERAGE_POOL_2D CONCATENATION CONV_2D DEPTHWISE_CONV_2D DEPTH_TO_SPACE DEQUANTIZE EMBEDDING_LOOKUP FLOOR",
  "FULLY_CONNECTED HASHTABLE_LOOKUP L2_NORMALIZATION L2_POOL_2D LOCAL_RESPONSE_NORMALIZATION LOGISTIC LSH_PROJECTION LSTM",
  "MAX_POOL_2D MUL RELU RELU_N1_TO_1 RELU6 RESHAPE RESIZE_BILINEAR RNN SOFTMAX SPACE_TO_DEPTH SVDF TANH CONCAT_EMBEDDINGS",
  "SKIP_GRAM CALL CUSTOM EMBEDDING_LOOKUP_SPARSE PAD UNIDIRECTIONAL_SEQUENCE_RNN GATHER BATCH_TO_SPACE_ND",
  "SPACE_TO_BATCH_ND TRANSPOSE MEAN SUB DIV SQUEEZE UNIDIRECTIONAL_SEQUENCE_LSTM STRIDED_SLICE BIDIRECTIONAL_SEQUENCE_RNN",
  "EXP TOPK_V2 SPLIT LOG_SOFTMAX DELEGATE BIDIRECTIONAL_SEQUENCE_LSTM CAST PRELU MAXIMUM ARG_MAX MINIMUM LESS NEG PADV2",
  "GREATER GREATER_EQUAL LESS_EQUAL SELECT SLICE SIN TRANSPOSE_CONV SPARSE_TO_DENSE TILE EXPAND_DIMS EQUAL NOT_EQUAL LOG",
  "SUM SQRT RSQRT SHAPE POW ARG_MIN FAKE_QUANT REDUCE_PROD REDUCE_MAX PACK LOGICAL_OR ONE_HOT LOGICAL_AND LOGICAL_NOT",
  "UNPACK REDUCE_MIN FLOOR_DIV REDUCE_ANY SQUARE ZEROS_LIKE FILL FLOOR_MOD RANGE RESIZE_NEAREST_NEIGHBOR LEAKY_RELU",
  "SQUARED_DIFFERENCE MIRROR_PAD ABS SPLIT_V UNIQUE CEIL REVERSE_V2 ADD_N GATHER_ND COS WHERE RANK ELU REVERSE_SEQUENCE",
  "MATRIX_DIAG QUANTIZE MATRIX_SET_DIAG ROUND HARD_SWISH IF WHILE NON_MAX_SUPPRESSION_V4 NON_MAX_SUPPRESSION_V5",
  "SCATTER_ND SELECT_V2 DENSIFY SEGMENT_SUM BATCH_MATMUL PLACEHOLDER_FOR_GREATER_OP_CODES CUMSUM CALL_ONCE BROADCAST_TO",
  "RFFT2D CONV_3D IMAG REAL COMPLEX_ABS HASHTABLE HASHTABLE_FIND HASHTABLE_IMPORT HASHTABLE_SIZE REDUCE_ALL",
  "CONV_3D_TRANSPOSE VAR_HANDLE READ_VARIABLE ASSIGN_VARIABLE BROADCAST_ARGS RANDOM_STANDARD_NORMAL BUCKETIZE",
  "RANDOM_UNIFORM MULTINOMIAL GELU DYNAMIC_UPDATE_SLICE RELU_0_TO_1 UNSORTED_SEGMENT_PROD UNSORTED_SEGMENT_MAX",
  "UNSORTED_SEGMENT_SUM ATAN2 UNSORTED_SEGMENT_MIN SIGN",
];

/** Operators by their numbers. */
export const builtinNames = (): readonly string[] => builtins.join(" ").split(" ");

/** A field of a table of options. */
interface Option {
  readonly name: string;
  readonly field: number;
  readonly kind: NumberKind;
  readonly isList: boolean;
  readonly byDefault: number;
}

/** The options of an operator that are read. */
export type OptionTable = readonly Option[];

/**
 * The options of operators as "field name kind", a list with "[]", a default with "=". Where TensorFlow's operator of the same meaning has
 * the option, it is called as there.
 */
const texts: Readonly<Record<string, string>> = {
  CONV_2D:
    "0 padding byte, 1 stride_w int, 2 stride_h int, 3 activation byte, 4 dilation_w int=1, 5 dilation_h int=1",
  DEPTHWISE_CONV_2D:
    "0 padding byte, 1 stride_w int, 2 stride_h int, 4 activation byte, 5 dilation_w int=1, 6 dilation_h int=1",
  TRANSPOSE_CONV: "0 padding byte, 1 stride_w int, 2 stride_h int, 3 activation byte",
  AVERAGE_POOL_2D:
    "0 padding byte, 1 stride_w int, 2 stride_h int, 3 filter_w int, 4 filter_h int, 5 activation byte",
  MAX_POOL_2D:
    "0 padding byte, 1 stride_w int, 2 stride_h int, 3 filter_w int, 4 filter_h int, 5 activation byte",
  FULLY_CONNECTED: "0 activation byte, 1 weights_format byte, 2 keep_num_dims bool",
  SOFTMAX: "0 beta float",
  CONCATENATION: "0 axis int, 1 activation byte",
  ADD: "0 activation byte",
  SUB: "0 activation byte",
  MUL: "0 activation byte",
  DIV: "0 activation byte",
  L2_NORMALIZATION: "0 activation byte",
  RESIZE_BILINEAR: "2 align_corners bool, 3 half_pixel_centers bool",
  RESIZE_NEAREST_NEIGHBOR: "0 align_corners bool, 1 half_pixel_centers bool",
  RESHAPE: "0 new_shape int[]",
  SPACE_TO_DEPTH: "0 block_size int",
  DEPTH_TO_SPACE: "0 block_size int",
  GATHER: "0 axis int, 1 batch_dims int",
  MEAN: "0 keep_dims bool",
  SUM: "0 keep_dims bool",
  REDUCE_MAX: "0 keep_dims bool",
  REDUCE_MIN: "0 keep_dims bool",
  REDUCE_PROD: "0 keep_dims bool",
  REDUCE_ANY: "0 keep_dims bool",
  REDUCE_ALL: "0 keep_dims bool",
  SQUEEZE: "0 squeeze_dims int[]",
  STRIDED_SLICE:
    "0 begin_mask int, 1 end_mask int, 2 ellipsis_mask int, 3 new_axis_mask int, 4 shrink_axis_mask int, 5 offset bool",
  CAST: "1 to byte",
  PACK: "1 axis int",
  UNPACK: "1 axis int",
  LEAKY_RELU: "0 alpha float",
  MIRROR_PAD: "0 mode byte",
  BATCH_MATMUL: "0 adj_x bool, 1 adj_y bool",
  CUMSUM: "0 exclusive bool, 1 reverse bool",
  GELU: "0 approximate bool",
  UNIDIRECTIONAL_SEQUENCE_LSTM: "0 activation byte, 1 cell_clip float, 2 proj_clip float, 3 time_major bool",
  FAKE_QUANT: "0 min float, 1 max float",
};

/** The options of operators by their names. */
export const optionTables = (): Readonly<Record<string, OptionTable>> =>
  Object.fromEntries(
    Object.entries(texts).map(([operator, text]) => [operator, text.split(", ").map(optionOf)]),
  );

function optionOf(text: string): Option {
  const [field, name, type] = text.split(" ") as [string, string, string];
  const [kind, byDefault = "0"] = type.replace("[]", "").split("=") as [NumberKind, string?];
  return { name, field: Number(field), kind, isList: type.endsWith("[]"), byDefault: Number(byDefault) };
}
