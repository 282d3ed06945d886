/** What holds for metrics whatever the rows, by drawn ones. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metrics, type Rows, type Targets } from "../../src/metrics/index.ts";
import { evaluate } from "./samples.ts";

/** Scores on a coarse grid (so that ties are common), labels and weights for a few rows. */
const batches = fc.integer({ min: 2, max: 5 }).chain((columns) =>
  fc.record({
    columns: fc.constant(columns),
    rows: fc.array(
      fc.record({
        label: fc.nat(columns - 1),
        scores: fc.array(fc.integer({ min: -4, max: 4 }), { minLength: columns, maxLength: columns }),
        weight: fc.integer({ min: 1, max: 4 }),
      }),
      { minLength: 1, maxLength: 30 },
    ),
  }),
);
type Batch = typeof batches extends fc.Arbitrary<infer B> ? B : never;

function parts(batch: Batch): { predictions: Rows; targets: Targets; weights: Float32Array } {
  return {
    predictions: {
      data: Float32Array.from(batch.rows.flatMap((row) => row.scores)),
      rows: batch.rows.length,
      columns: batch.columns,
    },
    targets: { labels: batch.rows.map((row) => row.label) },
    weights: Float32Array.from(batch.rows.map((row) => row.weight)),
  };
}

describe("properties", () => {
  it("micro scores of one label a row are the accuracy, and top-1 is the accuracy", () => {
    fc.assert(
      fc.property(batches, (batch) => {
        const { predictions, targets, weights } = parts(batch);
        const accuracy = evaluate(metrics.accuracy(), predictions, targets, weights);
        for (const metric of [
          metrics.topK({ k: 1 }),
          metrics.precision({ average: "micro" }),
          metrics.recall({ average: "micro" }),
          metrics.f1({ average: "micro" }),
        ])
          expect(evaluate(metric, predictions, targets, weights)).toBeCloseTo(accuracy, 12);
      }),
    );
  });

  it("top-k grows with k and reaches 1 at the number of columns", () => {
    fc.assert(
      fc.property(batches, (batch) => {
        const { predictions, targets } = parts(batch);
        let last = 0;
        for (let k = 1; k <= batch.columns; k++) {
          const share = evaluate(metrics.topK({ k }), predictions, targets);
          expect(share).toBeGreaterThanOrEqual(last);
          last = share;
        }
        expect(last).toBe(1);
      }),
    );
  });

  it("F1 lies between precision and recall of its class", () => {
    fc.assert(
      fc.property(batches, (batch) => {
        const { predictions, targets, weights } = parts(batch);
        const [p, r, f] = [metrics.precision, metrics.recall, metrics.f1].map((make) =>
          evaluate(make({ classId: 0 }), predictions, targets, weights),
        ) as [number, number, number];
        expect(f).toBeGreaterThanOrEqual(Math.min(p, r) - 1e-12);
        expect(f).toBeLessThanOrEqual(Math.max(p, r) + 1e-12);
      }),
    );
  });

  it("an integer weight counts a row that often", () => {
    fc.assert(
      fc.property(batches, (batch) => {
        const { predictions, targets, weights } = parts(batch);
        const repeated = parts({
          columns: batch.columns,
          rows: batch.rows.flatMap((row) => new Array<(typeof batch.rows)[number]>(row.weight).fill(row)),
        });
        for (const metric of [metrics.accuracy(), metrics.f1(), metrics.auc(), metrics.meanSquaredError()]) {
          const wanted = evaluate(metric, repeated.predictions, repeated.targets);
          const got = evaluate(metric, predictions, targets, weights);
          if (Number.isNaN(wanted)) expect(got).toBeNaN();
          else expect(got).toBeCloseTo(wanted, 10);
        }
      }),
    );
  });

  it("AUC is unchanged by increasing maps and mirrored by a decreasing one", () => {
    fc.assert(
      fc.property(batches, (batch) => {
        const { predictions, targets } = parts(batch);
        const area = evaluate(metrics.auc(), predictions, targets);
        const mapped = (map: (score: number) => number) =>
          evaluate(metrics.auc(), { ...predictions, data: predictions.data.map(map) }, targets);
        expect(mapped((score) => score * score * score * 8 + 3)).toBe(area);
        if (!Number.isNaN(area)) expect(mapped((score) => -score)).toBeCloseTo(1 - area, 12);
      }),
    );
  });

  it("AUC is the share of pairs in the right order", () => {
    const pairs = fc.array(fc.tuple(fc.nat(5), fc.nat(1)), { minLength: 2, maxLength: 25 });
    fc.assert(
      fc.property(pairs, (rows) => {
        let right = 0;
        let all = 0;
        for (const [high, yes] of rows)
          for (const [low, no] of rows) {
            if (yes !== 1 || no !== 0) continue;
            all++;
            right += high > low ? 1 : high === low ? 0.5 : 0;
          }
        const data = Float32Array.from(rows.map(([score]) => score));
        const targets = { labels: rows.map(([, kind]) => kind) };
        const area = evaluate(metrics.auc(), { data, rows: rows.length, columns: 1 }, targets);
        if (all === 0) expect(area).toBeNaN();
        else expect(area).toBeCloseTo(right / all, 12);
      }),
    );
  });
});
