/**
 * Operations of functional models that are no layers: Keras 3's, such as what `x * 2` leaves in a model, and TensorFlow's in
 * models of Keras 2. They become layers that compute the same.
 */
import { quote } from "../../../errors.ts";
import { layerFromConfig } from "../../../layers/index.ts";
import type { SymbolicTensor } from "../../../layers/layer.ts";
import type { Shape } from "../../../tensor/shape.ts";
import { isObject, type Json, type JsonObject } from "../../json.ts";
import {
  type Argument,
  isNumber,
  isTensor,
  type Operation,
  type OperationCall,
  operands,
} from "./arguments.ts";
import type { Place } from "./json.ts";
import { opOperations } from "./ops.ts";

export type { Argument, OperationCall } from "./arguments.ts";

/** What an operator is: of two tensors a layer; of a tensor and a number its scale and offset. */
const arithmetic =
  (
    type: string | undefined,
    right: (c: number) => readonly [scale: number, offset: number],
    left: (c: number) => readonly [scale: number, offset: number] | undefined,
  ): Operation =>
  (call) => {
    const [a, b] = operands(call, "y", "x2", "b");
    if (isTensor(a) && isTensor(b))
      return type === undefined ? undefined : { type, config: {}, inputs: [a, b] };
    const [x, change] =
      isTensor(a) && isNumber(b) ? [a, right(b)] : isTensor(b) && isNumber(a) ? [b, left(a)] : [];
    return x && change && { type: "rescaling", config: { scale: change[0], offset: change[1] }, inputs: [x] };
  };

const between =
  (type: string): Operation =>
  (call) => {
    const [a, b] = operands(call, "y", "x2");
    return isTensor(a) && isTensor(b) ? { type, config: {}, inputs: [a, b] } : undefined;
  };

const activation =
  (name: string): Operation =>
  (call) => {
    const [x] = operands(call);
    return isTensor(x) ? { type: "activation", config: { activation: name }, inputs: [x] } : undefined;
  };

/** An activation over an axis, which must be the last one. */
const overLast =
  (name: string): Operation =>
  (call) => {
    const [x, axis = -1] = operands(call, "axis");
    return isTensor(x) && (axis === -1 || axis === x.shape.length) ? activation(name)(call) : undefined;
  };

/** A layer with an option that Keras calls otherwise, or not at all. */
const withOption =
  (type: string, option: string, fallback: number, ...names: readonly string[]): Operation =>
  (call) => {
    const [x, value = fallback] = operands(call, ...names);
    return isTensor(x) && isNumber(value) ? { type, config: { [option]: value }, inputs: [x] } : undefined;
  };

/** The mean, or the largest, of all steps or pixels. */
const pooled =
  (kind: "Average" | "Max"): Operation =>
  (call) => {
    const [x, axis] = operands(call, "axis");
    const keep = call.named.keepdims ?? call.named.keep_dims ?? false;
    if (!isTensor(x) || keep !== false) return undefined;
    const axes = [axis].flat().map((each) => (isNumber(each) && each < 0 ? each + x.shape.length + 1 : each));
    const wanted = { 2: "1", 3: "1,2" }[x.shape.length];
    const type = `global${kind}Pooling${x.shape.length - 1}d`;
    return axes.join() === wanted ? { type, config: {}, inputs: [x] } : undefined;
  };

/** The shape behind the batch's axis. */
function withoutBatch(shape: Argument | undefined): Shape | undefined {
  const list = Array.isArray(shape) ? (shape as Argument[]) : undefined;
  return list && list.length > 1 && list.every(isNumber) ? list.slice(1) : undefined;
}

const operations: Readonly<Record<string, Operation>> = {
  add: arithmetic(
    "add",
    (c) => [1, c],
    (c) => [1, c],
  ),
  subtract: arithmetic(
    "subtract",
    (c) => [1, -c],
    (c) => [-1, c],
  ),
  multiply: arithmetic(
    "multiply",
    (c) => [c, 0],
    (c) => [c, 0],
  ),
  divide: arithmetic(
    undefined,
    (c) => [1 / c, 0],
    () => undefined,
  ),
  negative: arithmetic(
    undefined,
    () => [-1, 0],
    () => undefined,
  ),
  maximum: between("maximum"),
  minimum: between("minimum"),
  relu: (call) => {
    const plain = Object.entries(call.named).every(
      ([name, value]) => !isNumber(value) || value === 0 || name === "x",
    );
    return plain && call.args.length < 2 ? activation("relu")(call) : undefined;
  },
  relu6: activation("relu6"),
  sigmoid: activation("sigmoid"),
  tanh: activation("tanh"),
  silu: activation("silu"),
  selu: activation("selu"),
  softplus: activation("softplus"),
  softsign: activation("softsign"),
  hardsigmoid: activation("hardSigmoid"),
  hardsilu: activation("hardSwish"),
  mish: activation("mish"),
  gelu: (call) => {
    const [, approximate = true] = operands(call, "approximate");
    return approximate === false ? activation("gelu")({ ...call, args: call.args.slice(0, 1) }) : undefined;
  },
  elu: withOption("elu", "alpha", 1, "alpha"),
  leakyrelu: withOption("leakyRelu", "negativeSlope", 0.2, "negative_slope", "alpha"),
  softmax: overLast("softmax"),
  logsoftmax: overLast("logSoftmax"),
  mean: pooled("Average"),
  max: pooled("Max"),
  concatenate: ({ args, named }) => {
    const [list = named.xs ?? named.values, axis = named.axis ?? -1] = args;
    const tensors = Array.isArray(list) ? (list as Argument[]) : [];
    return tensors.length > 0 && tensors.every(isTensor) && isNumber(axis)
      ? { type: "concatenate", config: { axis }, inputs: tensors }
      : undefined;
  },
  reshape: (call) => {
    const [x, shape] = operands(call, "newshape", "shape", "new_shape");
    const targetShape = withoutBatch(shape);
    return isTensor(x) && targetShape ? { type: "reshape", config: { targetShape }, inputs: [x] } : undefined;
  },
  transpose: (call) => {
    const [x, axes] = operands(call, "axes", "perm");
    const dims = withoutBatch(axes);
    return isTensor(x) && dims ? { type: "permute", config: { dims }, inputs: [x] } : undefined;
  },
};

/** TensorFlow's names, and those that Keras has twice. */
const aliases: Readonly<Record<string, string>> = {
  addv2: "add",
  biasadd: "add",
  sub: "subtract",
  mul: "multiply",
  truediv: "divide",
  truedivide: "divide",
  realdiv: "divide",
  div: "divide",
  neg: "negative",
  swish: "silu",
  hardswish: "hardsilu",
  reducemean: "mean",
  reducemax: "max",
  reducemin: "min",
  reduceprod: "prod",
  reducesum: "sum",
  concat: "concatenate",
  concatv2: "concatenate",
};

/** The name of an operation in the table: of "math.reduce_mean" it is mean. */
function keyOf(name: string): string {
  const plain = name
    .slice(name.lastIndexOf(".") + 1)
    .toLowerCase()
    .replace(/_/g, "");
  return aliases[plain] ?? plain;
}

/** Whether such an item of a model is an operation, and no layer: files without modules tell it by what all layers have. */
export function isOperation(item: JsonObject): boolean {
  const { class_name: className, module, config } = item;
  const name = String(className);
  if (["TFOpLambda", "TensorFlowOpLayer", "SlicingOpLambda"].includes(name)) return true;
  if (typeof module === "string") return /^keras([.]src)?[.]ops\b/.test(module);
  const isBare = isObject(config) && !("trainable" in config);
  return (
    isBare && (makesMask(item) || [operations, opOperations].some((all) => Object.hasOwn(all, keyOf(name))))
  );
}

/** Whether it makes a mask, as masking layers and those that join their outputs leave in a model: what they mark is known without it. */
export function makesMask({ class_name: className, config }: JsonObject): boolean {
  if (["OnesLike", "ZerosLike"].includes(String(className)))
    return isObject(config) && config.dtype === "bool";
  return ["NotEqual", "Any", "LogicalOr", "LogicalAnd"].includes(String(className));
}

/** Whether it gives what it gets, in 32-bit floats. */
function isNothing(name: string, { args, named }: OperationCall): boolean {
  if (name === "converttotensor" || name === "identity") return true;
  return (
    name === "cast" &&
    [args[1], named.dtype].every((each) => each === undefined || each === null || each === "float32")
  );
}

/**
 * What an operation gives.
 * @param name of the layer in our model
 * @throws AnygradError UNSUPPORTED for one that no layer of anygrad does
 */
export function operate(
  place: Place,
  className: string,
  config: JsonObject,
  call: OperationCall,
  name: string,
): SymbolicTensor {
  const { function: called, node_def: node, constants, name: _, ...options } = config;
  const op = (node as JsonObject | undefined)?.op ?? called ?? className;
  const text = String(op);
  const args = node ? (call.args.flat() as readonly Argument[]) : call.args; // TensorFlow's own take tensors one by one
  const full = {
    args: withConstants(args, constants),
    named: { ...options, ...call.named } as OperationCall["named"],
  };
  const [x] = operands(full);
  if (isNothing(keyOf(text), full) && isTensor(x)) return x;
  const key = keyOf(text);
  const asLayer = Object.hasOwn(operations, key) ? operations[key]!(full) : undefined;
  const made = asLayer ?? (Object.hasOwn(opOperations, key) ? opOperations[key]!(full) : undefined);
  if (!made)
    throw place.unsupported(
      `the operation ${quote(op)} of these arguments is none that a layer of anygrad does; make it a layer in Python, or save the model without it`,
    );
  return place.try(() => {
    const { type, config: own, inputs, behind } = made;
    const layer = layerFromConfig({ type, name, trainable: true, config: own });
    const y = layer.apply(inputs.length === 1 ? inputs[0]! : inputs);
    return behind ? layerFromConfig({ ...behind, name: `${name}_shape`, trainable: true }).apply(y) : y;
  });
}

/** The arguments with the constants of an operation of TensorFlow 2.1 at their places. */
function withConstants(args: readonly Argument[], constants: Json | undefined): readonly Argument[] {
  const all = [...args];
  for (const [at, value] of Object.entries((constants ?? {}) as JsonObject))
    all.splice(Number(at), 0, value ?? null);
  return all;
}
