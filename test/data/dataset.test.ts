import { describe, expect, it } from "vitest";
import { dataset, exampleCount, oneHot } from "../../src/data/dataset.ts";
import { normalize } from "../../src/data/normalize.ts";
import { split, subset, take } from "../../src/data/selection.ts";
import { failure } from "./failure.ts";

describe("dataset", () => {
  it("takes nested arrays with labels", () => {
    const set = dataset({
      x: [
        [[1], [2]],
        [[3], [4]],
        [[5], [6]],
      ],
      y: [0, 2, 1],
      classNames: ["a", "b", "c"],
    });
    expect(set).toEqual({
      x: Float32Array.of(1, 2, 3, 4, 5, 6),
      shape: [3, 2, 1],
      y: Int32Array.of(0, 2, 1),
      classNames: ["a", "b", "c"],
    });
  });

  it("takes flat numbers as examples of one feature, and fractions or rows as dense targets", () => {
    expect(dataset({ x: [1, 2], y: [0.5, 1] })).toEqual({
      x: Float32Array.of(1, 2),
      shape: [2, 1],
      y: Float32Array.of(0.5, 1),
    });
    expect(
      dataset({
        x: [[1], [2]],
        y: [
          [0, 1],
          [1, 0],
        ],
      }).y,
    ).toEqual(Float32Array.of(0, 1, 1, 0));
  });

  it("keeps typed arrays without a copy", () => {
    const x = new Uint8Array(2 * 4);
    const y = Float32Array.of(3, 4);
    const set = dataset({ x, shape: [2, 2, 2, 1], y, normalization: { scale: 2, shift: 1 }, name: "mine" });
    expect(set.x).toBe(x);
    expect(set.y).toBe(y);
    expect(set.normalization).toEqual({ scale: 2, shift: 1 });
  });

  it.each([
    [
      "counts that differ",
      { x: [[1], [2]], y: [0] },
      "SHAPE_MISMATCH",
      "x has 2 examples but y has 1 values",
    ],
    ["ragged rows", { x: [[1, 2], [3]], y: [0, 1] }, "SHAPE_MISMATCH", "x is ragged"],
    [
      "a word",
      { x: [[1], ["two"]], y: [0, 1] },
      "DATA_FORMAT",
      'x[1][0] is the text "two"; numbers are wanted',
    ],
    ["no examples", { x: [], y: [] }, "SHAPE_MISMATCH", "x has 0 values"],
    [
      "a typed x without a shape",
      { x: new Uint8Array(8), y: [0, 1] },
      "SHAPE_MISMATCH",
      "pass shape: [n, features]",
    ],
    [
      "a shape that does not fit",
      { x: new Uint8Array(8), shape: [2, 3], y: [0, 1] },
      "SHAPE_MISMATCH",
      "[2, 3]",
    ],
    [
      "a typed array of big integers",
      { x: new BigInt64Array(2), shape: [2, 1], y: [0, 1] },
      "INVALID_ARGUMENT",
      "x is BigInt64Array(2); numbers of at most 53 bits are wanted",
    ],
    [
      "NaN in x",
      { x: [[1], [Number.NaN]], y: [0, 1] },
      "DATA_FORMAT",
      "x[1][0] is NaN (row 1, column 0, counted from 0)",
    ],
    [
      "infinity in y",
      { x: [[1], [2]], y: Float32Array.of(0, Infinity) },
      "DATA_FORMAT",
      "y[1] is Infinity (row 1, counted from 0)",
    ],
    [
      "a negative label",
      { x: [[1], [2]], y: [0, -1], classNames: ["a", "b"] },
      "DATA_FORMAT",
      "label 1 is -1",
    ],
    [
      "a label beyond the class names",
      { x: [[1], [2]], y: Uint8Array.of(0, 2), classNames: ["a", "b"] },
      "DATA_FORMAT",
      "label 1 is 2 but there are 2 classes; labels go from 0 to 1",
    ],
  ])("refuses %s", async (_, options, code, message) => {
    expect(await failure(() => dataset(options as Parameters<typeof dataset>[0]), code)).toContain(message);
  });
});

describe("oneHot", () => {
  it("puts a one in the label's column", async () => {
    expect(oneHot([2, 0], 3)).toEqual(Float32Array.of(0, 0, 1, 1, 0, 0));
    expect(await failure(() => oneHot([3], 3), "DATA_FORMAT")).toContain("label 0 is 3");
  });
});

describe("selection", () => {
  const set = dataset({
    x: Float32Array.from({ length: 40 }, (_, i) => i),
    shape: [20, 2],
    y: Uint8Array.from({ length: 20 }, (_, i) => i),
    name: "count",
  });

  it("takes the first examples, as a view", () => {
    const first = take(set, 3);
    expect(first.shape).toEqual([3, 2]);
    expect(Array.from(first.x)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(first.x.buffer).toBe(set.x.buffer);
    expect(take(set, 99)).toBe(set);
  });

  it("picks rows in the order asked for", () => {
    const picked = subset(set, [5, 0, 5]);
    expect(picked).toMatchObject({ shape: [3, 2], name: "count" });
    expect(Array.from(picked.x)).toEqual([10, 11, 0, 1, 10, 11]);
    expect(Array.from(picked.y)).toEqual([5, 0, 5]);
  });

  it("splits without losing or repeating an example, the same way for the same seed", () => {
    const plain = { seed: 3, stratify: false };
    const { train: first, test: second } = split(set, 0.25, plain);
    expect([exampleCount(first), exampleCount(second)]).toEqual([15, 5]);
    expect([...first.y, ...second.y].sort((a, b) => a - b)).toEqual([...set.y]);
    for (const part of [first, second])
      for (let i = 0; i < exampleCount(part); i++) expect(part.x[2 * i]).toBe(2 * part.y[i]!);
    expect(split(set, 0.25, plain)).toEqual({ train: first, test: second });
    expect(split(set, 0.25, { ...plain, seed: 4 }).train.y).not.toEqual(first.y);
    // one example a class: nothing could be held out class by class
    expect(split(set, 0.25, { seed: 3 })).toEqual({ train: first, test: second });
  });

  it("holds an equal share of each class out, in the order of the set", () => {
    // 60 of class 0, 30 of class 1, 9 of class 2, one of class 3
    const y = Array.from({ length: 100 }, (_, i) => (i === 50 ? 3 : i % 10 === 9 ? 2 : i % 3 === 0 ? 1 : 0));
    const mixed = dataset({ x: Float32Array.from(y.keys()), shape: [100, 1], y });
    const counts = (part: typeof mixed): number[] =>
      [0, 1, 2, 3].map((label) => part.y.filter((value) => value === label).length);
    const { train: kept, test: heldOut } = split(mixed, 0.1, { seed: 3 });
    const wanted = counts(mixed).map((count) => Math.round(count * 0.1));
    expect(counts(heldOut)).toEqual(wanted);
    expect(counts(kept)).toEqual(counts(mixed).map((count, label) => count - wanted[label]!));
    expect(counts(kept)[3]).toBe(1); // the only one of its class is learned from
    const rows = [...kept.x, ...heldOut.x];
    expect(rows.toSorted((a, b) => a - b)).toEqual([...mixed.x]);
    for (const part of [kept, heldOut]) {
      expect([...part.x]).toEqual([...part.x].sort((a, b) => a - b));
      for (let i = 0; i < exampleCount(part); i++) expect(part.y[i]).toBe(mixed.y[part.x[i]!]);
    }
    expect(split(mixed, 0.1, { seed: 3 })).toEqual({ train: kept, test: heldOut });
    expect(split(mixed, 0.1, { seed: 4 }).test.x).not.toEqual(heldOut.x);
    const { train, test } = split({ ...mixed, y: oneHot(mixed.y, 4) }, 0.1, { seed: 3 });
    expect([train.x, test.x]).toEqual([kept.x, heldOut.x]);
    for (const share of [0.5, 0.33, 0.99]) {
      const { train, test } = split(mixed, share);
      expect(exampleCount(train) + exampleCount(test)).toBe(100);
      expect(counts(train).every((count) => count > 0)).toBe(true);
    }
    expect(exampleCount(split(mixed, 0.33).test)).toBe(33);
  });

  it("holds the examples out that it always has: digests of runs depend on them", () => {
    // as the functions of before gave them, split(set, 0.8) and holdOut(set, 0.3)
    const { train, test } = split(set, 0.2, { stratify: false });
    expect([...test.y]).toEqual([13, 3, 8, 18]);
    expect([...train.y.subarray(0, 4)]).toEqual([12, 6, 0, 15]);
    const classes = { ...set, y: Int32Array.from(set.y, (value) => value % 3) };
    expect([...split(classes, 0.3).test.x].filter((_, i) => i % 2 === 0)).toEqual([12, 20, 22, 24, 26, 28]);
  });

  it("splits arrays and any targets, and both parts keep what the set has besides", () => {
    const about = { classNames: ["a", "b"], name: "mine", normalization: { scale: 2, shift: 0 } };
    const x = Array.from({ length: 8 }, (_, i) => [[i], [i]]);
    const { train, test } = split({ x, y: [0, 0, 0, 0, 1, 1, 1, 1], ...about }, 0.25);
    expect([train.shape, test.shape]).toEqual([
      [6, 2, 1],
      [2, 2, 1],
    ]);
    for (const part of [train, test]) expect(part).toMatchObject(about);
    expect([...test.y]).toEqual([0, 1]);
    const buffer = Buffer.from([1, 2, 3, 4]);
    expect(split({ x: buffer, y: buffer, shape: [4, 1] }, 0.5, { stratify: false }).test.x).toHaveLength(2);
    const values = dataset({ x: [[1], [2], [3], [4]], y: [0.5, 1.5, 2.5, 3.5] });
    const drawn = split(values, 0.5, { seed: 2 });
    expect([...drawn.train.y, ...drawn.test.y].sort()).toEqual([...values.y]);
  });

  it("refuses what leaves nothing", async () => {
    for (const run of [
      () => take(set, 0),
      () => take(set, 1.5),
      () => subset(set, [20]),
      () => split(set, 1),
      () => split(set, Number.NaN),
      () => split(set, 0),
      () => split(set, 0.001),
      () => split(set, 0.5, 3 as unknown as object),
      () => split(set, 0.5, { seed: 0.5 }),
      () => split(take(set, 3), 0.5, { stratify: true }), // one example a class: each is learned from
      () => split(dataset({ x: [[1], [2]], y: [0.5, 1] }), 0.5, { stratify: true }),
    ])
      await failure(run, "INVALID_ARGUMENT");
  });
});

describe("normalize", () => {
  const bytes = (values: number[]) =>
    dataset({ x: Uint8Array.from(values), shape: [values.length, 1], y: new Uint8Array(values.length) });
  const floats = (values: number[]) => dataset({ x: values, y: values.map(() => 0) });

  it("carries scale and shift along with bytes, leaving them alone", () => {
    const sets = { train: bytes([0, 10, 20, 30]), test: bytes([40]) };
    const simple = normalize(sets, "simple");
    expect(simple.test.normalization).toEqual({ scale: 1 / 255, shift: 0 });
    expect(simple.train.x).toBe(sets.train.x);
    const { scale, shift } = normalize(sets, "standard").test.normalization!;
    const deviation = Math.sqrt(125);
    expect(scale).toBeCloseTo(1 / deviation, 14);
    expect(shift).toBeCloseTo(-15 / deviation, 14);
    expect(normalize(sets, "none").train.normalization).toEqual({ scale: 1, shift: 0 });
  });

  it("rewrites floats, the test set with the training set's mean and deviation", () => {
    const { train, test } = normalize({ train: floats([1, 3]), test: floats([5]) }, "standard");
    expect(Array.from(train.x)).toEqual([-1, 1]);
    expect(Array.from(test.x)).toEqual([3]);
    expect(test.normalization).toBeUndefined();
  });

  it("refuses a training set of one value and an unknown method", async () => {
    const same = { train: bytes([7, 7]), test: bytes([7]) };
    expect(await failure(() => normalize(same, "standard"), "DATA_FORMAT")).toContain("no deviation");
    expect(await failure(() => normalize(same, "fancy" as "none"), "INVALID_ARGUMENT")).toContain('"fancy"');
  });
});
