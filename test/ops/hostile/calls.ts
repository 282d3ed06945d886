/** Calls of ops that take a number of the user's: a size, a place, a window. Any number may stand there. */
import type { Engine } from "../../../src/autograd/engine.ts";
import * as ops from "../../../src/ops/index.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";

/** The calls by name, in an engine. */
export function callsIn(engine: Engine): Readonly<Record<string, (value: number) => Tensor>> {
  const count = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);
  const of = (...shape: number[]): Tensor =>
    engine.tensor(
      Float32Array.from({ length: count(shape) }, (_, i) => ((i * 7) % 5) - 2),
      shape,
    );
  const all = (value: number, ...shape: number[]): Tensor =>
    engine.tensor(new Int32Array(count(shape)).fill(value), shape, "int32");
  const image = () => of(1, 8, 8, 2);
  return {
    "conv2d strides": (v) => ops.conv2d(image(), of(3, 3, 2, 4), null, { strides: v }),
    "conv2d strides, same": (v) =>
      ops.conv2d(image(), of(2, 3, 2, 4), null, { strides: [1, v], padding: "same" }),
    "conv2d dilationRate": (v) =>
      ops.conv2d(image(), of(3, 3, 2, 4), null, { dilationRate: v, padding: "same" }),
    "conv2d dilationRate, one axis": (v) =>
      ops.conv2d(image(), of(3, 2, 2, 4), null, { dilationRate: [1, v], strides: 2, padding: "same" }),
    "conv2d groups": (v) => ops.conv2d(of(1, 8, 8, 4), of(3, 3, 4, 4), null, { groups: v }),
    "conv1d strides": (v) => ops.conv1d(of(1, 8, 2), of(3, 2, 4), null, { strides: v, padding: "causal" }),
    "conv1d dilationRate": (v) =>
      ops.conv1d(of(1, 8, 2), of(3, 2, 4), null, { dilationRate: v, padding: "causal" }),
    "conv2dTranspose strides": (v) =>
      ops.conv2dTranspose(of(1, 4, 4, 2), of(3, 3, 4, 2), null, { strides: v }),
    "conv2dTranspose dilationRate": (v) =>
      ops.conv2dTranspose(of(1, 4, 4, 2), of(3, 3, 4, 2), null, { dilationRate: v, padding: "same" }),
    "conv2dTranspose outputPadding": (v) =>
      ops.conv2dTranspose(of(1, 4, 4, 2), of(3, 3, 4, 2), null, { strides: 4, outputPadding: v }),
    "depthwiseConv2d strides": (v) => ops.depthwiseConv2d(image(), of(3, 3, 2, 1), null, { strides: v }),
    "depthwiseConv2d dilationRate": (v) =>
      ops.depthwiseConv2d(image(), of(3, 3, 2, 2), null, { dilationRate: v, padding: "same" }),
    "maxPooling2d poolSize": (v) => ops.maxPooling2d(image(), { poolSize: v, padding: "same" }),
    "maxPooling2d strides": (v) => ops.maxPooling2d(image(), { strides: v }),
    "averagePooling2d poolSize": (v) =>
      ops.averagePooling2d(image(), { poolSize: v, strides: 1, padding: "same" }),
    "averagePooling2d strides": (v) => ops.averagePooling2d(image(), { strides: [v, 1] }),
    "maxPoolWithArgmax poolSize": (v) =>
      ops.maxPoolWithArgmax(image(), { poolSize: v, padding: "same" }).values,
    "dilatedPooling2d dilationRate": (v) =>
      ops.dilatedPooling2d(image(), { dilationRate: v, type: "average" }),
    "dilatedPooling2d strides": (v) =>
      ops.dilatedPooling2d(image(), { strides: v, dilationRate: 2, padding: "same" }),
    "resize size": (v) => ops.resize(of(1, 4, 4, 2), v),
    "resize width": (v) => ops.resize(of(1, 4, 4, 2), [3, v], { interpolation: "bilinear" }),
    "pad constant": (v) => ops.pad(of(2, 3), [[0, 0], [v, 1]]), // biome-ignore format: one call
    "pad reflect": (v) => ops.pad(of(2, 3), [[0, 0], [v, 1]], { mode: "reflect" }), // biome-ignore format: one call
    "pad edge": (v) => ops.pad(of(2, 3), [[0, v], [0, 0]], { mode: "edge" }), // biome-ignore format: one call
    "tile repeats": (v) => ops.tile(of(2, 3), [1, v]),
    "repeat repeats": (v) => ops.repeat(of(2, 3), v, { axis: 1 }),
    "broadcastTo shape": (v) => ops.broadcastTo(of(1, 3), [v, 3]),
    "oneHot classes": (v) => ops.oneHot(all(1, 4), v),
    "oneHot labels": (v) => ops.oneHot(all(v, 4), 5),
    "gather indices": (v) => ops.gather(of(4, 3), all(v, 5)),
    "gather axis": (v) => ops.gather(of(4, 3), all(1, 5), { axis: v }),
    "takeAlongAxis indices": (v) => ops.takeAlongAxis(of(4, 3), all(v, 4, 3), { axis: 0 }),
    "scatterAdd indices": (v) => ops.scatterAdd(of(4, 3), all(v, 5), of(5, 3)),
    "embedding ids": (v) => ops.embedding(engine.tensor(new Float32Array(6).fill(v), [2, 3]), of(4, 2)),
    "sparseCategoricalCrossentropy labels": (v) => ops.sparseCategoricalCrossentropy(of(3, 4), all(v, 3)),
    "topK k": (v) => ops.topK(of(3, 4), v).values,
    "cumsum axis": (v) => ops.cumsum(of(3, 4), { axis: v }),
    "sort axis": (v) => ops.sort(of(3, 4), { axis: v }),
    "depthToSpace blockSize": (v) => ops.depthToSpace(of(1, 2, 2, 16), v),
    "spaceToDepth blockSize": (v) => ops.spaceToDepth(of(1, 4, 4, 2), v),
    "multinomial count": (v) => ops.multinomial(of(2, 3), v),
    "randomUniform shape": (v) => ops.randomUniform(engine, [v]),
    "randomNormal shape": (v) => ops.randomNormal(engine, [2, v]),
    "randomUniform seed": (v) => ops.randomUniform(engine, [3], { seed: v }),
    "rfft fftLength": (v) => ops.rfft(of(1, 16), { fftLength: v })[0],
    "stft sequenceLength": (v) => ops.stft(of(2, 64), { sequenceLength: v, sequenceStride: 4 })[0],
    "stft sequenceStride": (v) => ops.stft(of(2, 64), { sequenceLength: 16, sequenceStride: v })[0],
    "stft fftLength": (v) => ops.stft(of(2, 64), { sequenceLength: 16, sequenceStride: 4, fftLength: v })[0],
    "melFilterbank bins": (v) => ops.melFilterbank(engine, v),
    "melFilterbank bands": (v) => ops.melFilterbank(engine, 129, { bands: v }),
    "slice begin": (v) => ops.slice(of(4, 5), { begin: [v, 0] }),
    "slice end": (v) => ops.slice(of(4, 5), { end: [v, 2] }),
    "slice strides": (v) => ops.slice(of(4, 5), { strides: [v, 1] }),
    "split sections": (v) => ops.split(of(4, 6), v, { axis: 1 })[0]!,
    "split indices": (v) => ops.split(of(4, 6), [v], { axis: 1 })[0]!,
    "unstack axis": (v) => ops.unstack(of(4, 6), { axis: v })[0]!,
    "stack axis": (v) => ops.stack([of(4, 6), of(4, 6)], { axis: v }),
    "concatenate axis": (v) => ops.concatenate([of(4, 6), of(4, 6)], { axis: v }),
    "reshape shape": (v) => ops.reshape(of(4, 6), [v, 6]),
    "transpose axes": (v) => ops.transpose(of(4, 6), [v, 0]),
    "reverse axis": (v) => ops.reverse(of(4, 6), { axis: v }),
    "sum axis": (v) => ops.sum(of(4, 6), { axis: v }),
    "l2Normalize axis": (v) => ops.l2Normalize(of(4, 6), { axis: v }),
    "cast of": (v) => ops.cast(engine.tensor(Float32Array.of(v, 1)), "int32"),
    "clip high": (v) => ops.clip(of(3), Number.NEGATIVE_INFINITY, v),
    "leakyRelu negativeSlope": (v) => ops.leakyRelu(of(3), { negativeSlope: v }),
    "dropout rate": (v) => ops.dropout(of(3), { rate: v, seed: 1, step: 0 }),
    "tensor shape": (v) => engine.tensor([1, 2, 3], [v]),
  };
}

/** Numbers around the bounds of integers of 32 bits and of doubles, what is no whole number, and a few usual ones. */
export const hostileNumbers: readonly number[] = [
  0, 1, 2, 3, 5, 8, 17, -1, -2, -3, 0.5, 1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY,
  1000, 20_000, 65_536, 2 ** 20, 2 ** 30, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 32 + 2, 2 ** 40, 2 ** 53,
  -(2 ** 31), -(2 ** 31) - 1, -(2 ** 32), 1 - 2 ** 32, Number.MAX_VALUE, Number.MIN_VALUE,
]; // biome-ignore format: a list of numbers

/** A call whose numbers all come from elsewhere: `size` gives one from 1 to 12, for tensors, `any` whatever there is, and `flag` one of two. */
export interface Draw {
  size(): number;
  any(): number;
  flag(): boolean;
}

/** Calls of the ops that move windows over images, of any geometry at once. */
export function windowsIn(engine: Engine): Readonly<Record<string, (draw: Draw) => Tensor>> {
  const of = (...shape: number[]): Tensor => {
    const data = new Float32Array(shape.reduce((product, n) => product * n, 1));
    return engine.tensor(data.map((_, i) => ((i * 7) % 5) - 2), shape); // biome-ignore format: one call
  };
  const pair = ({ any }: Draw): [number, number] => [any(), any()];
  const padding = ({ flag }: Draw): "same" | "valid" => (flag() ? "same" : "valid");
  const image = ({ size }: Draw, channels: number): Tensor => of(1, size(), size(), channels);
  return {
    conv2d: (draw) => {
      const [groups, each, filters] = [draw.flag() ? 1 : 2, draw.size(), draw.size()];
      const kernel = of(draw.size(), draw.size(), each, groups * filters);
      const options = { strides: pair(draw), dilationRate: pair(draw), padding: padding(draw), groups };
      return ops.conv2d(image(draw, groups * each), kernel, null, options);
    },
    conv1d: (draw) => {
      const channels = draw.size();
      const kernel = of(draw.size(), channels, draw.size());
      const options = { strides: draw.any(), dilationRate: draw.any() };
      return ops.conv1d(of(1, draw.size(), channels), kernel, null, {
        ...options,
        padding: draw.flag() ? "causal" : padding(draw),
      });
    },
    depthwiseConv2d: (draw) => {
      const channels = draw.size();
      const kernel = of(draw.size(), draw.size(), channels, draw.flag() ? 1 : 2);
      const options = { strides: pair(draw), dilationRate: pair(draw), padding: padding(draw) };
      return ops.depthwiseConv2d(image(draw, channels), kernel, null, options);
    },
    conv2dTranspose: (draw) => {
      const [channels, filters] = [draw.size(), draw.size()];
      const kernel = of(draw.size(), draw.size(), filters, channels);
      const options = { strides: pair(draw), dilationRate: pair(draw), padding: padding(draw) };
      return ops.conv2dTranspose(image(draw, channels), kernel, null, {
        ...options,
        ...(draw.flag() && { outputPadding: pair(draw) }),
      });
    },
    maxPooling2d: (draw) =>
      ops.maxPooling2d(image(draw, draw.size()), {
        poolSize: pair(draw),
        strides: pair(draw),
        padding: padding(draw),
      }),
    averagePooling2d: (draw) =>
      ops.averagePooling2d(image(draw, draw.size()), {
        poolSize: pair(draw),
        strides: pair(draw),
        padding: padding(draw),
      }),
    dilatedPooling2d: (draw) =>
      ops.dilatedPooling2d(image(draw, draw.size()), {
        poolSize: pair(draw),
        strides: pair(draw),
        dilationRate: pair(draw),
        padding: padding(draw),
        type: draw.flag() ? "max" : "average",
      }),
    resize: (draw) =>
      ops.resize(image(draw, draw.size()), pair(draw), {
        interpolation: draw.flag() ? "bilinear" : "nearest",
      }),
    slice: (draw) =>
      ops.slice(of(draw.size(), draw.size()), { begin: pair(draw), end: pair(draw), strides: pair(draw) }),
    pad: (draw) => {
      const [first, second] = [pair(draw), pair(draw)];
      return ops.pad(of(draw.size(), draw.size()), [first, second], {
        mode: draw.flag() ? "constant" : draw.flag() ? "reflect" : "edge",
      });
    },
    stft: (draw) =>
      ops.stft(of(draw.size(), 12 * draw.size()), {
        sequenceLength: draw.any(),
        sequenceStride: draw.any(),
        fftLength: draw.any(),
      })[0],
  };
}
