/**
 * ONNX's operators by anygrad's ops: a line each. A case runs where all its operators are here; one that asks for what the
 * op does not have throws a Refusal with the reason.
 */
import { sizeOf } from "../../../src/tensor/shape.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { ops } from "./called.ts";
import { convolution, pooling } from "./images.ts";
import {
  alongAxis,
  type Call,
  channelsFirst,
  channelsLast,
  moveAxis,
  plain,
  Refusal,
  readArray,
  type StoredArray,
  type Value,
} from "./values.ts";

/** The outputs, in ONNX's order; one that is undefined is not compared. */
export type Operator = (call: Call) => Value | readonly (Value | undefined)[];

const unary =
  (op: (x: Tensor) => Tensor): Operator =>
  (call) =>
    op(call.tensor(0));
const binary =
  (op: (a: Tensor, b: Tensor) => Tensor): Operator =>
  (call) =>
    op(call.tensor(0), call.tensor(1));
const comparison =
  (op: (a: Tensor, b: Tensor) => Tensor): Operator =>
  (call) =>
    op(call.exact(0), call.exact(1));
const several =
  (op: (a: Tensor, b: Tensor) => Tensor): Operator =>
  (call) =>
    call.tensors().reduce(op);

/** Axes stand in an attribute up to some version of the operator, and in an input after it. */
function reduction(
  op: (x: Tensor, options: { axis?: readonly number[]; keepdims: boolean }) => Tensor,
): Operator {
  return (call) => {
    const x = call.tensor(0);
    const axis = call.attribute<number[]>("axes") ?? call.numbers(1) ?? [];
    if (axis.length === 0 && call.attribute("noop_with_empty_axes", 0))
      throw new Refusal("a reduction over no axis");
    return op(x, { keepdims: call.attribute("keepdims", 1) === 1, ...(axis.length > 0 && { axis }) });
  };
}

/** Softmax and its kind: by axis since version 13, over all axes from one on before. */
function overAxis(op: (x: Tensor) => Tensor): Operator {
  return (call) => {
    const x = call.tensor(0);
    if (call.opset >= 13) return alongAxis(x, call.attribute("axis", -1), op);
    const axis = call.attribute("axis", 1);
    const rows = sizeOf(x.shape.slice(0, axis));
    return ops.reshape(op(ops.reshape(x, [rows, x.size / rows])), x.shape);
  };
}

function flattened(call: Call): Tensor {
  const x = call.tensor(0);
  const axis = call.attribute("axis", 1);
  return ops.reshape(x, [sizeOf(x.shape.slice(0, axis)), sizeOf(x.shape.slice(axis))]);
}

function reshaped(call: Call): Tensor {
  const x = call.tensor(0);
  const asked = call.numbers(1)!;
  const shape = asked.map((n, i) => (n === 0 && !call.attribute("allowzero", 0) ? x.shape[i]! : n));
  return ops.reshape(x, shape);
}

function squeezed(call: Call): Tensor {
  const x = call.tensor(0);
  const rank = x.shape.length;
  const axes = (call.attribute<number[]>("axes") ?? call.numbers(1))?.map((axis) =>
    axis < 0 ? axis + rank : axis,
  );
  return ops.reshape(
    x,
    x.shape.filter((n, i) => (axes ? !axes.includes(i) : n !== 1)),
  );
}

function unsqueezed(call: Call): Tensor {
  const x = call.tensor(0);
  const given = call.attribute<number[]>("axes") ?? call.numbers(1)!;
  const rank = x.shape.length + given.length;
  const axes = given.map((axis) => (axis < 0 ? axis + rank : axis));
  const sizes = [...x.shape];
  return ops.reshape(
    x,
    Array.from({ length: rank }, (_, i) => (axes.includes(i) ? 1 : sizes.shift()!)),
  );
}

/** a · b, of which bᵀ and aᵀ are asked, times alpha, and c times beta. */
function gemm(call: Call): Tensor {
  const options = {
    transposeA: call.attribute("transA", 0) === 1,
    transposeB: call.attribute("transB", 0) === 1,
  };
  const product = ops.matmul(call.tensor(0), call.tensor(1), options);
  const y = ops.multiply(product, call.attribute("alpha", 1));
  return call.has(2) ? ops.add(y, ops.multiply(call.tensor(2), call.attribute("beta", 1))) : y;
}

function matmul(call: Call): Tensor {
  const [a, b] = [call.tensor(0), call.tensor(1)];
  if (b.shape.length === 1) {
    const column = ops.reshape(b, [b.size, 1]);
    const rows = ops.reshape(a, [-1, b.size]);
    return ops.reshape(ops.matmul(rows, column), a.shape.slice(0, -1));
  }
  if (a.shape.length === 1 && b.shape.length === 2)
    return ops.reshape(ops.matmul(ops.reshape(a, [1, a.size]), b), [b.shape[1]!]);
  if (a.shape.length !== 2 || b.shape.length !== 2) throw new Refusal("products of more than two axes");
  return ops.matmul(a, b);
}

function argmax(sign: 1 | -1): Operator {
  return (call) => {
    call.only("select_last_index", 0);
    const x = ops.multiply(call.tensor(0), sign);
    const axis = call.attribute("axis", 0);
    const last = moveAxis(x, axis, -1);
    const found = ops.argmax(last);
    if (call.attribute("keepdims", 1) === 0) return found;
    const at = axis < 0 ? axis + x.shape.length : axis;
    return plain(
      [...found.data],
      x.shape.map((n, i) => (i === at ? 1 : n)),
    );
  };
}

function gathered(call: Call): Tensor {
  const x = call.tensor(0);
  const axis = call.attribute("axis", 0);
  return ops.gather(x, call.indices(1, x.shape.at(axis)!), { axis });
}

function takenAlong(call: Call): Tensor {
  const x = call.tensor(0);
  const axis = call.attribute("axis", 0);
  return ops.takeAlongAxis(x, call.indices(1, x.shape.at(axis)!), { axis });
}

/** Rows that are added: ScatterND whose indices have one number. */
function scattered(call: Call): Tensor {
  if (call.attribute("reduction", "none") !== "add") throw new Refusal("a scatter that does not add");
  const x = call.tensor(0);
  const { shape } = call.value(1);
  if (shape.at(-1) !== 1) throw new Refusal("indices of several axes");
  return ops.scatterAdd(x, call.indices(1, x.shape[0]!, shape.slice(0, -1)), call.tensor(2));
}

function oneHot(call: Call): Tensor {
  const depth = call.numbers(1)![0]!;
  const [off = 0, on = 1] = call.numbers(2)!;
  const y = ops.oneHot(call.indices(0, depth), depth, { on, off });
  return moveAxis(y, -1, call.attribute("axis", -1));
}

/** Its options stand in inputs: begin, end, axes, steps; beyond the ends is up to them. */
function sliced(call: Call): Tensor {
  const x = call.tensor(0);
  const [begin, end] = [call.numbers(1)!, call.numbers(2)!];
  const axes = call.numbers(3) ?? begin.map((_, i) => i);
  const steps = call.numbers(4) ?? begin.map(() => 1);
  const options = {
    begin: x.shape.map((): number | null => null),
    end: x.shape.map((): number | null => null),
    strides: x.shape.map((): number | null => null),
  };
  axes.forEach((given, i) => {
    const axis = given < 0 ? given + x.shape.length : given;
    const n = x.shape[axis]!;
    const step = steps[i]!;
    const wrapped = (index: number): number => (index < 0 ? index + n : index);
    const [lowest, highest] = step > 0 ? [0, n] : [-1, n - 1];
    const held = (index: number): number => Math.max(lowest, Math.min(highest, wrapped(index)));
    const [from, to] = [held(begin[i]!), held(end[i]!)];
    if (step > 0 ? from >= to : from <= to) throw new Refusal("an empty tensor");
    options.begin[axis] = from;
    options.end[axis] = to < 0 ? null : to;
    options.strides[axis] = step;
  });
  return ops.slice(x, options);
}

function padded(call: Call): Tensor {
  const x = call.tensor(0);
  const mode = call.attribute("mode", "constant");
  if (mode !== "constant" && mode !== "reflect" && mode !== "edge") throw new Refusal(`mode: ${mode}`);
  const pads = call.numbers(1)!;
  const axes = call.numbers(3) ?? x.shape.map((_, i) => i);
  const border = x.shape.map((): [number, number] => [0, 0]);
  axes.forEach((axis, i) => {
    border[axis < 0 ? axis + x.shape.length : axis] = [pads[i]!, pads[i + axes.length]!];
  });
  return ops.pad(x, border, { mode, ...(mode === "constant" && { value: call.numbers(2)?.[0] ?? 0 }) });
}

/** The remainder with the sign of a, as C's fmod: of anygrad's, which has that of b, by sizes. */
function remainder(call: Call): Tensor {
  const [a, b] = [call.tensor(0), call.tensor(1)];
  if (call.attribute("fmod", 0) === 0) return ops.mod(a, b);
  return ops.multiply(ops.sign(a), ops.mod(ops.abs(a), ops.abs(b)));
}

/** Output, and the statistics that the operator gives beside it. */
function layerNormalization(call: Call): (Tensor | undefined)[] {
  const x = call.tensor(0);
  const axis = (call.attribute("axis", -1) + x.shape.length) % x.shape.length;
  const rows = ops.reshape(x, [sizeOf(x.shape.slice(0, axis)), sizeOf(x.shape.slice(axis))]);
  const flat = (i: number, otherwise: number): Tensor =>
    call.has(i)
      ? ops.reshape(call.tensor(i), [-1])
      : call.engine.tensor(new Float32Array(rows.shape[1]!).fill(otherwise));
  const epsilon = call.attribute("epsilon", 1e-5);
  const y = ops.reshape(ops.layerNormalization(rows, flat(1, 1), flat(2, 0), { epsilon }), x.shape);
  const statistics = x.shape.map((n, i) => (i < axis ? n : 1));
  const mean = ops.mean(rows, { axis: 1, keepdims: true });
  const variance = ops.mean(ops.square(ops.subtract(rows, mean)), { axis: 1 });
  const inverse = ops.divide(1, ops.sqrt(ops.add(variance, epsilon)));
  return [y, ops.reshape(mean, statistics), ops.reshape(inverse, statistics)];
}

function batchNormalization(call: Call): (Tensor | undefined)[] {
  const [x, gamma, beta] = [channelsLast(call.tensor(0)), call.tensor(1), call.tensor(2)];
  const [mean, variance] = [call.engine.variable(call.numbers(3)!), call.engine.variable(call.numbers(4)!)];
  const training = call.attribute("training_mode", 0) === 1;
  const momentum = call.attribute("momentum", 0.9);
  const options = { training, momentum, epsilon: call.attribute("epsilon", 1e-5) };
  const y = channelsFirst(ops.batchNormalization(x, gamma, beta, mean, variance, options));
  return training ? [y, ops.multiply(mean, 1), ops.multiply(variance, 1)] : [y];
}

/** The mean, the sum or each of losses by class, of which some labels are left out. */
function classLoss(call: Call, logProbabilities: Tensor): (Tensor | undefined)[] {
  const { engine } = call;
  const labels = call.numbers(1)!;
  const classes = logProbabilities.shape[1]!;
  const ignored = call.attribute<number>("ignore_index");
  const weights = call.has(2) ? call.numbers(2)! : undefined;
  const rows = ops.reshape(channelsLast(logProbabilities), [labels.length, classes]);
  const known = Int32Array.from(labels, (label) => (label === ignored ? 0 : label));
  const picked = ops.sum(
    ops.multiply(rows, ops.oneHot(engine.tensor(known, [known.length], "int32"), classes)),
    {
      axis: 1,
    },
  );
  const factors = labels.map((label) => (label === ignored ? 0 : (weights?.[label] ?? 1)));
  const each = ops.negative(ops.multiply(picked, engine.tensor(Float32Array.from(factors))));
  const reduce = call.attribute("reduction", "mean");
  const [n, , ...places] = logProbabilities.shape;
  if (reduce === "none") return [ops.reshape(each, [n!, ...places]), logProbabilities];
  const total = ops.sum(each);
  const share = factors.reduce((a, b) => a + b, 0);
  return [reduce === "sum" ? total : ops.divide(total, share), logProbabilities];
}

function clip(call: Call): Tensor {
  const [lowest] = call.has(1) ? call.numbers(1)! : [call.attribute<number>("min")];
  const [highest] = call.has(2) ? call.numbers(2)! : [call.attribute<number>("max")];
  const x = call.tensor(0);
  const [low, high] = [lowest ?? Number.NEGATIVE_INFINITY, highest ?? Number.POSITIVE_INFINITY];
  // where they cross, ONNX takes the higher limit
  return low > high ? ops.minimum(ops.maximum(x, low), high) : ops.clip(x, low, high);
}

/** x broadcast to a shape by adding it to zeros. */
function expanded(call: Call): Tensor {
  const shape = call.numbers(1)!;
  return ops.add(call.tensor(0), call.engine.tensor(new Float32Array(sizeOf(shape)), [...shape]));
}

function constant(call: Call): Value {
  const value = call.attribute<StoredArray>("value");
  if (value) return readArray(value);
  const float = call.attribute<number>("value_float");
  if (float !== undefined) return plain([float], [], "float32");
  const floats = call.attribute<number[]>("value_floats");
  if (floats) return plain(floats, [floats.length], "float32");
  const whole = call.attribute<number>("value_int");
  if (whole !== undefined) return plain([whole], []);
  const wholes = call.attribute<number[]>("value_ints");
  if (wholes) return plain(wholes);
  throw new Refusal("a constant that is no number");
}

function dropout(call: Call): (Value | undefined)[] {
  if (call.numbers(2)?.[0] === 1 && call.numbers(1)?.[0] !== 0) throw new Refusal("random numbers");
  const x = call.tensor(0); // of which nothing is dropped
  return [ops.dropout(x, { rate: 0, seed: 0, stream: 0 }), plain(new Array(x.size).fill(1), x.shape, "bool")];
}

export const operators: Readonly<Record<string, Operator>> = {
  // arithmetic
  Add: binary(ops.add),
  Sub: binary(ops.subtract),
  Mul: binary(ops.multiply),
  Div: binary(ops.divide),
  Max: several(ops.maximum),
  Min: several(ops.minimum),
  Sum: several(ops.add),
  Mean: (call) => ops.divide(call.tensors().reduce(ops.add), call.count),
  Reciprocal: (call) => ops.divide(1, call.tensor(0)),
  Clip: clip,
  Mod: remainder,
  Equal: comparison(ops.equal),
  Greater: comparison(ops.greater),
  GreaterOrEqual: comparison(ops.greaterEqual),
  Less: comparison(ops.less),
  LessOrEqual: comparison(ops.lessEqual),
  Where: (call) => ops.where(call.truths(0), call.tensor(1), call.tensor(2)),
  // of one array
  Abs: unary(ops.abs),
  Neg: unary(ops.negative),
  Exp: unary(ops.exp),
  Log: unary(ops.log),
  Sqrt: unary(ops.sqrt),
  Sin: unary(ops.sin),
  Cos: unary(ops.cos),
  Erf: unary(ops.erf),
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
  Gelu: (call) => {
    call.only("approximate", "none");
    return ops.gelu(call.tensor(0));
  },
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
  Identity: (call) => call.value(0),
  Dropout: dropout,
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
  ReduceLogSumExp: reduction((x, options) => ops.log(ops.sum(ops.exp(x), options))),
  ArgMax: argmax(1),
  ArgMin: argmax(-1),
  // products
  MatMul: matmul,
  Gemm: gemm,
  // shapes
  Reshape: reshaped,
  Flatten: flattened,
  Squeeze: squeezed,
  Unsqueeze: unsqueezed,
  Transpose: (call) => ops.transpose(call.tensor(0), call.attribute<number[]>("perm")),
  Concat: (call) => ops.concatenate(call.tensors(), { axis: call.attribute("axis", 1) }),
  Expand: expanded,
  Slice: sliced,
  Pad: padded,
  // by index
  Gather: gathered,
  GatherElements: takenAlong,
  ScatterND: scattered,
  OneHot: oneHot,
  // networks
  Conv: convolution,
  MaxPool: pooling("max"),
  AveragePool: pooling("average"),
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
  SoftmaxCrossEntropyLoss: (call) => classLoss(call, alongAxis(call.tensor(0), 1, ops.logSoftmax)),
  NegativeLogLikelihoodLoss: (call) => classLoss(call, call.tensor(0)).slice(0, 1),
  // numbers that are no tensors of anygrad's
  Constant: constant,
  Shape: (call) => {
    const { shape } = call.value(0);
    return plain(shape.slice(call.attribute("start", 0), call.attribute<number>("end")));
  },
  Size: (call) => plain([sizeOf(call.value(0).shape)], []),
};
