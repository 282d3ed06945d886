/**
 * Weights as whole numbers under masks, all modulo a power of two: masks of two nodes cancel each other in the sum over all. A server draws
 * those again that do not, so they must be NumPy's numbers: `RandomState(seed).randint(0, modulus − 1)`.
 * Reference: Matsumoto and Nishimura, Mersenne Twister, ACM TOMACS 8 (1998).
 */

const length = 624;

/** MT19937, seeded by 32 bits as NumPy's RandomState. */
export class MersenneTwister {
  readonly #state = new Uint32Array(length);
  #place = length;

  constructor(seed: number) {
    this.#state[0] = seed;
    for (let i = 1; i < length; i++) {
      const before = this.#state[i - 1]!;
      this.#state[i] = Math.imul(1_812_433_253, before ^ (before >>> 30)) + i;
    }
  }

  /** 32 bits. */
  next(): number {
    if (this.#place === length) this.#renew();
    let bits = this.#state[this.#place++]!;
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c_5680;
    bits ^= (bits << 15) & 0xefc6_0000;
    return (bits ^ (bits >>> 18)) >>> 0;
  }

  #renew(): void {
    const state = this.#state;
    for (let i = 0; i < length; i++) {
      const joined = (state[i]! & 0x8000_0000) | (state[(i + 1) % length]! & 0x7fff_ffff);
      state[i] = state[(i + 397) % length]! ^ (joined >>> 1) ^ (joined & 1 ? 0x9908_b0df : 0);
    }
    this.#place = 0;
  }
}

/** Adds a mask to numbers, or takes it away. @param seed of a multiple of four bytes, whose words Flower joins by XOR @param modulus a power of two */
export function mask(numbers: Uint32Array, seed: Uint8Array, modulus: number, sign: 1 | -1): void {
  const view = new DataView(seed.buffer, seed.byteOffset, seed.length);
  let word = 0;
  for (let i = 0; i < seed.length; i += 4) word ^= view.getUint32(i, true);
  const twister = new MersenneTwister(word >>> 0);
  const largest = modulus - 1;
  for (let i = 0; i < numbers.length; i++) {
    let drawn = largest;
    // NumPy's range ends one below
    while (drawn === largest) drawn = (twister.next() & largest) >>> 0;
    numbers[i] = numbers[i]! + sign * drawn; // modulo 2³², which a power of two below divides
  }
}

/** How numbers become whole ones. */
export interface Quantization {
  /** What is below its negative or above it is cut off. */
  readonly clippingRange: number;
  /** The whole number of the upper end; that of the lower one is 0. */
  readonly targetRange: number;
}

/** Values times a factor as whole numbers, rounded up or down by chance so that their mean stays. @param written where they go */
export function quantize(
  values: Float32Array,
  factor: number,
  { clippingRange, targetRange }: Quantization,
  chance: MersenneTwister,
  written: Uint32Array,
): void {
  const scale = targetRange / (2 * clippingRange);
  for (let i = 0; i < values.length; i++) {
    const clipped = Math.min(clippingRange, Math.max(-clippingRange, values[i]! * factor));
    written[i] = Math.floor((clipped + clippingRange) * scale + chance.next() / 2 ** 32);
  }
}
