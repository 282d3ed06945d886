// Activations that a kernel applies to what it has just written, or undoes where it is about to read: by a second walk
// over a piece that is still in the cache, with the loops of activation.ts. In its own loop a kernel would test the code
// for every vector: batch normalisation with a sigmoid took 1.3 times as long.

import { relu_backward_f32, relu_f32, sigmoid_backward_f32, sigmoid_f32, tanh_backward_f32, tanh_f32 } from "./activation";
import { RELU, SIGMOID, TANH } from "./gemm/epilogue";

/** y = activation(y) */
export function applyActivation(y: usize, n: i32, activation: i32): void {
  if (activation == RELU) relu_f32(y, y, n, 0);
  else if (activation == SIGMOID) sigmoid_f32(y, y, n, 0);
  else if (activation == TANH) tanh_f32(y, y, n, 0);
}

/** dx = dy times the slope where the activation gave y, in the first `columns` of rows of `stride`. */
export function throughActivation(dx: usize, dy: usize, y: usize, rows: i32, columns: i32, stride: i32, activation: i32): void {
  if (columns == stride) { columns *= rows; rows = 1; }
  for (const step = <usize>stride << 2; rows > 0; rows--, dx += step, dy += step, y += step) {
    if (activation == RELU) relu_backward_f32(dx, dy, y, y, columns, 0);
    else if (activation == SIGMOID) sigmoid_backward_f32(dx, dy, y, y, columns, 0);
    else if (activation == TANH) tanh_backward_f32(dx, dy, y, y, columns, 0);
  }
}
