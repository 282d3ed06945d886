// Numbers that follow from their place.

/** out[n] = 0, 1, 2, … n − 1. Serial: as long as an axis. */
export function count_f32(out: usize, n: i32): void {
  for (let i = 0; i < n; i++) store<f32>(out + ((<usize>i) << 2), <f32>i);
}
