/** Importers of what works element by element. */

import { AnygradError, quote } from "../../../errors.ts";
import { layers, type SymbolicTensor } from "../../../layers/index.ts";
import { own } from "../../own.ts";
import { Constant, isWhole } from "../constant.ts";
import type { Importer, Known, Network } from "../network.ts";
import { Value } from "../value.ts";

type MakeLayer = (options: { name: string }) => Pick<ReturnType<typeof layers.relu>, "apply">;

/** A node that is one of our layers, of one tensor whose axes do not matter. */
const asLayer =
  (make: MakeLayer): Importer =>
  (network) => {
    const x = network.value(0);
    network.set(x.like(network.builder.apply((name) => make({ name }), [x.tensor])));
  };

/** A node that is one of our ops, of one tensor. */
const asOperation =
  (op: string): Importer =>
  (network) =>
    network.set(network.elementwise(network.value(0), op));

/** The merging layers by the ops that they are of tensors. */
const merging: Readonly<
  Record<string, (options: { name: string }) => Pick<ReturnType<typeof layers.relu>, "apply">>
> = {
  add: (options) => layers.add(options),
  subtract: (options) => layers.subtract(options),
  multiply: (options) => layers.multiply(options),
  maximum: (options) => layers.maximum(options),
  minimum: (options) => layers.minimum(options),
};

/** An op of two operands, of which one at least is a tensor. */
export function combined(network: Network, op: string, operands: readonly Known[]): Value {
  return network.broadcast(operands, (list) => {
    const tensors = list.filter(
      (each): each is SymbolicTensor => typeof each === "object" && !(each instanceof Constant),
    );
    const make = own(merging, op);
    if (make && tensors.length === list.length)
      return network.builder.apply((name) => make({ name }), tensors);
    return network.builder.operation(op, list);
  });
}

const binary =
  (op: string): Importer =>
  (network) =>
    network.set(combined(network, op, [network.input(0), network.input(1)]));

/** An op of any number of operands. */
const several =
  (op: string): Importer =>
  (network) => {
    const operands = network.node.inputs.map((_, i) => network.input(i));
    if (operands.length === 1) {
      network.set(operands[0]!);
      return;
    }
    network.set(operands.reduce((a, b) => combined(network, op, [a, b])));
  };

const scalar = (n: number): Constant => new Constant([], [n]);

/** Limits: two activations by name, or one of the ops. */
function clip(network: Network): void {
  const { attributes } = network;
  const bound = (i: number, name: string, byDefault: number): number =>
    network.has(i) ? (network.constant(i).scalar ?? byDefault) : attributes.float(name, byDefault);
  const low = bound(1, "min", Number.NEGATIVE_INFINITY);
  const high = bound(2, "max", Number.POSITIVE_INFINITY);
  const x = network.value(0);
  const isOpen = high > 3e38;
  if (low === 0 && (isOpen || high === 6)) {
    const make: MakeLayer = isOpen ? layers.relu : layers.relu6;
    network.set(x.like(network.builder.apply((name) => make({ name }), [x.tensor])));
  } else if (isOpen) network.set(low < -3e38 ? x : combined(network, "maximum", [x, scalar(low)]));
  else if (low < -3e38) network.set(combined(network, "minimum", [x, scalar(high)]));
  else network.set(network.elementwise(x, "clip", { low, high }));
}

/** min(max(alpha · x + beta, 0), 1). */
function hardSigmoid(network: Network): void {
  const alpha = network.attributes.float("alpha", 0.2);
  const beta = network.attributes.float("beta", 0.5);
  const x = network.value(0);
  if (Math.abs(alpha - 1 / 6) < 1e-6 && beta === 0.5) {
    network.set(x.like(network.builder.apply((name) => layers.hardSigmoid({ name }), [x.tensor])));
    return;
  }
  const line = network.builder.apply(
    (name) => layers.rescaling({ scale: alpha, offset: beta, name }),
    [x.tensor],
  );
  network.set(x.like(network.builder.operation("clip", [line], { low: 0, high: 1 })));
}

/** x where it is above 0, else x times a slope: of each channel, or of all. */
function prelu(network: Network): void {
  const x = network.value(0);
  const slope = network.input(1);
  if (slope instanceof Value) throw new AnygradError("UNSUPPORTED", "its slopes depend on the model's input");
  const full = new Constant(
    [...new Array<number>(x.rank - slope.shape.length).fill(1), ...slope.shape],
    slope.data,
  );
  const axes = x.axes.slice(1);
  const alpha = full
    .transposed([x.batchAxis, ...axes, ...others(x)])
    .reshaped(axes.map((axis) => full.shape[axis]!));
  const sharedAxes = axes.flatMap((axis, i) => (full.shape[axis] === 1 ? [i + 1] : []));
  network.set(
    x.like(
      network.builder.apply(
        (name) => layers.prelu({ ...(sharedAxes.length && { sharedAxes }), name }),
        [x.tensor],
        {
          alpha,
        },
      ),
    ),
  );
}

const others = (x: Value): number[] =>
  Array.from({ length: x.rank }, (_, axis) => axis).filter((axis) => !x.axes.includes(axis));

function gelu(network: Network): void {
  const x = network.value(0);
  if (network.attributes.text("approximate", "none") === "none") {
    network.set(x.like(network.builder.apply((name) => layers.gelu({ name }), [x.tensor])));
    return;
  }
  // 0.5 x (1 + tanh(√(2 / π) (x + 0.044715 x³)))
  const { builder } = network;
  const cube = builder.operation("multiply", [builder.operation("square", [x]), x]);
  const sum = builder.operation("add", [builder.operation("multiply", [cube, 0.044715]), x]);
  const tanh = builder.operation("tanh", [builder.operation("multiply", [sum, Math.sqrt(2 / Math.PI)])]);
  const half = builder.operation("multiply", [x, 0.5]);
  network.set(x.like(builder.operation("multiply", [half, builder.operation("add", [tanh, 1])])));
}

function cast(network: Network, type = network.attributes.elementType("to")): void {
  const x = network.value(0);
  if (type.startsWith("float") || type === "bfloat16") network.set(x);
  else if (type === "bool") network.set(combined(network, "notEqual", [x, scalar(0)]));
  else network.set(network.elementwise(x, "trunc"));
}

/** A quotient; of whole numbers, as a constant among them says by its type, what is behind the point is cut off. */
function divide(network: Network): void {
  const operands = [network.input(0), network.input(1)];
  const quotient = combined(network, "divide", operands);
  const areWhole = operands.some((each) => each instanceof Constant && isWhole(each.dtype));
  network.set(areWhole ? network.elementwise(quotient, "trunc") : quotient);
}

/** To the type of another input; what depends on the model's is float32. */
function castLike(network: Network): void {
  const [x, like] = [network.input(0), network.input(1)];
  const type = like instanceof Constant ? like.dtype : "float32";
  if (x instanceof Value) cast(network, type);
  else network.set(new Constant(x.shape, x.floats, type, x));
}

/** Powers of a fixed exponent have ops of their own. */
function pow(network: Network): void {
  const [x, y] = [network.input(0), network.input(1)];
  const exponent = y instanceof Constant ? y.scalar : undefined;
  const op = exponent === 2 ? "square" : exponent === 0.5 ? "sqrt" : undefined;
  if (op && x instanceof Value) network.set(network.elementwise(x, op));
  else if (exponent === 1 && x instanceof Value) network.set(x);
  else network.set(combined(network, "pow", [x, y]));
}

function where(network: Network): void {
  const operands = [network.input(0), network.input(1), network.input(2)];
  const made = network.broadcast(operands, (list) => {
    const [condition, ...others] = list;
    // the op wants a tensor for its condition
    const first = typeof condition === "number" ? new Constant([1], [condition]) : condition!;
    return network.builder.operation("where", [first, ...others]);
  });
  network.set(made);
}

/** Importers by the names of operators. */
export function elementwise(): Readonly<Record<string, Importer>> {
  const identity: Importer = (network) => network.set(network.input(0));
  return {
    Identity: identity,
    Dropout: identity,
    Cast: (network) => cast(network),
    CastLike: castLike,
    Relu: asLayer(layers.relu),
    Relu6: asLayer(layers.relu6), // TensorFlow's; ONNX has a Clip
    Sigmoid: asLayer(layers.sigmoid),
    Tanh: asLayer(layers.tanh),
    Softplus: asLayer(layers.softplus),
    Softsign: asLayer(layers.softsign),
    Mish: asLayer(layers.mish),
    HardSwish: asLayer(layers.hardSwish),
    Silu: asLayer(layers.silu),
    Swish: asLayer(layers.silu),
    Gelu: gelu,
    HardSigmoid: hardSigmoid,
    LeakyRelu: (network) =>
      asLayer((options) =>
        layers.leakyRelu({ ...options, negativeSlope: network.attributes.float("alpha", 0.01) }),
      )(network),
    Elu: (network) =>
      asLayer((options) => layers.elu({ ...options, alpha: network.attributes.float("alpha", 1) }))(network),
    Celu(network) {
      const { builder, attributes } = network;
      const alpha = attributes.float("alpha", 1);
      const x = network.value(0);
      const bent = builder.apply(
        (name) => layers.elu({ name }),
        [alpha === 1 ? x.tensor : builder.operation("multiply", [x, 1 / alpha])],
      );
      network.set(x.like(alpha === 1 ? bent : builder.operation("multiply", [bent, alpha])));
    },
    Selu(network) {
      const { attributes } = network;
      const isOurs =
        Math.abs(attributes.float("alpha", 1.67326) - 1.67326) < 1e-4 &&
        Math.abs(attributes.float("gamma", 1.0507) - 1.0507) < 1e-4;
      if (!isOurs)
        throw new AnygradError("UNSUPPORTED", `its alpha is ${quote(attributes.float("alpha", 0))}`);
      asLayer(layers.selu)(network);
    },
    PRelu: prelu,
    Clip: clip,
    Abs: asOperation("abs"),
    Neg: asOperation("negative"),
    Exp: asOperation("exp"),
    Log: asOperation("log"),
    Sqrt: asOperation("sqrt"),
    Erf: asOperation("erf"),
    Sign: asOperation("sign"),
    Floor: asOperation("floor"),
    Round: asOperation("round"),
    Sin: asOperation("sin"),
    Cos: asOperation("cos"),
    Tan: asOperation("tan"),
    Asin: asOperation("arcsin"),
    Acos: asOperation("arccos"),
    Atan: asOperation("arctan"),
    Sinh: asOperation("sinh"),
    Cosh: asOperation("cosh"),
    Asinh: asOperation("arcsinh"),
    Acosh: asOperation("arccosh"),
    Atanh: asOperation("arctanh"),
    Ceil(network) {
      const { builder } = network;
      const x = network.value(0);
      network.set(
        x.like(
          builder.operation("negative", [builder.operation("floor", [builder.operation("negative", [x])])]),
        ),
      );
    },
    Reciprocal: (network) => network.set(combined(network, "divide", [scalar(1), network.value(0)])),
    Not: (network) => network.set(combined(network, "subtract", [scalar(1), network.value(0)])),
    Add: binary("add"),
    Sub: binary("subtract"),
    Mul: binary("multiply"),
    Div: divide,
    Mod: binary("mod"),
    Pow: pow,
    Equal: binary("equal"),
    Less: binary("less"),
    LessOrEqual: binary("lessEqual"),
    Greater: binary("greater"),
    GreaterOrEqual: binary("greaterEqual"),
    And: binary("multiply"),
    Or: binary("maximum"),
    Max: several("maximum"),
    Min: several("minimum"),
    Sum: several("add"),
    Mean(network) {
      several("add")(network);
      const count = network.node.inputs.length;
      const sum = network.known.get(network.node.outputs[0]!)!;
      network.set(combined(network, "multiply", [sum, scalar(1 / count)]));
    },
    Where: where,
    ZipMap: identity, // the classes' names are left behind
    Scaler(network) {
      const floats = (name: string, byDefault: number): Constant =>
        new Constant(
          [network.attributes.floats(name)?.length ?? 1],
          network.attributes.floats(name) ?? [byDefault],
        );
      const moved = combined(network, "subtract", [network.value(0), floats("offset", 0)]);
      network.set(combined(network, "multiply", [moved, floats("scale", 1)]));
    },
  };
}
