import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { datasets } from "../../src/data/datasets.ts";
import { digits } from "../../src/data/digits/digits.ts";
import { failure } from "./failure.ts";

const sha256 = (bytes: ArrayBufferView): string =>
  createHash("sha256")
    .update(bytes as Uint8Array)
    .digest("hex");

describe("digits", () => {
  const { train, test } = digits({ train: 1000, test: 200 });

  it("has the pinned pixels for seed 1: the same on every engine", () => {
    const first = digits({ train: 100, test: 100 });
    expect(sha256(first.train.x)).toBe("3ea4ee3e01e0c713a09f06e7e69e770e8748a4d0868f77d6197a78b4ac1a5e71");
    expect(sha256(first.test.x)).toBe("c4f0fbc4d8864050ac41d1ec86ad496ac6c8c9302b367b7ea987096d9378bf95");
    expect(Array.from(first.train.y.subarray(0, 10))).toEqual([4, 0, 5, 7, 8, 6, 2, 3, 9, 1]);
  });

  it("describes itself", () => {
    expect(train).toMatchObject({ shape: [1000, 28, 28, 1], name: "digits" });
    expect(train.classNames).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    expect(train.normalization).toEqual({ scale: 1 / 255, shift: 0 });
    expect(test.shape).toEqual([200, 28, 28, 1]);
  });

  it("holds each class equally often", () => {
    for (const set of [train, test]) {
      const counts = new Array<number>(10).fill(0);
      for (const label of set.y) counts[label]!++;
      expect(counts).toEqual(new Array(10).fill(set.y.length / 10));
    }
  });

  it("begins alike whatever its size, and differs by seed and between the two sets", () => {
    const few = digits({ train: 105, test: 15 });
    expect(few.train.x).toEqual(train.x.slice(0, 105 * 784));
    expect(few.train.y).toEqual(train.y.slice(0, 105));
    expect(few.test.x).toEqual(test.x.slice(0, 15 * 784));
    const other = digits({ train: 105, test: 15, seed: 2 });
    expect(other.train.x).not.toEqual(few.train.x);
    expect(few.test.x).not.toEqual(few.train.x.slice(0, 15 * 784));
  });

  it("draws no picture twice, and every one with ink inside", () => {
    const seen = new Set<string>();
    for (let i = 0; i < 1000; i++) {
      const picture = train.x.subarray(i * 784, (i + 1) * 784);
      seen.add(sha256(picture));
      let ink = 0;
      for (let row = 5; row < 23; row++)
        for (let column = 5; column < 23; column++) ink += picture[row * 28 + column]!;
      expect(ink / 255).toBeGreaterThan(8);
    }
    expect(seen.size).toBe(1000);
  });

  it("is legible but not easy: nearest class means, a linear rule, gets about two thirds", () => {
    const means = Array.from({ length: 10 }, () => new Float64Array(784));
    for (let i = 0; i < 1000; i++) {
      const mean = means[train.y[i]!]!;
      for (let j = 0; j < 784; j++) mean[j] = mean[j]! + train.x[i * 784 + j]! / 100;
    }
    let right = 0;
    for (let i = 0; i < 200; i++) {
      let [best, smallest] = [-1, Number.POSITIVE_INFINITY];
      for (const [label, mean] of means.entries()) {
        let distance = 0;
        for (let j = 0; j < 784; j++) distance += (test.x[i * 784 + j]! - mean[j]!) ** 2;
        if (distance < smallest) [best, smallest] = [label, distance];
      }
      if (best === test.y[i]) right++;
    }
    expect(right / 200).toBeGreaterThan(0.5);
    expect(right / 200).toBeLessThan(0.85);
  });

  it("takes a normalisation, also through datasets", async () => {
    const { normalization } = (await datasets.digits({ train: 100, test: 10, normalize: "standard" })).test;
    expect(normalization!.scale).toBeGreaterThan(1 / 255);
    expect(normalization!.shift).toBeLessThan(0);
  });

  it("refuses counts and seeds that make no sense", async () => {
    for (const options of [{ train: 0 }, { test: -1 }, { train: 1.5 }, { seed: Number.NaN }, { seed: -1 }])
      await failure(() => digits(options), "INVALID_ARGUMENT");
  });
});
