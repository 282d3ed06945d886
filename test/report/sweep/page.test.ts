/** The report of a sweep: coloured by what matters, its axis where the good trials are, its figures as files. */
import { DOMParser } from "@xmldom/xmldom";
import { describe, expect, it } from "vitest";
import { coloringOf } from "../../../report/sweep/coloring.ts";
import { effectsOf } from "../../../report/sweep/effects.ts";
import { sweepReport } from "../../../report/sweep/page.ts";
import type { SweepResult } from "../../../report/sweep/result.ts";
import { scoreScale } from "../../../report/sweep/scale.ts";
import { headingText, summaryText } from "../../../report/sweep/text.ts";
import { bestTrial, type Trial } from "../../../report/sweep/trial.ts";

/** Nine trials: the rate decides, three of them by far too high; the optimizer does not matter. */
const trials = Array.from({ length: 9 }, (_, i): Trial => {
  const rate = 10 ** (i - 6);
  const score = i < 6 ? 0.9 + i / 100 : 0.1;
  return {
    trial: i + 1,
    status: "complete",
    options: { "learning-rate": rate, optimizer: i % 2 === 0 ? "adam" : "sgd & co" },
    epochs: 2,
    val_accuracy: score,
    val_loss: 1 - score,
    history: { loss: [1, 0.5], accuracy: [0.5, score], val_loss: [1, 1 - score], val_accuracy: [0.5, score] },
    seconds: 1,
    digest: "ab",
  };
});
const searched = [
  { name: "learning-rate", values: "1e-6..100 log", isRange: true, logarithmic: true },
  { name: "optimizer", values: "adam, sgd & co", isRange: false, logarithmic: false },
];
const effects = effectsOf(trials, searched, "val_accuracy");
const result: SweepResult = {
  preset: "mlp-64",
  dataset: "/home/me/pets",
  method: "random",
  task: "classification",
  metric: "val_accuracy",
  seed: 1,
  planned: 9,
  epochs: 2,
  rungs: undefined,
  reduction: undefined,
  fixed: "",
  searched,
  examples: { train: 9, validation: 1, test: 2 },
  jobs: 1,
  threads: 1,
  trials,
  best: bestTrial(trials, "val_accuracy"),
  test: { loss: 0.5, accuracy: 0.9 },
  effects,
  seconds: 3,
  command: "anygrad tune mlp-64 --dataset /home/me/pets --out /home/me/out",
  bestCommand: undefined,
  wholeCommand: undefined,
  version: "1",
  out: "/home/me/out",
};

describe("the report of a sweep", () => {
  const { html, figures } = sweepReport(result);

  it("has its figures as files, which are well-formed and show no axis of Plot's own", () => {
    expect(figures.map(({ name }) => name)).toEqual([
      "parallel",
      "shares",
      "effect-learning-rate",
      "effect-optimizer",
      "curves",
    ]);
    for (const { svg } of figures) {
      const errors: string[] = [];
      new DOMParser({ onError: (_, message) => errors.push(message) }).parseFromString(svg, "image/svg+xml");
      expect(errors).toEqual([]);
      expect(svg).not.toMatch(/NaN|undefined|Infinity|var\(|→/);
    }
  });

  it("has a line a trial through every option and the score", () => {
    const { svg } = figures.find(({ name }) => name === "parallel")!;
    const said = Array.from(svg.matchAll(/<title>(trial \d+: [^<]+)/g), ([, text]) => text);
    for (const { trial } of trials)
      expect(said.some((text) => text!.startsWith(`trial ${trial}: validation accuracy`))).toBe(true);
    const names = Array.from(svg.matchAll(/<text[^>]*>([^<]+)</g), ([, text]) => text);
    expect(names).toEqual(
      expect.arrayContaining(["optimizer", "learning-rate", "validation accuracy", "sgd &amp; co"]),
    );
  });

  it("names no folder", () => {
    expect(html).not.toContain("/home");
    expect(html).toContain("anygrad tune mlp-64 --dataset pets --out out");
  });
});

describe("the report of a sweep over a regression", () => {
  const numbers = trials.map(
    ({ val_accuracy, history: { val_accuracy: curve = [], ...history }, ...trial }): Trial => ({
      ...trial,
      val_r2: val_accuracy!,
      val_rmse: 20_000 * (1 - val_accuracy!),
      val_mae: 15_000 * (1 - val_accuracy!),
      history: { ...history, val_r2: curve, val_rmse: curve.map((r2) => 20_000 * (1 - r2!)) },
    }),
  );
  const regression = (metric: "val_r2" | "val_rmse"): SweepResult => ({
    ...result,
    task: "regression",
    target: { name: "price", unit: "€" },
    metric,
    trials: numbers,
    best: bestTrial(numbers, metric),
    test: { loss: 0.5, r2: 0.9, rmse: 1234.5, mae: 1000 },
    effects: effectsOf(numbers, searched, metric),
  });

  it("speaks of R² and errors in their unit everywhere, and of no classes", () => {
    const { html, figures } = sweepReport(regression("val_r2"));
    for (const absent of ["accuracy", "each class", "not finite", "mistakes"])
      expect(html).not.toContain(absent);
    for (const said of ["validation R²", "test RMSE, in €", "1,235", "drawn at random"])
      expect(html).toContain(said);
    expect(figures.map(({ name }) => name)).toContain("curves");
    for (const { svg } of figures) expect(svg).not.toMatch(/NaN|undefined|accuracy/);
    expect(headingText(regression("val_r2")) + summaryText(regression("val_r2"))).not.toMatch(
      /acc|finite|NaN/,
    );
  });

  it("chooses the least error where it is chosen by one", () => {
    expect(bestTrial(numbers, "val_rmse")?.trial).toBe(bestTrial(numbers, "val_r2")?.trial);
    const { html } = sweepReport(regression("val_rmse"));
    expect(html).toContain("Chosen by its validation RMSE");
    expect(html).toMatch(/Best on average: [^;]+, 1,\d{3}; worst: [^;]+, 18,000/);
  });
});

describe("where no option explains anything", () => {
  const equal = effects.map((effect) => ({ ...effect, share: 0.0001 }));
  const { html, figures } = sweepReport({ ...result, effects: equal });

  it("nothing is said of shares", () => {
    expect(html).not.toMatch(/explains the most|explain more/);
    expect(figures.map(({ name }) => name)).not.toContain("shares");
  });
});

describe("the colours of trials", () => {
  it("are those of the option that explains the most, in its order", () => {
    const { option, legend, color } = coloringOf(effects);
    expect(option).toBe("learning-rate");
    expect(legend.map((one) => one.color)).toEqual(["var(--step-1)", "var(--step-3)", "var(--step-5)"]);
    expect([1, 5, 9].map(color)).toEqual(legend.map((one) => one.color));
  });

  it("are one where nothing explains anything", () => {
    const { option, color } = coloringOf(effects.map((effect) => ({ ...effect, share: 0 })));
    expect([option, color(1) === color(9)]).toEqual([undefined, true]);
  });
});

describe("the axis of scores", () => {
  it("ends where the score does", () => {
    expect(scoreScale([1, 0.98, 0.75], "val_accuracy").domain[1]).toBe(1);
    expect(scoreScale([1, 0.98, -0.75], "val_r2").domain).toEqual([-0.8375, 1]);
    expect(scoreScale([0.1, 50], "val_rmse").domain[0]).toBe(0);
  });

  it("holds the better half wherever the worst are", () => {
    const accuracies = scoreScale([0.95, 0.94, 0.93, 0.92, 0.1, 0.1], "val_accuracy");
    expect(accuracies.domain[0]).toBeGreaterThan(0.9);
    expect([accuracies.beyond, accuracies.place(0.1)]).toEqual([2, accuracies.domain[0]]);
    const losses = scoreScale([0.2, 0.25, 0.3, 0.35, 5, 1e9], "val_loss");
    expect(losses.domain[1]).toBeLessThan(0.5);
    expect([losses.beyond, losses.isBeyond(5), losses.isBeyond(0.3)]).toEqual([2, true, false]);
  });

  it("holds all where none is far off, where there are few, and where all are equal", () => {
    for (const scores of [[0.9, 0.8, 0.7, 0.6, 0.5], [0.9, 0.1], [0.5, 0.5, 0.5, 0.5, 0.5], [0.3], []]) {
      const { beyond, domain } = scoreScale(scores, "val_accuracy");
      expect(beyond).toBe(0);
      expect(domain[0]).toBeLessThan(domain[1]);
    }
  });
});
