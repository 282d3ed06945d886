// Rows of a table by numbers of a float array, whose fractions are cut off: what networks get are floats. A number outside the
// table gives NaN, so that the loss says it; no gradient goes there.

import { endOf, firstOf, LINE, MIN_ELEMENTS, unitsOf } from "../range";

/** The row, or −1 for what is outside. */
function rowOf(ids: usize, i: i32, rows: i32): i32 {
  const id = load<f32>(ids + ((<usize>i) << 2));
  return id >= 0 && id < <f32>rows ? <i32>id : -1; // NaN is outside
}

/** y[count, columns] = table[ids[count], columns] of table[rows, columns], ids being floats; NaN where one is outside */
export function embedding_f32(y: usize, ids: usize, table: usize, count: i32, rows: i32, columns: i32, from: i32, to: i32): void {
  const bytes: usize = (<usize>columns) << 2,
    end = endOf(to, count, LINE, count * columns < MIN_ELEMENTS);
  for (let i = firstOf(from, LINE); i < end; i++) {
    const row = rowOf(ids, i, rows),
      p = y + <usize>i * bytes;
    if (row >= 0) memory.copy(p, table + <usize>row * bytes, bytes);
    else for (let j: usize = 0; j < bytes; j += 4) store<f32>(p + j, NaN);
  }
}
export function embedding_f32_units(count: i32, columns: i32): i32 {
  return unitsOf(count, LINE, count * columns < MIN_ELEMENTS);
}

/** dtable[rows, columns] = the sums of dy[count, columns] by their row, in the order of count */
export function embedding_backward_f32(
  dtable: usize,
  dy: usize,
  ids: usize,
  count: i32,
  rows: i32,
  columns: i32,
  from: i32,
  to: i32,
): void {
  const bytes: usize = (<usize>columns) << 2,
    first: usize = (<usize>firstOf(from, LINE)) << 2,
    end: usize = (<usize>endOf(to, columns, LINE, (count + rows) * columns < MIN_ELEMENTS)) << 2;
  for (let row = 0; row < rows; row++) memory.fill(dtable + <usize>row * bytes + first, 0, end - first);
  for (let i = 0; i < count; i++) {
    const row = rowOf(ids, i, rows);
    if (row < 0) continue;
    const p = dtable + <usize>row * bytes,
      d = dy + <usize>i * bytes;
    for (let j = first; j < end; j += 4) store<f32>(p + j, load<f32>(p + j) + load<f32>(d + j));
  }
}
export function embedding_backward_f32_units(count: i32, rows: i32, columns: i32): i32 {
  return unitsOf(columns, LINE, (count + rows) * columns < MIN_ELEMENTS);
}

/** mask[rows] = 1 where a number of x[rows, columns] is not `value`, else 0 */
export function step_mask_f32(mask: usize, x: usize, rows: i32, columns: i32, value: f32, from: i32, to: i32): void {
  const end = endOf(to, rows, LINE, rows * columns < MIN_ELEMENTS);
  for (let row = firstOf(from, LINE); row < end; row++) {
    const p = x + ((<usize>(row * columns)) << 2);
    let differs: f32 = 0;
    for (let j = 0; j < columns; j++) if (load<f32>(p + ((<usize>j) << 2)) != value) differs = 1;
    store<f32>(mask + ((<usize>row) << 2), differs);
  }
}
export function step_mask_f32_units(rows: i32, columns: i32): i32 {
  return unitsOf(rows, LINE, rows * columns < MIN_ELEMENTS);
}
