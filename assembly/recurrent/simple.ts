// The simple recurrent layer: h = activation(x W + h U + bias).

import { applyActivation } from "../elementwise/fusedActivation";
import { gatesBytes, multiplyBack, multiplyGates, packGates } from "./product";
import {
  addRow,
  at,
  begin,
  counts,
  finish,
  keep,
  putOutputs,
  RecurrentShape,
  room,
  sequenceEnd,
  sequencesOf,
  sequenceStart,
  sequenceUnits,
  takeGradients,
  timeOf,
  undone,
} from "./steps";

/** outputs y of gates[n, steps, units], which hold the products of the inputs and become the states; previous[n, steps, units], the states before, with drop behind it what the products take; kernel[units, units], h0[n, units], drop[1, n, units], mask[n, steps], or 0 each of the last three */
export function simple_rnn_f32(
  y: usize,
  gates: usize,
  previous: usize,
  kernel: usize,
  h0: usize,
  drop: usize,
  mask: usize,
  workspace: usize,
  shape: RecurrentShape,
  from: i32,
  to: i32,
): void {
  const s = shape,
    u = s.units,
    first = sequenceStart(from),
    rows = sequenceEnd(s, 1, to) - first,
    h = workspace,
    rec = h + room(rows * u),
    rest = rec + room(rows * u),
    bytes: usize = (<usize>u) << 2;
  begin(h, h0, first, rows, u);
  packGates(rest, kernel, drop, false, 1, 1, u);
  for (let step = 0; step < s.steps; step++) {
    const t = timeOf(s, step);
    keep(previous, h, drop, 1, s, first, rows, t);
    multiplyGates(rec, h, previous, drop, rest, 0, 1, 1, s, first, rows, t);
    for (let r = 0; r < rows; r++) {
      const row = (first + r) * s.steps + t,
        z = at(gates, row, u);
      if (!counts(mask, row)) continue;
      addRow(z, z, at(rec, r, u), u);
      applyActivation(z, u, s.activation);
      memory.copy(at(h, r, u), z, bytes);
    }
    putOutputs(y, h, 0, mask, s, 1, first, rows, step);
  }
}
export function simple_rnn_f32_units(shape: RecurrentShape): i32 {
  return sequenceUnits(shape, 1);
}
export function simple_rnn_f32_workspace_bytes(shape: RecurrentShape, units: i32): i32 {
  const s = shape,
    u = s.units,
    rows = sequencesOf(s, 1, units);
  return 2 * room(rows * u) + gatesBytes(1, u);
}

/** gates, the states, become the gradients of what the activation took; dh0[n, units] or 0 */
export function simple_rnn_backward_f32(
  gates: usize,
  previous: usize,
  dh0: usize,
  dy: usize,
  kernel: usize,
  drop: usize,
  mask: usize,
  workspace: usize,
  shape: RecurrentShape,
  from: i32,
  to: i32,
): void {
  const s = shape,
    u = s.units,
    first = sequenceStart(from),
    rows = sequenceEnd(s, 1, to) - first,
    dh = workspace,
    back = dh + room(rows * u),
    rest = back + room(rows * u),
    bytes: usize = (<usize>u) << 2;
  packGates(rest, kernel, drop, true, 1, 1, u);
  for (let step = s.steps - 1; step >= 0; step--) {
    const t = timeOf(s, step);
    takeGradients(dh, 0, dy, mask, s, 1, first, rows, step);
    for (let r = 0; r < rows; r++) {
      const row = (first + r) * s.steps + t,
        z = at(gates, row, u),
        d = at(dh, r, u);
      if (counts(mask, row)) {
        undone(z, d, z, u, s.activation);
        memory.fill(d, 0, bytes);
      } else memory.fill(z, 0, bytes);
    }
    multiplyBack(back, at(gates, first * s.steps + t, u), s.steps * u, 0, drop, rest, 1, s, first, rows);
    addRow(dh, dh, back, rows * u);
  }
  finish(dh0, dh, first, rows, u);
}
export function simple_rnn_backward_f32_units(shape: RecurrentShape): i32 {
  return sequenceUnits(shape, 1);
}
export function simple_rnn_backward_f32_workspace_bytes(shape: RecurrentShape, units: i32): i32 {
  const s = shape,
    u = s.units,
    rows = sequencesOf(s, 1, units);
  return 2 * room(rows * u) + gatesBytes(1, u);
}
