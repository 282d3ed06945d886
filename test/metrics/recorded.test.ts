/** Metrics with figures of Keras 3, over two batches, with and without weights; a table's metrics by hand. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import * as layers from "../../src/layers/kinds.ts";
import { metricOf } from "../../src/metrics/byName.ts";
import { type Metric, metrics, type Rows, type Targets } from "../../src/metrics/index.ts";
import { sequential } from "../../src/model/sequential.ts";
import * as ops from "../../src/ops/index.ts";
import { failure } from "../data/failure.ts";
import { type Recorded, readFixture } from "../reference/comparison/fixtures.ts";

interface Case {
  readonly name: string;
  readonly options: Record<string, unknown>;
  readonly predictions: Recorded;
  readonly labels?: number[];
  readonly targets?: Recorded;
  readonly sampleWeight: Recorded;
  readonly value: number;
  readonly weighted: number;
}

/** The value after two batches, whose state went through a file between them. */
function evaluate(metric: Metric, { predictions, labels, targets }: Case, weights?: Float32Array): number {
  const columns = predictions.shape[1]!;
  const rows = predictions.shape[0]!;
  let state = metric.create();
  for (const [from, to] of [
    [0, 5],
    [5, rows],
  ] as const) {
    const part = (numbers: readonly number[]): Float32Array =>
      Float32Array.from(numbers.slice(from * columns, to * columns));
    const batch: Rows = { data: part(predictions.data), rows: to - from, columns };
    const wanted: Targets = labels ? { labels: labels.slice(from, to) } : { dense: part(targets!.data) };
    state.update(batch, wanted, weights?.subarray(from, to));
    const saved = JSON.parse(JSON.stringify(state.save!(), (_, v) => (v?.buffer ? [...v] : v)));
    expect(saved).toBeDefined();
    const next = metric.create();
    next.restore!(state.save!());
    state = next;
  }
  return state.result();
}

const { metrics: cases } = readFixture<{ metrics: Case[] }>("training");

describe.each(cases.map((each): [string, Case] => [`${each.name} ${JSON.stringify(each.options)}`, each]))(
  "%s",
  (_, each) => {
    it("has Keras's figures", () => {
      const metric = metricOf({ type: each.name, config: each.options });
      expect(evaluate(metric, each)).toBeCloseTo(each.value, 5);
      expect(evaluate(metric, each, Float32Array.from(each.sampleWeight.data))).toBeCloseTo(each.weighted, 5);
    });

    it("comes back from what is saved of it", () => {
      const metric = metricOf({ type: each.name, config: each.options });
      const again = metricOf({ type: metric.type!, config: JSON.parse(JSON.stringify(metric.config)) });
      expect(again.name).toBe(metric.name);
      expect(evaluate(again, each)).toBe(evaluate(metric, each));
    });
  },
);

describe("specificity", () => {
  const score = (metric: Metric, columns: number, data: number[], labels: number[]): number => {
    const state = metric.create();
    state.update({ data: Float32Array.from(data), rows: labels.length, columns }, { labels });
    return state.result();
  };

  it("is the share of negatives that are left alone", () => {
    expect(score(metrics.specificity(), 1, [0.9, 0.2, 0.6, 0.4], [1, 0, 0, 0])).toBeCloseTo(2 / 3, 12);
    expect(score(metrics.specificity({ threshold: 0.7 }), 1, [0.9, 0.2, 0.6, 0.4], [1, 0, 0, 0])).toBe(1);
  });

  it("is the mean over classes against the rest, or of one", () => {
    const table = [0.8, 0.1, 0.1, 0.1, 0.8, 0.1, 0.6, 0.3, 0.1];
    // class 0: rows 1, 2 are negative, row 2 was taken for it; class 1: row 0; class 2: none
    expect(score(metrics.specificity(), 3, table, [0, 1, 1])).toBeCloseTo((0.5 + 1 + 1) / 3, 12);
    expect(score(metrics.specificity({ classId: 0 }), 3, table, [0, 1, 1])).toBe(0.5);
  });
});

describe("functions", () => {
  it("are metrics of a run, under their names", async () => {
    const engine = await createEngine();
    const net = sequential([layers.dense({ units: 2 })], { inputShape: [3], seed: 1 });
    const largest = (yTrue: Parameters<typeof ops.abs>[0], yPred: typeof yTrue) =>
      ops.max(ops.abs(ops.subtract(yPred, yTrue)), { axis: -1 });
    const meanDistance = (yTrue: Parameters<typeof ops.abs>[0], yPred: typeof yTrue) =>
      ops.mean(ops.abs(ops.subtract(yPred, yTrue)));
    await net.compile({
      loss: "meanSquaredError",
      metrics: [largest, meanDistance, "mae", metrics.mse()],
      engine,
    });
    const x = Float32Array.from({ length: 30 }, (_, i) => (i % 7) / 7);
    const y = Float32Array.from({ length: 20 }, (_, i) => (i % 5) / 5);
    const data = { x, y, shape: [10, 3] };
    const history = await net.fit(data, { epochs: 2, batchSize: 4, validationData: data });
    expect(history.meanDistance).toHaveLength(2);
    expect(history.meanDistance![1]).toBeCloseTo(history.mae![1]!, 6);
    expect(history.val_largest![1]).toBeGreaterThan(history.val_mae![1]!);
    const { data: found } = await net.predict(x);
    const errors = Array.from({ length: 10 }, (_, i) =>
      Math.max(...[0, 1].map((j) => Math.abs(found[2 * i + j]! - y[2 * i + j]!))),
    );
    expect(history.val_largest![1]).toBeCloseTo(errors.reduce((a, b) => a + b) / 10, 6);
    engine.dispose();
  });

  it("say what they should give", async () => {
    const engine = await createEngine();
    const net = sequential([layers.dense({ units: 2 })], { inputShape: [3], seed: 1 });
    const wrong = (_: unknown, yPred: Parameters<typeof ops.abs>[0]) => ops.abs(yPred);
    await net.compile({ loss: "meanSquaredError", metrics: wrong, engine });
    const data = { x: new Float32Array(12), y: new Float32Array(8), shape: [4, 3] };
    expect(await failure(() => net.fit(data), "SHAPE_MISMATCH")).toMatch(
      /^wrong: the function gave \[4, 2\] where a tensor of a value an example, \[4\], is wanted/,
    );
    engine.dispose();
  });
});

describe("wrong options", () => {
  it.each<[() => unknown, RegExp]>([
    [() => metrics.auc({ curve: "roc" as "ROC" }), /^auc: curve is "roc"; pass "ROC" or "PR"$/],
    [
      () => metrics.binaryIoU({ targetClassIds: [2] }),
      /^binaryIoU: targetClassIds is .*; pass 0, 1 or both$/,
    ],
    [
      () => metrics.iou({ targetClassIds: [] }),
      /targetClassIds is .*; pass a list of classes, such as \[1\]$/,
    ],
    [() => metrics.meanIoU({ numClasses: 1 }), /numClasses is 1; pass a whole number from 2$/],
    [() => metrics.precisionAtRecall({ recall: 2 }), /recall is 2; pass a number from 0 to 1$/],
  ])("%s", async (act, wanted) => {
    expect(await failure(act, "INVALID_ARGUMENT")).toMatch(wanted);
  });
});
