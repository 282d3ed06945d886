import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AnygradError } from "../../src/errors.ts";
import { multiplyHigh, philox4x32, Random } from "../../src/math/philox.ts";

const u32 = fc.integer({ min: 0, max: 0xffffffff });

function block(counter: number[], key: number[]): string[] {
  const out = new Uint32Array(4);
  const [c0, c1, c2, c3] = counter as [number, number, number, number];
  const [k0, k1] = key as [number, number];
  philox4x32(out, 0, c0, c1, c2, c3, k0, k1);
  return Array.from(out, (word) => word.toString(16).padStart(8, "0"));
}

describe("philox4x32", () => {
  // kat_vectors of Random123, the authors' library
  it.each([
    [[0, 0, 0, 0], [0, 0], "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
    [Array(4).fill(0xffffffff), Array(2).fill(0xffffffff), "408f276d 41c83b0e a20bc7c6 6d5451fd"],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      "d16cfe09 94fdcceb 5001e420 24126ea1",
    ],
  ])("counter %j under key %j gives the published words", (counter, key, words) => {
    expect(block(counter, key).join(" ")).toBe(words);
  });

  it("multiplies 32 × 32 bits exactly", () => {
    fc.assert(
      fc.property(u32, u32, (a, b) => multiplyHigh(a, b) === Number((BigInt(a) * BigInt(b)) >> 32n)),
      { examples: [[0xffffffff, 0xffffffff]] },
    );
  });
});

describe("Random", () => {
  it("lays key and counter out as (block, stream, step low, step high) under (seed low, seed high)", () => {
    const seed = 5 * 2 ** 32 + 7;
    const step = 3 * 2 ** 32 + 11;
    const random = new Random(seed, 9, step);
    const words = Array.from({ length: 8 }, () => random.bits().toString(16).padStart(8, "0"));
    expect(words).toEqual([...block([0, 9, 11, 3], [7, 5]), ...block([1, 9, 11, 3], [7, 5])]);
  });

  it("permutes by Fisher–Yates where position i uses word i", () => {
    const n = 1000;
    const source = new Random(3, 4, 5);
    const words = Array.from({ length: n }, () => source.bits());
    const wanted = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = Number((BigInt(words[i]!) * BigInt(i + 1)) >> 32n);
      [wanted[i], wanted[j]] = [wanted[j]!, wanted[i]!];
    }
    expect(Array.from(new Random(3, 4, 5).permutation(n))).toEqual(wanted);
    expect([...wanted].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
    expect(new Random(3, 4, 5).permutation(0)).toHaveLength(0);
  });

  it("draws uniform, normal and integer values with the right moments", () => {
    const random = new Random(1, 2);
    const n = 40_000;
    let [sum, square] = [0, 0];
    const counts = new Array<number>(7).fill(0);
    let mean = 0;
    const outside: number[] = [];
    for (let i = 0; i < n; i++) {
      const u = random.uniform();
      if (!(u >= 0 && u < 1 && Math.fround(u) === u)) outside.push(u);
      mean += u / n;
      const z = random.normal();
      if (Math.fround(z) !== z) outside.push(z);
      sum += z;
      square += z * z;
      const k = random.integer(7);
      counts[k] = counts[k]! + 1;
    }
    expect(outside).toEqual([]); // once: an expectation takes longer than a number
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.007);
    expect(Math.abs(sum / n)).toBeLessThan(0.025);
    expect(Math.abs(square / n - 1)).toBeLessThan(0.035);
    for (const count of counts) expect(Math.abs(count - n / 7)).toBeLessThan(350);
  });

  it("refuses what is not an integer in range", () => {
    for (const make of [
      () => new Random(-1, 0),
      () => new Random(0.5, 0),
      () => new Random(Number.NaN, 0),
      () => new Random(0, 2 ** 32),
      () => new Random(0, 0, -1),
      () => new Random(0, 0).integer(0),
      () => new Random(0, 0).permutation(-1),
    ]) {
      expect(make).toThrow(AnygradError);
    }
    expect(() => new Random(-1, 0)).toThrow(
      "random: the seed is -1; pass a whole number from 0 to 9007199254740991",
    );
  });
});
