// Long short-term memory (Hochreiter and Schmidhuber, "Long short-term memory", 1997; with the forget gate of Gers et al., 2000).
// With i, f, g, o = x W + h U + bias: c = f c + i g and h = o activation(c), i, f and o through the recurrent activation,
// g through the other.

import { applyActivation } from "../elementwise/fusedActivation";
import { add, loadLanes, mul, SIMD, storeLanes } from "../lanes";
import { gatesBytes, multiplyBack, multiplyGates, packGates } from "./product";
import {
  activated,
  addRow,
  at,
  begin,
  counts,
  finish,
  keep,
  multiplyRow,
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

/**
 * c = f c + i g for a lane of the gates a[4, units].
 * @inline
 */
function remember<T>(c: usize, a: usize, bytes: usize): void {
  const old = mul<T>(loadLanes<T>(a + bytes), loadLanes<T>(c));
  storeLanes<T>(c, add<T>(old, mul<T>(loadLanes<T>(a), loadLanes<T>(a + 2 * bytes))));
}

/** One sequence, one step: a[4, units] become the gates, c[units] and h[units] the states. */
function forward(h: usize, c: usize, a: usize, s: RecurrentShape): void {
  const u = s.units,
    bytes: usize = (<usize>u) << 2;
  applyActivation(a, 2 * u, s.recurrentActivation);
  applyActivation(a + 2 * bytes, u, s.activation);
  applyActivation(a + 3 * bytes, u, s.recurrentActivation);
  let j: usize = 0;
  if (SIMD) for (; j < (bytes & ~15); j += 16) remember<v128>(c + j, a + j, bytes);
  for (; j < bytes; j += 4) remember<f32>(c + j, a + j, bytes);
  activated(h, c, u, s.activation);
  multiplyRow(h, h, a + 3 * bytes, u);
}

/**
 * For a lane: the gradients d[4, units] of the gates a, from dc and from what came to it through h, `through`; then dc of the step before.
 * @inline
 */
function share<T>(d: usize, dc: usize, through: usize, a: usize, cBefore: usize, bytes: usize): void {
  const whole = add<T>(loadLanes<T>(dc), loadLanes<T>(through));
  storeLanes<T>(d, mul<T>(whole, loadLanes<T>(a + 2 * bytes)));
  storeLanes<T>(d + bytes, mul<T>(whole, loadLanes<T>(cBefore)));
  storeLanes<T>(d + 2 * bytes, mul<T>(whole, loadLanes<T>(a)));
  storeLanes<T>(dc, mul<T>(whole, loadLanes<T>(a + bytes)));
}

/** One sequence, one step: the gates a[4, units] become the gradients of what their activations took; d has room for 5 rows. */
function backward(d: usize, dh: usize, dc: usize, a: usize, c: usize, cBefore: usize, s: RecurrentShape): void {
  const u = s.units,
    bytes: usize = (<usize>u) << 2,
    through = d + 4 * bytes,
    o = a + 3 * bytes;
  activated(d, c, u, s.activation);
  multiplyRow(d + 3 * bytes, dh, d, u);
  multiplyRow(through, dh, o, u);
  undone(through, through, d, u, s.activation);
  let j: usize = 0;
  if (SIMD) for (; j < (bytes & ~15); j += 16) share<v128>(d + j, dc + j, through + j, a + j, cBefore + j, bytes);
  for (; j < bytes; j += 4) share<f32>(d + j, dc + j, through + j, a + j, cBefore + j, bytes);
  undone(a, d, a, 2 * u, s.recurrentActivation);
  undone(a + 2 * bytes, d + 2 * bytes, a + 2 * bytes, u, s.activation);
  undone(o, d + 3 * bytes, o, u, s.recurrentActivation);
}

/** outputs y of gates[n, steps, 4, units], which hold the products of the inputs; cells[n, steps, units], c behind each step; previous[n, steps, units], h before it, with drop behind it what the products of the gates take; kernel[units, 4, units], h0[n, units], c0[n, units], drop[4, n, units], mask[n, steps], or 0 each of the last four */
export function lstm_f32(
  y: usize,
  gates: usize,
  cells: usize,
  previous: usize,
  kernel: usize,
  h0: usize,
  c0: usize,
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
    rows = sequenceEnd(s, 4, to) - first,
    h = workspace,
    c = h + room(rows * u),
    rec = c + room(rows * u),
    rest = rec + room(rows * 4 * u),
    bytes: usize = (<usize>u) << 2;
  begin(h, h0, first, rows, u);
  begin(c, c0, first, rows, u);
  packGates(rest, kernel, drop, false, 4, 4, u);
  for (let step = 0; step < s.steps; step++) {
    const t = timeOf(s, step);
    keep(previous, h, drop, 4, s, first, rows, t);
    multiplyGates(rec, h, previous, drop, rest, 0, 4, 4, s, first, rows, t);
    for (let r = 0; r < rows; r++) {
      const row = (first + r) * s.steps + t,
        z = at(gates, row, 4 * u);
      if (counts(mask, row)) {
        addRow(z, z, at(rec, r, 4 * u), 4 * u);
        forward(at(h, r, u), at(c, r, u), z, s);
      }
      memory.copy(at(cells, row, u), at(c, r, u), bytes);
    }
    putOutputs(y, h, c, mask, s, 2, first, rows, step);
  }
}
export function lstm_f32_units(shape: RecurrentShape): i32 {
  return sequenceUnits(shape, 4);
}
export function lstm_f32_workspace_bytes(shape: RecurrentShape, units: i32): i32 {
  const s = shape,
    u = s.units,
    rows = sequencesOf(s, 4, units);
  return 2 * room(rows * u) + room(rows * 4 * u) + gatesBytes(4, u);
}

/** gates[n, steps, 4, units] become the gradients of what their activations took; dh0[n, units], dc0[n, units] or 0 */
export function lstm_backward_f32(
  gates: usize,
  previous: usize,
  dh0: usize,
  dc0: usize,
  dy: usize,
  cells: usize,
  kernel: usize,
  c0: usize,
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
    rows = sequenceEnd(s, 4, to) - first,
    dh = workspace,
    dc = dh + room(rows * u),
    back = dc + room(rows * u),
    part = back + room(rows * u),
    d = part + room(rows * u),
    zeros = d + room(5 * u),
    rest = zeros + room(u),
    bytes: usize = (<usize>u) << 2;
  memory.fill(zeros, 0, bytes);
  packGates(rest, kernel, drop, true, 4, 4, u);
  for (let step = s.steps - 1; step >= 0; step--) {
    const t = timeOf(s, step),
      before = timeOf(s, step - 1);
    takeGradients(dh, dc, dy, mask, s, 2, first, rows, step);
    for (let r = 0; r < rows; r++) {
      const sequence = first + r,
        row = sequence * s.steps + t,
        z = at(gates, row, 4 * u);
      if (counts(mask, row)) {
        const cBefore = step > 0 ? at(cells, sequence * s.steps + before, u) : c0 ? at(c0, sequence, u) : zeros;
        backward(d, at(dh, r, u), at(dc, r, u), z, at(cells, row, u), cBefore, s);
        memory.fill(at(dh, r, u), 0, bytes);
      } else memory.fill(z, 0, 4 * bytes);
    }
    multiplyBack(back, at(gates, first * s.steps + t, 4 * u), s.steps * 4 * u, part, drop, rest, 4, s, first, rows);
    addRow(dh, dh, back, rows * u);
  }
  finish(dh0, dh, first, rows, u);
  finish(dc0, dc, first, rows, u);
}
export function lstm_backward_f32_units(shape: RecurrentShape): i32 {
  return sequenceUnits(shape, 4);
}
export function lstm_backward_f32_workspace_bytes(shape: RecurrentShape, units: i32): i32 {
  const s = shape,
    u = s.units,
    rows = sequencesOf(s, 4, units);
  return 4 * room(rows * u) + room(5 * u) + room(u) + gatesBytes(4, u);
}
