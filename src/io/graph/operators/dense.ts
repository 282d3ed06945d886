/** Importers of products and what normalises rows: dense layers where one side is a weight. */

import { AnygradError, quote } from "../../../errors.ts";
import { layers } from "../../../layers/index.ts";
import { sizeOf } from "../../../math/shape.ts";
import { Constant, shown } from "../constant.ts";
import { checkParts, type Importer, type Known, lift, type Network } from "../network.ts";
import { Value } from "../value.ts";
import { withLast } from "./shapes.ts";

/** The rows of a kernel in the order in which a flat value's numbers lie. */
function rowsAsTheyLie(kernel: Constant, { rank, shape, axes, batchAxis }: Value): Constant {
  const own = Array.from({ length: rank }, (_, axis) => axis).filter((axis) => axis !== batchAxis);
  const sizes = own.map((axis) => shape[axis]!);
  const lying = axes.slice(1).map((axis) => own.indexOf(axis));
  const rest = own.map((_, i) => i).filter((i) => !lying.includes(i));
  const turned = kernel.reshaped([...sizes, kernel.shape[1]!]).transposed([...rest, ...lying, own.length]);
  return turned.reshaped(kernel.shape);
}

/** A dense layer along the last axis. */
function dense(network: Network, x: Value, kernel: Constant, given: Constant | undefined): void {
  const [inputs, units] = kernel.shape as [number, number];
  if (inputs !== x.shape.at(-1))
    throw new AnygradError("DATA_FORMAT", `its weights ${quote(kernel.shape)} do not fit ${shown(x.shape)}`);
  const bias = given ?? network.biasBehind(units, 0);
  const activation = network.activation();
  const { builder } = network;
  const from = x.flatOf && isWhole(x.flatOf) ? x.flatOf : undefined;
  const rows = from ? rowsAsTheyLie(kernel, from) : kernel;
  const last = from ? undefined : withLast(network, x, x.rank - 1);
  const input = from ? builder.reshaped(from.tensor, [sizeOf(from.sizes)]) : last!.tensor;
  const y = builder.apply(
    (name) => layers.dense({ units, useBias: bias !== undefined, activation, name }),
    [input],
    {
      kernel: rows,
      ...(bias && { bias }),
    },
  );
  network.set(last ? last.like(y) : new Value(y, [0, 1], 2, undefined));
}

/** The batch is an axis of its own. */
const isWhole = ({ axes, batchAxis }: Value): boolean => !axes.slice(1).includes(batchAxis);

function matmul(network: Network): void {
  const [a, b] = [network.input(0), network.input(1)];
  if (a instanceof Value && b instanceof Constant && b.shape.length === 2) {
    dense(network, a, b, undefined);
    return;
  }
  const rank = Math.max(a.shape.length, b.shape.length);
  if (a.shape.length < 2 || b.shape.length < 2)
    throw new AnygradError("UNSUPPORTED", "it multiplies by a vector");
  const { builder } = network;
  const values = [a, b].filter((each) => each instanceof Value).map((each) => lift(each, rank));
  const [{ batchAxis }] = values as [Value];
  checkParts(values);
  if (batchAxis >= rank - 2)
    throw new AnygradError("UNSUPPORTED", "it multiplies along the axis of the batch");
  const inner = values.map((each) => builder.inOrder(each));
  const order = inner.sort((p, q) => q.length - p.length)[0]!;
  const operands = [a, b].map((each) => {
    if (each instanceof Value) return builder.arranged(lift(each, rank), order);
    if (each.shape.length < rank) return each;
    if (each.shape[batchAxis] !== 1 || batchAxis !== 0)
      throw new AnygradError("UNSUPPORTED", "a constant has a matrix for each example of a batch");
    return each.reshaped(each.shape.slice(1));
  });
  const { outer } = values[0]!;
  network.set(new Value(builder.operation("matmul", operands), order, rank, undefined, { outer }));
}

function gemm(network: Network): void {
  const { attributes } = network;
  const [alpha, beta] = [attributes.float("alpha", 1), attributes.float("beta", 1)];
  const b = network.input(1);
  const x = network.value(0);
  if (attributes.int("transA", 0))
    throw new AnygradError("UNSUPPORTED", "it transposes the examples of a batch");
  const scaled = (constant: Constant, factor: number): Constant =>
    factor === 1
      ? constant
      : new Constant(constant.shape, constant.floats.map((value) => value * factor), "float32", constant); // biome-ignore format: one call
  if (b instanceof Value)
    throw new AnygradError("UNSUPPORTED", "it multiplies the examples of a batch by one another");
  const kernel = scaled(attributes.int("transB", 0) ? b.transposed([1, 0]) : b, alpha);
  const units = kernel.shape[1]!;
  const c = network.has(2) ? network.input(2) : undefined;
  if (c && !isBias(c, units)) {
    const added = beta === 1 ? c : network.compute("Mul", [c, new Constant([], [beta])]);
    network.become("Add", [network.compute("MatMul", [x, kernel]), added]);
    return;
  }
  const bias = c && scaled(c.size === units ? c.reshaped([units]) : filled(units, c.data[0]!), beta);
  dense(network, x, kernel, bias);
}

/** Whether it is one number for all units, or one for each of them: not what differs from row to row. */
const isBias = (c: Known, units: number): c is Constant =>
  c instanceof Constant && (c.size === 1 || (c.size === units && c.shape.at(-1) === units));

const filled = (units: number, value: number): Constant =>
  new Constant([units], new Float32Array(units).fill(value));

function einsum(network: Network): void {
  const equation = network.attributes.text("equation", "").replaceAll(" ", "");
  const inputs = network.node.inputs.map((_, i) => network.input(i));
  const [terms = "", result = ""] = equation.split("->");
  const letters = inputs.flatMap((each, i) =>
    each instanceof Value ? [terms.split(",")[i]![each.batchAxis]] : [],
  );
  const isPlain = inputs.every((each) => !(each instanceof Value) || each.batchAxis === 0);
  if (!isPlain || new Set(letters).size !== 1 || result[0] !== letters[0])
    throw new AnygradError("UNSUPPORTED", `its equation ${quote(equation)} moves the axis of the batch`);
  const operands = inputs.map((each) => (each instanceof Value ? network.builder.plain(each) : each));
  const y = network.builder.operation("einsum", operands, { equation });
  network.set(new Value(y, [...result].map((_, i) => i), result.length, undefined)); // biome-ignore format: one call
}

/** scikit-learn's linear models. */
function linearRegressor(network: Network): void {
  const { attributes } = network;
  const x = network.value(0);
  const units = attributes.int("targets", 1);
  const coefficients = attributes.floats("coefficients") ?? [];
  const features = coefficients.length / units;
  if (attributes.text("post_transform", "NONE") !== "NONE" || features !== x.shape.at(-1))
    throw new AnygradError("UNSUPPORTED", "it transforms what it gives, or lacks coefficients");
  const weight = { isWeight: true };
  const kernel = new Constant([units, features], Float32Array.from(coefficients), "float32", weight);
  const bias = new Constant(
    [units],
    Float32Array.from(attributes.floats("intercepts") ?? new Array<number>(units).fill(0)),
  );
  dense(network, x, kernel.transposed([1, 0]), bias);
}

/** Undefined for numbers that nobody learned and that change nothing, such as the ones that a file makes as many of as a length says. */
const learned = (constant: Constant | undefined, none: number): Constant | undefined =>
  constant && !constant.isWeight && constant.floats.every((n) => n === none) ? undefined : constant;

function layerNormalization(network: Network): void {
  const { attributes, builder } = network;
  const x = network.value(0);
  const first = network.axis(-1, x.rank);
  const axes = Array.from({ length: x.rank - first }, (_, i) => first + i);
  const others = x.axes.filter((axis) => !axes.includes(axis));
  const order = [...others, ...axes];
  const epsilon = attributes.float("epsilon", 1e-5);
  const beta = learned(network.constantOr(2), 0);
  const gamma = learned(network.constant(1), 1);
  const axis = axes.map((_, i) => others.length + i);
  const sizes = axes.map((each) => x.shape[each]!);
  const options = {
    axis: axis.length === 1 ? axis[0]! : axis,
    epsilon,
    center: beta !== undefined,
    scale: gamma !== undefined,
  };
  const y = builder.apply(
    (name) => layers.layerNormalization({ ...options, name }),
    [builder.arranged(x, order)],
    {
      ...(gamma && { gamma: gamma.size === sizeOf(sizes) ? gamma.reshaped(sizes) : gamma }),
      ...(beta && { beta: beta.reshaped(sizes) }),
    },
  );
  network.set(new Value(y, order, x.rank, undefined, { outer: x.outer }));
}

const softmax =
  (make: (options: { name: string }) => ReturnType<typeof layers.softmax>): Importer =>
  (network) => {
    const x = network.value(0);
    const axis = network.axis(network.opset < 13 ? 1 : -1, x.rank);
    // before opset 13 all axes from this one on were one row
    if (network.opset < 13 && sizeOf(x.shape.slice(axis + 1)) !== 1)
      throw new AnygradError("UNSUPPORTED", "it works over several axes at once, as it did before opset 13");
    const last = withLast(network, x, axis);
    network.set(last.like(network.builder.apply((name) => make({ name }), [last.tensor])));
  };

/** Importers by the names of operators. */
export function products(): Readonly<Record<string, Importer>> {
  return {
    MatMul: matmul,
    Gemm: gemm,
    Einsum: einsum,
    LayerNormalization: layerNormalization,
    LinearRegressor: linearRegressor,
    Softmax: softmax(layers.softmax),
    LogSoftmax: softmax(layers.logSoftmax),
  };
}
