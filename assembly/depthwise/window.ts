// The sums of a depthwise kernel's gradient, three or five taps of a row of two vectors of channels at a time: they stay in registers
// over several rows, none waits for the one before it, and what is read of dy serves all taps. Each sums row by row and
// column by column, as taps do that are taken one by one.

import { Conv2dGeometry } from "../conv/geometry";
import { add, loadBehind, loadLanes, mul, SIMD, storeBehind, storeLanes } from "../lanes";
import { steps } from "./row";

/** How many taps of a row go in fives or threes. */
export function tapsInWindows(taps: i32): i32 {
  return taps % 5 == 0 ? taps : taps - (taps % 3);
}

/**
 * sums[kw, channels] += what so many rows of dy give with those of x, for the taps that go in fives or threes
 * @param bytes of the channels
 * @returns bytes of those that are done, in pairs of vectors; the others' sums are as they were
 */
export function windowSums(sums: usize, x: usize, dy: usize, g: Conv2dGeometry, rows: i32, bytes: usize): usize {
  const five = g.kw % 5 == 0,
    taps = tapsInWindows(g.kw),
    pair: usize = SIMD ? 32 : 8;
  let j: usize = 0;
  for (; j + pair <= bytes; j += pair)
    for (let tap = 0; tap < taps; tap += five ? 5 : 3) {
      const to = sums + <usize>tap * bytes + j;
      if (five) window<Five>(to, bytes, x + j, dy + j, g, tap, rows);
      else window<Three>(to, bytes, x + j, dy + j, g, tap, rows);
    }
  return j;
}

/** How many taps a window has. */
declare class Taps {
  get count(): i32;
}
@final
@unmanaged
class Three {
  @inline get count(): i32 {
    return 3;
  }
}
@final
@unmanaged
class Five {
  @inline get count(): i32 {
    return 5;
  }
}

function window<W extends Taps>(sums: usize, bytes: usize, x: usize, dy: usize, g: Conv2dGeometry, tap: i32, rows: i32): void {
  if (SIMD) lanes<v128, W>(sums, bytes, x, dy, g, tap, rows);
  else lanes<f32, W>(sums, bytes, x, dy, g, tap, rows);
}

/** @inline */
function lanes<T, W extends Taps>(sums: usize, bytes: usize, x: usize, dy: usize, g: Conv2dGeometry, tap: i32, rows: i32): void {
  const taps = changetype<W>(0).count,
    pixel: usize = (<usize>g.c) << 2,
    stride = g.strideW,
    dilation = g.dilationW,
    width = g.w,
    count = g.ow,
    xStep = <usize>stride * pixel,
    line = <usize>(g.strideH * width) * pixel,
    apart1 = <usize>dilation * pixel,
    apart2 = apart1 + apart1,
    apart3 = apart2 + apart1,
    apart4 = apart2 + apart2,
    column = tap * dilation - g.left,
    // outputs that see all columns inside
    begin = min(count, steps(-column, stride)),
    end = max(begin, min(count, steps(width - column - (taps - 1) * dilation, stride)));
  let at = sums;
  let a0 = loadLanes<T>(at),
    b0 = loadBehind<T>(at, 1);
  let a1 = a0,
    b1 = b0;
  let a2 = a0,
    b2 = b0;
  let a3 = a0,
    b3 = b0;
  let a4 = a0,
    b4 = b0;
  if (taps > 1) {
    a1 = loadLanes<T>((at += bytes));
    b1 = loadBehind<T>(at, 1);
  }
  if (taps > 2) {
    a2 = loadLanes<T>((at += bytes));
    b2 = loadBehind<T>(at, 1);
  }
  if (taps > 3) {
    a3 = loadLanes<T>((at += bytes));
    b3 = loadBehind<T>(at, 1);
  }
  if (taps > 4) {
    a4 = loadLanes<T>((at += bytes));
    b4 = loadBehind<T>(at, 1);
  }
  x += <usize>column * pixel;
  for (; rows > 0; rows--, x += line) {
    let p = x,
      i = 0;
    while (i < count) {
      // columns at the borders one by one
      for (; i < begin || (i >= end && i < count); i++, p += xStep, dy += pixel) {
        const from = column + i * stride,
          dyA = loadLanes<T>(dy),
          dyB = loadBehind<T>(dy, 1);
        if (<u32>from < <u32>width) {
          a0 = add<T>(a0, mul<T>(loadLanes<T>(p), dyA));
          b0 = add<T>(b0, mul<T>(loadBehind<T>(p, 1), dyB));
        }
        if (<u32>(from + dilation) < <u32>width) {
          a1 = add<T>(a1, mul<T>(loadLanes<T>(p + apart1), dyA));
          b1 = add<T>(b1, mul<T>(loadBehind<T>(p + apart1, 1), dyB));
        }
        if (<u32>(from + 2 * dilation) < <u32>width) {
          a2 = add<T>(a2, mul<T>(loadLanes<T>(p + apart2), dyA));
          b2 = add<T>(b2, mul<T>(loadBehind<T>(p + apart2, 1), dyB));
        }
        if (taps > 3 && <u32>(from + 3 * dilation) < <u32>width) {
          a3 = add<T>(a3, mul<T>(loadLanes<T>(p + apart3), dyA));
          b3 = add<T>(b3, mul<T>(loadBehind<T>(p + apart3, 1), dyB));
        }
        if (taps > 4 && <u32>(from + 4 * dilation) < <u32>width) {
          a4 = add<T>(a4, mul<T>(loadLanes<T>(p + apart4), dyA));
          b4 = add<T>(b4, mul<T>(loadBehind<T>(p + apart4, 1), dyB));
        }
      }
      for (; i < end; i++, p += xStep, dy += pixel) {
        const dyA = loadLanes<T>(dy),
          dyB = loadBehind<T>(dy, 1);
        a0 = add<T>(a0, mul<T>(loadLanes<T>(p), dyA));
        b0 = add<T>(b0, mul<T>(loadBehind<T>(p, 1), dyB));
        a1 = add<T>(a1, mul<T>(loadLanes<T>(p + apart1), dyA));
        b1 = add<T>(b1, mul<T>(loadBehind<T>(p + apart1, 1), dyB));
        a2 = add<T>(a2, mul<T>(loadLanes<T>(p + apart2), dyA));
        b2 = add<T>(b2, mul<T>(loadBehind<T>(p + apart2, 1), dyB));
        if (taps > 3) {
          a3 = add<T>(a3, mul<T>(loadLanes<T>(p + apart3), dyA));
          b3 = add<T>(b3, mul<T>(loadBehind<T>(p + apart3, 1), dyB));
        }
        if (taps > 4) {
          a4 = add<T>(a4, mul<T>(loadLanes<T>(p + apart4), dyA));
          b4 = add<T>(b4, mul<T>(loadBehind<T>(p + apart4, 1), dyB));
        }
      }
    }
  }
  at = sums;
  storeLanes<T>(at, a0);
  storeBehind<T>(at, 1, b0);
  if (taps > 1) {
    storeLanes<T>((at += bytes), a1);
    storeBehind<T>(at, 1, b1);
  }
  if (taps > 2) {
    storeLanes<T>((at += bytes), a2);
    storeBehind<T>(at, 1, b2);
  }
  if (taps > 3) {
    storeLanes<T>((at += bytes), a3);
    storeBehind<T>(at, 1, b3);
  }
  if (taps > 4) {
    storeLanes<T>((at += bytes), a4);
    storeBehind<T>(at, 1, b4);
  }
}
