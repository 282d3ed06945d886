/**
 * The losses in float64, one value per example: predictions [n, k] → [n]. Keras's definitions: from
 * probabilities the categorical losses divide by the row's sum, and every probability is clipped.
 * Targets have gradients, too, except class indices: of the squared, absolute and Huber's error they are minus those of the
 * predictions.
 */
import { type Array64, array64, map, rowsOf, zerosLike } from "../array64.ts";
import { logSoftmax, softmax } from "../softmax.ts";

export interface CrossentropyAttributes {
  readonly fromLogits?: boolean;
  readonly labelSmoothing?: number;
}

/** The limits as float32 holds them: 1 − 1e-7 is 0.99999988 there, and log(1 − p) feels the difference. */
const smallest: number = Math.fround(1e-7);
const greatest: number = Math.fround(1 - 1e-7);
const clip = (p: number): number => Math.min(Math.max(p, smallest), greatest);
const inside = (p: number): boolean => p >= smallest && p <= greatest;

/** labels [n] → [n, classes] */
export function oneHotTargets(labels: Array64, classes: number): Array64 {
  const targets = array64([labels.data.length, classes]);
  labels.data.forEach((label, r) => {
    targets.data[r * classes + label] = 1;
  });
  return targets;
}

/** Each row's probabilities, divided by their sum. */
function normalizedRows(prediction: Array64): { q: Array64; sums: number[] } {
  const { rows, columns } = rowsOf(prediction);
  const sums = Array.from({ length: rows }, (_, r) =>
    prediction.data.subarray(r * columns, (r + 1) * columns).reduce((a, b) => a + b, 0),
  );
  return { q: map(prediction, (p, i) => p / sums[Math.floor(i / columns)]!), sums };
}

/** −Σ target · log(probability) */
export function categoricalCrossentropy(
  prediction: Array64,
  targets: Array64,
  { fromLogits = false, labelSmoothing = 0 }: CrossentropyAttributes = {},
): Array64 {
  const { rows, columns } = rowsOf(prediction);
  const smooth = smoothed(targets, labelSmoothing, 1 / columns);
  const logarithms = fromLogits
    ? logSoftmax(prediction)
    : map(normalizedRows(prediction).q, (q) => Math.log(clip(q)));
  const loss = array64([rows]);
  logarithms.data.forEach((value, i) => {
    loss.data[Math.floor(i / columns)]! -= smooth.data[i]! * value;
  });
  return loss;
}

export function categoricalCrossentropyBackward(
  dloss: Array64,
  prediction: Array64,
  targets: Array64,
  { fromLogits = false, labelSmoothing = 0 }: CrossentropyAttributes = {},
): Array64 {
  const { rows, columns } = rowsOf(prediction);
  const smooth = smoothed(targets, labelSmoothing, 1 / columns);
  const dprediction = zerosLike(prediction);
  const probabilities = softmax(prediction);
  const { q, sums } = normalizedRows(prediction);
  for (let r = 0; r < rows; r++) {
    let total = 0; // of the targets from logits; of dq · q from probabilities
    const dq = Array.from({ length: columns }, (_, c) => {
      const i = r * columns + c;
      return inside(q.data[i]!) ? -smooth.data[i]! / q.data[i]! : 0;
    });
    for (let c = 0; c < columns; c++)
      total += fromLogits ? smooth.data[r * columns + c]! : dq[c]! * q.data[r * columns + c]!;
    for (let c = 0; c < columns; c++) {
      const i = r * columns + c;
      const slope = fromLogits
        ? probabilities.data[i]! * total - smooth.data[i]!
        : (dq[c]! - total) / sums[r]!;
      dprediction.data[i] = dloss.data[r]! * slope;
    }
  }
  return dprediction;
}

export function categoricalCrossentropyBackwardTargets(
  dloss: Array64,
  prediction: Array64,
  { fromLogits = false, labelSmoothing = 0 }: CrossentropyAttributes = {},
): Array64 {
  const { columns } = rowsOf(prediction);
  const logarithms = fromLogits
    ? logSoftmax(prediction)
    : map(normalizedRows(prediction).q, (q) => Math.log(clip(q)));
  return map(logarithms, (value, i) => -dloss.data[Math.floor(i / columns)]! * (1 - labelSmoothing) * value);
}

/** The mean over the last axis of −t · log(p) − (1 − t) · log(1 − p) */
export function binaryCrossentropy(
  prediction: Array64,
  targets: Array64,
  { fromLogits = false, labelSmoothing = 0 }: CrossentropyAttributes = {},
): Array64 {
  const smooth = smoothed(targets, labelSmoothing, 0.5);
  return meanOverColumns(prediction, (x, i) => {
    const t = smooth.data[i]!;
    if (fromLogits) return Math.max(x, 0) - x * t + Math.log1p(Math.exp(-Math.abs(x)));
    return -t * Math.log(clip(x)) - (1 - t) * Math.log(1 - clip(x));
  });
}

export function binaryCrossentropyBackward(
  dloss: Array64,
  prediction: Array64,
  targets: Array64,
  { fromLogits = false, labelSmoothing = 0 }: CrossentropyAttributes = {},
): Array64 {
  const smooth = smoothed(targets, labelSmoothing, 0.5);
  return spreadOverColumns(dloss, prediction, (x, i) => {
    const t = smooth.data[i]!;
    if (fromLogits) return 1 / (1 + Math.exp(-x)) - t;
    return inside(x) ? (1 - t) / (1 - x) - t / x : 0;
  });
}

export function binaryCrossentropyBackwardTargets(
  dloss: Array64,
  prediction: Array64,
  { fromLogits = false, labelSmoothing = 0 }: CrossentropyAttributes = {},
): Array64 {
  return spreadOverColumns(
    dloss,
    prediction,
    (x) => (1 - labelSmoothing) * (fromLogits ? -x : Math.log(1 - clip(x)) - Math.log(clip(x))),
  );
}

export function meanSquaredError(prediction: Array64, targets: Array64): Array64 {
  return meanOverColumns(prediction, (x, i) => (x - targets.data[i]!) ** 2);
}

export function meanSquaredErrorBackward(dloss: Array64, prediction: Array64, targets: Array64): Array64 {
  return spreadOverColumns(dloss, prediction, (x, i) => 2 * (x - targets.data[i]!));
}

export function meanAbsoluteError(prediction: Array64, targets: Array64): Array64 {
  return meanOverColumns(prediction, (x, i) => Math.abs(x - targets.data[i]!));
}

export function meanAbsoluteErrorBackward(dloss: Array64, prediction: Array64, targets: Array64): Array64 {
  return spreadOverColumns(dloss, prediction, (x, i) => Math.sign(x - targets.data[i]!));
}

export interface HuberAttributes {
  readonly delta?: number;
}

/** Half the square up to delta, a line of slope delta beyond. */
export function huber(prediction: Array64, targets: Array64, { delta = 1 }: HuberAttributes = {}): Array64 {
  return meanOverColumns(prediction, (x, i) => {
    const error = Math.abs(x - targets.data[i]!);
    return error <= delta ? 0.5 * error * error : delta * (error - 0.5 * delta);
  });
}

export function huberBackward(
  dloss: Array64,
  prediction: Array64,
  targets: Array64,
  { delta = 1 }: HuberAttributes = {},
): Array64 {
  return spreadOverColumns(dloss, prediction, (x, i) =>
    Math.min(Math.max(x - targets.data[i]!, -delta), delta),
  );
}

/** Moves `labelSmoothing` of each target's weight to `centre`. */
function smoothed(targets: Array64, labelSmoothing: number, centre: number): Array64 {
  return map(targets, (t) => t * (1 - labelSmoothing) + labelSmoothing * centre);
}

function meanOverColumns(prediction: Array64, term: (x: number, i: number) => number): Array64 {
  const { rows, columns } = rowsOf(prediction);
  const loss = array64([rows]);
  prediction.data.forEach((x, i) => {
    loss.data[Math.floor(i / columns)]! += term(x, i) / columns;
  });
  return loss;
}

function spreadOverColumns(
  dloss: Array64,
  prediction: Array64,
  slope: (x: number, i: number) => number,
): Array64 {
  const { columns } = rowsOf(prediction);
  return map(prediction, (x, i) => (dloss.data[Math.floor(i / columns)]! * slope(x, i)) / columns);
}
