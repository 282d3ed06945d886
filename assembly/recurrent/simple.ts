// The simple recurrent layer: h = activation(x W + h U + bias).

import { applyActivation } from "../elementwise/fusedActivation";
import { kernelBytes, multiplyKernel, packKernel } from "./product";
import {
  addRow,
  at,
  begin,
  counts,
  finish,
  keep,
  passBack,
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

/** outputs y of gates[n, steps, units], which hold the products of the inputs and become the states; previous[n, steps, units], the states before; kernel[units, units], h0[n, units], drop[n, units], mask[n, steps], or 0 each of the last three */
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
    dropped = h + room(rows * u),
    rec = dropped + room(rows * u),
    rest = rec + room(rows * u),
    bytes: usize = (<usize>u) << 2;
  begin(h, h0, first, rows, u);
  packKernel(rest, kernel, false, u, u, u);
  for (let step = 0; step < s.steps; step++) {
    const t = timeOf(s, step),
      a = keep(previous, h, dropped, drop, s, first, rows, t);
    multiplyKernel(rec, a, rest, 0, rows, u, u, u, u);
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
  return 3 * room(rows * u) + kernelBytes(u, u);
}

/** gates, the states, become the gradients of what the activation took; previous is multiplied by drop; dh0[n, units] or 0 */
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
  packKernel(rest, kernel, true, u, u, u);
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
    multiplyKernel(back, at(gates, first * s.steps + t, u), rest, 0, rows, u, u, s.steps * u, u);
    passBack(dh, back, previous, drop, s, first, rows, t);
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
  return 2 * room(rows * u) + kernelBytes(u, u);
}
