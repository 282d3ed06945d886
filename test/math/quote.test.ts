import { describe, expect, it } from "vitest";
import { AnygradError, quote } from "../../src/errors.ts";

describe("quote", () => {
  it.each<[unknown, string]>([
    ["rleu", '"rleu"'],
    ['a "b"\n', '"a \\"b\\"\\n"'],
    [Number.NaN, "NaN"],
    [-0.5, "-0.5"],
    [12n, "12"],
    [true, "true"],
    [null, "null"],
    [undefined, "undefined"],
    [Symbol("s"), "Symbol(s)"],
    [Math.max, "function max"],
    [[1, "2"], '[1, "2"]'],
    [[[1, 2], [[3]]], "[[1, 2], [[ … 1 in all]]]"],
    [[], "[]"],
    [[1, 2, 3, 4, 5], "[1, 2, 3, 4 … 5 in all]"],
    [new Float32Array(784), "Float32Array(784)"],
    [new Map(), "Map"],
    [new Date(0), "Date"],
    [{}, "{}"],
    [{ x: 1, shape: [1] }, "{ x, shape }"],
    [{ a: 1, b: 1, c: 1, d: 1, e: 1 }, "{ a, b, c, d, … }"],
    [Object.create(null), "{}"],
  ])("%# %o", (value, wanted) => {
    expect(quote(value)).toBe(wanted);
  });

  it("is short and quick for large values, and bears circles", () => {
    const circle: Record<string, unknown> = { ["k".repeat(500)]: 1 };
    circle.self = [circle, [circle, [circle]]];
    const nested = Array.from({ length: 100_000 }, () => new Array<number>(100).fill(0.123456789));
    const values = [circle, circle.self, nested, "x".repeat(1e7), new Uint8Array(1e8)];
    const times = [1, 2, 3].map(() => {
      const started = performance.now();
      for (const value of values) expect(quote(value).length).toBeLessThanOrEqual(80);
      return performance.now() - started;
    });
    expect(Math.min(...times)).toBeLessThan(1000); // the least: other programs of the machine take their turns in between
  });
});

describe("AnygradError", () => {
  it("keeps at most 500 characters", () => {
    const { message } = new AnygradError("DATA_FORMAT", `it: ${"x".repeat(1e6)}`);
    expect(message).toHaveLength(500);
    expect(message).toMatch(/^it: x+…$/);
    expect(new AnygradError("DATA_FORMAT", "x".repeat(500)).message).toBe("x".repeat(500));
  });
});

describe("the message of an error", () => {
  it("has what a terminal would obey as text, in one line of 500 characters at most", () => {
    const { message } = new AnygradError("DATA_FORMAT", 'f: "\u001b]0;x\u0007\n\u009b2J\u202e\u2028" é ✓');
    expect(message).toBe('f: "\\x1b]0;x\\x07\\x0a\\x9b2J\\u202e\\u2028" é ✓');
    expect(new AnygradError("DATA_FORMAT", "\u0000".repeat(500)).message.length).toBe(500);
  });
});
