// Layer normalisation (Ba et al., arXiv:1607.06450), forward and backward: of [rows, columns], statistics a row. Variances are
// biased (divided by the count) and taken around the mean in a second pass.

import { add, loadLanes, mul, SIMD, splat, storeLanes, sub } from "../lanes";
import { MIN_ELEMENTS, rowEnd, rowUnits } from "../range";
import { sumPlain } from "../reduction/sums";

/** y[rows, columns] = gamma[columns] * (x − mean) / √(variance + epsilon) + beta[columns]; statistics[rows, 2] = mean, 1 / √(variance + epsilon); a unit is a row */
export function layer_norm_f32(
  y: usize,
  statistics: usize,
  x: usize,
  gamma: usize,
  beta: usize,
  rows: i32,
  columns: i32,
  epsilon: f32,
  from: i32,
  to: i32,
): void {
  const row: usize = (<usize>columns) << 2,
    end = rowEnd(rows, columns, MIN_ELEMENTS, to);
  y += <usize>from * row;
  x += <usize>from * row;
  statistics += (<usize>from) << 3;
  for (; from < end; from++, x += row, y += row, statistics += 8) {
    const mean = sumPlain(x, columns) / <f32>columns;
    for (let c: usize = 0; c < row; c += 4) {
      const d = load<f32>(x + c) - mean;
      store<f32>(y + c, d * d);
    }
    const inverse = <f32>1 / sqrt<f32>(sumPlain(y, columns) / <f32>columns + epsilon);
    store<f32>(statistics, mean);
    store<f32>(statistics, inverse, 4);
    let c: usize = 0;
    if (SIMD) for (; c + 16 <= row; c += 16) layerLanes<v128>(y + c, x + c, gamma + c, beta + c, mean, inverse);
    for (; c < row; c += 4) layerLanes<f32>(y + c, x + c, gamma + c, beta + c, mean, inverse);
  }
}
export function layer_norm_f32_units(rows: i32, columns: i32): i32 {
  return rowUnits(rows, columns, MIN_ELEMENTS);
}

/** @inline */
function layerLanes<T>(y: usize, x: usize, gamma: usize, beta: usize, mean: f32, inverse: f32): void {
  const normal = mul<T>(sub<T>(loadLanes<T>(x), splat<T>(mean)), splat<T>(inverse));
  storeLanes<T>(y, add<T>(mul<T>(normal, loadLanes<T>(gamma)), loadLanes<T>(beta)));
}

/**
 * dx[rows, columns] = (d − mean of d − normal * mean of d * normal) * inverse with d = dy * gamma, dgamma[columns] = Σ dy * normal, dbeta[columns] = Σ dy
 * with normal = (x − mean) * inverse, mean and inverse from statistics[rows, 2]; means over a row, sums over the rows.
 * Serial: dgamma and dbeta are summed over the rows in order.
 */
export function layer_norm_backward_f32(
  dx: usize,
  dgamma: usize,
  dbeta: usize,
  dy: usize,
  x: usize,
  gamma: usize,
  statistics: usize,
  rows: i32,
  columns: i32,
): void {
  const row: usize = (<usize>columns) << 2;
  memory.fill(dgamma, 0, row);
  memory.fill(dbeta, 0, row);
  for (let r = 0; r < rows; r++, dx += row, dy += row, x += row, statistics += 8) {
    const mean = load<f32>(statistics),
      inverse = load<f32>(statistics, 4);
    let sum: f32 = 0,
      dot: f32 = 0;
    for (let c: usize = 0; c < row; c += 4) {
      const gradient = load<f32>(dy + c),
        normal = (load<f32>(x + c) - mean) * inverse;
      store<f32>(dbeta + c, load<f32>(dbeta + c) + gradient);
      store<f32>(dgamma + c, load<f32>(dgamma + c) + gradient * normal);
      const weighted = gradient * load<f32>(gamma + c);
      sum = sum + weighted;
      dot = dot + weighted * normal;
    }
    const meanWeighted = sum / <f32>columns,
      meanDot = dot / <f32>columns;
    for (let c: usize = 0; c < row; c += 4) {
      const normal = (load<f32>(x + c) - mean) * inverse;
      store<f32>(dx + c, (load<f32>(dy + c) * load<f32>(gamma + c) - meanWeighted - normal * meanDot) * inverse);
    }
  }
}
