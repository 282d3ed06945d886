// How a kernel's work is cut. Every kernel that can be shared between threads ends with `from` and `to`, a range of units
// of its own natural axis: rows, images, cache lines of elements. Beside it stands `name_units(sizes…)`, how many units
// there are. Whoever calls it may cut [0, units) anywhere: no sum is ever cut, so the pieces give the bits of the whole.
//
// Work too small to hand to another thread is one unit. A handover costs 1 to 2 µs while workers spin (Node 20, 2 cores), so a
// piece should take five to ten times that: half a MFLOP of a product, eight thousand numbers of a pass over memory, two
// thousand where each takes an exponential or Philox's ten rounds, 2 to 5 ns.

/** Floats in a cache line: the unit of passes over elements, so that two threads never write to one line. */
export const LINE: i32 = 16;
/** Numbers of a pass over memory below which it is one unit. */
export const MIN_ELEMENTS: i32 = 1 << 14;
/** The same where each number takes an exponential or a random draw. */
export const MIN_SLOW_ELEMENTS: i32 = 1 << 12;
/** Operations of a product below which it is one unit. */
export const MIN_FLOP: f64 = 1e6;

/** Units of `size` items, `step` of them each; one where the work is small. */
// @ts-ignore: decorator
@inline export function unitsOf(size: i32, step: i32, small: bool): i32 { return small ? 1 : (size + step - 1) / step; }

/** The first item of the range that begins with unit `from`. */
// @ts-ignore: decorator
@inline export function firstOf(from: i32, step: i32): i32 { return from * step; }

/** The item behind the range that ends before unit `to`. */
// @ts-ignore: decorator
@inline export function endOf(to: i32, size: i32, step: i32, small: bool): i32 { return small ? size : min(size, to * step); }
