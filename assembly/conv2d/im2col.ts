// The column matrix of a convolution, never built: a virtual operand [pixels, taps] that packs its blocks
// straight from the padded image. Row i is an output pixel (n, oy, ox); column k is a tap (ky, kx, channel).
// Taps that lie side by side in memory form a run: a whole row of the window where nothing comes between
// (dilation 1, one group), else the channels of one tap.

import { MR, tileRows } from "../gemm/blocking";
import { copyColumn2, copyColumn4, copyRow, transpose2, transpose4 } from "../gemm/transpose";

@final
@unmanaged
export class Im2col {
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
  /** Scratch of the kernel gradient: the byte offsets of up to KC pixels. */
  offsets: usize;
  /** The output pixel that `next` comes to: its image, its row's first window, its row and column. */
  atImage: usize;
  atRow: usize;
  row: i32;
  column: i32;
  /** The tap with which a block begins: its window row, its run there, its place in the run. */
  tapRow: i32;
  tapRun: i32;
  tapPlace: i32;

  /** Sets `next` on output pixel i. A step costs a tenth of the divisions here, which were a quarter of a first layer's time. */
  seek(i: i32): void {
    const pixels = this.outHeight * this.outWidth;
    const image = i / pixels,
      rest = i - image * pixels;
    this.row = rest / this.outWidth;
    this.column = rest - this.row * this.outWidth;
    this.atImage = this.image + <usize>image * this.imageStride;
    this.atRow = this.atImage + <usize>this.row * this.rowStride;
  }

  /** Where the window of the output pixel begins; steps to the next. */
  @inline next(): usize {
    const window = this.atRow + <usize>this.column * this.columnStride;
    if (++this.column == this.outWidth) {
      this.column = 0;
      this.atRow += this.rowStride;
      if (++this.row == this.outHeight) {
        this.row = 0;
        this.atRow = this.atImage += this.imageStride;
      }
    }
    return window;
  }

  /** The byte offset of tap k in its window. */
  @inline tap(k: i32): usize {
    const run = k / this.run;
    return this.offset(run / this.runs, run % this.runs, k % this.run);
  }

  @inline offset(row: i32, run: i32, place: i32): usize {
    return <usize>row * this.windowStride + <usize>run * this.runStride + ((<usize>place) << 2);
  }

  /** Forward: pixels as rows. Panels of MR pixels, [panel][tap][MR]. A remainder repeats its last pixel: the product leaves those rows out. */
  packA(to: usize, i: i32, rows: i32, k: i32, depth: i32): void {
    this.seek(i);
    const run = k / this.run;
    this.tapPlace = k - run * this.run;
    this.tapRow = run / this.runs;
    this.tapRun = run - this.tapRow * this.runs;
    for (let r = 0; r < rows; r += tileRows(rows - r), to += (<usize>(depth * MR)) << 2) {
      const more = rows - r;
      const w0 = this.next(),
        w1 = more > 1 ? this.next() : w0,
        w2 = more > 2 ? this.next() : w1,
        w3 = more > 3 ? this.next() : w2;
      if (MR == 4) {
        if (w1 - w0 == 4 && w2 - w0 == 8 && w3 - w0 == 12) this.packNeighbours(to, w0, depth);
        else this.packPixels4(to, w0, w1, w2, w3, depth);
      } else {
        const whole = tileRows(more) == MR,
          w4 = whole && more > 4 ? this.next() : w3,
          w5 = whole && more > 5 ? this.next() : w4;
        if (w1 - w0 == 4 && w2 - w0 == 8 && w3 - w0 == 12 && w4 - w0 == 16 && w5 - w0 == 20) this.packNeighbours(to, w0, depth);
        else {
          this.packPixels4(to, w0, w1, w2, w3, depth);
          this.packPixels2(to + 16, w4, w5, depth);
        }
      }
    }
  }

  /** The windows of MR pixels of one channel, side by side. */
  packNeighbours(to: usize, window: usize, depth: i32): void {
    let row = this.tapRow,
      run = this.tapRun,
      place = this.tapPlace;
    while (depth > 0) {
      let length = min(depth, this.run - place),
        from = window + this.offset(row, run, place);
      for (depth -= length; length > 0; length--, to += MR << 2, from += 4) copyRow(to, from);
      place = 0;
      if (++run == this.runs) {
        run = 0;
        row++;
      }
    }
  }

  /** Four windows, tap by tap. */
  packPixels4(to: usize, w0: usize, w1: usize, w2: usize, w3: usize, depth: i32): void {
    let row = this.tapRow,
      run = this.tapRun,
      place = this.tapPlace;
    while (depth > 0) {
      const offset = this.offset(row, run, place);
      let length = min(depth, this.run - place),
        p0 = w0 + offset,
        p1 = w1 + offset,
        p2 = w2 + offset,
        p3 = w3 + offset;
      depth -= length;
      for (; length > 3; length -= 4, to += MR << 4, p0 += 16, p1 += 16, p2 += 16, p3 += 16) transpose4(to, MR << 2, p0, p1, p2, p3);
      for (; length > 0; length--, to += MR << 2, p0 += 4, p1 += 4, p2 += 4, p3 += 4) copyColumn4(to, p0, p1, p2, p3);
      place = 0;
      if (++run == this.runs) {
        run = 0;
        row++;
      }
    }
  }

  /** Two windows. */
  packPixels2(to: usize, w0: usize, w1: usize, depth: i32): void {
    let row = this.tapRow,
      run = this.tapRun,
      place = this.tapPlace;
    while (depth > 0) {
      const offset = this.offset(row, run, place);
      let length = min(depth, this.run - place),
        p0 = w0 + offset,
        p1 = w1 + offset;
      depth -= length;
      for (; length > 3; length -= 4, to += MR << 4, p0 += 16, p1 += 16) transpose2(to, MR << 2, p0, p1);
      for (; length > 0; length--, to += MR << 2, p0 += 4, p1 += 4) copyColumn2(to, p0, p1);
      place = 0;
      if (++run == this.runs) {
        run = 0;
        row++;
      }
    }
  }
}

/** The column matrix transposed, for the kernel gradient: taps as rows, pixels as depth. */
@final
@unmanaged
export class Im2colTransposed {
  columns: Im2col;
  /** Rows of the matrix: all taps. */
  taps: i32;

  packA(to: usize, i: i32, rows: i32, k: i32, depth: i32): void {
    const columns = this.columns,
      offsets = columns.offsets;
    columns.seek(k);
    for (let d = 0; d < depth; d++) store<u32>(offsets + ((<usize>d) << 2), <u32>columns.next());
    for (let r = 0; r < rows; r += tileRows(rows - r), to += (<usize>(depth * MR)) << 2) {
      const first = i + r,
        last = this.taps - 1,
        t0 = columns.tap(first);
      if (first + MR <= this.taps && columns.tap(first + MR - 1) - t0 == (MR - 1) << 2) {
        packTogether(to, offsets, depth, t0);
        continue;
      }
      packApart4(
        to,
        offsets,
        depth,
        t0,
        columns.tap(min(first + 1, last)),
        columns.tap(min(first + 2, last)),
        columns.tap(min(first + 3, last)),
      );
      if (MR > 4) packApart2(to + 16, offsets, depth, columns.tap(min(first + 4, last)), columns.tap(min(first + 5, last)));
    }
  }
}

/** Taps in a row: one copy a pixel. (Offsets rise with the taps, so that the last one tells.) */
function packTogether(to: usize, offsets: usize, depth: i32, tap: usize): void {
  for (const end = offsets + ((<usize>depth) << 2); offsets < end; offsets += 4, to += MR << 2)
    copyRow(to, <usize>load<u32>(offsets) + tap);
}

/** Four taps apart: four pixels at a time where they are neighbours. */
function packApart4(to: usize, offsets: usize, depth: i32, t0: usize, t1: usize, t2: usize, t3: usize): void {
  let d = 0;
  while (d < depth) {
    const p: usize = <usize>load<u32>(offsets);
    if (d + 3 < depth && <usize>load<u32>(offsets, 12) - p == 12) {
      transpose4(to, MR << 2, p + t0, p + t1, p + t2, p + t3);
      d += 4;
      offsets += 16;
      to += MR << 4;
    } else {
      copyColumn4(to, p + t0, p + t1, p + t2, p + t3);
      d++;
      offsets += 4;
      to += MR << 2;
    }
  }
}

/** Two taps apart: four pixels at a time where they are neighbours. */
function packApart2(to: usize, offsets: usize, depth: i32, t0: usize, t1: usize): void {
  let d = 0;
  while (d < depth) {
    const p: usize = <usize>load<u32>(offsets);
    if (d + 3 < depth && <usize>load<u32>(offsets, 12) - p == 12) {
      transpose2(to, MR << 2, p + t0, p + t1);
      d += 4;
      offsets += 16;
      to += MR << 4;
    } else {
      copyColumn2(to, p + t0, p + t1);
      d++;
      offsets += 4;
      to += MR << 2;
    }
  }
}
