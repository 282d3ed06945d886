// The column matrix of a convolution, never built: a virtual operand [pixels, taps] that packs its blocks
// straight from the padded image. Row i is an output pixel (n, oy, ox); column k is a tap (ky, kx, channel).
// Taps that lie side by side in memory form a run: a whole row of the window where nothing comes between
// (dilation 1, one group), else the channels of one tap.

import { MR } from "../gemm/blocking";
import { copy4, copyColumn, transpose4 } from "../gemm/transpose4";

@final @unmanaged export class Im2col {
  image: usize;
  /** Bytes from an image, an output row, an output column to the next, in the padded input. */
  imageStride: usize;
  rowStride: usize;
  columnStride: usize;
  /** Bytes from a run of taps to the next in a window row, and from a window row to the next. */
  runStride: usize;
  windowStride: usize;
  /** Floats in a run; runs in a window row. */
  run: i32;
  runs: i32;
  outHeight: i32;
  outWidth: i32;
  /** Scratch of the weight gradient: the byte offsets of up to KC pixels. */
  offsets: usize;

  /** Where the window of output pixel i begins. */
  @inline window(i: i32): usize {
    const pixels = this.outHeight * this.outWidth;
    const image = i / pixels, rest = i % pixels;
    return this.image + <usize>image * this.imageStride + <usize>(rest / this.outWidth) * this.rowStride + <usize>(rest % this.outWidth) * this.columnStride;
  }

  /** The byte offset of tap k in its window. */
  @inline tap(k: i32): usize {
    const run = k / this.run;
    return <usize>(run / this.runs) * this.windowStride + <usize>(run % this.runs) * this.runStride + (<usize>(k % this.run) << 2);
  }

  /** Forward: pixels as rows. Panels of 4 pixels, [panel][tap][4]. */
  packA(to: usize, i: i32, rows: i32, k: i32, depth: i32): void {
    for (let r = 0; r < rows; r += MR, to += <usize>(depth * MR) << 2) {
      const last = rows - r - 1;
      const w0 = this.window(i + r), w1 = this.window(i + r + min(1, last)), w2 = this.window(i + r + min(2, last)), w3 = this.window(i + r + min(3, last));
      this.packPixels(to, w0, w1, w2, w3, k, depth);
    }
  }

  /** Four windows, tap by tap. A remainder repeats its last pixel: the product leaves those rows out. */
  packPixels(to: usize, w0: usize, w1: usize, w2: usize, w3: usize, k: i32, depth: i32): void {
    const neighbours = w1 - w0 == 4 && w2 - w0 == 8 && w3 - w0 == 12;
    const end = k + depth;
    while (k < end) {
      const offset = this.tap(k);
      let length = min(end - k, this.run - k % this.run);
      k += length;
      let p0 = w0 + offset, p1 = w1 + offset, p2 = w2 + offset, p3 = w3 + offset;
      if (neighbours) {
        for (; length > 0; length--, to += 16, p0 += 4) copy4(to, p0);
        continue;
      }
      for (; length > 3; length -= 4, to += 64, p0 += 16, p1 += 16, p2 += 16, p3 += 16) transpose4(to, 16, p0, p1, p2, p3);
      for (; length > 0; length--, to += 16, p0 += 4, p1 += 4, p2 += 4, p3 += 4) copyColumn(to, p0, p1, p2, p3);
    }
  }
}

/** The same matrix read the other way, for the weight gradient: taps as rows, pixels as depth. */
@final @unmanaged export class Im2colTransposed {
  columns: Im2col;
  /** Rows of the matrix: all taps. */
  taps: i32;

  packA(to: usize, i: i32, rows: i32, k: i32, depth: i32): void {
    const columns = this.columns, offsets = columns.offsets;
    for (let d = 0; d < depth; d++) store<u32>(offsets + (<usize>d << 2), <u32>columns.window(k + d));
    for (let r = 0; r < rows; r += MR, to += <usize>(depth * MR) << 2) {
      const first = i + r, last = this.taps - 1;
      const t0 = columns.tap(first), t1 = columns.tap(min(first + 1, last)), t2 = columns.tap(min(first + 2, last)), t3 = columns.tap(min(first + 3, last));
      if (t1 - t0 == 4 && t2 - t0 == 8 && t3 - t0 == 12) packSideBySide(to, offsets, depth, t0);
      else packApart(to, offsets, depth, t0, t1, t2, t3);
    }
  }
}

/** Four taps in a row: one copy a pixel. */
function packSideBySide(to: usize, offsets: usize, depth: i32, tap: usize): void {
  for (const end = offsets + (<usize>depth << 2); offsets < end; offsets += 4, to += 16) copy4(to, <usize>load<u32>(offsets) + tap);
}

/** Four taps apart: four pixels at a time where they are neighbours. */
function packApart(to: usize, offsets: usize, depth: i32, t0: usize, t1: usize, t2: usize, t3: usize): void {
  let d = 0;
  while (d < depth) {
    const p: usize = <usize>load<u32>(offsets);
    if (d + 3 < depth && <usize>load<u32>(offsets, 12) - p == 12) {
      transpose4(to, 16, p + t0, p + t1, p + t2, p + t3);
      d += 4; offsets += 16; to += 64;
    } else {
      copyColumn(to, p + t0, p + t1, p + t2, p + t3);
      d++; offsets += 4; to += 16;
    }
  }
}
