/** Convolutions, poolings and what else works on images, with their channels first as ONNX wants them. */
import { type Padding, type Pair, pair, slide } from "../../../ops/window.ts";
import { Constant } from "../../graph/constant.ts";
import type { GivenAttributes } from "../values.ts";
import { activated, type Exporter } from "./elementwise.ts";
import { type GraphWriter, numbersOf, unsupported } from "./graph.ts";
import { always, type Size, sizeInFirst } from "./sizes.ts";
import type { TracedOp, TracedTensor } from "./trace.ts";

/** An array with its axes in another order. */
export const permuted = (
  data: Float32Array,
  shape: readonly number[],
  axes: readonly number[],
): Float32Array => new Constant(shape, data).transposed(axes).floats;

interface Window {
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly padding: Padding;
}

/** The pads of a window, [top, left, bottom, right]; where they depend on a size that is open the runtime finds them by the same rule. */
function padsOf(op: TracedOp, { kernel, strides, dilations, padding }: Window): GivenAttributes {
  if (padding !== "same") return { pads: [0, 0, 0, 0] };
  const sizes = op.inputs[0]!.shape.slice(1, 3);
  if (sizes.some((size, i) => typeof size !== "number" && strides[i] !== 1))
    return { auto_pad: "SAME_UPPER" };
  const ends = sizes.map((open, i) => {
    const size = sizeInFirst(open); // by steps of one as much is put in, whatever the size
    const { out, before } = slide(size, kernel[i]!, strides[i]!, dilations[i]!, padding, op.name);
    const reach = (out - 1) * strides[i]! + (kernel[i]! - 1) * dilations[i]! + 1;
    return [before, Math.max(0, reach - size - before)];
  });
  return { pads: [ends[0]![0]!, ends[1]![0]!, ends[0]![1]!, ends[1]![1]!] };
}

interface ConvAttributes {
  readonly strides?: Pair;
  readonly padding?: Padding;
  readonly dilationRate?: Pair;
  readonly groups?: number;
  readonly activation?: string;
}

function windowOf(op: TracedOp, kernel: readonly [number, number]): Window {
  const { strides = 1, dilationRate = 1, padding = "valid" } = op.attributes as ConvAttributes;
  return {
    kernel,
    strides: pair(strides, op.name),
    dilations: pair(dilationRate, op.name),
    padding,
  };
}

const named = ({ kernel, strides, dilations }: Window): GivenAttributes => ({
  kernel_shape: [...kernel],
  strides: [...strides],
  dilations: [...dilations],
});

/** A kernel that has got another order of axes. @param axis that of the outputs */
function kernelOf(
  graph: GraphWriter,
  op: TracedOp,
  data: Float32Array,
  shape: readonly number[],
  axis: number,
): string {
  return graph.weight(data, shape, op.inputs[1]!.weight, `${op.layerName}/kernel`, axis);
}

/** Convolution of kernels that are constants. @param weights the kernel as ONNX wants it, and the groups */
function convolution(
  graph: GraphWriter,
  op: TracedOp,
  weights: readonly [data: Float32Array, shape: readonly number[]],
  kernel: readonly [number, number],
  group: number,
): void {
  const [x, , bias] = op.inputs as [TracedTensor, TracedTensor, TracedTensor | undefined];
  const window = windowOf(op, kernel);
  const inputs = [graph.channelsFirst(x), kernelOf(graph, op, ...weights, 0)];
  if (bias) inputs.push(graph.plain(bias));
  const y = graph.node("Conv", inputs, { ...named(window), ...padsOf(op, window), group });
  const { activation } = op.attributes as ConvAttributes;
  graph.set(op.output, { channelsFirst: activated(graph, activation, y) });
}

/** The exporters of what works on images. */
export const images: Readonly<Record<string, Exporter>> = {
  conv2d(graph, op) {
    const [kh, kw, c, o] = op.inputs[1]!.shape as [number, number, number, number];
    const kernel = permuted(numbersOf(op, 1), [kh, kw, c, o], [3, 2, 0, 1]);
    const { groups = 1 } = op.attributes as ConvAttributes;
    convolution(graph, op, [kernel, [o, c, kh, kw]], [kh, kw], groups);
  },
  depthwiseConv2d(graph, op) {
    const [kh, kw, c, m] = op.inputs[1]!.shape as [number, number, number, number];
    const kernel = permuted(numbersOf(op, 1), [kh, kw, c, m], [2, 3, 0, 1]);
    convolution(graph, op, [kernel, [c * m, 1, kh, kw]], [kh, kw], c);
  },
  conv2dTranspose(graph, op) {
    const [kh, kw, filters, channels] = op.inputs[1]!.shape as [number, number, number, number];
    const x = op.inputs[0]!;
    const window = windowOf(op, [kh, kw]);
    const isSame = window.padding === "same";
    const ends = [0, 1].map((axis) => {
      const extent = (window.kernel[axis]! - 1) * window.dilations[axis]! + 1;
      // how much the windows reach beyond the output, whatever the size
      const more = always(
        [x.shape[axis + 1]!, op.output.shape[axis + 1]!],
        (size, out) => (size - 1) * window.strides[axis]! + extent - out,
      );
      if (more === undefined) throw unsupported(op, "its padding depends on the size of its input");
      const before = isSame ? Math.floor(Math.max(0, more) / 2) : 0;
      const after = more - before;
      return { before, after: Math.max(0, after), more: Math.max(0, -after) };
    });
    const kernel = permuted(numbersOf(op, 1), [kh, kw, filters, channels], [3, 2, 0, 1]);
    const y = graph.node(
      "ConvTranspose",
      [graph.channelsFirst(x), kernelOf(graph, op, kernel, [channels, filters, kh, kw], 1)],
      {
        ...named(window),
        pads: [...ends.map(({ before }) => before), ...ends.map(({ after }) => after)],
        output_padding: ends.map(({ more }) => more),
      },
    );
    graph.set(op.output, { channelsFirst: y });
  },
  maxPooling2d: (graph, op) => pooling(graph, op, "MaxPool", {}),
  averagePooling2d: (graph, op) => pooling(graph, op, "AveragePool", { count_include_pad: 0 }),
  resize(graph, { inputs, output, attributes }) {
    const { linear } = attributes as { linear: number };
    const [x] = inputs as [TracedTensor];
    const { shape } = output;
    const [n, h, w, c] = shape as [Size, Size, Size, Size];
    const mode: GivenAttributes = linear
      ? { mode: "linear" }
      : { mode: "nearest", nearest_mode: "round_prefer_ceil" };
    const factors = [1, 2].map((axis) => always([x.shape[axis]!, shape[axis]!], (from, to) => to / from));
    const isOpen = [h, w].some((size) => typeof size !== "number");
    const names =
      isOpen && !factors.includes(undefined)
        ? [graph.channelsFirst(x), "", graph.floats([1, 1, ...(factors as number[])], [4])]
        : [graph.channelsFirst(x), "", "", graph.shape([n, c, h, w])];
    const half = { coordinate_transformation_mode: "half_pixel", ...mode };
    graph.set(output, { channelsFirst: graph.node("Resize", names, half) });
  },
  batchNormalization(graph, op) {
    const [x, gamma, beta, mean, variance] = op.inputs as TracedTensor[];
    const { epsilon, training, activation } = op.attributes as {
      epsilon: number;
      training: boolean;
      activation: string;
    };
    if (training) throw unsupported(op, "it normalises by the batch");
    const parameters = [gamma!, beta!, mean!, variance!].map((each) => graph.plain(each));
    const rank = x!.shape.length;
    const normalize = (name: string): string =>
      activated(
        graph,
        activation,
        graph.node("BatchNormalization", [name, ...parameters], { epsilon: { float: epsilon } }),
      );
    if (rank === 4) {
      graph.set(op.output, { channelsFirst: normalize(graph.channelsFirst(x!)) });
      return;
    }
    const { shape } = op.output;
    const rows =
      rank === 2 ? graph.plain(x!) : graph.node("Reshape", [graph.plain(x!), graph.integers([-1, shape.at(-1) as number])]); // biome-ignore format: one choice
    const y = normalize(rows);
    graph.set(op.output, { plain: rank === 2 ? y : graph.reshape(y, shape) });
  },
};

function pooling(graph: GraphWriter, op: TracedOp, opType: string, more: GivenAttributes): void {
  const {
    poolSize = 2,
    strides = poolSize,
    padding = "valid",
  } = op.attributes as {
    poolSize?: Pair;
    strides?: Pair;
    padding?: Padding;
  };
  const [x] = op.inputs as [TracedTensor];
  const window: Window = {
    kernel: pair(poolSize, op.name),
    strides: pair(strides, op.name),
    dilations: [1, 1],
    padding,
  };
  const attributes = {
    kernel_shape: [...window.kernel],
    strides: [...window.strides],
    ...padsOf(op, window),
    ...more,
  };
  graph.set(op.output, { channelsFirst: graph.node(opType, [graph.channelsFirst(x)], attributes) });
}
