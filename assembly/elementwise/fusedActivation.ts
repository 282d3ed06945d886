// Activations that a kernel applies to what it has just written, or undoes where it is about to read: by a second walk
// over a piece that is still in the cache, with the loops of map.ts. In its own loop a kernel would test the code
// for every vector: batch normalisation with a sigmoid took 1.3 times as long.

import { Relu, Relu6, Sigmoid, Tanh } from "./activation";
import { RELU, RELU6, SIGMOID, TANH } from "../gemm/epilogue";
import { mapBackward, mapForward } from "./map";

/** y[n] = activation(y[n]) */
export function applyActivation(y: usize, n: i32, activation: i32): void {
  const end: usize = (<usize>n) << 2;
  if (activation == RELU) mapForward<Relu>(y, y, 0, end, 0);
  else if (activation == SIGMOID) mapForward<Sigmoid>(y, y, 0, end, 0);
  else if (activation == TANH) mapForward<Tanh>(y, y, 0, end, 0);
  else if (activation == RELU6) mapForward<Relu6>(y, y, 0, end, 0);
}

/** dx = dy times the activation's slope where it gave y, in the first `columns` of rows that lie `stride` floats apart. */
export function activationBackward(dx: usize, dy: usize, y: usize, rows: i32, columns: i32, stride: i32, activation: i32): void {
  if (columns == stride) {
    columns *= rows;
    rows = 1;
  }
  const step = (<usize>stride) << 2,
    end = (<usize>columns) << 2;
  for (; rows > 0; rows--, dx += step, dy += step, y += step) {
    if (activation == RELU) mapBackward<Relu>(dx, dy, y, y, 0, end, 0);
    else if (activation == SIGMOID) mapBackward<Sigmoid>(dx, dy, y, y, 0, end, 0);
    else if (activation == TANH) mapBackward<Tanh>(dx, dy, y, y, 0, end, 0);
    else if (activation == RELU6) mapBackward<Relu6>(dx, dy, y, y, 0, end, 0);
  }
}
