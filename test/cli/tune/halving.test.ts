import { describe, expect, it } from "vitest";
import { halve, rungsOf } from "../../../cli/tune/halving.ts";

interface Result {
  readonly score: number;
  readonly failed?: boolean;
}

/** Runs a sweep whose trials reach what `score` says, each job ending after a time that `delay` gives. */
async function sweep(
  trials: number,
  rungs: readonly number[],
  score: (trial: number, rung: number) => Result | undefined,
  delay: (trial: number, rung: number) => number = () => 0,
): Promise<{ calls: string[]; whole: boolean }> {
  const calls: string[] = [];
  const whole = await halve<Result>({
    trials,
    rungs,
    reduction: 3,
    run: async (trial, rung) => {
      calls.push(`${trial}@${rungs[rung]}`);
      await new Promise((resolve) => setTimeout(resolve, delay(trial, rung)));
      return score(trial, rung);
    },
    compare: (a, b) => b.score - a.score,
    failed: ({ failed }) => failed === true,
  });
  return { calls, whole };
}

const at = (calls: readonly string[], epochs: number): number[] =>
  calls.filter((call) => call.endsWith(`@${epochs}`)).map((call) => Number(call.split("@")[0]));

describe("rungs", () => {
  it.each<[number, number, number, number[]]>([
    [27, 1, 3, [1, 3, 9, 27]],
    [10, 1, 3, [1, 3, 10]],
    [10, 2, 3, [3, 10]],
    [8, 1, 2, [1, 2, 4, 8]],
    [5, 5, 3, [5]],
    [1, 1, 3, [1]],
    [2, 1, 3, [1, 2]],
  ])("of %i epochs, at least %i, by %i", (epochs, least, reduction, wanted) => {
    expect(rungsOf(epochs, least, reduction)).toEqual(wanted);
  });
});

describe("successive halving", () => {
  it("trains all a little and the best to the end", async () => {
    // trial t reaches t: the last ones are the best
    const { calls, whole } = await sweep(27, [1, 3, 9], (trial) => ({ score: trial }));
    expect(whole).toBe(true);
    expect(at(calls, 1)).toEqual(Array.from({ length: 27 }, (_, trial) => trial));
    expect(new Set(calls).size).toBe(calls.length);
    const [second, third] = [at(calls, 3), at(calls, 9)];
    for (const trial of [18, 19, 20, 21, 22, 23, 24, 25, 26]) expect(second).toContain(trial);
    expect(third).toContain(26);
    expect(third.length).toBeLessThan(second.length);
    expect(second.length).toBeLessThan(27);
    for (const trial of third) expect(second).toContain(trial);
  });

  it("decides the same whatever the processes' speed, and again from known results", async () => {
    const score = (trial: number, rung: number): Result => ({ score: ((trial * 37 + rung * 11) % 40) / 40 });
    const wanted = await sweep(30, [1, 3, 9], score);
    const slow = await sweep(30, [1, 3, 9], score, (trial, rung) => (trial * 7 + rung * 5) % 13);
    const reverse = await sweep(30, [1, 3, 9], score, (trial) => 30 - trial);
    expect(slow.calls).toEqual(wanted.calls);
    expect(reverse.calls).toEqual(wanted.calls);
  });

  it.each([1, 2, 5])("trains one of %i trials to the end", async (trials) => {
    const { calls } = await sweep(trials, [1, 3, 9], (trial) => ({ score: trial }));
    expect(at(calls, 9)).toEqual([trials - 1]);
  });

  it("never promotes a failure, and tries the next where the best fails at the top", async () => {
    const { calls } = await sweep(9, [1, 3], (trial, rung) =>
      trial === 8 ? { score: -9, failed: true } : { score: trial, failed: rung === 1 && trial > 2 },
    );
    expect(at(calls, 3)).not.toContain(8);
    expect(at(calls, 3)).toContain(2);
  });

  it("ends where all fail, or the sweep is stopped", async () => {
    const failing = await sweep(9, [1, 3], () => ({ score: 0, failed: true }));
    expect(failing).toMatchObject({ whole: true, calls: { length: 9 } });
    const stopped = await sweep(40, [1, 3], (trial) => (trial < 5 ? { score: trial } : undefined));
    expect(stopped.whole).toBe(false);
    expect(stopped.calls.length).toBeLessThan(40);
  });
});
