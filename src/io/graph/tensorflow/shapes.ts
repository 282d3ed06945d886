/** TensorFlow's operators of shapes, pieces and sums in those of ONNX: what was an input there is an attribute here, and the other way round. */
import { AnygradError, quote } from "../../../errors.ts";
import { batchIn } from "../constant.ts";
import type { Importer, Known, Network } from "../network.ts";
import { axisOf } from "../value.ts";
import { list } from "./given.ts";

/** All inputs of a node. */
export const inputsOf = (network: Network): Known[] => network.node.inputs.map((_, i) => network.input(i));

/** The one number of an input. @throws AnygradError DATA_FORMAT */
function numberOf(network: Network, i: number): number {
  const { scalar } = network.constant(i);
  if (scalar !== undefined) return scalar;
  throw new AnygradError("DATA_FORMAT", `its input ${i} is a list; a number was expected`);
}

const reduction =
  (op: string): Importer =>
  (network) => {
    const axes = network.constant(1);
    const keepdims = network.attributes.int("keep_dims", 0);
    if (axes.size === 0) network.become("Identity", [network.input(0)]);
    else network.become(op, [network.input(0), list(axes.list)], { keepdims });
  };

const concat =
  (axisFirst: boolean): Importer =>
  (network) => {
    const all = inputsOf(network);
    const axis = numberOf(network, axisFirst ? 0 : all.length - 1);
    network.become("Concat", axisFirst ? all.slice(1) : all.slice(0, -1), { axis });
  };

/** Tensors side by side on a new axis. */
function pack(network: Network): void {
  const inputs = inputsOf(network);
  const axis = axisOf(network.attributes.int("axis", 0), (inputs[0]?.shape.length ?? 0) + 1);
  const rows = inputs.map((each) => network.compute("Unsqueeze", [each, list([axis])]));
  network.become("Concat", rows, { axis });
}

/** The rows of an axis, a tensor each. */
function unpack(network: Network): void {
  const x = network.input(0);
  const axis = axisOf(network.attributes.int("axis", 0), x.shape.length);
  const count = x.shape[axis]!;
  if (batchIn(count)) throw new AnygradError("UNSUPPORTED", "it takes the examples of a batch apart");
  if (count !== network.node.outputs.length)
    throw new AnygradError("DATA_FORMAT", `it makes ${network.node.outputs.length} tensors of ${count}`);
  const rows = network.computeAll("Split", [x, list(new Array<number>(count).fill(1))], { axis }, count);
  rows.forEach((row, i) => {
    network.set(network.compute("Squeeze", [row, list([axis])]), i);
  });
}

/** @param x where the tensor is among the inputs @param axis and the axis */
const split =
  (x: number, axis: number, sizes?: number): Importer =>
  (network) => {
    const value = network.input(x);
    const along = axisOf(numberOf(network, axis), value.shape.length);
    const size = value.shape[along]!;
    const count = network.node.outputs.length;
    const given =
      sizes === undefined ? new Array<number>(count).fill(size / count) : network.constant(sizes).list;
    const rest = size - given.reduce((sum, n) => sum + Math.max(0, n), 0);
    const parts = given.map((n) => (n === -1 ? rest : n));
    if (
      parts.length !== count ||
      parts.some((n) => !(Number.isInteger(n) && n >= 0)) ||
      parts.reduce((a, b) => a + b, 0) !== size
    )
      throw new AnygradError("DATA_FORMAT", `it makes parts of ${quote(given)} of ${size}`);
    network.become("Split", [value, list(parts)], { axis: along });
  };

/** The end of a range that goes to the end of its axis. */
const wholeWay = 2 ** 31 - 1;

function slice(network: Network): void {
  const begin = network.constant(1).list;
  const size = network.constant(2).list;
  const end = begin.map((first, i) => (size[i] === -1 ? wholeWay : first + size[i]!));
  network.become("Slice", [network.input(0), list(begin), list(end)]);
}

/** Ranges as Python writes them: bits of the masks say which ends are open, which axes are new and which are taken away. */
function stridedSlice(network: Network): void {
  const { attributes } = network;
  const x = network.input(0);
  const [begin, end, strides] = [1, 2, 3].map((i) => network.constant(i).list) as [
    number[],
    number[],
    number[],
  ];
  const mask = (name: string, i: number): boolean => ((attributes.int(name, 0) >> i) & 1) === 1;
  const isOffset = attributes.int("offset", 0) !== 0;
  const entries = begin.map((_, i) => i);
  const named = entries.filter((i) => !mask("new_axis_mask", i) && !mask("ellipsis_mask", i)).length;
  const ranges: { axis: number; first: number; last: number; step: number }[] = [];
  const dropped: number[] = [];
  const added: number[] = [];
  let [axis, made] = [0, 0]; // the axis of x, and that of what is made
  for (const i of entries) {
    if (mask("ellipsis_mask", i)) {
      axis += x.shape.length - named;
      made += x.shape.length - named;
    } else if (mask("new_axis_mask", i)) added.push(made++);
    else {
      const step = strides[i]!;
      const last = isOffset ? begin[i]! + end[i]! : end[i]!;
      if (mask("shrink_axis_mask", i)) {
        ranges.push({ axis, first: begin[i]!, last: begin[i] === -1 ? wholeWay : begin[i]! + 1, step: 1 });
        dropped.push(axis);
      } else {
        const from = mask("begin_mask", i) ? (step > 0 ? 0 : wholeWay) : begin[i]!;
        ranges.push({
          axis,
          first: from,
          last: mask("end_mask", i) ? (step > 0 ? wholeWay : -wholeWay) : last,
          step,
        });
        made++;
      }
      axis++;
    }
  }
  let y = network.compute("Slice", [
    x,
    ...[ranges.map((each) => each.first), ranges.map((each) => each.last), ranges.map((each) => each.axis), ranges.map((each) => each.step)].map(list),
  ]); // biome-ignore format: one call
  if (dropped.length > 0) y = network.compute("Squeeze", [y, list(dropped)]);
  if (added.length > 0) y = network.compute("Unsqueeze", [y, list(added)]);
  network.set(y);
}

/** Rows by their numbers. */
const gather =
  (axisInput: number | undefined): Importer =>
  (network) => {
    const { attributes } = network;
    if (attributes.int("batch_dims", 0))
      throw new AnygradError("UNSUPPORTED", "it takes other rows of each example");
    const axis = axisInput === undefined ? attributes.int("axis", 0) : numberOf(network, axisInput);
    network.become("Gather", [network.input(0), network.input(1)], { axis });
  };

const pad = (network: Network, mode: string): void => {
  const pads = network.constant(1).list; // before and behind each axis in turn
  const ends = [...pads.filter((_, i) => i % 2 === 0), ...pads.filter((_, i) => i % 2 === 1)];
  network.become("Pad", [network.input(0), list(ends), network.has(2) ? network.input(2) : undefined], {
    mode,
  });
};

function argmax(network: Network): void {
  const x = network.input(0);
  const isLeast = network.node.op.endsWith("ArgMin");
  network.become("ArgMax", [isLeast ? network.compute("Neg", [x]) : x], {
    axis: numberOf(network, 1),
    keepdims: 0,
  });
}

function reverse(network: Network): void {
  const x = network.input(0);
  const axes = network.constant(1).list.map((axis) => axisOf(axis, x.shape.length));
  const each = (n: number) => list(axes.map(() => n));
  network.become("Slice", [x, each(-1), each(-wholeWay), list(axes), each(-1)]);
}

/** Importers by the names of operators. */
export const shapes: Readonly<Record<string, Importer>> = {
  Mean: reduction("ReduceMean"),
  Sum: reduction("ReduceSum"),
  Max: reduction("ReduceMax"),
  Min: reduction("ReduceMin"),
  Prod: reduction("ReduceProd"),
  Any: reduction("ReduceMax"),
  All: reduction("ReduceMin"),
  TopKV2: (network) => network.become("TopK", [network.input(0), list([numberOf(network, 1)])]),
  ArgMax: argmax,
  ArgMin: argmax,
  Reshape: (network) => network.become("Reshape", [network.input(0), network.input(1)], { allowzero: 1 }),
  ExpandDims: (network) => network.become("Unsqueeze", [network.input(0), list([numberOf(network, 1)])]),
  Squeeze(network) {
    const axes = network.attributes.ints("squeeze_dims") ?? [];
    network.become("Squeeze", [network.input(0), axes.length > 0 ? list(axes) : undefined]);
  },
  Transpose: (network) => network.become("Transpose", [network.input(0)], { perm: network.constant(1).list }),
  Concat: concat(true),
  ConcatV2: concat(false),
  Pack: pack,
  Unpack: unpack,
  Split: split(1, 0),
  SplitV: split(0, 2, 1),
  Slice: slice,
  StridedSlice: stridedSlice,
  Gather: gather(undefined),
  GatherV2: gather(2),
  Pad: (network) => pad(network, "constant"),
  PadV2: (network) => pad(network, "constant"),
  MirrorPad: (network) => pad(network, network.attributes.text("mode", "REFLECT").toLowerCase()),
  ReverseV2: reverse,
  Rank: (network) => network.set(list([network.input(0).shape.length]).reshaped([])),
  Fill(network) {
    const value = network.constant(1).reshaped([1]);
    network.become("ConstantOfShape", [network.input(0)], { value });
  },
  Cumsum(network) {
    const { attributes } = network;
    const flags = { exclusive: attributes.int("exclusive", 0), reverse: attributes.int("reverse", 0) };
    network.become("CumSum", [network.input(0), network.input(1)], flags);
  },
};
