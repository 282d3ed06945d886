// Dense operands of a product, and how a block of each is packed into panels.
// An operand is a small record in the workspace; the product asks it for blocks and knows nothing of its layout.
//   packA(to, i, rows, k, depth): panels of MR rows, [panel][depth][MR], missing rows are zeros
//   packB(to, k, depth, j, columns): panels of 8 columns, [panel][depth][8], missing columns are zeros
// k is the depth: the axis along which a product sums.

import { MR, NR, tileRows } from "./blocking";
import { copy4, copyColumn4, copyRow, transpose2, transpose4 } from "./transpose";

/** An operand whose k runs along its rows, side by side in memory: A as [m, k], or B given as [n, k]. */
@final
@unmanaged
export class KContiguous {
  pointer: usize;
  /** Bytes from a row to the next. */
  stride: usize;

  packA(to: usize, i: i32, rows: i32, k: i32, depth: i32): void {
    for (let r = 0; r < rows; r += tileRows(rows - r), to += (<usize>(depth * MR)) << 2) {
      const from = this.pointer + <usize>(i + r) * this.stride + ((<usize>k) << 2);
      packRows4(to, MR << 2, from, this.stride, min(4, rows - r), depth);
      if (MR > 4) packRows2(to + 16, MR << 2, from + 4 * this.stride, this.stride, rows - r - 4, depth);
    }
  }

  packB(to: usize, k: i32, depth: i32, j: i32, columns: i32): void {
    for (let c = 0; c < columns; c += NR, to += (<usize>(depth * NR)) << 2) {
      const from = this.pointer + <usize>(j + c) * this.stride + ((<usize>k) << 2);
      packRows4(to, NR << 2, from, this.stride, min(4, columns - c), depth);
      packRows4(to + 16, NR << 2, from + 4 * this.stride, this.stride, max(0, min(4, columns - c - 4)), depth);
    }
  }
}

/** An operand whose k runs across its rows, a stride apart in memory: A given as [k, m], or B as [k, n]. */
@final
@unmanaged
export class KStrided {
  pointer: usize;
  /** Bytes from a row to the next. */
  stride: usize;

  packA(to: usize, i: i32, rows: i32, k: i32, depth: i32): void {
    for (let r = 0; r < rows; r += tileRows(rows - r)) {
      let from = this.pointer + <usize>k * this.stride + ((<usize>(i + r)) << 2);
      const width = min(MR, rows - r);
      for (let d = 0; d < depth; d++, from += this.stride, to += MR << 2) {
        if (width == MR) copyRow(to, from);
        else copyPartial(to, from, width, MR);
      }
    }
  }

  packB(to: usize, k: i32, depth: i32, j: i32, columns: i32): void {
    const start = this.pointer + <usize>k * this.stride + ((<usize>j) << 2),
      panel: usize = (<usize>(depth * NR)) << 2;
    let c = 0;
    // two panels at a time: a cache line of B is read once, where rows often lie a power of two apart
    for (; c + 2 * NR <= columns; c += 2 * NR, to += 2 * panel) packPanels2(to, panel, start + ((<usize>c) << 2), this.stride, depth);
    for (; c < columns; c += NR, to += panel) packPanel(to, start + ((<usize>c) << 2), this.stride, min(NR, columns - c), depth);
  }
}

/** An operand of either kind, told when it runs: the four products of gemm.ts share one loop, which saves 2 KB. */
@final
@unmanaged
export class Dense {
  pointer: usize;
  /** Bytes from a row to the next. */
  stride: usize;
  kContiguous: bool;

  /** Leaves out the first rows of A, or columns of B. */
  skip(count: i32): void {
    this.pointer += this.kContiguous ? <usize>count * this.stride : (<usize>count) << 2;
  }

  packA(to: usize, i: i32, rows: i32, k: i32, depth: i32): void {
    if (this.kContiguous) changetype<KContiguous>(this).packA(to, i, rows, k, depth);
    else changetype<KStrided>(this).packA(to, i, rows, k, depth);
  }

  packB(to: usize, k: i32, depth: i32, j: i32, columns: i32): void {
    if (this.kContiguous) changetype<KContiguous>(this).packB(to, k, depth, j, columns);
    else changetype<KStrided>(this).packB(to, k, depth, j, columns);
  }
}

function packPanels2(to: usize, panel: usize, from: usize, stride: usize, depth: i32): void {
  for (let d = 0; d < depth; d++, from += stride, to += NR << 2) {
    copy4(to, from);
    copy4(to + 16, from + 16);
    copy4(to + panel, from + 32);
    copy4(to + panel + 16, from + 48);
  }
}

function packPanel(to: usize, from: usize, stride: usize, width: i32, depth: i32): void {
  for (let d = 0; d < depth; d++, from += stride, to += NR << 2) {
    if (width == NR) {
      copy4(to, from);
      copy4(to + 16, from + 16);
    } else copyPartial(to, from, width, NR);
  }
}

/**
 * Copies `width` floats and fills up with zeros to `full`.
 * @inline
 */
function copyPartial(to: usize, from: usize, width: i32, full: i32): void {
  for (let i = 0; i < full; i++) store<f32>(to + ((<usize>i) << 2), i < width ? load<f32>(from + ((<usize>i) << 2)) : 0);
}

/** Four rows of `depth` floats become columns that lie `step` bytes apart; rows from `count` on are zeros. */
function packRows4(to: usize, step: usize, from: usize, stride: usize, count: i32, depth: i32): void {
  if (count < 4) {
    for (let d = 0; d < depth; d++, to += step, from += 4)
      for (let r = 0; r < 4; r++) store<f32>(to + ((<usize>r) << 2), r < count ? load<f32>(from + <usize>r * stride) : 0);
    return;
  }
  let p0 = from,
    p1 = p0 + stride,
    p2 = p1 + stride,
    p3 = p2 + stride;
  let d = 0;
  for (; d < depth - 3; d += 4, to += 4 * step, p0 += 16, p1 += 16, p2 += 16, p3 += 16) transpose4(to, step, p0, p1, p2, p3);
  for (; d < depth; d++, to += step, p0 += 4, p1 += 4, p2 += 4, p3 += 4) copyColumn4(to, p0, p1, p2, p3);
}

/** Two rows of `depth` floats become columns that lie `step` bytes apart; rows from `count` on are zeros. */
function packRows2(to: usize, step: usize, from: usize, stride: usize, count: i32, depth: i32): void {
  const p1 = from + stride;
  let d = 0;
  if (count >= 2) for (; d < depth - 3; d += 4) transpose2(to + <usize>d * step, step, from + ((<usize>d) << 2), p1 + ((<usize>d) << 2));
  for (; d < depth; d++) {
    const at: usize = (<usize>d) << 2,
      column = to + <usize>d * step;
    store<f32>(column, count > 0 ? load<f32>(from + at) : 0);
    store<f32>(column, count > 1 ? load<f32>(p1 + at) : 0, 4);
  }
}
