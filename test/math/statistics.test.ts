import { describe, expect, it } from "vitest";
import { formatBytes } from "../../src/math/bytes.ts";
import { extent, mean, median, quantile } from "../../src/math/statistics.ts";

describe("statistics", () => {
  it("has the mean", () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(mean([])).toBeNaN();
  });

  it("has the ends of a list of any length", () => {
    expect([extent([3, 1, 2]), extent([5]), extent(new Float32Array([0.5, -0.5]))]).toEqual([[1, 3], [5, 5], [-0.5, 0.5]]); // biome-ignore format: a line
    expect(extent(Array.from({ length: 1_000_000 }, (_, i) => i))).toEqual([0, 999_999]); // Math.min(...) has no room for them
    expect(extent([])).toEqual([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  });

  it("has the median in the middle or between two, and leaves the values as they are", () => {
    const values = [3, 1, 2];
    expect([median(values), median([4, 1, 3, 2]), median([5])]).toEqual([2, 2.5, 5]);
    expect(values).toEqual([3, 1, 2]);
    expect(median([])).toBeNaN();
  });

  it("interpolates quantiles", () => {
    const sorted = [0, 10, 20, 30];
    expect([0, 0.25, 0.5, 1].map((q) => quantile(sorted, q))).toEqual([0, 7.5, 15, 30]);
  });
});

describe("formatBytes", () => {
  it.each([
    [0, "0 bytes"],
    [12, "12 bytes"],
    [1536, "1.5 KiB"],
    [65536, "64 KiB"],
    [2 ** 20 - 1, "1.0 MiB"],
    [2 ** 20, "1.0 MiB"],
    [1.55 * 2 ** 20, "1.6 MiB"],
    [2 ** 32, "4096.0 MiB"],
  ])("%d is %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
