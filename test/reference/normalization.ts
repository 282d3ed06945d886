/**
 * Batch and layer normalisation in float64, from the definition: the variance is biased (÷ n), and the
 * backward pass differentiates through the mean and the variance.
 * Ioffe & Szegedy 2015, arXiv:1502.03167; Ba, Kiros & Hinton 2016, arXiv:1607.06450.
 */
import { type Activation, activate, activateBackward } from "./activations.ts";
import { type Array64, map, rowsOf, zerosLike } from "./array64.ts";

export interface BatchNormalizationAttributes {
  readonly training: boolean;
  readonly momentum?: number;
  readonly epsilon?: number;
  readonly activation?: Activation;
}

export interface Statistics {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** Mean and biased variance of each channel (last axis) over all rows. */
export function channelStatistics(x: Array64): Statistics {
  const { rows, columns } = rowsOf(x);
  const mean = new Float64Array(columns);
  const variance = new Float64Array(columns);
  x.data.forEach((value, i) => {
    mean[i % columns]! += value / rows;
  });
  x.data.forEach((value, i) => {
    variance[i % columns]! += (value - mean[i % columns]!) ** 2 / rows;
  });
  return { mean, variance };
}

/** x [..., c], gamma, beta, movingMean, movingVariance [c]; in training the batch's own statistics are used. */
export function batchNormalization(
  x: Array64,
  gamma: Array64,
  beta: Array64,
  movingMean: Array64,
  movingVariance: Array64,
  attributes: BatchNormalizationAttributes,
): Array64 {
  const z = preActivation(x, gamma, beta, movingMean, movingVariance, attributes);
  return activate(attributes.activation ?? "linear", z);
}

function preActivation(
  x: Array64,
  gamma: Array64,
  beta: Array64,
  movingMean: Array64,
  movingVariance: Array64,
  { training, epsilon = 1e-3 }: BatchNormalizationAttributes,
): Array64 {
  const { columns } = rowsOf(x);
  const { mean, variance } = training
    ? channelStatistics(x)
    : { mean: movingMean.data, variance: movingVariance.data };
  return map(x, (value, i) => {
    const c = i % columns;
    return ((value - mean[c]!) / Math.sqrt(variance[c]! + epsilon)) * gamma.data[c]! + beta.data[c]!;
  });
}

export function batchNormalizationBackward(
  upstream: Array64,
  x: Array64,
  gamma: Array64,
  beta: Array64,
  movingMean: Array64,
  movingVariance: Array64,
  attributes: BatchNormalizationAttributes,
): { dx: Array64; dgamma: Array64; dbeta: Array64 } {
  const { training, epsilon = 1e-3, activation = "linear" } = attributes;
  const z = preActivation(x, gamma, beta, movingMean, movingVariance, attributes);
  const dy = activateBackward(activation, upstream, z);
  const { rows, columns } = rowsOf(x);
  const { mean, variance } = training
    ? channelStatistics(x)
    : { mean: movingMean.data, variance: movingVariance.data };
  const scale = (c: number): number => 1 / Math.sqrt(variance[c]! + epsilon);
  const normalized = map(x, (value, i) => (value - mean[i % columns]!) * scale(i % columns));
  const dgamma = zerosLike(gamma);
  const dbeta = zerosLike(gamma);
  dy.data.forEach((value, i) => {
    dgamma.data[i % columns]! += value * normalized.data[i]!;
    dbeta.data[i % columns]! += value;
  });
  const dx = map(x, (_, i) => {
    const c = i % columns;
    const slope = gamma.data[c]! * scale(c);
    if (!training) return dy.data[i]! * slope;
    return slope * (dy.data[i]! - dbeta.data[c]! / rows - (normalized.data[i]! * dgamma.data[c]!) / rows);
  });
  return { dx, dgamma, dbeta };
}

/** What a training step leaves in the moving statistics: momentum · moving + (1 − momentum) · batch. */
export function movedStatistics(
  x: Array64,
  movingMean: Array64,
  movingVariance: Array64,
  { momentum = 0.99 }: BatchNormalizationAttributes,
): { movingMean: Array64; movingVariance: Array64 } {
  const { mean, variance } = channelStatistics(x);
  return {
    movingMean: map(movingMean, (moving, c) => momentum * moving + (1 - momentum) * mean[c]!),
    movingVariance: map(movingVariance, (moving, c) => momentum * moving + (1 - momentum) * variance[c]!),
  };
}

export interface LayerNormalizationAttributes {
  readonly epsilon?: number;
}

/** Mean and 1/deviation of one row. */
function rowStatistics(row: Float64Array, epsilon: number): { mean: number; scale: number } {
  const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
  const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
  return { mean, scale: 1 / Math.sqrt(variance + epsilon) };
}

/** x [..., c], gamma, beta [c]: each row is normalised by itself. */
export function layerNormalization(
  x: Array64,
  gamma: Array64,
  beta: Array64,
  { epsilon = 1e-3 }: LayerNormalizationAttributes = {},
): Array64 {
  const y = zerosLike(x);
  const { rows, columns } = rowsOf(x);
  for (let r = 0; r < rows; r++) {
    const row = x.data.subarray(r * columns, (r + 1) * columns);
    const { mean, scale } = rowStatistics(row, epsilon);
    row.forEach((value, c) => {
      y.data[r * columns + c] = (value - mean) * scale * gamma.data[c]! + beta.data[c]!;
    });
  }
  return y;
}

export function layerNormalizationBackward(
  dy: Array64,
  x: Array64,
  gamma: Array64,
  _beta: Array64,
  { epsilon = 1e-3 }: LayerNormalizationAttributes = {},
): { dx: Array64; dgamma: Array64; dbeta: Array64 } {
  const dx = zerosLike(x);
  const dgamma = zerosLike(gamma);
  const dbeta = zerosLike(gamma);
  const { rows, columns } = rowsOf(x);
  for (let r = 0; r < rows; r++) {
    const row = x.data.subarray(r * columns, (r + 1) * columns);
    const drow = dy.data.subarray(r * columns, (r + 1) * columns);
    const { mean, scale } = rowStatistics(row, epsilon);
    const normalized = row.map((value) => (value - mean) * scale);
    const dnormalized = drow.map((value, c) => value * gamma.data[c]!);
    const total = dnormalized.reduce((sum, value) => sum + value, 0);
    const dot = dnormalized.reduce((sum, value, c) => sum + value * normalized[c]!, 0);
    for (let c = 0; c < columns; c++) {
      dx.data[r * columns + c] =
        scale * (dnormalized[c]! - total / columns - (normalized[c]! * dot) / columns);
      dgamma.data[c]! += drow[c]! * normalized[c]!;
      dbeta.data[c]! += drow[c]!;
    }
  }
  return { dx, dgamma, dbeta };
}
