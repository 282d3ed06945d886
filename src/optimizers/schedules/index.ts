/** Learning-rate schedules, as optimizers take them. */
import { AnygradError, quote } from "../../errors.ts";
import { isWithin } from "../../math/checks.ts";
import { constant } from "./decay.ts";
import type { Schedule } from "./schedule.ts";

export type { CosineOptions, CosineRestartsOptions, OneCycleOptions } from "./cosine.ts";
export type {
  ConstantOptions,
  DecayOptions,
  PiecewiseConstantOptions,
  PolynomialOptions,
  StepOptions,
} from "./decay.ts";
export * as schedules from "./kinds.ts";
export type { Schedule } from "./schedule.ts";
export type { WarmupOptions } from "./warmup.ts";

/** A number as a constant schedule; a schedule passes through. `subject` begins the message of a bad one. */
export function getSchedule(learningRate: number | Schedule, subject = "learningRate"): Schedule {
  if (typeof learningRate === "object" && typeof learningRate?.at === "function") return learningRate;
  if (typeof learningRate !== "number" || !isWithin(learningRate, { from: 0 }))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: learningRate is ${quote(learningRate)}; pass a number from 0, such as 0.001, or schedules.*()`,
    );
  return constant({ learningRate });
}
