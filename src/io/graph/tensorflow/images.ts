/** TensorFlow's operators of images, [n, h, w, c] unless they say NCHW, in those of ONNX. */
import { AnygradError, quote } from "../../../errors.ts";
import type { GivenAttributes } from "../attributes.ts";
import { type Constant, shown } from "../constant.ts";
import type { Importer, Known, Network } from "../network.ts";
import { list } from "./given.ts";

/** The layout of a node's images. @throws AnygradError UNSUPPORTED for one of three axes */
function layoutOf({ attributes }: Network): "NHWC" | "NCHW" {
  const layout = attributes.text("data_format", "NHWC");
  if (layout === "NHWC" || layout === "NCHW") return layout;
  throw new AnygradError("UNSUPPORTED", `its images lie as ${quote(layout)}`);
}

/** The numbers for height and width of an attribute that has one for each axis. */
function ofPlaces(network: Network, name: string): number[] {
  const all = network.attributes.ints(name) ?? [1, 1, 1, 1];
  return layoutOf(network) === "NHWC" ? all.slice(1, 3) : all.slice(2, 4);
}

/** How the window slides, and the layout. */
function slidingOf(network: Network): GivenAttributes {
  const padding = network.attributes.text("padding", "VALID");
  const explicit = network.attributes.ints("explicit_paddings") ?? [];
  const first = layoutOf(network) === "NHWC" ? 2 : 4;
  if (padding === "EXPLICIT" && explicit.length !== 8)
    throw new AnygradError("DATA_FORMAT", `its explicit_paddings are ${quote(explicit)}`);
  const [top, bottom, left, right] = explicit.slice(first, first + 4) as [number, number, number, number];
  return {
    data_format: layoutOf(network),
    strides: ofPlaces(network, "strides"),
    dilations: ofPlaces(network, "dilations"),
    ...(padding === "EXPLICIT" ? { pads: [top, left, bottom, right] } : { auto_pad: autoPad(padding) }),
  };
}

/** TensorFlow's padding in ONNX's words. @throws AnygradError DATA_FORMAT */
export function autoPad(padding: string): string {
  if (padding === "SAME") return "SAME_UPPER";
  if (padding === "VALID") return "VALID";
  throw new AnygradError("DATA_FORMAT", `its padding is ${quote(padding)}`);
}

/** A convolution in as many groups as its kernel, [o, c, h, w], makes of the channels. */
export function convolve(
  network: Network,
  x: Known,
  kernel: Constant,
  bias: Known | undefined,
  sliding: GivenAttributes,
): void {
  const channels = x.shape[sliding.data_format === "NHWC" ? x.shape.length - 1 : 1]!;
  const group = channels / kernel.shape[1]!;
  if (!Number.isInteger(group) || kernel.shape[0]! % group !== 0)
    throw new AnygradError("DATA_FORMAT", `its kernel ${shown(kernel.shape)}, [o, c, h, w], does not fit ${channels} channels`); // biome-ignore format: one text
  network.become("Conv", [x, kernel, bias], { ...sliding, group });
}

function conv2d(network: Network): void {
  const kernel = network.constant(1).transposed([3, 2, 0, 1]);
  convolve(network, network.input(0), kernel, undefined, slidingOf(network));
}

function depthwiseConv2d(network: Network): void {
  const kernel = network.constant(1);
  const [h, w, channels, multiplier] = kernel.shape as [number, number, number, number];
  const own = kernel.reshaped([h, w, 1, channels * multiplier]).transposed([3, 2, 0, 1]);
  convolve(network, network.input(0), own, undefined, slidingOf(network));
}

/** A transposed convolution to a size, that of images whose convolution would give x. @param kernel [c, o, h, w] */
export function convolveTransposed(
  network: Network,
  x: Known,
  kernel: Constant,
  bias: Known | undefined,
  size: readonly number[],
  sliding: GivenAttributes,
): void {
  const { strides, auto_pad, data_format } = sliding as {
    strides: number[];
    auto_pad?: string;
    data_format: string;
  };
  const first = data_format === "NHWC" ? 1 : 2;
  const ends = strides.map((stride, i) => {
    const reach = (x.shape[first + i]! - 1) * stride + kernel.shape[2 + i]!;
    const cut = Math.max(0, reach - size[first + i]!);
    const before = auto_pad === "SAME_UPPER" ? Math.floor(cut / 2) : 0;
    return {
      before,
      after: cut - before,
      more: Math.max(0, size[first + i]! - reach),
      isSame: size[first + i] === x.shape[first + i]! * stride,
    };
  });
  const isSame = auto_pad === "SAME_UPPER" && ends.every((each) => each.isSame);
  const given = { strides, data_format, dilations: sliding.dilations };
  network.become("ConvTranspose", [x, kernel, bias], {
    ...given,
    ...(isSame
      ? { auto_pad }
      : {
          pads: [...ends.map(({ before }) => before), ...ends.map(({ after }) => after)],
          output_padding: ends.map(({ more }) => more),
        }),
  });
}

function conv2dBackpropInput(network: Network): void {
  const kernel = network.constant(1).transposed([3, 2, 0, 1]);
  convolveTransposed(
    network,
    network.input(2),
    kernel,
    undefined,
    network.constant(0).list,
    slidingOf(network),
  );
}

const pool =
  (op: string): Importer =>
  (network) =>
    network.become(op, [network.input(0)], {
      ...slidingOf(network),
      kernel_shape: ofPlaces(network, "ksize"),
    });

function fusedBatchNorm(network: Network): void {
  if (network.attributes.int("is_training", 1))
    throw new AnygradError("UNSUPPORTED", "it takes means of the batch, as in training");
  const inputs = [0, 1, 2, 3, 4].map((i) => network.input(i));
  network.become("BatchNormalization", inputs, {
    data_format: layoutOf(network),
    epsilon: network.attributes.float("epsilon", 1e-4),
  });
}

/** A bias of images with their channels second. */
function biasSecond(network: Network): void {
  const bias = network.constant(1);
  network.become("Add", [network.input(0), bias.reshaped([bias.size, 1, 1])]);
}

/** Images of another size, which is an input. */
const resize =
  (mode: "linear" | "nearest"): Importer =>
  (network) => {
    const { attributes } = network;
    const isAligned = attributes.int("align_corners", 0) !== 0;
    const isHalf = attributes.int("half_pixel_centers", 0) !== 0;
    network.become("Resize", [network.input(0), undefined, undefined, list(network.constant(1).list)], {
      data_format: "NHWC",
      axes: [1, 2],
      mode,
      coordinate_transformation_mode: isAligned ? "align_corners" : isHalf ? "half_pixel" : "asymmetric",
      nearest_mode: isAligned || isHalf ? "round_prefer_ceil" : "floor",
    });
  };

/** Pixels as blocks of channels, or back. */
const blocks =
  (op: string): Importer =>
  (network) =>
    network.become(op, [network.input(0)], {
      blocksize: network.attributes.int("block_size", 1),
      data_format: layoutOf(network),
    });

/** Importers by the names of operators. */
export const images: Readonly<Record<string, Importer>> = {
  Conv2D: conv2d,
  DepthwiseConv2dNative: depthwiseConv2d,
  Conv2DBackpropInput: conv2dBackpropInput,
  MaxPool: pool("MaxPool"),
  AvgPool: pool("AveragePool"),
  FusedBatchNorm: fusedBatchNorm,
  FusedBatchNormV2: fusedBatchNorm,
  FusedBatchNormV3: fusedBatchNorm,
  BiasSecond: biasSecond,
  ResizeBilinear: resize("linear"),
  ResizeNearestNeighbor: resize("nearest"),
  DepthToSpace: blocks("DepthToSpace"),
  SpaceToDepth: blocks("SpaceToDepth"),
};
