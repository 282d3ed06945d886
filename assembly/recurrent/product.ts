// The products with the recurrent kernel: the same right operand in each step, packed once for a sequence, by the core. With
// recurrent dropout each gate has states of its own, and so a product of its own.

import { gemm_packed_f32, pack_f32 } from "../generated/core";
import { packedBytes } from "../gemm/packed";
import { addRow, at as rowAt, droppedOf, multiplyRow, RecurrentShape, room } from "./steps";

/** Bytes that products of B[k, n] need. */
export function kernelBytes(n: i32, k: i32): i32 {
  return room(packedBytes(n, k) >> 2);
}

/** Packs the kernel: B[k, n] as it lies in memory, or, transposed, given as [n, k]; its rows are `ld` floats apart. */
export function packKernel(at: usize, kernel: usize, transposed: bool, n: i32, k: i32, ld: i32): void {
  pack_f32(at, kernel, n, k, ld, transposed ? 1 : 0);
}

/** c[rows, n] = a[rows, k] times the packed kernel, + bias[n] or 0 for none; rows of a and of c are `lda` and `ldc` floats apart. */
export function multiplyKernel(c: usize, a: usize, at: usize, bias: usize, rows: i32, n: i32, k: i32, lda: i32, ldc: i32): void {
  gemm_packed_f32(c, a, at, bias, rows, n, k, lda, ldc);
}

/** Where the columns of a gate begin, so many floats from the first. */
function columns(p: usize, gate: i32, units: i32): usize {
  return p + ((<usize>gate * <usize>units) << 2);
}

/** Bytes that the products of so many gates need, in one or gate by gate. */
export function gatesBytes(gates: i32, units: i32): i32 {
  return max(max(kernelBytes(gates * units, units), kernelBytes(units, gates * units)), gates * kernelBytes(units, units));
}

/** Packs the first gates of kernel[units, all, units], for the products of the states or, transposed, for those of gradients. */
export function packGates(at: usize, kernel: usize, drop: usize, transposed: bool, gates: i32, all: i32, units: i32): void {
  const ld = all * units;
  if (!drop) {
    packKernel(at, kernel, transposed, transposed ? units : gates * units, transposed ? gates * units : units, ld);
    return;
  }
  for (let g = 0; g < gates; g++) packKernel(at + g * kernelBytes(units, units), columns(kernel, g, units), transposed, units, units, ld);
}

/** c[rows, all, units] = h[rows, units] times the packed gates, + bias or 0 for none; with dropout times what was kept for each. */
export function multiplyGates(
  c: usize,
  h: usize,
  previous: usize,
  drop: usize,
  at: usize,
  bias: usize,
  gates: i32,
  all: i32,
  shape: RecurrentShape,
  first: i32,
  rows: i32,
  t: i32,
): void {
  const u = shape.units,
    size = kernelBytes(u, u);
  if (!drop) {
    multiplyKernel(c, h, at, bias, rows, gates * u, u, u, all * u);
    return;
  }
  for (let g = 0; g < gates; g++) {
    const a = rowAt(droppedOf(previous, shape, g), first * shape.steps + t, u);
    multiplyKernel(columns(c, g, u), a, at + g * size, bias ? columns(bias, g, u) : 0, rows, u, u, shape.steps * u, all * u);
  }
}

/** dh[rows, units] = dz[rows, gates, units], whose rows are `ld` floats apart, times the packed transposed gates, each times its dropout; part[rows, units] is scratch */
export function multiplyBack(
  dh: usize,
  dz: usize,
  ld: i32,
  part: usize,
  drop: usize,
  at: usize,
  gates: i32,
  shape: RecurrentShape,
  first: i32,
  rows: i32,
): void {
  const u = shape.units,
    size = kernelBytes(u, u);
  if (!drop) {
    multiplyKernel(dh, dz, at, 0, rows, u, gates * u, ld, u);
    return;
  }
  for (let g = 0; g < gates; g++) {
    const to = g ? part : dh;
    multiplyKernel(to, columns(dz, g, u), at + g * size, 0, rows, u, u, ld, u);
    multiplyRow(to, to, rowAt(drop, g * shape.n + first, u), rows * u);
    if (g) addRow(dh, dh, part, rows * u);
  }
}
