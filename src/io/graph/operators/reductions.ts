/** Importers of sums, means and extremes along axes. */
import { AnygradError } from "../../../errors.ts";
import { layers, type SymbolicTensor } from "../../../layers/index.ts";
import type { Importer, Network } from "../network.ts";
import { axisOf, Value } from "../value.ts";
import { axesOf, withAxes, withLast, without } from "./shapes.ts";

/** What a reduction makes of the tensor of a value. */
type Reduce = (network: Network, x: SymbolicTensor, axis: readonly number[]) => SymbolicTensor;

const reduce =
  (op: string): Reduce =>
  (network, x, axis) =>
    network.builder.operation(op, [x], { axis });

const reduction =
  (work: Reduce): Importer =>
  (network) => {
    const x = network.value(0);
    const { attributes } = network;
    const axes = axesOf(network, 1, x.rank) ?? x.shape.map((_, axis) => axis);
    if (axes.length === 0 && attributes.int("noop_with_empty_axes", 0)) {
      network.set(x);
      return;
    }
    const all = axes.length > 0 ? axes : x.shape.map((_, axis) => axis);
    // a file for one example means that one by the axis of its batch, which is kept
    const isSingle = network.fixedBatch === 1 && all.includes(x.batchAxis);
    const named = isSingle ? all.filter((axis) => axis !== x.batchAxis) : all;
    if (named.includes(x.batchAxis))
      throw new AnygradError("UNSUPPORTED", "it takes numbers of all examples of a batch together");
    const places = x.axes.flatMap((axis, place) => (named.includes(axis) ? [place] : []));
    const kept = x.axes.filter((axis) => !named.includes(axis));
    const y = work(network, x.tensor, places);
    const value = new Value(y, kept, x.rank, undefined, x);
    network.set(attributes.int("keepdims", 1) || isSingle ? value : without(network, value, named));
  };

/** The mean over images has a layer of its own. */
const mean: Reduce = (network, x, axis) =>
  x.shape.length === 3 && axis.length === 2 && axis[0] === 1 && axis[1] === 2
    ? network.builder.apply((name) => layers.globalAveragePooling2d({ name }), [x])
    : reduce("mean")(network, x, axis);

const chained =
  (...ops: readonly string[]): Reduce =>
  (network, x, axis) =>
    ops.reduce((y, op) => network.builder.operation(op, [y], op === "sum" ? { axis } : {}), x);

function argmax(network: Network): void {
  const x = network.value(0);
  const axis = network.axis(0, x.rank);
  if (network.attributes.int("select_last_index", 0))
    throw new AnygradError("UNSUPPORTED", "it takes the last of equal ones");
  const last = withLast(network, x, axis);
  const y = new Value(
    network.builder.operation("argmax", [last]),
    last.axes.slice(0, -1),
    x.rank,
    undefined,
    x,
  );
  network.set(network.attributes.int("keepdims", 1) ? y : without(network, y, [axis]));
}

/** The largest or smallest numbers along an axis, and where they stand. */
function topK(network: Network): void {
  const x = network.value(0);
  const k = network.constant(1).scalar;
  if (k === undefined) throw new AnygradError("DATA_FORMAT", "its k is a list; a number was expected");
  const axis = network.axis(-1, x.rank);
  if (axis === x.batchAxis)
    throw new AnygradError("UNSUPPORTED", "it takes numbers of all examples of a batch together");
  const whole = withAxes(network, x, [axis]);
  const largest = network.attributes.int("largest", 1) !== 0;
  const given = { axis: whole.placeOf(axis), k, ...(!largest && { largest }) };
  for (const [i, op] of ["topK", "topKIndices"].entries())
    if (network.node.outputs[i]) network.set(network.elementwise(whole, op, given), i);
}

function cumsum(network: Network): void {
  const x = network.value(0);
  const axis = axisOf(network.constant(1).scalar ?? Number.NaN, x.rank);
  const whole = withAxes(network, x, [axis]);
  const flags = {
    exclusive: network.attributes.int("exclusive", 0) !== 0,
    reverse: network.attributes.int("reverse", 0) !== 0,
  };
  network.set(network.elementwise(whole, "cumsum", { axis: whole.placeOf(axis), ...flags }));
}

/** Importers by the names of operators. */
export const reductions: Readonly<Record<string, Importer>> = {
  ReduceSum: reduction(reduce("sum")),
  ReduceMean: reduction(mean),
  ReduceMax: reduction(reduce("max")),
  ReduceMin: reduction(reduce("min")),
  ReduceProd: reduction(reduce("prod")),
  ReduceLogSumExp: reduction(reduce("logSumExp")),
  ReduceL1: reduction(chained("abs", "sum")),
  ReduceL2: reduction(chained("square", "sum", "sqrt")),
  ReduceSumSquare: reduction(chained("square", "sum")),
  ReduceLogSum: reduction(chained("sum", "log")),
  ArgMax: argmax,
  TopK: topK,
  CumSum: cumsum,
};
