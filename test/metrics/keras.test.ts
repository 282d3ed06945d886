/**
 * Where metrics are Keras's and where not, as docs/guide/models.md says. The figures of Keras are those of Keras 3.15.1 on these
 * rows, which have ties at the top and a class that never occurs.
 */
import { expect, it } from "vitest";
import { type Metric, metrics, type Rows } from "../../src/metrics/index.ts";

const labels = [0, 2, 1, 1, 1, 2, 0, 2];
const rows: Rows = {
  data: Float32Array.from(
    [
      [0.6, 0.3, 0.1, 0],
      [0.25, 0.25, 0.25, 0.25],
      [0.1, 0.45, 0.45, 0],
      [0.2, 0.7, 0.1, 0],
      [0.4, 0.4, 0.2, 0],
      [0.3, 0.1, 0.6, 0],
      [0.05, 0.05, 0.9, 0],
      [0.34, 0.33, 0.33, 0],
    ].flat(),
  ),
  rows: 8,
  columns: 4,
};
const dense = Float32Array.from(labels.flatMap((label) => [0, 1, 2, 3].map((c) => Number(c === label))));

const of = (metric: Metric, targets: { labels: number[] } | { dense: Float32Array } = { labels }): number => {
  const state = metric.create();
  state.update(rows, targets);
  return state.result();
};

it("accuracy, and decisions a column, are Keras's", () => {
  const asKeras = { threshold: 0.5, average: "micro" } as const;
  expect(of(metrics.accuracy())).toBe(0.5);
  expect(of(metrics.recall(asKeras))).toBe(0.375); // Recall()
  expect(of(metrics.precision(asKeras))).toBe(0.75); // Precision()
  expect(of(metrics.recall({ threshold: 0.5, classId: 1 }))).toBeCloseTo(1 / 3, 6); // Recall(class_id=1)
  expect(of(metrics.recall(asKeras), { dense })).toBe(0.375);
});

it("of equal scores the first counts; in Keras all of them", () => {
  expect(of(metrics.topK({ k: 1 }))).toBe(of(metrics.accuracy())); // Keras: 0.75 and 0.5
  expect(of(metrics.topK({ k: 2 }))).toBe(0.75); // Keras: 1
  expect(of(metrics.topK({ k: 3 }))).toBe(1); // Keras: 1
  expect(of(metrics.f1({ average: "micro" }))).toBe(0.5); // Keras: 0.571
});

it("classes that do not occur have no part in averages; in Keras they count as 0", () => {
  const state = metrics.f1({ average: "class" }).create();
  state.update(rows, { labels });
  const mean = (1 / 3 + 0.8 + 0.4) / 3;
  const wanted = [mean, 1 / 3, 0.8, 0.4, 0].map((value) => expect.closeTo(value, 6));
  expect(Object.values(state.results!())).toEqual(wanted);
  expect(of(metrics.f1())).toBeCloseTo(mean, 6); // scikit-learn: 0.5111; Keras: 0.44, and its ties
  expect(of(metrics.auc())).toBeCloseTo((0.541_666_7 * 4) / 3, 5); // Keras's multi_label: 0.5417, a fourth of it for class 3
});

it("recall of several classes is the mean over them by default; in Keras one of pooled decisions at 0.5", () => {
  expect(of(metrics.recall())).toBeCloseTo((1 / 2 + 2 / 3 + 1 / 3) / 3, 6); // Keras's Recall(): 0.375
});
