import { describe, expect, it } from "vitest";
import { effectsOf } from "../../../report/sweep/effects.ts";
import { bestTrial, compareTrials, type Trial } from "../../../report/sweep/trial.ts";

function trial(
  number: number,
  options: Trial["options"],
  scores: readonly number[],
  more: Partial<Trial> = {},
): Trial {
  return {
    trial: number,
    status: "complete",
    options,
    epochs: scores.length,
    val_accuracy: scores.at(-1) ?? null,
    val_loss: scores.length > 0 ? 1 - scores.at(-1)! : null,
    history: { loss: [], accuracy: [], val_loss: scores.map((score) => 1 - score), val_accuracy: scores },
    seconds: 1,
    digest: "",
    ...more,
  };
}

const listed = (...names: string[]) => names.map((name) => ({ name, isRange: false }));

describe("the effect of an option", () => {
  // by hand: groups 1 2 3 and 5 6 7, mean 4, total 28, within 4; ε² = 1 - (4 / 4) / (28 / 5)
  const trials = [1, 2, 3, 5, 6, 7].map((score, i) =>
    trial(i + 1, { optimizer: i < 3 ? "a" : "b", l1: i % 2 }, [score]),
  );

  it("is its share of the variance, corrected for chance", () => {
    const [optimizer, l1] = effectsOf(trials, listed("optimizer", "l1"), "val_accuracy");
    expect(optimizer!.share).toBeCloseTo(1 - 1 / (28 / 5), 12);
    expect(optimizer!.groups.map(({ label, mean, deviation }) => [label, mean, deviation])).toEqual([
      ["a", 2, 1],
      ["b", 6, 1],
    ]);
    expect(l1!.share).toBe(0); // η² is above 0, as chance has it
    expect(l1).toMatchObject({ numeric: true, grouped: false });
  });

  it("of a range is that of groups of equally many trials", () => {
    const many = Array.from({ length: 16 }, (_, i) => trial(i + 1, { rate: i / 100 }, [i < 8 ? 1 : 2]));
    const [rate] = effectsOf(many, [{ name: "rate", isRange: true }], "val_accuracy");
    expect(rate).toMatchObject({ numeric: true, grouped: true, share: 1 });
    expect(rate!.groups.map(({ label, scores }) => [label, scores.length])).toEqual([
      ["0..0.03", 4],
      ["0.04..0.07", 4],
      ["0.08..0.11", 4],
      ["0.12..0.15", 4],
    ]);
  });

  it("leaves failures out, compares at one epoch, and says where nothing can be told", () => {
    const failed = trial(7, { optimizer: "a", l1: 0 }, [], { status: "failed" });
    const late = trial(8, { optimizer: "b", l1: 0 }, [6, 99], { status: "failed" });
    const [atFirst] = effectsOf([...trials, failed, late], listed("optimizer"), "val_accuracy", 1);
    expect(atFirst!.groups.map(({ scores }) => scores.length)).toEqual([3, 4]);
    const [atEnd] = effectsOf([...trials, failed, late], listed("optimizer"), "val_accuracy");
    expect(atEnd!.groups.map(({ scores }) => scores.length)).toEqual([3, 3]);
    expect(effectsOf(trials.slice(0, 3), listed("optimizer"), "val_accuracy")[0]!.share).toBeUndefined();
    expect(effectsOf([failed], listed("optimizer"), "val_accuracy")[0]).toMatchObject({
      groups: [],
      share: undefined,
    });
  });
});

describe("the best trial", () => {
  it("was trained to the end; equals are told apart, failures come last", () => {
    const a = trial(1, {}, [0.9], { val_loss: 0.5 });
    const b = trial(2, {}, [0.9], { val_loss: 0.4 });
    const stopped = trial(3, {}, [0.99], { status: "stopped" });
    const failed = trial(4, {}, [0.95], { status: "failed" });
    const unknown = trial(5, {}, [], { val_accuracy: null, val_loss: null });
    const all = [failed, unknown, a, stopped, b];
    expect(bestTrial(all, "val_accuracy")).toBe(b);
    expect(bestTrial([failed, stopped], "val_accuracy")).toBeUndefined();
    expect(all.toSorted(compareTrials("val_accuracy")).map((one) => one.trial)).toEqual([3, 2, 1, 4, 5]);
    expect(bestTrial([a, trial(6, {}, [0.1], { val_loss: 0.1 })], "val_loss")?.trial).toBe(6);
  });
});
