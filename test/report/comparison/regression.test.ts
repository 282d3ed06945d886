/** Models that predict numbers side by side: who is closer, on which rows all are off, and the page that says so. */
import { DOMParser } from "@xmldom/xmldom";
import { describe, expect, it } from "vitest";
import { type ComparedRun, withoutPlaces } from "../../../report/comparison/comparison.ts";
import { comparisonPage } from "../../../report/comparison/page.ts";
import { closerText, compareRegressions, regressionsText } from "../../../report/comparison/regression.ts";
import { listedRegression, regressionFigures } from "../../../report/comparison/regressionFigures.ts";
import { regressionSection } from "../../../report/comparison/regressionSection.ts";
import { timingOf } from "../../../report/comparison/timing.ts";

const actual = Array.from({ length: 20 }, (_, i) => 10_000 * (i + 1));

function run(model: string, predicted: readonly number[], r2: number): ComparedRun {
  const off = predicted.map((value, i) => Math.abs(value - actual[i]!));
  return {
    model,
    preset: "table",
    seed: 1,
    parameters: 2561,
    test: {
      loss: 0.1,
      r2,
      mae: off.reduce((sum, one) => sum + one, 0) / off.length,
      rmse: Math.sqrt(off.reduce((sum, one) => sum + one * one, 0) / off.length),
    },
    seconds: 3,
    secondsPerEpoch: 1,
    stepMilliseconds: 0.5,
    digest: model.padEnd(64, "0"),
    command: `anygrad train ${model} --dataset /home/me/houses.csv`,
    recipe: "sgd 0.1",
    options: { optimizer: model === "near" ? "adam" : "sgd", epochs: "2" },
    judgedOn: "validation",
    engine: { runtime: "node", variant: "simd", precision: "strict", threads: 1 },
    history: {
      loss: [1, 0.00001],
      r2: [-400, 0.8],
      val_loss: [1, 0.00002],
      val_r2: [-400, r2],
      val_rmse: [2_000_000, 12_345],
      val_mae: [1_000_000, 9_876],
    },
    predictions: { labels: actual, predicted, probabilities: actual.map(() => []) },
  };
}

const near = run(
  "near",
  actual.map((value, i) => value + (i === 3 ? 90_000 : 100)),
  0.9,
);
const far = run(
  "far <b>",
  actual.map((value) => value - 5000),
  0.7,
);
const comparison = withoutPlaces(compareRegressions("houses.csv", { name: "price", unit: "€" }, [far, near]));
const timing = timingOf([undefined], [1]);
const figures = regressionFigures(comparison, { prefix: "houses", timing, look: () => 0 });

describe("compareRegressions", () => {
  it("ranks by R², counts who is closer, and finds the rows that all are off on", () => {
    expect(comparison.models.map(({ model }) => model)).toEqual(["near", "far <b>"]);
    // 19 of 20 tosses: 2 · (1 + 20) / 2^20
    expect(comparison.duel).toMatchObject({ onlyFirst: 19, onlySecond: 1, clear: true });
    expect(comparison.duel.p).toBeCloseTo(42 / 2 ** 20, 12);
    expect(comparison.hardest[0]).toEqual({ row: 3, actual: 40_000, predicted: [130_000, 35_000] });
  });

  it("says so where the higher R² is not the closer on most rows, or all are alike", () => {
    const { duel } = comparison;
    expect(closerText({ ...duel, onlyFirst: 1, onlySecond: 19 })).toContain(
      "but far <b> is closer on more rows",
    );
    expect(closerText({ ...duel, onlyFirst: 6, onlySecond: 5, p: 1, clear: false })).toContain("are level");
    expect(closerText({ ...duel, onlyFirst: 0, onlySecond: 0 })).toContain("the same on every row");
  });

  it("is told in lines that fit", () => {
    const text = regressionsText(comparison, { width: 80 });
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(text).toContain("price (€) of 20 test rows");
  });
});

describe("the page of regressions", () => {
  const html = comparisonPage({
    sets: [regressionSection({ comparison, timing, figures, data: "16 and 20 rows" })],
    failed: [],
    command: "anygrad compare near far --dataset /home/me/houses.csv",
    version: "1",
    machine: "m",
  });

  it("is well-formed and has every figure, table and difference", () => {
    const voids = /<(meta|link|img)((?:"[^"]*"|[^">])*)>/g;
    const errors: string[] = [];
    const xml = html.replace("<!doctype html>", "").replace(voids, "<$1$2/>");
    new DOMParser({ onError: (_, message) => errors.push(message) }).parseFromString(xml, "text/xml");
    expect(errors).toEqual([]);
    for (const text of [
      "R² 0.9000",
      "★ 0.9000",
      "RMSE, €",
      "Options in which the models differ",
      "adam",
      "far &lt;b&gt;",
    ])
      expect(html).toContain(text);
    for (const absent of ["accuracy", "Confusion", "NaN", "/home/me", "epochs</th><td"])
      expect(html).not.toContain(absent);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  it("draws curves, predicted against actual and errors of each model on one scale", () => {
    expect(listedRegression(figures).map(({ name }) => name)).toEqual([
      "houses-parameters",
      "houses-seconds",
      "houses-val-r2",
      "houses-val-loss",
      "houses-val-rmse",
      "houses-val-mae",
      "houses-r2",
      "houses-loss",
      "houses-within",
      "houses-fit-1",
      "houses-fit-2",
      "houses-errors-1",
      "houses-errors-2",
    ]);
    const ticks = (svg: string): string[] =>
      Array.from(svg.matchAll(/<text[^>]*>([^<]+)</g), ([, text]) => text!);
    for (const pair of [figures.fits, figures.errors])
      expect(ticks(pair[0]!.svg)).toEqual(ticks(pair[1]!.svg));
    expect(figures.learning[0]!.title).toBe("Validation R² by epoch, houses.csv");
    for (const { svg } of listedRegression(figures)) expect(ticks(svg)).not.toContain("0.0000");
    expect(ticks(figures.learning[0]!.svg)).not.toContain("−400");
  });
});
