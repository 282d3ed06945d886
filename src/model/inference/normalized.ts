/**
 * Batch normalisations within the kernels beside them: y = factor · x + shift for each channel, with factor = gamma / √(variance + epsilon)
 * and shift = beta − factor · mean. Computed in doubles, and rounded once.
 */
import { innermost, outputChannels } from "../network/channels.ts";
import { changed, kernels, type Step } from "./step.ts";

/** What a batch normalisation does to each channel. */
interface Normalization {
  readonly factors: Float64Array;
  readonly shifts: Float64Array;
}

function normalizationOf({
  layer,
  weights: { gamma, beta, moving_mean: mean, moving_variance },
}: Step): Normalization {
  const { epsilon } = innermost(layer).config as { epsilon: number };
  const factors = Float64Array.from(moving_variance!, (v, c) => (gamma?.[c] ?? 1) / Math.sqrt(v + epsilon));
  return { factors, shifts: factors.map((factor, c) => (beta?.[c] ?? 0) - factor * mean![c]!) };
}

/** Whether a layer normalises the last axis of what it gives, by statistics of each of its channels. */
export function normalizesChannels({ layer, node }: Step): boolean {
  const { type, config } = innermost(layer);
  if (type !== "batchNormalization") return false;
  const { axis } = config as { axis: number };
  return axis === -1 || axis === node.outputShape.length - stepsWithin(layer);
}

/** How often a layer is wrapped for each step of a sequence: an axis of its input goes each time. */
function stepsWithin(layer: Step["layer"]): number {
  return layer.type === "timeDistributed"
    ? 1 + stepsWithin((layer.config as { layer: Step["layer"] }).layer)
    : 0;
}

const shapeOf = ({ node }: Step, weight: string): readonly number[] =>
  node.weights.find(({ name }) => name === weight)!.shape;

/** Has a layer with a kernel give what the batch normalisation behind it makes of its outputs. */
export function normalizeOutputs(step: Step, normalization: Step): void {
  const { factors, shifts } = normalizationOf(normalization);
  const name = kernels[innermost(step.layer).type]!;
  const { count, inner } = outputChannels(step.layer, name, shapeOf(step, name));
  const { bias, [name]: kernel } = step.weights;
  step.layer = changed(step.layer, { useBias: true });
  step.weights = {
    ...step.weights,
    [name]: kernel!.map((value, i) => value * factors[Math.floor(i / inner) % count]!),
    bias: Float32Array.from(shifts, (shift, c) => (bias?.[c] ?? 0) * factors[c]! + shift),
  };
}

/**
 * Whether a layer with a kernel may take what it gets without the shifts that a batch normalisation gives it: its windows must
 * never reach over an edge, where there are zeros that are not shifted.
 */
export function staysInside({ layer }: Step): boolean {
  const { type, config } = innermost(layer);
  if (type === "dense") return true;
  if (type === "conv2dTranspose") return false; // outputs get different numbers of taps
  const { padding, kernelSize } = config as { padding: string; kernelSize: number | readonly number[] };
  return padding === "valid" || [kernelSize].flat().every((size) => size === 1);
}

/** Has a layer with a kernel that stays inside take what the batch normalisation before it gets. */
export function normalizeInputs(step: Step, normalization: Step): void {
  const { type, config } = innermost(step.layer);
  const { bias, pointwise_kernel: pointwise } = step.weights;
  const isDepthwise = /^(depthwise|separable)/.test(type);
  const name = type.startsWith("separable") ? "depthwise_kernel" : "kernel";
  const [rows, columns] = shapeOf(step, name).slice(-2) as [number, number];
  const { groups = 1 } = config as { groups?: number };
  const { factors, shifts } = normalizationOf(normalization);
  const outputs = isDepthwise ? rows * columns : columns;
  const added = new Float64Array(outputs);
  const kernel = step.weights[name]!.map((value, i) => {
    const output = i % outputs;
    const row = Math.floor(i / columns) % rows;
    const group = isDepthwise ? 0 : Math.floor(output / (outputs / groups));
    // flattened images have their channels again and again
    const channel = (group * rows + row) % factors.length;
    added[output]! += value * shifts[channel]!;
    return value * factors[channel]!;
  });
  const sums = pointwise ? through(pointwise, added) : added;
  step.layer = changed(step.layer, { useBias: true });
  step.weights = {
    ...step.weights,
    [name]: kernel,
    bias: Float32Array.from(sums, (sum, c) => (bias?.[c] ?? 0) + sum),
  };
}

/** The products of numbers and a matrix that has a row for each. */
function through(matrix: Float32Array, numbers: Float64Array): Float64Array {
  const sums = new Float64Array(matrix.length / numbers.length);
  matrix.forEach((value, i) => {
    sums[i % sums.length]! += value * numbers[Math.floor(i / sums.length)]!;
  });
  return sums;
}
