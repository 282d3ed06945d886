import { describe, expect, it } from "vitest";
import { AnygradError } from "../../src/errors.ts";
import { metricOf } from "../../src/metrics/byName.ts";
import { Mean, type Metric, metrics, type Rows } from "../../src/metrics/index.ts";
import { getMetric, metricFromConfig } from "../../src/metrics/named.ts";
import { classes, evaluate, labels, manyLabels, oneHot, scores, weights, yesNo } from "./samples.ts";

const sample: Rows = { data: scores, rows: 16, columns: classes };
const binary: Rows = { data: yesNo.scores, rows: 8, columns: 1 };
const multi: Rows = { data: manyLabels.scores, rows: manyLabels.rows, columns: manyLabels.columns };

function failure(run: () => unknown): AnygradError {
  try {
    run();
  } catch (error) {
    if (error instanceof AnygradError) return error;
    throw error;
  }
  throw new Error("expected an AnygradError");
}

describe("figures of scikit-learn", () => {
  const table: [string, Metric, number, number][] = [
    ["accuracy", metrics.accuracy(), 0.375, 0.56],
    ["sparseCategoricalAccuracy", metrics.sparseCategoricalAccuracy(), 0.375, 0.56],
    ["categoricalAccuracy", metrics.categoricalAccuracy(), 0.375, 0.56],
    // scikit-learn ranks equals last to first; these are numpy's stable order, first to last
    ["top 2", metrics.topK({ k: 2 }), 0.875, 0.92],
    ["precision macro", metrics.precision(), 0.4125, 0.4444444444444444],
    ["precision micro", metrics.precision({ average: "micro" }), 0.375, 0.56],
    ["precision of class 2", metrics.precision({ classId: 2 }), 0.4, 0.5],
    ["recall macro", metrics.recall(), 0.29166666666666663, 0.4110105580693816],
    ["recall micro", metrics.recall({ average: "micro" }), 0.375, 0.56],
    ["recall of class 1", metrics.recall({ classId: 1 }), 1 / 6, 0.15384615384615385],
    ["top 2, Keras's name", metrics.topKCategoricalAccuracy({ k: 2 }), 0.875, 0.92],
    ["top 2, Keras's name for labels", metrics.sparseTopKCategoricalAccuracy({ k: 2 }), 0.875, 0.92],
    ["f1, Keras's name", metrics.f1Score(), 0.32361111111111107, 0.4016806722689076],
    ["f1 macro", metrics.f1(), 0.32361111111111107, 0.4016806722689076],
    ["f1 micro", metrics.f1({ average: "micro" }), 0.375, 0.56],
    ["f1 of class 0", metrics.f1({ classId: 0 }), 0.6, 0.8],
    ["f1 of an absent class", metrics.f1({ classId: 3 }), 0, 0],
    ["auc one versus rest", metrics.auc(), 0.6895833333333333, 0.6553132272296035],
  ];
  it.each(table)("%s", (_, metric, plain, weighted) => {
    expect(evaluate(metric, sample, { labels })).toBeCloseTo(plain, 12);
    expect(evaluate(metric, sample, { labels }, weights)).toBeCloseTo(weighted, 12);
    expect(evaluate(metric, sample, { dense: oneHot(labels, classes) })).toBeCloseTo(plain, 12);
  });

  const yesNoTable: [string, Metric, number][] = [
    ["accuracy", metrics.accuracy(), 0.625],
    ["binaryAccuracy", metrics.binaryAccuracy(), 0.625],
    ["precision", metrics.precision(), 2 / 3],
    ["recall", metrics.recall(), 0.5],
    ["f1", metrics.f1(), 0.5714285714285714],
    ["f1 micro", metrics.f1({ average: "micro" }), 0.5714285714285714],
    ["auc", metrics.auc(), 0.78125],
  ];
  it.each(yesNoTable)("one column: %s", (_, metric, wanted) => {
    expect(evaluate(metric, binary, { labels: yesNo.labels })).toBeCloseTo(wanted, 12);
    expect(evaluate(metric, binary, { dense: Float32Array.from(yesNo.labels) })).toBeCloseTo(wanted, 12);
  });

  it("one column, weighted", () => {
    const targets = { labels: yesNo.labels };
    expect(evaluate(metrics.precision(), binary, targets, yesNo.weights)).toBeCloseTo(0.7142857142857143, 12);
    expect(evaluate(metrics.recall(), binary, targets, yesNo.weights)).toBeCloseTo(0.45454545454545453, 12);
    expect(evaluate(metrics.f1(), binary, targets, yesNo.weights)).toBeCloseTo(0.5555555555555556, 12);
    expect(evaluate(metrics.auc(), binary, targets, yesNo.weights)).toBeCloseTo(0.7651515151515151, 12);
  });

  it("several labels a row, one decision a column", () => {
    const targets = { dense: manyLabels.targets };
    const threshold = 0.5;
    expect(evaluate(metrics.binaryAccuracy(), multi, targets)).toBeCloseTo(2 / 3, 12);
    expect(evaluate(metrics.recall({ threshold }), multi, targets)).toBeCloseTo(0.7777777777777777, 12);
    expect(evaluate(metrics.recall({ threshold, average: "micro" }), multi, targets)).toBeCloseTo(0.75, 12);
    expect(evaluate(metrics.f1({ threshold }), multi, targets)).toBeCloseTo(0.7111111111111111, 12);
    expect(evaluate(metrics.f1({ threshold, average: "micro" }), multi, targets)).toBeCloseTo(12 / 17, 12);
    expect(evaluate(metrics.f1({ threshold, classId: 1 }), multi, targets)).toBeCloseTo(0.8, 12);
    expect(evaluate(metrics.auc(), multi, targets)).toBeCloseTo(0.8888888888888888, 12);
  });
});

describe("every class's own score", () => {
  it("is logged by name beside the macro mean", () => {
    const state = metrics.f1({ average: "class" }).create();
    state.update(sample, { labels });
    expect(state.results?.()).toEqual({
      f1: expect.closeTo(0.32361111111111107, 12),
      f1_0: expect.closeTo(0.6, 12),
      f1_1: expect.closeTo(0.25, 12),
      f1_2: expect.closeTo(4 / 9, 12),
      f1_3: 0,
    });
    expect(state.result()).toBeCloseTo(0.32361111111111107, 12);
  });

  it("is there for the no of a yes-or-no output, too", () => {
    const state = metrics.recall({ average: "class" }).create();
    state.update(binary, { labels: yesNo.labels });
    expect(state.results?.()).toEqual({ recall: 0.5, recall_0: 0.75, recall_1: 0.5 });
  });

  it("is not offered by the metrics of one value", () => {
    expect(metrics.f1().create().results).toBeUndefined();
    expect(metrics.accuracy().create().results).toBeUndefined();
  });

  it("of one class carries its index in the name", () => {
    expect(metrics.f1({ classId: 3 }).name).toBe("f1_3");
    expect(metrics.f1Score({ classId: 3 }).name).toBe("f1Score_3");
    expect(metrics.topKCategoricalAccuracy().name).toBe("topKCategoricalAccuracy");
    expect(metrics.precision().name).toBe("precision");
  });
});

describe("ties and thresholds", () => {
  const flat: Rows = { data: new Float32Array(6).fill(0.25), rows: 2, columns: 3 };

  it("argmax takes the first of equals", () => {
    expect(evaluate(metrics.accuracy(), flat, { labels: [0, 1] })).toBe(0.5);
  });

  it("top-k ranks equals by their index, so that a constant model is not right about everything", () => {
    expect(evaluate(metrics.topK({ k: 2 }), flat, { labels: [1, 2] })).toBe(0.5);
  });

  it("a prediction at the threshold is a no", () => {
    const half: Rows = { data: Float32Array.of(0.5, 0.5), rows: 2, columns: 1 };
    expect(evaluate(metrics.accuracy(), half, { labels: [0, 1] })).toBe(0.5);
    expect(evaluate(metrics.binaryAccuracy({ threshold: 0.4 }), half, { labels: [1, 1] })).toBe(1);
    expect(evaluate(metrics.recall({ threshold: 0.4 }), half, { labels: [1, 1] })).toBe(1);
  });

  it("a NaN score is never among the best", () => {
    const nan: Rows = { data: Float32Array.of(0.1, Number.NaN), rows: 1, columns: 2 };
    expect(evaluate(metrics.topK({ k: 1 }), nan, { labels: [1] })).toBe(0);
  });
});

describe("errors of numbers", () => {
  const rows: Rows = { data: Float32Array.of(1, 2, 3, 5), rows: 2, columns: 2 };
  const dense = Float32Array.of(0, 2, 6, 1);

  it("are means over columns, then weighted over rows", () => {
    expect(evaluate(metrics.meanSquaredError(), rows, { dense })).toBe((1 + 0 + 9 + 16) / 4);
    expect(evaluate(metrics.meanAbsoluteError(), rows, { dense })).toBe((1 + 0 + 3 + 4) / 4);
    expect(evaluate(metrics.meanSquaredError(), rows, { dense }, Float32Array.of(3, 1))).toBe(
      (3 * 0.5 + 12.5) / 4,
    );
  });

  it("take a label as the number of a single column and as a one-hot row of more", () => {
    const column: Rows = { data: Float32Array.of(1.5, 7), rows: 2, columns: 1 };
    expect(evaluate(metrics.meanAbsoluteError(), column, { labels: [2, 4] })).toBe((0.5 + 3) / 2);
    expect(evaluate(metrics.meanAbsoluteError(), rows, { labels: [0, 1] })).toBe((0 + 2 + 3 + 4) / 4);
  });
});

describe("states", () => {
  it.each(["accuracy", "topK", "precision", "recall", "f1", "auc", "meanSquaredError", "binaryAccuracy"])(
    "%s over two batches equals one over all, and reset forgets",
    async (name) => {
      const metric = name === "topK" ? metrics.topK({ k: 2 }) : await getMetric(name);
      const whole = evaluate(metric, sample, { labels }, weights);
      const state = metric.create();
      state.update({ data: scores.subarray(0, 4), rows: 1, columns: 4 }, { labels: [3] });
      state.reset();
      state.update(
        { data: scores.subarray(0, 20), rows: 5, columns: 4 },
        { labels: labels.slice(0, 5) },
        weights,
      );
      state.update(
        { data: scores.subarray(20), rows: 11, columns: 4 },
        { labels: labels.slice(5) },
        weights.subarray(5),
      );
      expect(state.result()).toBeCloseTo(whole, 12);
    },
  );

  it("of one metric count apart", () => {
    const metric = metrics.accuracy();
    const [training, validation] = [metric.create(), metric.create()];
    training.update(binary, { labels: [0, 0, 0, 0, 1, 1, 0, 1] });
    expect(validation.result()).toBe(0);
    expect(training.result()).toBe(1);
  });

  it("keep no view of the predictions", () => {
    const data = Float32Array.from(yesNo.scores);
    const state = metrics.auc().create();
    state.update({ data, rows: 8, columns: 1 }, { labels: yesNo.labels });
    data.fill(0);
    expect(state.result()).toBe(0.78125);
  });

  it("auc grows over many batches", () => {
    const state = metrics.auc().create();
    for (let i = 0; i < 700; i++) state.update(binary, { labels: yesNo.labels });
    expect(state.result()).toBeCloseTo(0.78125, 12);
  });

  it("auc is NaN while one kind of row is missing", () => {
    expect(evaluate(metrics.auc(), binary, { labels: new Array(8).fill(1) })).toBeNaN();
    expect(metrics.auc().create().result()).toBeNaN();
  });

  it("others are 0 before the first batch", () => {
    for (const name of ["accuracy", "f1", "meanAbsoluteError"] as const)
      expect(metrics[name]().create().result()).toBe(0);
  });
});

describe("names", () => {
  it("resolve to metrics of that name, and survive { type, config } as JSON", async () => {
    for (const metric of [
      metrics.accuracy(),
      metrics.topK({ k: 3 }),
      metrics.f1({ average: "class" }),
      metrics.recall({ classId: 2, threshold: 0.25 }),
      metrics.binaryAccuracy({ threshold: 0 }),
      metrics.auc(),
    ]) {
      const saved = JSON.parse(JSON.stringify({ type: metric.type, config: metric.config }));
      const again = await metricFromConfig(saved);
      expect({ ...again, create: null }).toEqual({ ...metric, create: null });
    }
    expect((await getMetric("meanSquaredError")).name).toBe("meanSquaredError");
    expect((await getMetric("topK")).name).toBe("top5Accuracy");
  });

  it("a metric passes through, of your own or of ours", async () => {
    const firstColumn = metrics.mean({
      name: "firstColumn",
      of: ({ data, columns }, _, row) => data[row * columns]!,
    });
    expect(await getMetric(firstColumn)).toBe(firstColumn);
    expect(evaluate(firstColumn, binary, { labels: yesNo.labels })).toBeCloseTo(0.5, 6);
  });

  it("an unknown name is told the known ones", async () => {
    await expect(getMetric("acuracy")).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      message: expect.stringMatching(
        /^metrics: "acuracy" is unknown; did you mean accuracy\? There are .*accuracy, .*topK.*$/,
      ),
    });
    await expect(getMetric("toString")).rejects.toThrow("unknown");
    await expect(metricFromConfig({ type: "mean", config: {} })).rejects.toThrow("unknown");
  });

  it("what is no metric is refused", async () => {
    await expect(getMetric({ name: "own" } as Metric)).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      message: "metrics: { name } is no metric; pass a name, metrics.*(), or { name, config, create }",
    });
  });
});

describe("Mean", () => {
  it("weighs its values, is 0 when empty, and forgets", () => {
    const mean = new Mean();
    expect(mean.result()).toBe(0);
    mean.add(2);
    mean.add(5, 3);
    expect(mean.result()).toBe(17 / 4);
    mean.reset();
    mean.add(1);
    expect(mean.result()).toBe(1);
  });
});

describe("bad input", () => {
  const cases: [string, () => unknown, string, RegExp][] = [
    ["k of 0", () => metrics.topK({ k: 0 }), "INVALID_ARGUMENT", /^topK: k is 0; pass a whole number/],
    [
      "average",
      () => metricOf({ type: "f1", config: { average: "mean" } }),
      "INVALID_ARGUMENT",
      /^f1: average is "mean"; pass/,
    ],
    ["classId", () => metrics.recall({ classId: -1 }), "INVALID_ARGUMENT", /^recall: classId is -1/],
    [
      "threshold",
      () => metrics.binaryAccuracy({ threshold: Number.NaN }),
      "INVALID_ARGUMENT",
      /^binaryAccuracy: threshold is NaN/,
    ],
    [
      "classId beyond the output",
      () => evaluate(metrics.f1({ classId: 4 }), sample, { labels }),
      "INVALID_ARGUMENT",
      /classes 0 to 3/,
    ],
    [
      "no targets",
      () => evaluate(metrics.accuracy(), sample, {}),
      "INVALID_ARGUMENT",
      /^accuracy: the targets are empty/,
    ],
    [
      "few labels",
      () => evaluate(metrics.auc(), sample, { labels: [1] }),
      "SHAPE_MISMATCH",
      /^auc: 1 labels for 16 rows/,
    ],
    [
      "few weights",
      () => evaluate(metrics.f1(), sample, { labels }, new Float32Array(3)),
      "SHAPE_MISMATCH",
      /3 sample weights for 16 rows/,
    ],
    [
      "few targets",
      () => evaluate(metrics.f1(), sample, { dense: new Float32Array(3) }),
      "SHAPE_MISMATCH",
      /hold 3 values .* pass 64/,
    ],
    [
      "few predictions",
      () => evaluate(metrics.f1(), { ...sample, rows: 20 }, { labels }),
      "SHAPE_MISMATCH",
      /hold 64 values/,
    ],
    [
      "label beyond the output",
      () => evaluate(metrics.accuracy(), { ...sample, rows: 1 }, { labels: [4] }),
      "INVALID_ARGUMENT",
      /label 4 at row 0 .* classes 0 to 3/,
    ],
    [
      "label of a yes or no",
      () => evaluate(metrics.accuracy(), { ...binary, rows: 1 }, { labels: [7] }),
      "INVALID_ARGUMENT",
      /label 7 .* tells 0 from 1/,
    ],
    [
      "fractional label",
      () => evaluate(metrics.f1(), { ...sample, rows: 1 }, { labels: [0.5] }),
      "INVALID_ARGUMENT",
      /label 0.5/,
    ],
    [
      "ranking one column",
      () => evaluate(metrics.topK({ k: 1 }), binary, { labels: yesNo.labels }),
      "SHAPE_MISMATCH",
      /use accuracy/,
    ],
    [
      "mean without a function",
      () => metrics.mean({ name: "x" } as Parameters<typeof metrics.mean>[0]),
      "INVALID_ARGUMENT",
      /^mean: of is undefined/,
    ],
  ];
  it.each(cases)("%s", (_, run, code, message) => {
    const error = failure(run);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain("\n");
  });

  it("a change of width without a reset", () => {
    for (const name of ["f1", "auc"] as const) {
      const state = metrics[name]().create();
      state.update(sample, { labels });
      const error = failure(() => state.update(binary, { labels: yesNo.labels }));
      expect(error.message).toMatch(/a batch of 1 columns after batches of 4; reset/);
      state.reset();
      state.update(binary, { labels: yesNo.labels });
      expect(state.result()).toBeGreaterThan(0.5);
    }
  });
});
