import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfusionMatrix, metrics } from "../../src/metrics/index.ts";
import { classes, labels, oneHot, scores, weights } from "./samples.ts";

const rows = { data: scores, rows: 16, columns: classes };

describe("ConfusionMatrix", () => {
  it("agrees with scikit-learn", () => {
    const confusion = metrics.confusionMatrix({ classes }).addBatch(rows, { labels });
    expect(confusion.matrix).toEqual([
      [3, 0, 1, 2],
      [1, 1, 2, 2],
      [0, 1, 2, 1],
      [0, 0, 0, 0],
    ]);
    expect(confusion.accuracy).toBe(0.375);
    expect(confusion.total).toBe(16);
    expect(confusion.perClass.map((entry) => entry.precision)).toEqual([0.75, 0.5, 0.4, 0]);
    expect(confusion.perClass.map((entry) => entry.recall)).toEqual([0.5, 1 / 6, 0.5, 0]);
    expect(confusion.perClass.map((entry) => entry.support)).toEqual([6, 6, 4, 0]);
    expect(confusion.perClass.map((entry) => entry.f1)).toEqual([0.6, 0.25, 4 / 9, 0]);
    expect(confusion.score("f1")).toBeCloseTo(0.32361111111111107, 12);
    expect(confusion.score("precision", "micro")).toBe(0.375);
  });

  it("weighs rows, and reads dense targets", () => {
    const confusion = new ConfusionMatrix({ classes });
    confusion.addBatch(rows, { dense: oneHot(labels, classes) }, weights);
    expect(confusion.matrix).toEqual([
      [7, 0, 0.5, 1],
      [2, 1, 2, 1.5],
      [0, 1, 2.5, 0.25],
      [0, 0, 0, 0],
    ]);
    expect(confusion.accuracy).toBeCloseTo(0.56, 12);
  });

  it("names the pairs most confused, largest first, equals in reading order", () => {
    const confusion = new ConfusionMatrix({ classNames: ["shirt", "coat", "bag"] });
    confusion.add([0, 0, 0, 0, 1, 1, 2, 2, 1], [1, 1, 0, 2, 0, 0, 2, 2, 1]);
    expect(confusion.mostConfused(2)).toEqual([
      { label: 0, predicted: 1, labelName: "shirt", predictedName: "coat", count: 2, share: 0.5 },
      { label: 1, predicted: 0, labelName: "coat", predictedName: "shirt", count: 2, share: 2 / 3 },
    ]);
    expect(confusion.mostConfused()).toHaveLength(3);
  });

  it("counts a yes-or-no output as two classes", () => {
    const confusion = new ConfusionMatrix({ classes: 2 });
    confusion.addBatch({ data: Float32Array.of(0.2, 0.9, 0.5), rows: 3, columns: 1 }, { labels: [0, 0, 1] });
    expect(confusion.matrix).toEqual([
      [1, 1],
      [1, 0],
    ]);
  });

  it("is empty at first", () => {
    const confusion = new ConfusionMatrix({ classes: 3 });
    expect(confusion.accuracy).toBe(0);
    expect(confusion.score("f1")).toBe(0);
    expect(confusion.mostConfused()).toEqual([]);
    expect(confusion.classNames).toEqual(["0", "1", "2"]);
  });

  it("gives copies", () => {
    const confusion = new ConfusionMatrix({ classes: 2 }).add([0], [0]);
    confusion.matrix[0]![0] = 9;
    expect(confusion.matrix).toEqual([
      [1, 0],
      [0, 0],
    ]);
  });

  it("its accuracy is trace over total, its rows the labels, its columns the predictions", () => {
    const pairs = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(pairs, (list) => {
        const confusion = new ConfusionMatrix({ classes: 5 });
        confusion.add(
          list.map(([label]) => label),
          list.map(([, predicted]) => predicted),
        );
        const trace = confusion.matrix.reduce((sum, row, i) => sum + row[i]!, 0);
        expect(confusion.total).toBe(list.length);
        expect(confusion.accuracy).toBe(trace / list.length);
        expect(confusion.accuracy).toBe(list.filter(([a, b]) => a === b).length / list.length);
        const off = confusion.mostConfused(100).reduce((sum, pair) => sum + pair.count, 0);
        expect(off).toBe(list.length - trace);
        for (const { classId, support, precision, recall, f1 } of confusion.perClass) {
          expect(support).toBe(list.filter(([label]) => label === classId).length);
          for (const share of [precision, recall, f1]) {
            expect(share).toBeGreaterThanOrEqual(0);
            expect(share).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  it.each<[string, () => unknown, RegExp]>([
    ["no classes", () => new ConfusionMatrix({}), /^confusionMatrix: no classes; pass/],
    ["one class", () => new ConfusionMatrix({ classes: 1 }), /^confusionMatrix: 1 classes/],
    [
      "names that miss",
      () => new ConfusionMatrix({ classes: 3, classNames: ["a"] }),
      /1 classNames for 3 classes/,
    ],
    ["label", () => new ConfusionMatrix({ classes: 3 }).add([3], [0]), /label 3 at row 0 .* 0 to 2/],
    ["predicted", () => new ConfusionMatrix({ classes: 3 }).add([0], [-1]), /predicted class -1/],
    ["lengths", () => new ConfusionMatrix({ classes: 3 }).add([0, 1], [0]), /2 labels but 1 predicted/],
    ["weights", () => new ConfusionMatrix({ classes: 3 }).add([0, 1], [0, 1], [1]), /1 weights for 2 rows/],
    [
      "width",
      () => new ConfusionMatrix({ classes: 3 }).addBatch(rows, { labels }),
      /4 classes but the matrix has 3/,
    ],
  ])("refuses %s", (_, run, message) => {
    expect(run).toThrow(message);
  });

  it("counts nothing of a refused call", () => {
    const confusion = new ConfusionMatrix({ classes: 2 });
    expect(() => confusion.add([0, 5], [0, 0])).toThrow(/label 5/);
    expect(confusion.total).toBe(0);
  });
});
