/**
 * Importers of convolutions, poolings and what else works on images: [n, c, h, w] in files of ONNX, [n, h, w, c] here and where the
 * attribute data_format is NHWC, as TensorFlow has them. Kernels are [o, c, h, w] in either.
 */
import { AnygradError, quote } from "../../../errors.ts";
import { type Layer, layers, type SymbolicTensor } from "../../../layers/index.ts";
import { sizeOf } from "../../../math/shape.ts";
import { slide } from "../../../ops/window.ts";
import type { Weights } from "../builder.ts";
import { Constant, room, shown } from "../constant.ts";
import type { Importer, Network } from "../network.ts";
import { Value } from "../value.ts";
import { withAxes } from "./shapes.ts";

/** Images, or sequences, with their channels last; where the batch's axis holds more than the batch, a layer goes over all of it. */
export interface Images {
  readonly tensor: SymbolicTensor;
  readonly order: readonly number[];
  /** How many axes they have beside that of the channels: 1 or 2. */
  readonly dims: 1 | 2;
  /** The shape of one: with a size before it where there are several an example. */
  readonly shape: readonly number[];
  readonly outer: number;
}

export function channelsLast(network: Network, x: Value): Images {
  const dims = x.rank - 2;
  const parts = x.axes.slice(1).filter((axis) => axis === 0);
  if ((dims !== 1 && dims !== 2) || x.batchAxis !== 0 || parts.length > 1)
    throw new AnygradError(
      "UNSUPPORTED",
      `it works on ${shown(x.shape)}; images and sequences alone can be taken`,
    );
  const channel = channelAxis(network, x.rank);
  const order = [0, ...parts, ...spatialAxes(network, x.rank), channel];
  const tensor = network.builder.arranged(x, order);
  return { tensor, order, dims, shape: tensor.sizes.slice(parts.length), outer: x.outer };
}

const isLast = ({ attributes }: Network): boolean => attributes.text("data_format", "NCHW") === "NHWC";

/** The axis of a tensor that its channels are. */
const channelAxis = (network: Network, rank: number): number => (isLast(network) ? rank - 1 : 1);

/** The axes of images beside the batch's and that of the channels. */
export const spatialAxes = (network: Network, rank: number): number[] =>
  Array.from({ length: rank - 2 }, (_, i) => i + (isLast(network) ? 1 : 2));

export const imagesOf = (y: SymbolicTensor, { order, dims, outer }: Images): Value =>
  new Value(y, order, dims + 2, undefined, { isChannelsLast: true, outer });

/** Applies a layer to images. @param make gets its name, or none where it is within another */
export function over(
  network: Network,
  { order, dims }: Images,
  make: (named: { name?: string }) => Layer,
  x: SymbolicTensor,
  weights: Weights = {},
): SymbolicTensor {
  const isWithin = order.length > dims + 2;
  return network.builder.apply(
    (name) => (isWithin ? layers.timeDistributed({ layer: make({}), name }) : make({ name })),
    [x],
    weights,
  );
}

/** How much is put before and behind an axis. */
type Ends = readonly [number, number];

interface Window {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** For each axis, how much is put before and behind it. */
  readonly pads: readonly Ends[];
  readonly padding: "valid" | "same";
}

/**
 * How a window slides, and whether its pads are those of "same": at all lengths where the file leaves them open.
 * @param ceil the last window may reach over the end
 */
function windowOf(
  network: Network,
  sizes: readonly number[],
  kernel: readonly number[],
  ceil = false,
): Window {
  const strides = network.attributes.ints("strides") ?? [1];
  const more = network.isOpen ? Math.max(...strides) : 1;
  const windows = Array.from(
    { length: more },
    (_, i) =>
    windowAt(network, sizes.map((n) => n + i), kernel, ceil), // biome-ignore format: one call
  );
  const [window] = windows as [Window & { isSame: boolean }];
  const isAlike = windows.every(({ pads }) => String(pads) === String(window.pads));
  const none = isAlike && window.pads.every(([before, after]) => before === 0 && after === 0);
  if (!none && windows.every(({ isSame }) => isSame)) return { ...window, padding: "same" };
  if (isAlike) return window;
  throw new AnygradError("UNSUPPORTED", "how much it pads depends on the length");
}

function windowAt(
  { attributes }: Network,
  sizes: readonly number[],
  kernel: readonly number[],
  ceil: boolean,
): Window & { readonly isSame: boolean } {
  const ones = sizes.map(() => 1);
  const strides = attributes.ints("strides") ?? ones;
  const dilations = attributes.ints("dilations") ?? ones;
  const auto = attributes.text("auto_pad", "NOTSET");
  const given = attributes.ints("pads") ?? [...ones, ...ones].fill(0);
  const pads = sizes.map((size, i): [number, number] => {
    const extent = (kernel[i]! - 1) * dilations[i]! + 1;
    if (auto.startsWith("SAME")) {
      const total = Math.max(0, (Math.ceil(size / strides[i]!) - 1) * strides[i]! + extent - size);
      const small = Math.floor(total / 2);
      return auto === "SAME_LOWER" ? [total - small, small] : [small, total - small];
    }
    if (auto === "VALID") return [0, 0];
    const [before, after] = [given[i]!, given[i + sizes.length]!];
    const room = before + size + after - extent;
    const rest = room % strides[i]!;
    // a window that begins behind the image is none
    const isMore = ceil && rest > 0 && room + strides[i]! - rest < before + size;
    return [before, isMore ? after + strides[i]! - rest : after];
  });
  const isSame = pads.every(([before, after], i) => {
    const extent = (kernel[i]! - 1) * dilations[i]! + 1;
    const { out, before: own } = slide(sizes[i]!, kernel[i]!, strides[i]!, dilations[i]!, "same", "loadOnnx");
    const reach = (out - 1) * strides[i]! + extent;
    // a pad behind the last window changes nothing
    const windows = Math.floor((before + sizes[i]! + after - extent) / strides[i]!) + 1;
    return before === own && windows === out && after >= reach - sizes[i]! - own;
  });
  return { kernel, strides, dilations, pads, padding: "valid", isSame };
}

/** The images with the pads around them that no option of a layer stands for. */
function padded(network: Network, from: Images, { pads, padding }: Window, value = 0): SymbolicTensor {
  const { tensor: x, order, dims } = from;
  if (padding === "same" || pads.every(([before, after]) => before === 0 && after === 0)) return x;
  if (value !== 0) {
    const whole = new Array<Ends>(order.length - dims - 1).fill([0, 0]);
    const all = [...whole, ...pads, [0, 0]];
    return network.builder.operation("pad", [x], { padding: all, mode: "constant", value });
  }
  const [rows, columns] = pads as [Ends, Ends | undefined];
  const make = (named: { name?: string }): Layer =>
    columns
      ? layers.zeroPadding2d({ padding: [rows, columns], ...named })
      : layers.zeroPadding1d({ padding: rows, ...named });
  return over(network, from, make, x);
}

/** The bias that the next node adds, if one does. */
const biasBehind = (network: Network, filters: number, dims: number): Constant | undefined =>
  network.biasBehind(filters, isLast(network) ? 0 : dims);

const pairOf = (list: readonly number[]): [number, number] => [list[0]!, list[1]!];

function conv(network: Network): void {
  const from = channelsLast(network, network.value(0));
  const { dims, shape } = from;
  const weight = network.constant(1);
  const [filters, depth, ...kernelSize] = weight.shape as [number, number, ...number[]];
  const groups = network.attributes.int("group", 1);
  const channels = shape.at(-1)!;
  if (depth * groups !== channels || weight.shape.length !== dims + 2)
    throw new AnygradError(
      "DATA_FORMAT",
      `its kernel ${shown(weight.shape)} does not fit ${channels} channels`,
    );
  const window = windowOf(network, shape.slice(0, dims), kernelSize);
  const bias = network.constantOr(2) ?? biasBehind(network, filters, dims);
  const activation = network.activation();
  const shared = { padding: window.padding, useBias: bias !== undefined, activation } as const;
  const spatial = kernelSize.map((_, i) => i + 2);
  const isDepthwise = depth === 1 && groups === channels && groups > 1;
  const depthMultiplier = filters / channels;
  const kernel = isDepthwise
    ? weight.reshaped([channels, depthMultiplier, ...kernelSize]).transposed([...spatial, 0, 1])
    : weight.transposed([...spatial, 1, 0]);
  const make = (named: { name?: string }): Layer => {
    const all = { ...shared, ...named };
    if (dims === 1) {
      const own = {
        kernelSize: kernelSize[0]!,
        strides: window.strides[0]!,
        dilationRate: window.dilations[0]!,
      };
      return isDepthwise
        ? layers.depthwiseConv1d({ ...own, ...all, depthMultiplier })
        : layers.conv1d({ ...own, ...all, filters, groups });
    }
    const own = {
      kernelSize: pairOf(kernelSize),
      strides: pairOf(window.strides),
      dilationRate: pairOf(window.dilations),
    };
    return isDepthwise
      ? layers.depthwiseConv2d({ ...own, ...all, depthMultiplier })
      : layers.conv2d({ ...own, ...all, filters, groups });
  };
  const y = over(network, from, make, padded(network, from, window), { kernel, ...(bias && { bias }) });
  network.set(imagesOf(y, from));
}

/** What is cut off at the ends. */
function padsOfTransposed({ attributes }: Network): number[] {
  const auto = attributes.text("auto_pad", "NOTSET");
  if (auto.startsWith("SAME")) throw new AnygradError("UNSUPPORTED", `its auto_pad is ${quote(auto)}`);
  return (auto === "VALID" ? undefined : attributes.ints("pads")) ?? [0, 0, 0, 0];
}

/** The transposed convolution of a sequence: of images of one row. */
function transposedSequence(network: Network, { tensor }: Images): SymbolicTensor {
  const { attributes, builder } = network;
  const weight = network.constant(1);
  const [, filters, k] = weight.shape as [number, number, number];
  const [before, after] = padsOfTransposed(network) as [number, number];
  const bias = network.constantOr(2) ?? biasBehind(network, filters, 1);
  const [steps, channels] = tensor.shape as [number, number];
  const options = {
    filters,
    kernelSize: [1, k] as const,
    strides: [1, attributes.ints("strides")?.[0] ?? 1] as const,
    dilationRate: [1, attributes.ints("dilations")?.[0] ?? 1] as const,
    outputPadding: [0, attributes.ints("output_padding")?.[0] ?? 0] as const,
    useBias: bias !== undefined,
  };
  const row = builder.reshaped(tensor, [1, steps, channels]);
  const y = builder.apply((name) => layers.conv2dTranspose({ ...options, name }), [row], {
    kernel: weight.transposed([2, 1, 0]),
    ...(bias && { bias }),
  });
  const whole = builder.reshaped(y, y.sizes.slice(1));
  return before + after > 0
    ? builder.apply((name) => layers.cropping1d({ cropping: [before, after], name }), [whole])
    : whole;
}

function convTranspose(network: Network): void {
  const from = channelsLast(network, network.value(0));
  const weight = network.constant(1);
  const { attributes } = network;
  const isWithin = from.order.length > from.dims + 2;
  if (attributes.int("group", 1) !== 1 || attributes.has("output_shape") || (from.dims === 1 && isWithin))
    throw new AnygradError("UNSUPPORTED", "it is transposed in groups, or to a size of its own");
  if (from.dims === 1) {
    network.set(imagesOf(transposedSequence(network, from), from));
    return;
  }
  const [, filters, ...kernelSize] = weight.shape as [number, number, number, number];
  const isSame = attributes.text("auto_pad", "NOTSET") === "SAME_UPPER" && !attributes.has("output_padding");
  const pads = isSame ? [0, 0, 0, 0] : padsOfTransposed(network);
  const bias = network.constantOr(2) ?? biasBehind(network, filters, 2);
  const options = {
    filters,
    kernelSize: pairOf(kernelSize),
    ...(isSame && { padding: "same" as const }),
    strides: pairOf(attributes.ints("strides") ?? [1, 1]),
    dilationRate: pairOf(attributes.ints("dilations") ?? [1, 1]),
    ...(!isSame && { outputPadding: pairOf(attributes.ints("output_padding") ?? [0, 0]) }),
    useBias: bias !== undefined,
  };
  const y = over(network, from, (named) => layers.conv2dTranspose({ ...options, ...named }), from.tensor, {
    kernel: weight.transposed([2, 3, 1, 0]),
    ...(bias && { bias }),
  });
  const [top, left, bottom, right] = pads as [number, number, number, number];
  const cropping = [[top, bottom], [left, right]] as const; // biome-ignore format: a line an option
  const isCut = pads.some((n) => n > 0);
  network.set(
    imagesOf(isCut ? over(network, from, (named) => layers.cropping2d({ cropping, ...named }), y) : y, from),
  );
}

/** The most negative number of float32: what pads are where the largest is sought. */
const lowest = -3.4028234663852886e38;

/** The windows of a pooling. @throws AnygradError UNSUPPORTED for windows with gaps */
function poolWindow(network: Network, { shape, dims }: Images): Window {
  const { attributes } = network;
  const kernel = attributes.ints("kernel_shape") ?? [];
  const window = windowOf(network, shape.slice(0, dims), kernel, attributes.int("ceil_mode", 0) !== 0);
  if (window.dilations.some((n) => n !== 1)) throw new AnygradError("UNSUPPORTED", "its windows have gaps");
  return window;
}

function maxPool(network: Network): void {
  const from = channelsLast(network, network.value(0));
  if (network.isUsed(1)) throw new AnygradError("UNSUPPORTED", "it gives the places of the largest, too");
  const window = poolWindow(network, from);
  network.set(imagesOf(pool(network, from, padded(network, from, window, lowest), window, "max"), from));
}

function pool(
  network: Network,
  from: Images,
  x: SymbolicTensor,
  { kernel, strides, padding }: Window,
  kind: "max" | "average",
): SymbolicTensor {
  const make = (named: { name?: string }): Layer => {
    if (from.dims === 1) {
      const options = { poolSize: kernel[0]!, strides: strides[0]!, padding, ...named };
      return kind === "max" ? layers.maxPooling1d(options) : layers.averagePooling1d(options);
    }
    const options = { poolSize: pairOf(kernel), strides: pairOf(strides), padding, ...named };
    return kind === "max" ? layers.maxPooling2d(options) : layers.averagePooling2d(options);
  };
  return over(network, from, make, x);
}

/** How many numbers of its windows count in the means along an axis: those of the image, or of its pads too. */
function countsOf(
  size: number,
  out: number,
  i: number,
  { kernel, strides, pads }: Window,
  own: Ends,
): number[] {
  const [low, high] = [-own[0], size + own[1]];
  return Array.from({ length: out }, (_, at) => {
    const first = at * strides[i]! - pads[i]![0];
    return Math.min(first + kernel[i]!, high) - Math.max(first, low);
  });
}

function averagePool(network: Network): void {
  const from = channelsLast(network, network.value(0));
  const { attributes } = network;
  const window = poolWindow(network, from);
  const none = window.pads.every(([before, after]) => before === 0 && after === 0);
  const counts = attributes.int("count_include_pad", 0) !== 0;
  if (none || (window.padding === "same" && !counts)) {
    network.set(imagesOf(pool(network, from, from.tensor, window, "average"), from));
    return;
  }
  const all = { ...window, padding: "valid" } as const;
  const y = pool(network, from, padded(network, from, all), all, "average");
  // the mean of a window over zeros, times its size by how many count
  const given = attributes.ints("pads") ?? [];
  const outs = y.sizes.slice(-1 - from.dims, -1);
  room("float32", sizeOf(outs)); // how large they may be
  const factors = from.shape.slice(0, from.dims).map((size, i) => {
    const own: Ends = counts ? [given[i] ?? 0, given[i + from.dims] ?? 0] : [0, 0];
    return countsOf(size, outs[i]!, i, window, own).map((count) => window.kernel[i]! / count);
  });
  const [rows, columns = [1]] = factors as [number[], number[]?];
  const grid = rows.flatMap((row) => columns.map((column) => row * column));
  const shape = [...factors.map(({ length }) => length), 1];
  const isWhole = grid.every((factor) => factor === 1);
  const scaled = isWhole ? y : network.builder.operation("multiply", [y, new Constant(shape, grid)]);
  network.set(imagesOf(scaled, from));
}

const globalPool =
  (make: Readonly<Record<1 | 2, (named: { name?: string }) => Layer>>): Importer =>
  (network) => {
    const from = channelsLast(network, network.value(0));
    const y = over(network, from, make[from.dims], from.tensor);
    const axes = [...from.order.slice(0, -1 - from.dims), channelAxis(network, from.dims + 2)]; // [n, c, 1, 1]
    network.set(new Value(y, axes, from.dims + 2, undefined, { isChannelsLast: true, outer: from.outer }));
  };

function batchNormalization(network: Network): void {
  const { attributes, builder } = network;
  const x = network.value(0);
  if (attributes.int("training_mode", 0)) throw new AnygradError("UNSUPPORTED", "it is in training mode");
  if (x.batchAxis !== 0) throw new AnygradError("UNSUPPORTED", "the batch is not its first axis");
  const whole = withAxes(network, x, [channelAxis(network, x.rank)]);
  const place = whole.placeOf(channelAxis(network, x.rank))!;
  const axis = place === whole.axes.length - 1 ? -1 : place;
  const options = {
    axis,
    epsilon: attributes.float("epsilon", 1e-5),
    momentum: attributes.float("momentum", 0.9),
  };
  const weights = {
    gamma: network.constant(1),
    beta: network.constant(2),
    moving_mean: network.constant(3),
    moving_variance: network.constant(4),
  };
  network.set(
    whole.like(
      builder.apply((name) => layers.batchNormalization({ ...options, name }), [whole.tensor], weights),
    ),
  );
}

/** Normalisation of groups of channels: of one each for InstanceNormalization. */
const groupNormalization =
  (groups: (network: Network) => number): Importer =>
  (network) => {
    const from = channelsLast(network, network.value(0));
    const options = { groups: groups(network), epsilon: network.attributes.float("epsilon", 1e-5) };
    const [gamma, beta] = [network.constant(1), network.constant(2)];
    if (gamma.size !== from.shape.at(-1))
      throw new AnygradError("UNSUPPORTED", "its factors are those of groups");
    const make = (named: { name?: string }): Layer => layers.groupNormalization({ ...options, ...named });
    network.set(imagesOf(over(network, from, make, from.tensor, { gamma, beta }), from));
  };

/** Importers by the names of operators. */
export function imageImporters(): Readonly<Record<string, Importer>> {
  return {
    Conv: conv,
    ConvTranspose: convTranspose,
    MaxPool: maxPool,
    AveragePool: averagePool,
    GlobalAveragePool: globalPool({ 1: layers.globalAveragePooling1d, 2: layers.globalAveragePooling2d }),
    GlobalMaxPool: globalPool({ 1: layers.globalMaxPooling1d, 2: layers.globalMaxPooling2d }),
    BatchNormalization: batchNormalization,
    InstanceNormalization: groupNormalization(() => -1),
    GroupNormalization: groupNormalization(({ attributes }) => attributes.int("num_groups", 1)),
  };
}
