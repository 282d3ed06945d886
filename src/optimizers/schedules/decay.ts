/**
 * The schedules that only ever fall: constant, in steps, exponential, inverse in time, polynomial.
 *
 * Names, defaults and formulas are those of Keras 3's `LearningRateSchedule`s; `step` is the staircase that PyTorch
 * calls StepLR, which in Keras is an exponential decay with `staircase`.
 */
import { AnygradError } from "../../errors.ts";
import type { NumberRange } from "../../math/checks.ts";
import { strictOptions } from "../../math/options.ts";
import { pow } from "../../math/transcendental.ts";
import { builtIn } from "../../registry.ts";
import { check, positive, rate, type Schedule, steps } from "./schedule.ts";

/** The options of {@link constant}. */
export interface ConstantOptions {
  /** The rate. */
  readonly learningRate: number;
}

/** The options of {@link step}. */
export interface StepOptions {
  /** The rate of the first step. */
  readonly initialLearningRate: number;
  /** The steps from one drop to the next. */
  readonly decaySteps: number;
  /** What each drop multiplies by. Default 0.1. */
  readonly factor?: number;
}

/** The options of {@link piecewiseConstant}. */
export interface PiecewiseConstantOptions {
  /** Steps, strictly increasing. */
  readonly boundaries: readonly number[];
  /** One learning rate more than there are boundaries. */
  readonly values: readonly number[];
}

/** The options of {@link exponential} and {@link inverseTime}. */
export interface DecayOptions {
  /** The rate of the first step. */
  readonly initialLearningRate: number;
  /** The steps after which the decay has acted once. */
  readonly decaySteps: number;
  /** How strongly the rate decays; see the formula. */
  readonly decayRate: number;
  /** Act once every `decaySteps` steps rather than a little at each. Default false. */
  readonly staircase?: boolean;
}

/** The options of {@link polynomial}. */
export interface PolynomialOptions {
  /** The rate of the first step. */
  readonly initialLearningRate: number;
  /** The steps from the initial to the end rate. */
  readonly decaySteps: number;
  /** Default 1e-4. */
  readonly endLearningRate?: number;
  /** 1 (default) falls along a line. */
  readonly power?: number;
  /** After the end, start over above it and with ever longer spans, rather than stay. Default false. */
  readonly cycle?: boolean;
}

/** A constant rate: `learningRate` at every step. */
export function constant(options: ConstantOptions): Schedule {
  const { learningRate } = strictOptions("constant", options, "learningRate");
  check("constant", { learningRate: [learningRate, rate] });
  return { type: "constant", config: { learningRate }, at: builtIn(() => learningRate) };
}

/** A staircase: `initialLearningRate · factor^⌊step / decaySteps⌋`. */
export function step(options: StepOptions): Schedule {
  const {
    initialLearningRate,
    decaySteps,
    factor = 0.1,
  } = strictOptions("step", options, "initialLearningRate decaySteps factor");
  check("step", {
    initialLearningRate: [initialLearningRate, rate],
    decaySteps: [decaySteps, steps],
    factor: [factor, positive],
  });
  return {
    type: "step",
    config: { initialLearningRate, decaySteps, factor },
    at: builtIn((done) => initialLearningRate * pow(factor, Math.floor(done / decaySteps))),
  };
}

/** A staircase by hand: `values[i]` up to and including step `boundaries[i]`, the last value after it. */
export function piecewiseConstant(options: PiecewiseConstantOptions): Schedule {
  const { boundaries, values } = strictOptions(
    "piecewiseConstant",
    options,
    "boundaries:object values:object",
  );
  if (!Array.isArray(boundaries) || !Array.isArray(values) || values.length !== boundaries.length + 1)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `piecewiseConstant: ${values?.length ?? "no"} values for ${boundaries?.length ?? "no"} boundaries; pass one value more than boundaries`,
    );
  values.forEach((value, i) => {
    check("piecewiseConstant", { [`values[${i}]`]: [value, rate] });
  });
  boundaries.forEach((boundary, i) => {
    const from = i === 0 ? 0 : boundaries[i - 1] + 1;
    check("piecewiseConstant", { [`boundaries[${i}]`]: [boundary, { whole: true, from }] });
  });
  return {
    type: "piecewiseConstant",
    config: { boundaries: [...boundaries], values: [...values] },
    at: builtIn((done) => {
      const i = boundaries.findIndex((boundary) => done <= boundary);
      return values[i === -1 ? boundaries.length : i]!;
    }),
  };
}

/** `initialLearningRate · decayRate^(step / decaySteps)`. */
export function exponential(options: DecayOptions): Schedule {
  return decay("exponential", options, positive, (decayRate, progress) => pow(decayRate, progress));
}

/** `initialLearningRate / (1 + decayRate · step / decaySteps)`: with `decaySteps: 1`, the classic `decay` of SGD. */
export function inverseTime(options: DecayOptions): Schedule {
  return decay("inverseTime", options, rate, (decayRate, progress) => 1 / (1 + decayRate * progress));
}

/** From the initial to the end rate along `(1 - step / decaySteps)^power`, then at the end rate. */
export function polynomial(options: PolynomialOptions): Schedule {
  const {
    initialLearningRate,
    decaySteps,
    endLearningRate = 1e-4,
    power = 1,
    cycle = false,
  } = strictOptions(
    "polynomial",
    options,
    "initialLearningRate decaySteps endLearningRate power cycle:boolean",
  );
  check("polynomial", {
    initialLearningRate: [initialLearningRate, rate],
    decaySteps: [decaySteps, steps],
    endLearningRate: [endLearningRate, rate],
    power: [power, positive],
  });
  return {
    type: "polynomial",
    config: { initialLearningRate, decaySteps, endLearningRate, power, cycle },
    at: builtIn((done) => {
      const span = cycle ? decaySteps * Math.max(1, Math.ceil(done / decaySteps)) : decaySteps;
      const left = 1 - Math.min(done, span) / span;
      return endLearningRate + (initialLearningRate - endLearningRate) * pow(left, power);
    }),
  };
}

function decay(
  type: string,
  options: DecayOptions,
  allowed: NumberRange,
  factor: (decayRate: number, progress: number) => number,
): Schedule {
  const {
    initialLearningRate,
    decaySteps,
    decayRate,
    staircase = false,
  } = strictOptions(type, options, "initialLearningRate decaySteps decayRate staircase:boolean");
  check(type, {
    initialLearningRate: [initialLearningRate, rate],
    decaySteps: [decaySteps, steps],
    decayRate: [decayRate, allowed],
  });
  return {
    type,
    config: { initialLearningRate, decaySteps, decayRate, staircase },
    at: builtIn((done) => {
      const progress = done / decaySteps;
      return initialLearningRate * factor(decayRate, staircase ? Math.floor(progress) : progress);
    }),
  };
}
