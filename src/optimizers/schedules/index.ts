/**
 * The learning-rate schedules by name, and how one comes back from a file.
 *
 * ```ts
 * optimizers.sgd({ learningRate: schedules.warmup({
 *   schedule: schedules.cosine({ initialLearningRate: 0.1, decaySteps: 10_000 }), warmupSteps: 500 }) })
 * ```
 *
 * When not: a rate that depends on how the run goes is a callback's work (`reduceLearningRateOnPlateau`).
 */
import { AnygradError } from "../../errors.ts";
import { isWithin } from "../../math/checks.ts";
import { cosine, cosineRestarts, oneCycle } from "./cosine.ts";
import { constant, exponential, inverseTime, piecewiseConstant, polynomial, step } from "./decay.ts";
import type { Schedule } from "./schedule.ts";
import { warmup } from "./warmup.ts";

export type { CosineOptions, CosineRestartsOptions, OneCycleOptions } from "./cosine.ts";
export type {
  ConstantOptions,
  DecayOptions,
  PiecewiseConstantOptions,
  PolynomialOptions,
  StepOptions,
} from "./decay.ts";
export type { Schedule } from "./schedule.ts";
export type { WarmupOptions } from "./warmup.ts";

/** A schedule as data, for a file. */
export interface SavedSchedule {
  readonly type: string;
  readonly config: Record<string, unknown>;
}

/**
 * Every schedule.
 * @example
 * ```js
 * import { schedules } from "anygrad";
 *
 * const cosine = schedules.cosine({ initialLearningRate: 0.1, decaySteps: 100 });
 * console.log([0, 50, 100].map((step) => cosine.at(step))); // [0.1, 0.05, 0]
 * ```
 */
export const schedules: {
  readonly constant: typeof constant;
  readonly step: typeof step;
  readonly piecewiseConstant: typeof piecewiseConstant;
  readonly exponential: typeof exponential;
  readonly inverseTime: typeof inverseTime;
  readonly polynomial: typeof polynomial;
  readonly cosine: typeof cosine;
  readonly cosineRestarts: typeof cosineRestarts;
  readonly warmup: typeof warmup;
  readonly oneCycle: typeof oneCycle;
} = {
  constant,
  step,
  piecewiseConstant,
  exponential,
  inverseTime,
  polynomial,
  cosine,
  cosineRestarts,
  warmup,
  oneCycle,
};

/** A number as a constant schedule; a schedule passes through. `subject` begins the message of a bad one. */
export function getSchedule(learningRate: number | Schedule, subject = "learningRate"): Schedule {
  if (typeof learningRate === "object" && typeof learningRate?.at === "function") return learningRate;
  if (typeof learningRate !== "number" || !isWithin(learningRate, { from: 0 }))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: learningRate is ${typeof learningRate === "number" ? learningRate : JSON.stringify(learningRate)}; pass a number from 0, such as 0.001, or schedules.*()`,
    );
  return constant({ learningRate });
}

/** The schedule that `{ type, config }` describes. @throws AnygradError INVALID_ARGUMENT for an unknown type or a bad option */
export function scheduleFromConfig(saved: SavedSchedule): Schedule {
  const { type, config } = saved ?? {};
  if (!Object.hasOwn(schedules, type) || typeof config !== "object" || config === null)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `schedules: ${JSON.stringify(saved)} is unknown; pass { type, config } with a type of ${Object.keys(schedules).join(", ")}`,
    );
  // What a file holds is unchecked until the factory looks at it; each looks at every option.
  const factories: { readonly [type: string]: (options: never) => Schedule } = schedules;
  const options =
    type === "warmup"
      ? { ...config, schedule: scheduleFromConfig(config.schedule as SavedSchedule) }
      : config;
  return factories[type]!(options as never);
}
