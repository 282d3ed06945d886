/** Importers of shapes, pieces and sums: most are a change of labels, the others an op where the axes lie. */

import { AnygradError, quote } from "../../../errors.ts";
import { layers, type SymbolicTensor } from "../../../layers/index.ts";
import { sizeOf } from "../../../math/shape.ts";
import { batch, batchIn, broadcastShape, Constant, shown } from "../constant.ts";
import { checkParts, type Importer, lift, type Network } from "../network.ts";
import { axisOf, Value } from "../value.ts";
import { partsOf, rangesOf, resolved } from "./ranges.ts";

/** The axes that a node names, by its input or its attribute. */
export function axesOf(network: Network, i: number, rank: number): number[] | undefined {
  const given = network.constantOr(i)?.list ?? network.attributes.ints("axes");
  return given?.map((axis) => axisOf(axis, rank));
}

/** How a shape has the batch in it: on which axis, and what this axis holds before and behind it. */
interface Batched {
  readonly shape: readonly number[];
  readonly at: number;
  readonly outer: number;
  readonly inner: number;
}

/** The shape, if its batch can be that of x: as many numbers must come before an example in both. */
function batched(x: Value, shape: readonly number[]): Batched | undefined {
  const at = shape.findIndex((n) => batchIn(n));
  if (at < 0) return undefined;
  const own = x.axes.flatMap((axis, i) => (i > 0 && axis === x.batchAxis ? [x.sizes[i - 1]!] : []));
  const before = sizeOf(x.shape.slice(0, x.batchAxis)) * sizeOf(own.slice(0, x.outer));
  const outer = before / sizeOf(shape.slice(0, at));
  const inner = batchIn(shape[at]!) / outer;
  return Number.isInteger(outer) && Number.isInteger(inner) ? { shape, at, outer, inner } : undefined;
}

/**
 * The target shape with the batch in it. Where the file has a fixed one, the axis is sought on which it stands: not the last,
 * and the one that joins the least with it.
 */
function targetOf(network: Network, x: Value, target: readonly number[]): Batched {
  const allowsZero = network.attributes.int("allowzero", 0) !== 0;
  const fixed = network.fixedBatch;
  const kept = target.map((n, i) => (n === 0 && !allowsZero ? (x.shape[i] ?? 1) : n));
  const candidates =
    fixed === undefined || kept.some((n) => batchIn(n))
      ? [kept]
      : kept.flatMap((n, at) =>
          n > 0 && n % fixed === 0 ? [kept.map((each, i) => (i === at ? (each / fixed) * batch : each))] : [],
        );
  const found = [...candidates, kept].flatMap((each) => {
    try {
      return batched(x, resolved(x.shape, each, true)) ?? [];
    } catch {
      return []; // it is no shape for as many numbers
    }
  });
  const weight = ({ at, outer, inner, shape }: Batched): number =>
    outer * inner + (at === shape.length - 1 && shape.length > 1 ? batch : 0);
  const [best] = found.sort((a, b) => weight(a) - weight(b));
  if (best) return best;
  const shape = fixed === undefined ? resolved(x.shape, kept, true) : kept;
  throw new AnygradError(
    "UNSUPPORTED",
    `it makes ${shown(shape)} of ${shown(x.shape)}, which mixes the examples of a batch`,
  );
}

/** A value in another shape, whose batch stays an axis of its own, or a part of one. */
export function reshaped(network: Network, x: Value, target: readonly number[]): Value {
  const { shape, at, outer, inner } = targetOf(network, x, target);
  const p = x.batchAxis;
  const before = Array.from({ length: p }, (_, axis) => axis);
  const after = Array.from({ length: x.rank - p - 1 }, (_, i) => p + 1 + i);
  const wanted = [p, ...before, ...x.axes.slice(1).filter((axis) => axis === p), ...after];
  const parts = [outer, inner].filter((n) => n > 1);
  const sizes = [...shape.slice(0, at), ...parts, ...shape.slice(at + 1)];
  const axes = [
    at,
    ...shape.slice(0, at).keys(),
    ...parts.map(() => at),
    ...shape.slice(at + 1).map((_, i) => at + 1 + i),
  ];
  const make = (): SymbolicTensor => {
    const { builder } = network;
    return builder.reshaped(builder.arranged(x, wanted), sizes);
  };
  const isFlat = shape.length === 2 && at === 0 && parts.length === 0;
  return new Value(make, axes, shape.length, sizes, isFlat ? { flatOf: x } : { outer: outer > 1 ? 1 : 0 });
}

function transpose(network: Network): void {
  const x = network.value(0);
  const perm = network.attributes.ints("perm") ?? Array.from({ length: x.rank }, (_, i) => x.rank - 1 - i);
  if ([...perm].sort((a, b) => a - b).some((axis, i) => axis !== i) || perm.length !== x.rank)
    throw new AnygradError(
      "DATA_FORMAT",
      `its perm ${quote(perm)} does not name each of ${x.rank} axes once`,
    );
  network.set(
    x.relabelled(
      x.axes.map((axis) => perm.indexOf(axis)),
      x.rank,
      false,
    ),
  );
}

/** A value without some axes of size 1. */
export function without(network: Network, x: Value, dropped: readonly number[]): Value {
  const kept = x.axes.filter((axis) => !dropped.includes(axis));
  if (!kept.includes(x.batchAxis))
    throw new AnygradError("UNSUPPORTED", "it takes away the axis of the batch, which the model needs");
  const label = (axis: number): number => axis - dropped.filter((each) => each < axis).length;
  const lying =
    kept.length === x.axes.length
      ? x
      : new Value(() => network.builder.arranged(x, kept), kept, x.rank, undefined, x);
  return lying.relabelled(kept.map(label), x.rank - dropped.length);
}

function squeeze(network: Network): void {
  const x = network.value(0);
  const axes = axesOf(network, 1, x.rank) ?? x.shape.flatMap((n, axis) => (n === 1 ? [axis] : []));
  const wide = axes.find((axis) => axis !== x.batchAxis && x.shape[axis] !== 1);
  if (wide !== undefined)
    throw new AnygradError("DATA_FORMAT", `it takes away axis ${wide} of ${shown(x.shape)}, which is not 1`);
  network.set(without(network, x, axes));
}

function unsqueeze(network: Network): void {
  const x = network.value(0);
  const given = network.constantOr(1)?.list ?? network.attributes.ints("axes") ?? [];
  const rank = x.rank + given.length;
  const added = given.map((axis) => axisOf(axis, rank));
  const places = Array.from({ length: rank }, (_, axis) => axis).filter((axis) => !added.includes(axis));
  network.set(
    x.relabelled(
      x.axes.map((axis) => places[axis]!),
      rank,
    ),
  );
}

function concat(network: Network): void {
  const inputs = network.node.inputs.map((_, i) => network.input(i));
  const first = inputs.find((each) => each instanceof Value)!;
  const axis = network.axis(0, first.rank);
  if (axis === first.batchAxis) throw new AnygradError("UNSUPPORTED", "it joins the examples of batches");
  const values = inputs.map((each) =>
    each instanceof Value ? each : network.builder.spread(each, first.rank, first.batchAxis),
  );
  checkParts(values);
  const widest = [...values].sort((a, b) => b.axes.length - a.axes.length)[0]!;
  const missing = [...new Set([axis, ...values.flatMap(({ axes }) => axes)])].filter(
    (each) => !widest.axes.includes(each),
  );
  const order = [...widest.axes, ...missing];
  const tensors = values.map((each) => network.builder.arranged(each, order));
  const { isChannelsLast, outer } = first;
  if (tensors.length === 1) {
    network.set(first);
    return;
  }
  const y = network.builder.apply((name) => layers.concatenate({ axis: order.indexOf(axis), name }), tensors);
  network.set(new Value(y, order, first.rank, undefined, { isChannelsLast, outer }));
}

interface Range {
  readonly first: number;
  readonly count: number;
  readonly step: number;
}

/** The pieces of a value: of each axis a range. */
function pieceOf(network: Network, x: Value, ranges: ReadonlyMap<number, Range>): Value {
  const begin: (number | null)[] = x.axes.map(() => null);
  const end = [...begin];
  const strides = [...begin];
  for (const [axis, { first, count, step }] of ranges) {
    const size = x.shape[axis]!;
    if (first === 0 && count === size && step === 1) continue;
    if (axis === x.batchAxis) {
      if (first === 0 && step === 1 && count >= (network.fixedBatch ?? Number.POSITIVE_INFINITY)) continue;
      throw new AnygradError("UNSUPPORTED", "it takes some examples of a batch");
    }
    if (count < 1)
      throw new AnygradError("UNSUPPORTED", `nothing is left of axis ${axis} of ${shown(x.shape)}`);
    const place = x.placeOf(axis);
    if (place === undefined) continue; // of size 1, whole
    const last = first + count * step;
    begin[place] = first;
    end[place] = last < 0 ? null : last;
    strides[place] = step;
  }
  if (strides.every((step) => step === null)) return x;
  return x.like(network.builder.operation("slice", [x], { begin, end, strides }));
}

function split(network: Network): void {
  const x = network.value(0);
  const axis = network.axis(0, x.rank);
  let first = 0;
  partsOf(network, x.shape[axis]!).forEach((count, i) => {
    network.set(pieceOf(network, x, new Map([[axis, { first, count, step: 1 }]])), i);
    first += count;
  });
}

/** Rows of a table by number, where the numbers come from the input: an embedding. */
function rowsOfTable(network: Network, table: Constant, ids: Value): Value {
  const axis = network.axis(0, table.shape.length);
  if (axis !== 0 || table.shape.length > 2)
    throw new AnygradError("UNSUPPORTED", `it looks up along axis ${axis} of a table ${shown(table.shape)}`);
  const [inputDim, outputDim = 1] = table.shape as [number, number?];
  const y = network.builder.apply((name) => layers.embedding({ inputDim, outputDim, name }), [ids.tensor], {
    embeddings: table,
  });
  const value = new Value(y, [...ids.axes, ids.rank], ids.rank + 1, undefined);
  return table.shape.length === 2 ? value : without(network, value, [ids.rank]);
}

/** Classes by their numbers, of scikit-learn's classifiers. */
function arrayFeatures(network: Network): void {
  const classes = network.constant(0);
  const ids = network.value(1);
  network.set(rowsOfTable(network, classes.reshaped([classes.size]), ids));
}

function gather(network: Network): void {
  const [data, indices] = [network.input(0), network.input(1)];
  if (data instanceof Constant && indices instanceof Value) {
    network.set(rowsOfTable(network, data, indices));
    return;
  }
  const x = network.value(0);
  const list = network.constant(1);
  const axis = network.axis(0, x.rank);
  const size = x.shape[axis]!;
  const at = list.list.map((index) => (index < 0 ? index + size : index));
  if (axis === x.batchAxis || at.some((index) => !(index >= 0 && index < size)))
    throw new AnygradError(
      "UNSUPPORTED",
      `it takes ${quote(list.list)} along axis ${axis} of ${shown(x.shape)}`,
    );
  const rank = list.shape.length;
  if (rank === 0) {
    network.set(
      without(network, pieceOf(network, x, new Map([[axis, { first: at[0]!, count: 1, step: 1 }]])), [axis]),
    );
    return;
  }
  const whole = x.placeOf(axis) === undefined ? withAxes(network, x, [axis]) : x;
  const place = whole.placeOf(axis)!;
  const y = network.builder.operation("gather", [whole, new Constant([at.length], at)], { axis: place });
  const more = rank - 1;
  const labels = whole.axes.flatMap((each, i) =>
    i === place ? list.shape.map((_, k) => axis + k) : [each > axis ? each + more : each],
  );
  const sizes = y.sizes.flatMap((n, i) => (i + 1 === place ? list.shape : [n]));
  network.set(
    new Value(network.builder.reshaped(y, sizes), labels, x.rank + more, undefined, { outer: x.outer }),
  );
}

/** A value in which these axes of size 1 lie somewhere. */
export function withAxes(network: Network, x: Value, axes: readonly number[]): Value {
  if (axes.every((axis) => x.axes.includes(axis))) return x;
  const order = [...x.axes, ...axes.filter((axis) => !x.axes.includes(axis))];
  return new Value(network.builder.arranged(x, order), order, x.rank, undefined, x);
}

function expand(network: Network): void {
  const x = network.value(0);
  const given = network.constant(1).list;
  const at = x.batchAxis + given.length - x.rank; // where the batch of x is in the target
  const shape = broadcastShape(
    x.shape,
    given.map((n, i) => (i === at && (n === network.fixedBatch || n === -1) ? 1 : n)),
  );
  const lifted = lift(x, shape.length);
  const grown = shape.flatMap((n, axis) => (n !== lifted.shape[axis] ? [axis] : []));
  if (grown.length === 0) {
    network.set(lifted);
    return;
  }
  const whole = withAxes(network, lifted, grown);
  const sizes = whole.axes.slice(1).map((axis, i) => (grown.includes(axis) ? shape[axis]! : whole.sizes[i]!));
  network.set(whole.like(network.builder.operation("broadcastTo", [whole], { shape: sizes })));
}

function tile(network: Network): void {
  const x = network.value(0);
  const repeats = network.constant(1).list;
  const grown = repeats.flatMap((n, axis) => (n !== 1 ? [axis] : []));
  if (grown.includes(x.batchAxis))
    throw new AnygradError("UNSUPPORTED", "it repeats the examples of a batch");
  if (grown.length === 0) {
    network.set(x);
    return;
  }
  const whole = withAxes(network, x, grown);
  const counts = whole.axes.slice(1).map((axis) => repeats[axis]!);
  network.set(whole.like(network.builder.operation("tile", [whole], { repeats: counts })));
}

function pad(network: Network): void {
  const x = network.value(0);
  const { attributes, opset } = network;
  const pads = opset < 11 ? (attributes.ints("pads") ?? []) : network.constant(1).list;
  const value = opset < 11 ? attributes.float("value", 0) : (network.constantOr(2)?.scalar ?? 0);
  const axes =
    network.constantOr(3)?.list.map((axis) => axisOf(axis, x.rank)) ?? x.shape.map((_, axis) => axis);
  const mode = attributes.text("mode", "constant");
  const ends = new Map(axes.map((axis, i) => [axis, [pads[i]!, pads[i + axes.length]!] as [number, number]]));
  const grown = [...ends].filter(([, [before, after]]) => before || after).map(([axis]) => axis);
  if (
    grown.includes(x.batchAxis) ||
    pads.some((n) => n < 0) ||
    !["constant", "reflect", "edge", "symmetric"].includes(mode)
  )
    throw new AnygradError("UNSUPPORTED", `it pads by ${quote(pads)} in the mode ${quote(mode)}`);
  if (grown.length === 0) {
    network.set(x);
    return;
  }
  const whole = withAxes(network, x, grown);
  const padding = whole.axes.map((axis): [number, number] => ends.get(axis) ?? [0, 0]);
  const isBorder =
    padding.length === 4 && !grown.includes(whole.axes[3]!) && mode === "constant" && value === 0;
  const y = isBorder
    ? network.builder.apply(
        (name) => layers.zeroPadding2d({ padding: [padding[1]!, padding[2]!], name }),
        [whole.tensor],
      )
    : network.builder.operation("pad", [whole], { padding, mode, ...(mode === "constant" && { value }) });
  network.set(whole.like(y));
}

/** A value with an axis last, for ops that work there. */
export function withLast(network: Network, x: Value, axis: number): Value {
  if (axis === x.batchAxis) throw new AnygradError("UNSUPPORTED", "it works along the axis of the batch");
  const order = [...x.axes.filter((each) => each !== axis), axis];
  return new Value(network.builder.arranged(x, order), order, x.rank, undefined, x);
}

/** Importers by the names of operators. */
export const shapes: Readonly<Record<string, Importer>> = {
  Reshape: (network) => network.set(reshaped(network, network.value(0), network.constant(1).list)),
  Flatten(network) {
    const x = network.value(0);
    const axis = network.attributes.int("axis", 1);
    const at = axis === x.rank ? axis : axisOf(axis, x.rank);
    network.set(reshaped(network, x, [sizeOf(x.shape.slice(0, at)), sizeOf(x.shape.slice(at))]));
  },
  Transpose: transpose,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Concat: concat,
  Slice(network) {
    const x = network.value(0);
    network.set(pieceOf(network, x, rangesOf(network, x.shape)));
  },
  Split: split,
  Gather: gather,
  ArrayFeatureExtractor: arrayFeatures,
  Expand: expand,
  Tile: tile,
  Pad: pad,
};
