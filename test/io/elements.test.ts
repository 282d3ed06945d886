/** Numbers of other types: half-precision floats by their definition, the others bit for bit. */
import { expect, it } from "vitest";
import {
  bytesOfElements,
  copiedElementsOf,
  elementsOf,
  floatsOf,
  fromFloat16,
  Scratch,
  toFloat16,
} from "../../src/io/elements.ts";

/** IEEE 754 binary16 by its definition. */
function half(bits: number): number {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -14 * (fraction / 1024));
}

it("every half-precision float is read as it is defined, and written as it was", () => {
  const wrong: number[] = []; // an expectation of each would take seconds
  for (let bits = 0; bits < 65536; bits++) {
    const value = half(bits);
    const isRead = Object.is(fromFloat16(bits), value);
    if (!isRead || !(Number.isNaN(value) || toFloat16(value) === bits)) wrong.push(bits);
  }
  expect(wrong).toEqual([]);
});

it("numbers between two of them go to the nearer one, in the middle to the even one", () => {
  const wrong: number[] = [];
  for (let bits = 0; bits < 0x7bff; bits++) {
    const [low, high] = [half(bits), half(bits + 1)];
    const middle = (low + high) / 2;
    const step = (high - low) / 2 ** 12; // what a 32-bit float has room for
    const isRounded =
      toFloat16(middle) === (bits & 1 ? bits + 1 : bits) &&
      toFloat16(middle - step) === bits &&
      toFloat16(-middle - step) === (0x8000 | (bits + 1));
    if (!isRounded) wrong.push(bits);
  }
  expect(wrong).toEqual([]);
  expect(toFloat16(65519.99)).toBe(0x7bff);
  expect(toFloat16(65520)).toBe(0x7c00);
  expect(toFloat16(1e-30)).toBe(0);
  expect(Number.isNaN(fromFloat16(toFloat16(Number.NaN)))).toBe(true);
});

it("bfloat16 is the upper half of a 32-bit float, rounded to even", () => {
  const values = Float32Array.of(
    1,
    -2,
    1 + 2 ** -8,
    1 + 3 * 2 ** -8,
    3.4e38,
    Number.NaN,
    Number.NEGATIVE_INFINITY,
  );
  const again = elementsOf("bfloat16", bytesOfElements(values, "bfloat16"));
  expect([...(again as Float32Array)]).toEqual([
    1,
    -2,
    1,
    1 + 2 ** -6,
    Number.POSITIVE_INFINITY,
    Number.NaN,
    Number.NEGATIVE_INFINITY,
  ]);
});

it("bytes may begin anywhere, and stand in either order", () => {
  const bytes = Uint8Array.of(9, 0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0);
  expect(elementsOf("float32", bytes.subarray(1), { isBigEndian: true })).toEqual(Float32Array.of(1, -2));
  expect(elementsOf("int16", Uint8Array.of(7, 1, 2).subarray(1))).toEqual(Int16Array.of(0x201));
  expect(bytes[1]).toBe(0x3f); // the file's bytes stay in their order
  expect(floatsOf(BigInt64Array.of(-5n, 2n ** 40n))).toEqual(Float32Array.of(-5, 2 ** 40));
});

it("numbers stay where they are if they may lie there, and else go where they are told to", () => {
  const bytes = new Uint8Array(17);
  expect(elementsOf("float32", bytes.subarray(4, 12)).buffer).toBe(bytes.buffer);
  expect(copiedElementsOf("float32", bytes.subarray(4, 12)).buffer).not.toBe(bytes.buffer);
  const scratch = new Scratch(8);
  const first = elementsOf("float32", bytes.subarray(1, 9), { scratch });
  const second = elementsOf("float16", bytes.subarray(3, 7), { scratch });
  expect([first.buffer === bytes.buffer, first.buffer === second.buffer]).toEqual([false, true]);
  expect(elementsOf("float32", bytes.subarray(1, 17), { scratch }).buffer).not.toBe(first.buffer);
  expect(() => elementsOf("int32", bytes)).toThrow(RangeError);
});
