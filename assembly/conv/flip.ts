// The kernel that takes dy back to dx: flipped in both directions, its input and output channels exchanged.

/** flipped[taps − 1 − t, o, c] = kernel[t, c, o], where rows of o lie `stride` floats apart. */
export function flipKernel(flipped: usize, kernel: usize, taps: i32, c: i32, o: i32, stride: i32): void {
  for (let t = 0; t < taps; t++) {
    const to = flipped + ((<usize>((taps - 1 - t) * o * c)) << 2);
    for (let i = 0; i < c; i++, kernel += (<usize>stride) << 2)
      for (let j = 0; j < o; j++) store<f32>(to + ((<usize>(j * c + i)) << 2), load<f32>(kernel + ((<usize>j) << 2)));
  }
}
