// Normal numbers of a step whose number lies in memory, so that a recorded step draws others each time.

import { random_normal_f32, random_normal_f32_units } from "../distributions/normal";

/** out[n] = mean + deviation * z[n], z normal, by the step whose number lies at step[2], its low half first */
export function normal_noise_f32(
  out: usize,
  n: i32,
  mean: f32,
  deviation: f32,
  seedLo: u32,
  seedHi: u32,
  stream: u32,
  step: usize,
  from: i32,
  to: i32,
): void {
  random_normal_f32(out, n, mean, deviation, 0, 1, seedLo, seedHi, stream, load<u32>(step), load<u32>(step, 4), from, to);
}
export function normal_noise_f32_units(n: i32): i32 {
  return random_normal_f32_units(n);
}
