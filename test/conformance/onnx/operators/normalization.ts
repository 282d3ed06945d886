/** Normalisations of ONNX, and the losses of its training. */
import { normalizeAxis, sizeOf } from "../../../../src/tensor/shape.ts";
import type { Tensor } from "../../../../src/tensor/tensor.ts";
import { ops } from "../called.ts";
import { type Call, channelsFirst, channelsLast } from "../values.ts";

/** Output, and the statistics that the operator gives beside it. */
export function layerNormalization(call: Call): (Tensor | undefined)[] {
  const x = call.tensor(0);
  const axis = (call.attribute("axis", -1) + x.shape.length) % x.shape.length;
  const rows = ops.reshape(x, [sizeOf(x.shape.slice(0, axis)), sizeOf(x.shape.slice(axis))]);
  const flat = (i: number, otherwise: number): Tensor =>
    call.has(i)
      ? ops.reshape(call.tensor(i), [-1])
      : call.engine.tensor(new Float32Array(rows.shape[1]!).fill(otherwise));
  const epsilon = call.attribute("epsilon", 1e-5);
  const y = ops.reshape(ops.layerNormalization(rows, flat(1, 1), flat(2, 0), { epsilon }), x.shape);
  const statistics = x.shape.map((n, i) => (i < axis ? n : 1));
  const mean = ops.mean(rows, { axis: 1, keepdims: true });
  const variance = ops.mean(ops.square(ops.subtract(rows, mean)), { axis: 1 });
  const inverse = ops.divide(1, ops.sqrt(ops.add(variance, epsilon)));
  return [y, ops.reshape(mean, statistics), ops.reshape(inverse, statistics)];
}

export function batchNormalization(call: Call): (Tensor | undefined)[] {
  const [x, gamma, beta] = [channelsLast(call.tensor(0)), call.tensor(1), call.tensor(2)];
  const [mean, variance] = [call.engine.variable(call.numbers(3)!), call.engine.variable(call.numbers(4)!)];
  const training = call.attribute("training_mode", 0) === 1;
  const momentum = call.attribute("momentum", 0.9);
  const options = { training, momentum, epsilon: call.attribute("epsilon", 1e-5) };
  const y = channelsFirst(ops.batchNormalization(x, gamma, beta, mean, variance, options));
  return training ? [y, ops.multiply(mean, 1), ops.multiply(variance, 1)] : [y];
}

/** Divided by the root of the mean of squares over the axes from one on. */
export function rmsNormalization(call: Call): Tensor {
  const x = call.tensor(0);
  const first = normalizeAxis(call.attribute("axis", -1), x.shape.length, "axis");
  const axis = x.shape.map((_, i) => i).slice(first);
  const mean = ops.mean(ops.square(x), { axis, keepdims: true });
  const scaled = ops.multiply(x, ops.pow(ops.add(mean, call.attribute("epsilon", 1e-5)), -0.5));
  return ops.multiply(scaled, call.tensor(1));
}

/** (x − mean) / √(variance + epsilon) over axes. */
function standardized(x: Tensor, axis: readonly number[], epsilon: number): Tensor {
  const centered = ops.subtract(x, ops.mean(x, { axis, keepdims: true }));
  const variance = ops.mean(ops.square(centered), { axis, keepdims: true });
  return ops.divide(centered, ops.sqrt(ops.add(variance, epsilon)));
}

/** Numbers of channels in front of the axes of space. */
const perChannel = (x: Tensor, rank: number): Tensor =>
  ops.reshape(x, [x.size, ...new Array(rank - 2).fill(1)]);

export function groupNormalization(call: Call): Tensor {
  const x = call.tensor(0);
  const [n, c] = x.shape as [number, number];
  const groups = call.attribute("num_groups", 1);
  const parts = ops.reshape(x, [n, groups, (c / groups) * sizeOf(x.shape.slice(2))]);
  const y = ops.reshape(standardized(parts, [2], call.attribute("epsilon", 1e-5)), x.shape);
  const [scale, bias] = [1, 2].map((i) => perChannel(call.tensor(i), x.shape.length));
  return ops.add(ops.multiply(y, scale!), bias!);
}

export function instanceNormalization(call: Call): Tensor {
  const x = call.tensor(0);
  const space = x.shape.map((_, i) => i).slice(2);
  const [scale, bias] = [1, 2].map((i) => perChannel(call.tensor(i), x.shape.length));
  return ops.add(ops.multiply(standardized(x, space, call.attribute("epsilon", 1e-5)), scale!), bias!);
}

export function meanVarianceNormalization(call: Call): Tensor {
  return standardized(call.tensor(0), call.attribute("axes", [0, 2, 3]), 1e-9);
}

/** Divided by a power of the sum of squares of the neighbouring channels. */
export function localResponse(call: Call): Tensor {
  const x = channelsLast(call.tensor(0));
  const size = call.attribute("size", 1);
  const [before, behind] = [Math.floor((size - 1) / 2), Math.ceil((size - 1) / 2)];
  const squares = ops.pad(ops.square(x), [
    ...x.shape.slice(1).map((): [number, number] => [0, 0]),
    [before, behind],
  ]);
  const channels = x.shape.at(-1)!;
  const from = (begin: number) => x.shape.map((_, i) => (i === x.shape.length - 1 ? begin : 0));
  const sum = Array.from({ length: size }, (_, i) =>
    ops.slice(squares, {
      begin: from(i),
      end: x.shape.map((n, axis) => (axis === x.shape.length - 1 ? i + channels : n)),
    }),
  ).reduce((a, b) => ops.add(a, b));
  const inside = ops.rescale(sum, {
    scale: call.attribute("alpha", 1e-4) / size,
    shift: call.attribute("bias", 1),
  });
  return channelsFirst(ops.divide(x, ops.pow(inside, call.attribute("beta", 0.75))));
}

/** The mean, the sum or each of losses by class, of which some labels are left out. */
export function classLoss(call: Call, logProbabilities: Tensor): (Tensor | undefined)[] {
  const { engine } = call;
  const labels = call.numbers(1)!;
  const classes = logProbabilities.shape[1]!;
  const ignored = call.attribute<number>("ignore_index");
  const weights = call.has(2) ? call.numbers(2)! : undefined;
  const rows = ops.reshape(channelsLast(logProbabilities), [labels.length, classes]);
  const known = Int32Array.from(labels, (label) => (label === ignored ? 0 : label));
  const picked = ops.sum(
    ops.multiply(rows, ops.oneHot(engine.tensor(known, [known.length], "int32"), classes)),
    {
      axis: 1,
    },
  );
  const factors = labels.map((label) => (label === ignored ? 0 : (weights?.[label] ?? 1)));
  const each = ops.negative(ops.multiply(picked, engine.tensor(Float32Array.from(factors))));
  const reduce = call.attribute("reduction", "mean");
  const [n, , ...places] = logProbabilities.shape;
  if (reduce === "none") return [ops.reshape(each, [n!, ...places]), logProbabilities];
  const total = ops.sum(each);
  const share = factors.reduce((a, b) => a + b, 0);
  return [reduce === "sum" ? total : ops.divide(total, share), logProbabilities];
}
