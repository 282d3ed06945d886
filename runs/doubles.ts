/**
 * Doubles in the floats that a checkpoint holds, bit for bit: three whole numbers below 2²⁴ each, which 32-bit floats have exactly.
 * A run of a million steps has seven columns of them; as text they would take a second and more than a file's header may have.
 */

/** Floats a double. */
const PIECES = 3;
const low24 = 0xffffff;

/** A list of doubles that grows, packed as it grows. */
export class PackedDoubles {
  #floats = new Float32Array(PIECES * 256);
  #length = 0;
  readonly #view = new DataView(new ArrayBuffer(8));

  push(value: number): void {
    const at = PIECES * this.#length++;
    if (at === this.#floats.length) {
      const grown = new Float32Array(2 * at);
      grown.set(this.#floats);
      this.#floats = grown;
    }
    this.#view.setFloat64(0, value);
    const [high, low] = [this.#view.getUint32(0), this.#view.getUint32(4)];
    this.#floats[at] = high >>> 8;
    this.#floats[at + 1] = ((high & 0xff) << 16) | (low >>> 16);
    this.#floats[at + 2] = low & 0xffff;
  }

  /** A copy of what was packed so far. */
  get packed(): Float32Array {
    return this.#floats.slice(0, PIECES * this.#length);
  }
}

/** The doubles again; undefined where the floats are no packed doubles. */
export function unpackDoubles(floats: Float32Array): number[] | undefined {
  const isPacked =
    floats.length % PIECES === 0 &&
    floats.every(
      (piece, i) => Number.isInteger(piece) && piece >= 0 && piece <= (i % PIECES === 2 ? 0xffff : low24),
    );
  if (!isPacked) return undefined;
  const view = new DataView(new ArrayBuffer(8));
  return Array.from({ length: floats.length / PIECES }, (_, i) => {
    const [a, b, c] = floats.subarray(PIECES * i, PIECES * (i + 1)) as unknown as [number, number, number];
    view.setUint32(0, ((a << 8) | (b >>> 16)) >>> 0);
    view.setUint32(4, (((b & 0xffff) << 16) | c) >>> 0);
    return view.getFloat64(0);
  });
}
