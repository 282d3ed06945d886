// How a kernel's work is cut. Every kernel that can be shared between threads ends with `from` and `to`, a range of units:
// rows, images or cache lines of elements, whichever it is split along. Beside it stands `NAME_units(sizes…)`, how many units
// there are. Whoever calls it may cut [0, units) anywhere: no sum is ever cut, so the ranges give the bits of the whole.
//
// Work too small to hand to another thread is one unit. A handover costs 1 to 2 µs while workers spin (Node 20, 2 cores), so a
// range should take five to ten times that: half a MFLOP of a product, eight thousand numbers of a pass over memory, two
// thousand where each takes an exponential or Philox's ten rounds, 2 to 5 ns.

/** Floats in a cache line: the unit of passes over elements, so that two threads never write to one line. */
export const LINE: i32 = 16;
/** Numbers of a pass over memory below which it is one unit. */
export const MIN_ELEMENTS: i32 = 1 << 14;
/** The same where each number takes an exponential or a random draw. */
export const MIN_SLOW_ELEMENTS: i32 = 1 << 12;
/** Operations of a product below which it is one unit. */
export const MIN_FLOP: f64 = 1e6;

/**
 * Units of `size` items, `step` of them each; one where the work is small.
 * @inline
 */
export function unitsOf(size: i32, step: i32, small: bool): i32 {
  return small ? 1 : (size + step - 1) / step;
}

/**
 * The first item of the range that begins with unit `from`.
 * @inline
 */
export function firstOf(from: i32, step: i32): i32 {
  return from * step;
}

/**
 * The item behind the range that ends before unit `to`.
 * @inline
 */
export function endOf(to: i32, size: i32, step: i32, small: bool): i32 {
  return small ? size : min(size, to * step);
}

// What follows is mostly not inlined: it runs once a call of a kernel, and about a hundred kernels need it.

/** Units of a pass over n elements: a cache line each. */
export function elementUnits(n: i32): i32 {
  return unitsOf(n, LINE, n < MIN_ELEMENTS);
}

/**
 * Bytes of floats before a range of elements.
 * @inline
 */
export function elementStart(from: i32): usize {
  return (<usize>from) << 6;
}

/** Bytes of floats up to its end. */
export function elementEnd(n: i32, to: i32): usize {
  return (<usize>endOf(to, n, LINE, n < MIN_ELEMENTS)) << 2;
}

/** Units of a pass over rows of so many numbers: a row each, or one where they are fewer than `least` numbers in all. */
export function rowUnits(rows: i32, numbers: i32, least: i32): i32 {
  return unitsOf(rows, 1, rows * numbers < least);
}

/** The row behind the range's last. */
export function rowEnd(rows: i32, numbers: i32, least: i32, to: i32): i32 {
  return endOf(to, rows, 1, rows * numbers < least);
}

/** Units of a pass over items of so many numbers, `step` items each. */
export function itemUnits(size: i32, numbers: i32, step: i32): i32 {
  return unitsOf(size, step, size * numbers < MIN_ELEMENTS);
}

/** The item behind the range's last. */
export function itemEnd(size: i32, numbers: i32, step: i32, to: i32): i32 {
  return endOf(to, size, step, size * numbers < MIN_ELEMENTS);
}

/** Rows of output that a unit takes: of short rows so many that they fill cache lines. */
export function rowStep(columns: i32): i32 {
  return columns < LINE ? LINE : 1;
}

// An array [d0, d1, d2, d3] is cut along its outermost axis whose extent is not 1.

/** Its elements from a step of that axis to the next. */
export function axisInner(d0: i32, d1: i32, d2: i32, d3: i32): i32 {
  return d0 != 1 ? d1 * d2 * d3 : d1 != 1 ? d2 * d3 : d2 != 1 ? d3 : 1;
}

/** The one of four extents or strides that is that axis's. */
export function ofAxis(d0: i32, d1: i32, d2: i32, x0: i32, x1: i32, x2: i32, x3: i32): i32 {
  return d0 != 1 ? x0 : d1 != 1 ? x1 : d2 != 1 ? x2 : x3;
}

/**
 * There is one unit, the whole.
 * @inline
 */
export function axisSmall(d0: i32, d1: i32, d2: i32, d3: i32): bool {
  return d0 * d1 * d2 * d3 < MIN_ELEMENTS;
}

export function axisUnits(d0: i32, d1: i32, d2: i32, d3: i32): i32 {
  return unitsOf(ofAxis(d0, d1, d2, d0, d1, d2, d3), rowStep(axisInner(d0, d1, d2, d3)), axisSmall(d0, d1, d2, d3));
}

/** The first of its steps in a range. */
export function axisFirst(d0: i32, d1: i32, d2: i32, d3: i32, from: i32): i32 {
  return firstOf(from, rowStep(axisInner(d0, d1, d2, d3)));
}

/** The step behind the range's last, where there is more than one unit. */
export function axisEnd(d0: i32, d1: i32, d2: i32, d3: i32, to: i32): i32 {
  return endOf(to, ofAxis(d0, d1, d2, d0, d1, d2, d3), rowStep(axisInner(d0, d1, d2, d3)), false);
}
