import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dataset } from "../../src/data/dataset.ts";
import { samplesPerClass } from "../../src/data/samples.ts";
import { spreadOf } from "../../src/data/spread.ts";
import { classCounts, classMeans, valueStatistics } from "../../src/data/statistics.ts";

const pictures = (values: number[], channels: number) =>
  dataset({
    x: Uint8Array.from(values),
    shape: [values.length / channels, 1, 1, channels],
    y: new Uint8Array(values.length / channels),
  });

describe("valueStatistics", () => {
  it("agrees with the plain sums, for bytes and for the same values as floats", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (x) => {
        const n = x.length;
        const mean = x.reduce((sum, value) => sum + value, 0) / n;
        const deviation = Math.sqrt(x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
        const y = new Uint8Array(n);
        for (const values of [x, Float32Array.from(x)]) {
          const found = valueStatistics(dataset({ x: values, shape: [n, 1], y }));
          expect(found.mean).toBeCloseTo(mean, 9);
          expect(found.deviation).toBeCloseTo(deviation, 5);
          expect([found.min, found.max]).toEqual([Math.min(...x), Math.max(...x)]);
          expect(found.histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(n);
          expect(found.columns).toEqual([]);
        }
        expect(valueStatistics(dataset({ x, shape: [n, 1], y })).mean).toBe(spreadOf(x).mean);
      }),
    );
  });

  it("counts bytes in 32 spans of 8, both ends included", () => {
    const { histogram } = valueStatistics(pictures([0, 7, 8, 255, 248, 247], 1));
    expect(histogram).toMatchObject({ from: 0, to: 255 });
    expect(histogram.counts).toHaveLength(32);
    expect([0, 1, 30, 31].map((bin) => histogram.counts[bin])).toEqual([2, 1, 1, 2]);
  });

  it("spans the histogram of floats from the least to the greatest", () => {
    const set = dataset({ x: Float32Array.of(-1, 0, 3, 3), shape: [4, 1], y: [0, 0, 0, 0] });
    const { histogram } = valueStatistics(set);
    expect(histogram).toMatchObject({ from: -1, to: 3 });
    expect([histogram.counts[0], histogram.counts[8], histogram.counts[31]]).toEqual([1, 1, 2]);
  });

  it("tells channels and features apart, where there are some and not too many", () => {
    const { columns } = valueStatistics(pictures([1, 10, 100, 3, 10, 200], 3));
    expect(columns).toEqual([
      { mean: 2, deviation: 1, min: 1, max: 3 },
      { mean: 10, deviation: 0, min: 10, max: 10 },
      { mean: 150, deviation: 50, min: 100, max: 200 },
    ]);
    const features = (n: number) =>
      valueStatistics(dataset({ x: new Float32Array(2 * n), shape: [2, n], y: [0, 1] })).columns.length;
    expect([features(1), features(4), features(16), features(17)]).toEqual([0, 4, 16, 0]);
    const grey = dataset({ x: new Uint8Array(8), shape: [2, 2, 2], y: [0, 1] });
    expect(valueStatistics(grey).columns).toEqual([]);
  });
});

describe("classes", () => {
  const set = dataset({
    x: Uint8Array.of(0, 1, 2, 3, 4, 6, 9, 9),
    shape: [4, 2],
    y: Uint8Array.of(1, 0, 1, 3),
  });

  it("are counted, those without examples as 0", () => {
    expect(classCounts(set, 4)).toEqual([1, 2, 0, 1]);
    expect(classCounts(set, 2)).toEqual([1, 2]);
  });

  it("have a mean example, or none", () => {
    expect(classMeans(set, 4)).toEqual([
      Float64Array.of(2, 3),
      Float64Array.of(2, 3.5),
      undefined,
      Float64Array.of(9, 9),
    ]);
  });

  it("are shown by their first examples, or by some that a seed draws", () => {
    const y = Uint8Array.from({ length: 300 }, (_, i) => i % 3);
    const many = dataset({ x: new Uint8Array(300), shape: [300, 1], y });
    expect(samplesPerClass(many, 4, 2)).toEqual([[0, 3], [1, 4], [2, 5], []]);
    const drawn = samplesPerClass(many, 3, 5, 7);
    expect(drawn).toEqual(samplesPerClass(many, 3, 5, 7));
    expect(drawn).not.toEqual(samplesPerClass(many, 3, 5, 8));
    for (const [classId, indices] of drawn.entries()) {
      expect(indices.every((index) => index % 3 === classId)).toBe(true);
      expect(new Set(indices).size).toBe(5);
      expect(indices).toEqual(indices.toSorted((a, b) => a - b));
    }
    expect(samplesPerClass(many, 3, 1000, 7)[0]).toHaveLength(100);
  });
});
