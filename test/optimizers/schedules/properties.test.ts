/** What holds for every schedule, and what none takes. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AnygradError } from "../../../src/errors.ts";
import { scheduleFromConfig } from "../../../src/optimizers/schedules/fromConfig.ts";
import { getSchedule, type Schedule, schedules } from "../../../src/optimizers/schedules/index.ts";

const learningRate = fc.double({ min: 1e-6, max: 10, noNaN: true });
const stepCount = fc.integer({ min: 1, max: 5000 });
const anySchedule: fc.Arbitrary<Schedule> = fc
  .record({
    initialLearningRate: learningRate,
    decaySteps: stepCount,
    decayRate: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
    staircase: fc.boolean(),
    alpha: fc.double({ min: 0, max: 1, noNaN: true }),
    tMul: fc.double({ min: 1, max: 3, noNaN: true }),
    which: fc.constantFrom(
      "constant",
      "step",
      "piecewiseConstant",
      "exponential",
      "inverseTime",
      "polynomial",
      "cosine",
      "cosineRestarts",
      "oneCycle",
    ),
  })
  .map(({ which, ...options }) => {
    const { initialLearningRate, decaySteps, decayRate, staircase, alpha, tMul } = options;
    const firstDecaySteps = decaySteps;
    switch (which) {
      case "constant":
        return schedules.constant({ learningRate: initialLearningRate });
      case "step":
        return schedules.step({ initialLearningRate, decaySteps, factor: decayRate });
      case "piecewiseConstant":
        return schedules.piecewiseConstant({
          boundaries: [decaySteps],
          values: [initialLearningRate, initialLearningRate / 2],
        });
      case "oneCycle":
        return schedules.oneCycle({ maxLearningRate: initialLearningRate, totalSteps: decaySteps });
      case "cosineRestarts":
        return schedules.cosineRestarts({ initialLearningRate, firstDecaySteps, alpha, tMul });
      case "polynomial":
        return schedules.polynomial({ initialLearningRate, decaySteps, endLearningRate: 0 });
      case "exponential":
        return schedules.exponential({ initialLearningRate, decaySteps, decayRate, staircase });
      case "inverseTime":
        return schedules.inverseTime({ initialLearningRate, decaySteps, decayRate, staircase });
      default:
        return schedules.cosine({ initialLearningRate, decaySteps, alpha });
    }
  });

describe("properties", () => {
  it("no schedule leaves [0, its highest rate]", () => {
    fc.assert(
      fc.property(anySchedule, fc.nat(100_000), (schedule, step) => {
        const { initialLearningRate, maxLearningRate, learningRate, values } = schedule.config;
        const highest = initialLearningRate ?? maxLearningRate ?? learningRate ?? (values as number[])[0];
        expect(schedule.at(step)).toBeGreaterThanOrEqual(0);
        expect(schedule.at(step)).toBeLessThanOrEqual((highest as number) * (1 + 1e-12));
      }),
    );
  });

  it("every schedule survives JSON, bit for bit, also under a warm-up", () => {
    fc.assert(
      fc.property(
        anySchedule,
        stepCount,
        fc.array(fc.nat(20_000), { minLength: 5 }),
        (schedule, warmupSteps, at) => {
          for (const one of [
            schedule,
            schedules.warmup({ schedule, warmupSteps, startLearningRate: 1e-7 }),
          ]) {
            const again = scheduleFromConfig(
              JSON.parse(JSON.stringify({ type: one.type, config: one.config })),
            );
            expect(at.map(again.at)).toEqual(at.map(one.at));
          }
        },
      ),
    );
  });

  it("is continuous at the end of a warm-up, and climbs until then", () => {
    fc.assert(
      fc.property(
        learningRate,
        fc.integer({ min: 2, max: 5000 }),
        stepCount,
        (highest, warmupSteps, decaySteps) => {
          const fall = schedules.cosine({ initialLearningRate: highest, decaySteps });
          const built = schedules.cosine({
            initialLearningRate: 0,
            warmupTarget: highest,
            decaySteps,
            warmupSteps,
          });
          for (const schedule of [schedules.warmup({ schedule: fall, warmupSteps }), built]) {
            expect(schedule.at(warmupSteps)).toBe(highest);
            const step = highest / warmupSteps;
            expect(schedule.at(warmupSteps) - schedule.at(warmupSteps - 1)).toBeCloseTo(step, 10);
            expect(schedule.at(1) - schedule.at(0)).toBeCloseTo(step, 10);
            expect(schedule.at(warmupSteps + decaySteps)).toBeLessThan(highest * 1e-12);
          }
        },
      ),
    );
  });
});

describe("getSchedule", () => {
  it("makes a number constant and lets a schedule through", () => {
    const schedule = schedules.step({ initialLearningRate: 1, decaySteps: 1 });
    expect(getSchedule(schedule)).toBe(schedule);
    expect(getSchedule(0.25).at(1e6)).toBe(0.25);
    expect(getSchedule(0.25)).toMatchObject({ type: "constant", config: { learningRate: 0.25 } });
  });
});

describe("bad input", () => {
  const initialLearningRate = 0.1;
  it.each<[string, () => unknown, RegExp]>([
    ["a NaN rate", () => getSchedule(Number.NaN, "adam"), /^adam: learningRate is NaN; pass a number from 0/],
    ["an infinite rate", () => getSchedule(Infinity), /^learningRate: learningRate is Infinity/],
    [
      "a negative rate",
      () => schedules.constant({ learningRate: -1 }),
      /^constant: learningRate is -1; pass/,
    ],
    [
      "decaySteps 0",
      () => schedules.cosine({ initialLearningRate, decaySteps: 0 }),
      /^cosine: decaySteps is 0; pass a whole number/,
    ],
    [
      "decaySteps 2.5",
      () => schedules.step({ initialLearningRate, decaySteps: 2.5 }),
      /^step: decaySteps is 2.5/,
    ],
    [
      "alpha 2",
      () => schedules.cosine({ initialLearningRate, decaySteps: 9, alpha: 2 }),
      /alpha is 2; pass a number from 0 to 1/,
    ],
    [
      "tMul below 1",
      () => schedules.cosineRestarts({ initialLearningRate, firstDecaySteps: 9, tMul: 0.5 }),
      /^cosineRestarts: tMul is 0.5/,
    ],
    [
      "pctStart 30",
      () => schedules.oneCycle({ maxLearningRate: 1, totalSteps: 9, pctStart: 30 }),
      /^oneCycle: pctStart is 30/,
    ],
    [
      "decayRate 0",
      () => schedules.exponential({ initialLearningRate, decaySteps: 9, decayRate: 0 }),
      /^exponential: decayRate is 0/,
    ],
    [
      "power 0",
      () => schedules.polynomial({ initialLearningRate, decaySteps: 9, power: 0 }),
      /^polynomial: power is 0/,
    ],
    [
      "too few values",
      () => schedules.piecewiseConstant({ boundaries: [5], values: [1] }),
      /1 values for 1 boundaries/,
    ],
    [
      "boundaries that fall",
      () => schedules.piecewiseConstant({ boundaries: [5, 5], values: [1, 1, 1] }),
      /boundaries\[1\] is 5; pass a whole number from 6/,
    ],
    [
      "a NaN value",
      () => schedules.piecewiseConstant({ boundaries: [5], values: [1, Number.NaN] }),
      /values\[1\] is NaN/,
    ],
    [
      "a warm-up to nothing",
      () => schedules.warmup({ warmupSteps: 3 } as Parameters<typeof schedules.warmup>[0]),
      /^warmup: schedule is undefined/,
    ],
    [
      "warmupSteps 0",
      () => schedules.warmup({ schedule: getSchedule(1), warmupSteps: 0 }),
      /^warmup: warmupSteps is 0/,
    ],
    [
      "an unknown type",
      () => scheduleFromConfig({ type: "cosin", config: {} }),
      /^schedules: "cosin" is unknown; did you mean cosine\? There are constant, step/,
    ],
    [
      "a missing option in a file",
      () => scheduleFromConfig({ type: "step", config: { decaySteps: 3 } }),
      /^step: initialLearningRate is undefined/,
    ],
    [
      "text for a flag in a file",
      () =>
        scheduleFromConfig({
          type: "polynomial",
          config: { initialLearningRate, decaySteps: 3, cycle: "no" },
        }),
      /^polynomial: cycle is "no"; pass a value of type boolean/,
    ],
    [
      "a warm-up in a file without its schedule",
      () => scheduleFromConfig({ type: "warmup", config: { warmupSteps: 3 } }),
      /^warmup: schedule is undefined/,
    ],
    ["no config", () => scheduleFromConfig(JSON.parse('{"type": "step"}')), /unknown/],
  ])("%s", (_, run, message) => {
    expect(run).toThrow(AnygradError);
    expect(run).toThrow(message);
    expect(run).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  });
});
