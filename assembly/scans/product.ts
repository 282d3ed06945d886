// Products along the middle axis of an array [outer, n, inner].

import { lineEnd, lineStart, lineUnits } from "./lines";

/** y[outer, inner] = Π x[outer, n, inner] over n, in its order */
export function product_f32(y: usize, x: usize, outer: i32, n: i32, inner: i32, from: i32, to: i32): void {
  const end = lineEnd(outer, n, inner, to),
    step: usize = (<usize>inner) << 2;
  for (let line = from; line < end; line++) {
    let at = x + lineStart(line, n, inner),
      product: f32 = 1;
    for (let i = 0; i < n; i++, at += step) product *= load<f32>(at);
    store<f32>(y + ((<usize>line) << 2), product);
  }
}
export function product_f32_units(outer: i32, n: i32, inner: i32): i32 {
  return lineUnits(outer, n, inner);
}

/**
 * dx[outer, n, inner] = dy[outer, inner] Π of all other x of its line
 * The product of those before times the product of those behind: nothing is divided, so that zeros may be among them.
 */
export function product_backward_f32(dx: usize, dy: usize, x: usize, outer: i32, n: i32, inner: i32, from: i32, to: i32): void {
  const end = lineEnd(outer, n, inner, to),
    step: usize = (<usize>inner) << 2;
  for (let line = from; line < end; line++) {
    const start = lineStart(line, n, inner),
      slope = load<f32>(dy + ((<usize>line) << 2));
    let at = start,
      before: f32 = 1,
      behind: f32 = 1;
    for (let i = 0; i < n; i++, at += step) {
      store<f32>(dx + at, before);
      before *= load<f32>(x + at);
    }
    for (let i = 0; i < n; i++) {
      at -= step;
      store<f32>(dx + at, load<f32>(dx + at) * behind * slope);
      behind *= load<f32>(x + at);
    }
  }
}
export function product_backward_f32_units(outer: i32, n: i32, inner: i32): i32 {
  return lineUnits(outer, n, inner);
}
