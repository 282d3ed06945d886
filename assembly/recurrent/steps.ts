// What the recurrent layers share. A kernel gets the products of the inputs of all steps, computed before in one go, and goes
// through the steps itself: a product of the states with the recurrent kernel, then the gates. The sequences of a batch do not
// know of each other: a unit is four of them, and no sum is ever cut.
//
// Arrays [n, steps, …] are in the order of the inputs, whichever way the steps go; outputs are in the order of the steps,
// or in the other one.
// `outputs` below is y[n, rows, units]: the outputs of all steps or the last alone, then the states where they are wanted.

import { activationBackward, applyActivation } from "../elementwise/fusedActivation";
import { add, loadLanes, mul, SIMD, storeLanes } from "../lanes";
import { endOf, firstOf, MIN_FLOP, unitsOf } from "../range";

/** The sizes of a recurrent layer: written once per shape by the caller, passed as one pointer. */
@final
@unmanaged
export class RecurrentShape {
  /** Sequences. */
  n: i32;
  /** Steps of a sequence. */
  steps: i32;
  /** Numbers of a state. */
  units: i32;
  /** 1 where the last step comes first. */
  backwards: i32;
  /** 1 where the output of the last step comes first. */
  flipped: i32;
  /** 1 where the outputs of all steps are wanted, 0 where that of the last one is. */
  sequences: i32;
  /** 1 where the output of a step that does not count is 0, 0 where it is the state, which stays. */
  zeroMasked: i32;
  /** 1 where the states behind the last step are wanted. */
  states: i32;
  /** Codes of the activations (gemm/epilogue.ts): of what is remembered, and of the gates. */
  activation: i32;
  recurrentActivation: i32;
}

/** Sequences of a unit. */
const SEQUENCES: i32 = 4;

function isSmall(shape: RecurrentShape, gates: i32): bool {
  return 2 * <f64>shape.n * <f64>shape.steps * <f64>shape.units * <f64>shape.units * <f64>gates < MIN_FLOP;
}

export function sequenceUnits(shape: RecurrentShape, gates: i32): i32 {
  return unitsOf(shape.n, SEQUENCES, isSmall(shape, gates));
}

/** The sequence with which a range begins. */
export function sequenceStart(from: i32): i32 {
  return firstOf(from, SEQUENCES);
}

/** The sequence behind the range's last. */
export function sequenceEnd(shape: RecurrentShape, gates: i32, to: i32): i32 {
  return endOf(to, shape.n, SEQUENCES, isSmall(shape, gates));
}

/** Sequences that so many units have. */
export function sequencesOf(shape: RecurrentShape, gates: i32, units: i32): i32 {
  return sequenceEnd(shape, gates, units);
}

/**
 * Where a row of so many numbers begins.
 * @inline
 */
export function at(p: usize, row: i32, columns: i32): usize {
  return p + ((<usize>row * <usize>columns) << 2);
}

/** Bytes of so many floats, in whole vectors. */
export function room(floats: i32): i32 {
  return (floats * 4 + 15) & ~15;
}

/** Where the step with this number is among the inputs. */
export function timeOf(shape: RecurrentShape, step: i32): i32 {
  return shape.backwards ? shape.steps - 1 - step : step;
}

/** Whether the step of a sequence counts: mask[n, steps] is 0 where it does not; without a mask all count. */
export function counts(mask: usize, row: i32): bool {
  return mask == 0 || load<f32>(mask + ((<usize>row) << 2)) != 0;
}

/** Whether the output of a step of a sequence is 0 because it does not count. */
function isZero(shape: RecurrentShape, mask: usize, sequence: i32, step: i32): bool {
  return shape.zeroMasked != 0 && !counts(mask, sequence * shape.steps + timeOf(shape, step));
}

/** to[rows, units] = the rows of from[n, units] from `first` on; zeros where there are none */
export function begin(to: usize, from: usize, first: i32, rows: i32, units: i32): void {
  const bytes = <usize>at(0, rows, units);
  if (from) memory.copy(to, at(from, first, units), bytes);
  else memory.fill(to, 0, bytes);
}

/** out[n] = a[n] + b[n] */
export function addRow(out: usize, a: usize, b: usize, n: i32): void {
  const end: usize = (<usize>n) << 2;
  let j: usize = 0;
  if (SIMD) for (; j < (end & ~15); j += 16) storeLanes<v128>(out + j, add<v128>(loadLanes<v128>(a + j), loadLanes<v128>(b + j)));
  for (; j < end; j += 4) storeLanes<f32>(out + j, add<f32>(loadLanes<f32>(a + j), loadLanes<f32>(b + j)));
}

/** out[n] = a[n] * b[n] */
export function multiplyRow(out: usize, a: usize, b: usize, n: i32): void {
  const end: usize = (<usize>n) << 2;
  let j: usize = 0;
  if (SIMD) for (; j < (end & ~15); j += 16) storeLanes<v128>(out + j, mul<v128>(loadLanes<v128>(a + j), loadLanes<v128>(b + j)));
  for (; j < end; j += 4) storeLanes<f32>(out + j, mul<f32>(loadLanes<f32>(a + j), loadLanes<f32>(b + j)));
}

/** y[n] = activation(x[n]) */
export function activated(y: usize, x: usize, n: i32, activation: i32): void {
  memory.copy(y, x, (<usize>n) << 2);
  applyActivation(y, n, activation);
}

/** dx[n] = dy[n] times the slope of the activation where it gave y[n] */
export function undone(dx: usize, dy: usize, y: usize, n: i32, activation: i32): void {
  if (activation == 0) memory.copy(dx, dy, (<usize>n) << 2);
  else activationBackward(dx, dy, y, 1, n, n, activation);
}

/** The row of a step among the outputs of a sequence. */
function rowOf(shape: RecurrentShape, step: i32): i32 {
  if (!shape.sequences) return 0;
  return shape.flipped ? shape.steps - 1 - step : step;
}

/** Rows of the outputs of a sequence. */
function outputRows(shape: RecurrentShape, states: i32): i32 {
  return (shape.sequences ? shape.steps : 1) + (shape.states ? states : 0);
}

/** What the product of a gate takes in place of h, with dropout: behind previous[n, steps, units] lies such an array for each gate. */
export function droppedOf(previous: usize, shape: RecurrentShape, gate: i32): usize {
  return at(previous, (gate + 1) * shape.n * shape.steps, shape.units);
}

/** Keeps the states h[rows, units] before a step in previous[n, steps, units], and behind it, with drop[gates, n, units], times the factors of each gate. */
export function keep(previous: usize, h: usize, drop: usize, gates: i32, shape: RecurrentShape, first: i32, rows: i32, t: i32): void {
  const units = shape.units;
  for (let r = 0; r < rows; r++) {
    const row = (first + r) * shape.steps + t;
    memory.copy(at(previous, row, units), at(h, r, units), (<usize>units) << 2);
    if (!drop) continue;
    for (let g = 0; g < gates; g++)
      multiplyRow(at(droppedOf(previous, shape, g), row, units), at(h, r, units), at(drop, g * shape.n + first + r, units), units);
  }
}

/** Writes the outputs of a step, and behind the last one the states. */
export function putOutputs(
  y: usize,
  h: usize,
  c: usize,
  mask: usize,
  shape: RecurrentShape,
  states: i32,
  first: i32,
  rows: i32,
  step: i32,
): void {
  const units = shape.units,
    all = outputRows(shape, states),
    bytes: usize = (<usize>units) << 2,
    last = step == shape.steps - 1;
  for (let r = 0; r < rows; r++) {
    const row = (first + r) * all;
    if (shape.sequences || last) {
      const out = at(y, row + rowOf(shape, step), units);
      if (isZero(shape, mask, first + r, step)) memory.fill(out, 0, bytes);
      else memory.copy(out, at(h, r, units), bytes);
    }
    if (!last || !shape.states) continue;
    memory.copy(at(y, row + all - states, units), at(h, r, units), bytes);
    if (states == 2) memory.copy(at(y, row + all - 1, units), at(c, r, units), bytes);
  }
}

/** dh[rows, units] += the gradients of the outputs of a step; behind the last one also those of the states, with which dh and dc begin. */
export function takeGradients(
  dh: usize,
  dc: usize,
  dy: usize,
  mask: usize,
  shape: RecurrentShape,
  states: i32,
  first: i32,
  rows: i32,
  step: i32,
): void {
  const units = shape.units,
    all = outputRows(shape, states),
    bytes: usize = (<usize>units) << 2,
    last = step == shape.steps - 1;
  for (let r = 0; r < rows; r++) {
    const row = (first + r) * all,
      to = at(dh, r, units);
    if (last && shape.states) {
      memory.copy(to, at(dy, row + all - states, units), bytes);
      if (states == 2) memory.copy(at(dc, r, units), at(dy, row + all - 1, units), bytes);
    } else if (last) {
      memory.fill(to, 0, bytes);
      if (states == 2) memory.fill(at(dc, r, units), 0, bytes);
    }
    if (!shape.sequences && !last) continue;
    if (isZero(shape, mask, first + r, step)) continue;
    addRow(to, to, at(dy, row + rowOf(shape, step), units), units);
  }
}

/** to[n, units] = the rows of from[rows, units], from `first` on, where it is wanted */
export function finish(to: usize, from: usize, first: i32, rows: i32, units: i32): void {
  if (to) memory.copy(at(to, first, units), from, at(0, rows, units));
}
