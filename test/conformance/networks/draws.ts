/** Draws of options, shapes and numbers, all from the seed that the command prints. */
import { Random } from "../../../src/math/philox.ts";

/** Philox streams of the command's own seeds: nothing in the library draws under them. */
const stream = 0xc0 * 2 ** 24;

export class Draws extends Random {
  /** @param step which network: each has draws of its own */
  constructor(seed: number, step: number) {
    super(seed, stream, step);
  }

  /** A whole number, both ends included. */
  count(from: number, to: number): number {
    return from + this.integer(to - from + 1);
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.integer(list.length)]!;
  }

  /** A number of three digits, so that a printed program is short. */
  number(from: number, to: number): number {
    return Number((from + (to - from) * this.uniform()).toPrecision(3));
  }

  /** One number for both axes, or one each. */
  pair(from: number, to: number): number | number[] {
    return this.chance(0.6) ? this.count(from, to) : [this.count(from, to), this.count(from, to)];
  }

  normals(n: number): Float32Array {
    return Float32Array.from({ length: n }, () => this.normal());
  }
}
