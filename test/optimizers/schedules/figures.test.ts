/** Rates of each schedule as Keras and float64 have them. */
import { describe, expect, it } from "vitest";
import { type Schedule, schedules } from "../../../src/optimizers/schedules/index.ts";

type Points = [step: number, learningRate: number][];

function expectPoints(schedule: Schedule, points: Points, relative: number): void {
  for (const [step, wanted] of points) {
    const got = schedule.at(step);
    expect(Math.abs(got - wanted), `step ${step}: got ${got}, wanted ${wanted}`).toBeLessThanOrEqual(
      relative * wanted,
    );
  }
}

describe("figures of Keras 3.15 (float64)", () => {
  const initialLearningRate = 0.1;
  const table: [string, Schedule, Points][] = [
    [
      "exponential",
      schedules.exponential({ initialLearningRate, decaySteps: 100, decayRate: 0.96 }),
      [
        [0, 0.1],
        [1, 0.09995918633652226],
        [50, 0.09797958971132713],
        [100, 0.096],
        [250, 0.09029798987795908],
        [1000, 0.06648326359915008],
      ],
    ],
    [
      "exponential, staircase",
      schedules.exponential({ initialLearningRate, decaySteps: 100, decayRate: 0.5, staircase: true }),
      [
        [0, 0.1],
        [99, 0.1],
        [100, 0.05],
        [250, 0.025],
      ],
    ],
    [
      "piecewiseConstant",
      schedules.piecewiseConstant({ boundaries: [100, 200], values: [1, 0.5, 0.1] }),
      [
        [0, 1],
        [100, 1],
        [101, 0.5],
        [200, 0.5],
        [201, 0.1],
        [1000, 0.1],
      ],
    ],
    [
      "inverseTime",
      schedules.inverseTime({ initialLearningRate, decaySteps: 10, decayRate: 0.5 }),
      [
        [0, 0.1],
        [1, 0.09523809523809523],
        [10, 0.06666666666666667],
        [95, 0.017391304347826087],
      ],
    ],
    [
      "inverseTime, staircase",
      schedules.inverseTime({ initialLearningRate, decaySteps: 10, decayRate: 0.5, staircase: true }),
      [
        [0, 0.1],
        [9, 0.1],
        [10, 0.06666666666666667],
        [95, 0.018181818181818184],
      ],
    ],
    [
      "polynomial, power 0.5",
      schedules.polynomial({ initialLearningRate, decaySteps: 100, endLearningRate: 0.01, power: 0.5 }),
      [
        [0, 0.1],
        [25, 0.08794228634059947],
        [50, 0.07363961030678928],
        [99, 0.019000000000000003],
        [100, 0.01],
        [500, 0.01],
      ],
    ],
    [
      "polynomial, defaults",
      schedules.polynomial({ initialLearningRate, decaySteps: 100 }),
      [
        [0, 0.1],
        [25, 0.07502500000000001],
        [100, 0.0001],
      ],
    ],
    [
      "polynomial, cycle",
      schedules.polynomial({
        initialLearningRate,
        decaySteps: 100,
        endLearningRate: 0.01,
        power: 2,
        cycle: true,
      }),
      [
        [0, 0.1],
        [50, 0.0325],
        [100, 0.01],
        [101, 0.032052250000000004],
        [150, 0.015625],
        [200, 0.01],
        [350, 0.01140625],
      ],
    ],
  ];
  it.each(table)("%s", (_, schedule, points) => expectPoints(schedule, points, 1e-14));

  // Keras takes these cosines in float32: near the end of a fall that is an absolute error of 1e-8.
  const cosines: [string, Schedule, Points][] = [
    [
      "cosine",
      schedules.cosine({ initialLearningRate, decaySteps: 1000, alpha: 0.1 }),
      [
        [0, 0.10000000149011612],
        [1, 0.09999977797269821],
        [250, 0.08681981265544891],
        [500, 0.05499999597668648],
        [999, 0.01000022329390049],
        [1000, 0.010000000707805157],
        [2000, 0.010000000707805157],
      ],
    ],
    [
      "cosine after warm-up",
      schedules.cosine({
        initialLearningRate: 0,
        decaySteps: 1000,
        alpha: 0.05,
        warmupTarget: 0.2,
        warmupSteps: 100,
      }),
      [
        [0, 0],
        [1, 0.002],
        [50, 0.1],
        [99, 0.198],
        [100, 0.2],
        [101, 0.1999995231628418],
        [600, 0.10499999523162842],
        [1100, 0.010000000149011612],
        [1200, 0.010000000149011612],
      ],
    ],
    [
      "cosineRestarts, defaults",
      schedules.cosineRestarts({ initialLearningRate, firstDecaySteps: 100 }),
      [
        [0, 0.1],
        [50, 0.04999999701976776],
        [99, 2.4673342704772952e-5],
        [101, 0.09999383091926575],
        [200, 0.04999999701976776],
        [299, 6.16908073425293e-6],
        [301, 0.0999984622001648],
        [500, 0.04999999701976776],
        [699, 1.5407800674438477e-6],
        [701, 0.09999961853027345],
      ],
    ],
    [
      "cosineRestarts, longer and lower",
      schedules.cosineRestarts({
        initialLearningRate,
        firstDecaySteps: 100,
        tMul: 1.5,
        mMul: 0.8,
        alpha: 0.1,
      }),
      [
        [0, 0.1],
        [50, 0.05499999731779098],
        [99, 0.010022206008434297],
        [101, 0.08199210357666016],
        [175, 0.04599999785423279],
        [249, 0.010007896423339845],
        [251, 0.06759719161987307],
        [400, 0.024399998283386237],
      ],
    ],
    [
      "cosineRestarts, equal lengths",
      schedules.cosineRestarts({ initialLearningRate, firstDecaySteps: 100, tMul: 1, mMul: 0.5 }),
      [
        [0, 0.1],
        [50, 0.04999999701976776],
        [100, 0.05],
        [150, 0.02499999850988388],
        [950, 9.765624417923391e-5],
      ],
    ],
  ];
  it.each(cosines)("%s", (_, schedule, points) => {
    for (const [step, wanted] of points) expect(Math.abs(schedule.at(step) - wanted)).toBeLessThan(1e-8);
  });
});

describe("figures in float64", () => {
  it("cosine", () => {
    const schedule = schedules.cosine({ initialLearningRate: 0.1, decaySteps: 1000, alpha: 0.1 });
    expectPoints(
      schedule,
      [
        [1, 0.09999977793408363],
        [250, 0.08681980515339464],
        [500, 0.055],
        [999, 0.010000222065916381],
        [1000, 0.01],
      ],
      1e-14,
    );
  });

  it("oneCycle, PyTorch's defaults", () => {
    const schedule = schedules.oneCycle({ maxLearningRate: 0.1, totalSteps: 100 });
    expectPoints(
      schedule,
      [
        [0, 0.004],
        [1, 0.004281378056590748],
        [10, 0.029516394846410082],
        [29, 0.1],
        [30, 0.09994965352845243],
        [50, 0.0793893450575732],
        [98, 5.07464715475788e-5],
        [99, 4e-7],
      ],
      1e-11,
    );
  });

  it("oneCycle with a peak between two steps", () => {
    const schedule = schedules.oneCycle({
      maxLearningRate: 1,
      totalSteps: 10,
      pctStart: 0.25,
      divFactor: 10,
      finalDivFactor: 100,
    });
    expectPoints(
      schedule,
      [
        [0, 0.1],
        [1, 0.775],
        [2, 0.9890847265665359],
        [5, 0.552711967402193],
        [9, 0.001],
      ],
      1e-12,
    );
  });

  it("oneCycle stays low after its end, and manages the shortest runs", () => {
    const schedule = schedules.oneCycle({ maxLearningRate: 0.1, totalSteps: 100 });
    expect(schedule.at(500)).toBe(schedule.at(99));
    expect(schedules.oneCycle({ maxLearningRate: 0.1, totalSteps: 1 }).at(0)).toBe(0.1);
    expect(schedules.oneCycle({ maxLearningRate: 0.1, totalSteps: 9, pctStart: 1 }).at(8)).toBe(0.1);
    expect(schedules.oneCycle({ maxLearningRate: 0.1, totalSteps: 9, pctStart: 0 }).at(0)).toBe(0.1);
  });

  it("step drops on every decaySteps-th step", () => {
    const schedule = schedules.step({ initialLearningRate: 0.8, decaySteps: 30, factor: 0.5 });
    expect([0, 29, 30, 59, 60, 90].map(schedule.at)).toEqual([0.8, 0.8, 0.4, 0.4, 0.2, 0.1]);
    expect(schedules.step({ initialLearningRate: 1, decaySteps: 1 }).at(1)).toBe(0.1);
  });

  it("the classic decay of SGD", () => {
    const schedule = schedules.inverseTime({ initialLearningRate: 0.5, decaySteps: 1, decayRate: 0.01 });
    expect(schedule.at(100)).toBe(0.25);
  });

  it("warmup rises to the schedule's beginning, which then starts", () => {
    const schedule = schedules.warmup({
      schedule: schedules.step({ initialLearningRate: 0.4, decaySteps: 10, factor: 0.5 }),
      warmupSteps: 4,
    });
    expect([0, 1, 2, 3, 4, 13, 14].map(schedule.at)).toEqual([
      0,
      0.1,
      0.2,
      expect.closeTo(0.3, 12),
      0.4,
      0.4,
      0.2,
    ]);
  });

  it("cosineRestarts starts anew at exactly the boundaries", () => {
    const schedule = schedules.cosineRestarts({ initialLearningRate: 0.1, firstDecaySteps: 10 });
    expect([0, 10, 30, 70, 150, 310, 10 * (2 ** 20 - 1)].map(schedule.at)).toEqual(new Array(7).fill(0.1));
  });
});
