// What happens to an element of a product when its last depth block is added: bias, then activation.

import { larger, smaller, splat } from "../lanes";
import { sigmoid, tanh } from "../math";

/** The activations whose slope follows from their output alone, by the codes of src/ops/fusedActivation.ts. */
export const RELU = 1;
export const SIGMOID = 2;
export const TANH = 3;
export const RELU6 = 4;

function sigmoidLanes(x: v128): v128 {
  return sigmoid<v128>(x);
}
function tanhLanes(x: v128): v128 {
  return tanh<v128>(x);
}
function sigmoidOne(x: f32): f32 {
  return sigmoid<f32>(x);
}
function tanhOne(x: f32): f32 {
  return tanh<f32>(x);
}

/** @inline */
export function activate<T>(x: T, activation: i32): T {
  if (activation == 0) return x;
  if (activation == RELU) return larger<T>(x, splat<T>(0));
  if (activation == RELU6) return smaller<T>(larger<T>(x, splat<T>(0)), splat<T>(6));
  if (isVector<T>()) {
    if (activation == SIGMOID) return changetype<T>(sigmoidLanes(changetype<v128>(x)));
    if (activation == TANH) return changetype<T>(tanhLanes(changetype<v128>(x)));
  } else {
    if (activation == SIGMOID) return changetype<T>(sigmoidOne(changetype<f32>(x)));
    if (activation == TANH) return changetype<T>(tanhOne(changetype<f32>(x)));
  }
  return x;
}
