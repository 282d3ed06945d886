/**
 * One person's handwriting on one occasion: slant, size, place, and a smooth bending of the whole digit.
 *
 * The affine part turns, stretches, shears and shifts; the elastic part displaces every point by a few long waves of
 * random direction and phase, smooth like the smoothed random fields of Simard, Steinkraus and Platt ("Best practices
 * for convolutional neural networks", ICDAR 2003) but computed for the strokes' points alone, not for all pixels.
 */
import type { Random } from "../../math/philox.ts";
import { cos, sin } from "../../math/transcendental.ts";

// How far hands differ. Chosen by experiment (see digits.ts): a linear model falls behind, people still read all.
const ROTATION = 0.2; // radians, either way
const SLANT = 0.3; // shear, either way
const SIZE = [18.5, 24] as const; // pixels a unit square
const ASPECT = [0.8, 1.1] as const; // width to height
const SHIFT = 2.2; // pixels, either way
const WAVES = 3;
const WAVE_HEIGHT = 0.024; // of the unit square, deviation
const WAVE_TURNS = 1.1; // at most so many waves across the unit square, in either direction
const TREMOR = 0.008; // of the unit square, deviation, each point for itself

const TURN = 6.283185307179586;

/** Maps the points of a digit's strokes to pixels, as one handwriting would. */
export class Hand {
  readonly #random: Random;
  readonly #matrix: readonly [number, number, number, number];
  readonly #centreX: number;
  readonly #centreY: number;
  // for each wave: frequency x, y, phase, height x, y
  readonly #waves: readonly number[];

  /** @param size of the canvas in pixels */
  constructor(random: Random, size: number) {
    this.#random = random;
    const angle = between(random, -ROTATION, ROTATION);
    const slant = between(random, -SLANT, SLANT);
    const height = between(random, ...SIZE);
    const width = height * between(random, ...ASPECT);
    const c = cos(angle);
    const s = sin(angle);
    // rotation · shear · scale
    this.#matrix = [c * width, -c * slant * height - s * height, s * width, c * height - s * slant * height];
    this.#centreX = size / 2 + between(random, -SHIFT, SHIFT);
    this.#centreY = size / 2 + between(random, -SHIFT, SHIFT);
    const waves: number[] = [];
    for (let wave = 0; wave < WAVES; wave++) {
      waves.push(
        between(random, -WAVE_TURNS, WAVE_TURNS) * TURN,
        between(random, -WAVE_TURNS, WAVE_TURNS) * TURN,
        between(random, 0, TURN),
        random.normal() * WAVE_HEIGHT,
        random.normal() * WAVE_HEIGHT,
      );
    }
    this.#waves = waves;
  }

  /** Maps a point of the unit square, about (0.5, 0.5), to pixels: into `out[at]`, `out[at + 1]`. */
  place(x: number, y: number, out: Float64Array, at: number): void {
    let u = x - 0.5 + this.#random.normal() * TREMOR;
    let v = y - 0.5 + this.#random.normal() * TREMOR;
    const [u0, v0] = [u, v];
    const waves = this.#waves;
    for (let i = 0; i < waves.length; i += 5) {
      const wave = sin(waves[i]! * u0 + waves[i + 1]! * v0 + waves[i + 2]!);
      u += waves[i + 3]! * wave;
      v += waves[i + 4]! * wave;
    }
    const [xx, xy, yx, yy] = this.#matrix;
    out[at] = this.#centreX + xx * u + xy * v;
    out[at + 1] = this.#centreY + yx * u + yy * v;
  }
}

/** Uniform between two bounds. */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.uniform();
}
