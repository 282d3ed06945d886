/** Learning-rate schedules by name, as optimizers take them and saved models give them. */
import { AnygradError, quote } from "../../errors.ts";
import { isWithin } from "../../math/checks.ts";
import { kindNamed, type SavedKind } from "../../registry.ts";
import { constant } from "./decay.ts";
import * as kinds from "./kinds.ts";
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

/** The schedule that `{ type, config }` describes. @throws AnygradError INVALID_ARGUMENT for an unknown type or a bad option */
export function scheduleFromConfig(saved: SavedKind): Schedule {
  const { type, config } = saved ?? {};
  if (typeof config !== "object" || config === null)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `schedules: ${quote(saved)} is unknown; pass { type, config } with a type of ${Object.keys(kinds).join(", ")}`,
    );
  // What a file holds is unchecked until the factory looks at it; each looks at every option.
  const make = kindNamed("schedules", type, kinds) as (options: object) => Schedule;
  // one that holds another, such as a warm-up, holds it as data
  return make(
    "schedule" in config ? { ...config, schedule: scheduleFromConfig(config.schedule as SavedKind) } : config,
  );
}
