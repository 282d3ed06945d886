/** The one wording of numbers that are refused: what was got, what is wanted. */
import { describe, expect, it } from "vitest";
import { AnygradError } from "../../src/errors.ts";
import { checkCount, checkNumber, checkPositive, type NumberRange } from "../../src/math/checks.ts";

function messageOf(check: () => number): string {
  try {
    check();
  } catch (error) {
    if (error instanceof AnygradError && error.code === "INVALID_ARGUMENT") return error.message;
  }
  throw new Error("nothing was refused");
}

describe("checkNumber", () => {
  const half: NumberRange = { from: 0, below: 1 };
  it.each<[number, NumberRange]>([
    [-3, {}],
    [0, half],
    [0.999, half],
    [1, { from: 0, to: 1 }],
    [2, { above: 1, to: 2 }],
    [2 ** 53 - 1, { whole: true, from: 0 }],
    [Infinity, { above: 0, orInfinity: true }],
  ])("gives %d back, which is within %o", (value, range) => {
    expect(checkNumber("it", value, range)).toBe(value);
  });

  it.each<[unknown, NumberRange, string]>([
    [Number.NaN, {}, "it is NaN; pass a finite number"],
    [Infinity, { from: 0 }, "it is Infinity; pass a number from 0"],
    [1, half, "it is 1; pass a number from 0 to below 1"],
    [-0.1, { from: 0, to: 1 }, "it is -0.1; pass a number from 0 to 1"],
    [0, { above: 0, below: 1 }, "it is 0; pass a number above 0 and below 1"],
    [3, { above: 0, to: 2 }, "it is 3; pass a number above 0 and up to 2"],
    [1.5, { whole: true, from: 1 }, "it is 1.5; pass a whole number from 1"],
    [2 ** 53, { whole: true, from: 0 }, "it is 9007199254740992; pass a whole number from 0"],
    [-Infinity, { below: 5, orInfinity: true }, "it is -Infinity; pass a number below 5"],
    ["10", { whole: true }, 'it is "10"; pass a whole number'],
    [undefined, { from: 0 }, "it is undefined; pass a number from 0"],
    [null, {}, "it is null; pass a finite number"],
    [[1, 2], {}, "it is [1, 2]; pass a finite number"],
  ])("refuses %o, which is not within %o", (value, range, message) => {
    expect(messageOf(() => checkNumber("it", value as number, range))).toBe(message);
  });

  it("says what else there is to say", () => {
    expect(messageOf(() => checkNumber("fit: ema", 1, half, ", such as 0.999"))).toBe(
      "fit: ema is 1; pass a number from 0 to below 1, such as 0.999",
    );
  });
});

it("checkCount and checkPositive are two of its ranges", () => {
  expect(checkCount("n", 1)).toBe(1);
  expect(messageOf(() => checkCount("n", 0))).toBe("n is 0; pass a whole number from 1");
  expect(messageOf(() => checkCount("n", -1, 0))).toBe("n is -1; pass a whole number from 0");
  expect(messageOf(() => checkPositive("x", 0))).toBe("x is 0; pass a number above 0");
});
