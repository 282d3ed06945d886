// The gated recurrent unit (Cho et al., arXiv:1406.1078): h = z h + (1 − z) g with the gates z (update), r (reset) and the
// candidate g = activation(x W + r (h U + bias)), the reset behind the product as in the paper's first version, or
// activation(x W + (r h) U), before it.

import { applyActivation } from "../elementwise/fusedActivation";
import { add, loadLanes, madd, mul, SIMD, splat, storeLanes, sub } from "../lanes";
import { gatesBytes, kernelBytes, multiplyBack, multiplyGates, multiplyKernel, packGates, packKernel } from "./product";
import {
  addRow,
  at,
  begin,
  counts,
  droppedOf,
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

/** a[n] += r[n] * x[n] */
function addProduct(a: usize, r: usize, x: usize, bytes: usize): void {
  let j: usize = 0;
  if (SIMD)
    for (; j < (bytes & ~15); j += 16)
      storeLanes<v128>(a + j, madd<v128>(loadLanes<v128>(r + j), loadLanes<v128>(x + j), loadLanes<v128>(a + j)));
  for (; j < bytes; j += 4) storeLanes<f32>(a + j, madd<f32>(loadLanes<f32>(r + j), loadLanes<f32>(x + j), loadLanes<f32>(a + j)));
}

/**
 * h = z h + (1 − z) g for a lane.
 * @inline
 */
function mix<T>(h: usize, z: usize, g: usize): void {
  const share = loadLanes<T>(z),
    old = mul<T>(share, loadLanes<T>(h));
  storeLanes<T>(h, add<T>(old, mul<T>(sub<T>(splat<T>(1), share), loadLanes<T>(g))));
}

/** h[units] of the next step. */
function mixed(h: usize, z: usize, g: usize, bytes: usize): void {
  let j: usize = 0;
  if (SIMD) for (; j < (bytes & ~15); j += 16) mix<v128>(h + j, z + j, g + j);
  for (; j < bytes; j += 4) mix<f32>(h + j, z + j, g + j);
}

/**
 * For a lane: the gradients of z and g, and dh of the step before as far as it comes straight.
 * @inline
 */
function unmix<T>(dz: usize, dg: usize, dh: usize, h: usize, z: usize, g: usize): void {
  const d = loadLanes<T>(dh),
    share = loadLanes<T>(z);
  storeLanes<T>(dz, mul<T>(d, sub<T>(loadLanes<T>(h), loadLanes<T>(g))));
  storeLanes<T>(dg, mul<T>(d, sub<T>(splat<T>(1), share)));
  storeLanes<T>(dh, mul<T>(d, share));
}

function unmixed(dz: usize, dg: usize, dh: usize, h: usize, z: usize, g: usize, bytes: usize): void {
  let j: usize = 0;
  if (SIMD) for (; j < (bytes & ~15); j += 16) unmix<v128>(dz + j, dg + j, dh + j, h + j, z + j, g + j);
  for (; j < bytes; j += 4) unmix<f32>(dz + j, dg + j, dh + j, h + j, z + j, g + j);
}

/** outputs y of gates[n, steps, 3, units], which hold the products of the inputs; inner[n, steps, units], what r is multiplied by, or before the product what it gives; previous[n, steps, units], h before each step, with drop behind it what the products of the gates take; kernel[units, 3, units], bias[3, units] behind the product, h0[n, units], drop[3, n, units], mask[n, steps], or 0 each of the last four */
export function gru_f32(
  y: usize,
  gates: usize,
  inner: usize,
  previous: usize,
  kernel: usize,
  bias: usize,
  h0: usize,
  drop: usize,
  mask: usize,
  workspace: usize,
  shape: RecurrentShape,
  resetAfter: i32,
  from: i32,
  to: i32,
): void {
  const s = shape,
    u = s.units,
    first = sequenceStart(from),
    rows = sequenceEnd(s, 3, to) - first,
    h = workspace,
    reset = h + room(rows * u),
    rec = reset + room(rows * u),
    rest = rec + room(rows * 3 * u),
    bytes: usize = (<usize>u) << 2,
    columns = resetAfter ? 3 : 2, // gates of the product with h
    resetKernel = rest + gatesBytes(columns, u);
  begin(h, h0, first, rows, u);
  packGates(rest, kernel, drop, false, columns, 3, u);
  if (!resetAfter) packKernel(resetKernel, kernel + 2 * bytes, false, u, u, 3 * u);
  for (let step = 0; step < s.steps; step++) {
    const t = timeOf(s, step);
    keep(previous, h, drop, 3, s, first, rows, t);
    multiplyGates(rec, h, previous, drop, rest, bias, columns, 3, s, first, rows, t);
    for (let r = 0; r < rows; r++) {
      const row = (first + r) * s.steps + t,
        z = at(gates, row, 3 * u),
        in_ = at(inner, row, u),
        from_ = at(rec, r, 3 * u);
      if (counts(mask, row)) {
        addRow(z, z, from_, 2 * u);
        applyActivation(z, 2 * u, s.recurrentActivation);
      }
      if (resetAfter) memory.copy(in_, from_ + 2 * bytes, bytes);
      else {
        multiplyRow(in_, z + bytes, drop ? at(droppedOf(previous, s, 2), row, u) : at(h, r, u), u);
        memory.copy(at(reset, r, u), in_, bytes);
      }
    }
    if (!resetAfter) multiplyKernel(rec, reset, resetKernel, 0, rows, u, u, u, 3 * u);
    for (let r = 0; r < rows; r++) {
      const row = (first + r) * s.steps + t,
        z = at(gates, row, 3 * u),
        g = z + 2 * bytes;
      if (!counts(mask, row)) continue;
      if (resetAfter) addProduct(g, z + bytes, at(inner, row, u), bytes);
      else addRow(g, g, at(rec, r, 3 * u), u);
      applyActivation(g, u, s.activation);
      mixed(at(h, r, u), z, g, bytes);
    }
    putOutputs(y, h, 0, mask, s, 1, first, rows, step);
  }
}
export function gru_f32_units(shape: RecurrentShape): i32 {
  return sequenceUnits(shape, 3);
}
export function gru_f32_workspace_bytes(shape: RecurrentShape, units: i32): i32 {
  const s = shape,
    u = s.units,
    rows = sequencesOf(s, 3, units);
  return 2 * room(rows * u) + room(rows * 3 * u) + gatesBytes(3, u) + kernelBytes(u, u);
}

/** gates[n, steps, 3, units] become the gradients of what their activations took; inner, with the reset behind the product, the gradient of what r is multiplied by; dh0[n, units] or 0 */
export function gru_backward_f32(
  gates: usize,
  inner: usize,
  previous: usize,
  dh0: usize,
  dy: usize,
  kernel: usize,
  drop: usize,
  mask: usize,
  workspace: usize,
  shape: RecurrentShape,
  resetAfter: i32,
  from: i32,
  to: i32,
): void {
  const s = shape,
    u = s.units,
    first = sequenceStart(from),
    rows = sequenceEnd(s, 3, to) - first,
    dh = workspace,
    back = dh + room(rows * u),
    dreset = back + room(rows * u),
    part = dreset + room(rows * u),
    work = part + room(rows * u),
    d = work + room(rows * 3 * u),
    rest = d + room(3 * u),
    bytes: usize = (<usize>u) << 2,
    columns = resetAfter ? 3 : 2,
    resetKernel = rest + gatesBytes(columns, u);
  packGates(rest, kernel, drop, true, columns, 3, u);
  if (!resetAfter) packKernel(resetKernel, kernel + 2 * bytes, true, u, u, 3 * u);
  for (let step = s.steps - 1; step >= 0; step--) {
    const t = timeOf(s, step);
    takeGradients(dh, 0, dy, mask, s, 1, first, rows, step);
    // z and g, and r where it came behind the product
    for (let r = 0; r < rows; r++) {
      const row = (first + r) * s.steps + t,
        z = at(gates, row, 3 * u),
        reset = z + bytes,
        g = z + 2 * bytes,
        in_ = at(inner, row, u),
        w = at(work, r, 3 * u);
      if (!counts(mask, row)) {
        memory.fill(z, 0, 3 * bytes);
        memory.fill(w, 0, 3 * bytes);
        memory.fill(in_, 0, bytes);
        continue;
      }
      unmixed(d, d + 2 * bytes, at(dh, r, u), at(previous, row, u), z, g, bytes);
      undone(z, d, z, u, s.recurrentActivation);
      undone(g, d + 2 * bytes, g, u, s.activation);
      memory.copy(w, z, bytes);
      memory.copy(w + 2 * bytes, g, bytes);
      if (!resetAfter) continue;
      multiplyRow(d, g, in_, u);
      multiplyRow(in_, g, reset, u);
      memory.copy(w + 2 * bytes, in_, bytes);
      undone(reset, d, reset, u, s.recurrentActivation);
      memory.copy(w + bytes, reset, bytes);
    }
    if (!resetAfter) {
      multiplyKernel(dreset, work + 2 * bytes, resetKernel, 0, rows, u, u, 3 * u, u);
      for (let r = 0; r < rows; r++) {
        const row = (first + r) * s.steps + t,
          reset = at(gates, row, 3 * u) + bytes,
          dr = at(dreset, r, u);
        if (!counts(mask, row)) continue;
        multiplyRow(d, dr, at(previous, row, u), u);
        if (drop) multiplyRow(d, d, at(drop, 2 * s.n + first + r, u), u);
        multiplyRow(dr, dr, reset, u);
        undone(reset, d, reset, u, s.recurrentActivation);
        memory.copy(at(work, r, 3 * u) + bytes, reset, bytes);
      }
    }
    multiplyBack(back, work, 3 * u, part, drop, rest, columns, s, first, rows);
    if (!resetAfter) {
      if (drop) multiplyRow(dreset, dreset, at(drop, 2 * s.n + first, u), rows * u);
      addRow(back, back, dreset, rows * u);
    }
    addRow(dh, dh, back, rows * u);
  }
  finish(dh0, dh, first, rows, u);
}
export function gru_backward_f32_units(shape: RecurrentShape): i32 {
  return sequenceUnits(shape, 3);
}
export function gru_backward_f32_workspace_bytes(shape: RecurrentShape, units: i32): i32 {
  const s = shape,
    u = s.units,
    rows = sequencesOf(s, 3, units);
  return 4 * room(rows * u) + room(rows * 3 * u) + room(3 * u) + gatesBytes(3, u) + kernelBytes(u, u);
}
