/**
 * Philox4x32-10, the counter-based generator behind every random number of the package.
 *
 * What: a pure function from (seed, stream, step, index) to 32 random bits, and a small reader over it.
 * Why: no state is carried from draw to draw, so a resumed run draws what the uninterrupted run drew, and
 * element i can be made without elements 0 … i-1. The wasm kernels (assembly/random.ts) give the same words.
 * When not: for secrets; it is a statistical generator, not a cryptographic one.
 *
 * Key = (seed low, seed high); counter = (block, stream, step low, step high); word w of block b is element 4b + w.
 * Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
 */
import { checkNumber, type NumberRange } from "./checks.ts";
import { inverseNormalCdf } from "./normal.ts";

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9; // golden ratio
const WEYL_1 = 0xbb67ae85; // sqrt(3) - 1
const ROUNDS = 10;
const TWO_32 = 4294967296;

const safeInteger: NumberRange = { whole: true, from: 0, to: Number.MAX_SAFE_INTEGER };
const uint32: NumberRange = { whole: true, from: 0, to: TWO_32 - 1 };
const positiveUint32: NumberRange = { whole: true, from: 1, to: TWO_32 - 1 };

/** High 32 bits of the 64-bit product of two u32, exact: every partial sum stays below 2^32 · 2. */
export function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const lower = aHigh * bLow + ((aLow * bLow) >>> 16);
  const upper = aLow * bHigh + (lower & 0xffff);
  return (aHigh * bHigh + (lower >>> 16) + (upper >>> 16)) >>> 0;
}

/** Computes one block: the counter (c0 … c3) under the key (k0, k1), ten rounds; four u32 words into `out[at … at+3]`. */
export function philox4x32(
  out: Uint32Array,
  at: number,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
): void {
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  out[at] = c0;
  out[at + 1] = c1;
  out[at + 2] = c2;
  out[at + 3] = c3;
}

/**
 * Reads the words of one (seed, stream, step) in order.
 *
 * @param seed integer, 0 … 2^53 - 1
 * @param stream which use of randomness this is (u32): a layer, the shuffle, an image …
 * @param step which repetition: training step, epoch … integer, 0 … 2^53 - 1; default 0
 */
export class Random {
  readonly #words = new Uint32Array(4);
  #position = 0;
  readonly #seedLow: number;
  readonly #seedHigh: number;
  readonly #stream: number;
  readonly #stepLow: number;
  readonly #stepHigh: number;

  constructor(seed: number, stream: number, step = 0) {
    checkNumber("random: the seed", seed, safeInteger);
    checkNumber("random: the stream", stream, uint32);
    checkNumber("random: the step", step, safeInteger);
    this.#seedLow = seed >>> 0;
    this.#seedHigh = Math.floor(seed / TWO_32);
    this.#stream = stream;
    this.#stepLow = step >>> 0;
    this.#stepHigh = Math.floor(step / TWO_32);
  }

  /** The next 32 bits, as an unsigned integer. */
  bits(): number {
    const lane = this.#position & 3;
    if (lane === 0) {
      const block = Math.floor(this.#position / 4) >>> 0;
      const stream = this.#stream;
      philox4x32(this.#words, 0, block, stream, this.#stepLow, this.#stepHigh, this.#seedLow, this.#seedHigh);
    }
    this.#position++;
    return this.#words[lane]!;
  }

  /** Uniform in [0, 1), a multiple of 2^-24: exact in f32. */
  uniform(): number {
    return (this.bits() >>> 8) / 16777216;
  }

  /** Standard normal, rounded to f32; one word each, by inversion, so that element i needs word i alone. */
  normal(): number {
    return Math.fround(inverseNormalCdf((this.bits() + 0.5) / TWO_32));
  }

  /** Uniform integer in 0 … n-1, for n up to 2^32 - 1 (Lemire's multiplication, its bias below n · 2^-32). */
  integer(n: number): number {
    checkNumber("random: the integer bound", n, positiveUint32);
    return multiplyHigh(this.bits(), n);
  }

  /** A permutation of 0 … n-1: Fisher–Yates from n-1 down to 1, where step i uses word i of those that follow. */
  permutation(n: number): Uint32Array {
    checkNumber("random: the permutation length", n, uint32);
    const draws = new Uint32Array(n);
    for (let i = 0; i < n; i++) draws[i] = this.bits();
    const order = new Uint32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    for (let i = n - 1; i > 0; i--) {
      const j = multiplyHigh(draws[i]!, i + 1);
      const kept = order[i]!;
      order[i] = order[j]!;
      order[j] = kept;
    }
    return order;
  }
}
