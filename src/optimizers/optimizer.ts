/** What an optimizer is: options that every one has, and one fused kernel over a run of parameters. */

import type { Kernels } from "../kernels/kernel.ts";
import { checkNumber, properShare } from "../math/checks.ts";
import { getSchedule, type Schedule } from "./schedules/index.ts";

/** Options of every optimizer. */
export interface OptimizerOptions {
  /** A number or a schedule. */
  learningRate?: number | Schedule;
  /** Pulls weights towards zero by learningRate · weightDecay each step, apart from the gradient. Default 0. */
  weightDecay?: number;
  /** The gradient of each weight is scaled down to this norm. */
  clipnorm?: number;
  /** All gradients together are scaled down to this norm. */
  globalClipnorm?: number;
  /** Every element of a gradient is held within ± this value. */
  clipvalue?: number;
}

/** The types of {@link OptimizerOptions}. */
export const sharedNames = "learningRate weightDecay:number clipnorm globalClipnorm clipvalue";

/** A run of parameters that lie side by side, by addresses. */
export interface Run {
  /** Address of the parameters. */
  readonly parameters: number;
  /** Address of their gradients. */
  readonly gradients: number;
  /** One address per slot. */
  readonly slots: readonly number[];
  /** Number of parameters. */
  readonly size: number;
}

/** One step of a run of parameters. @param step updates done before this one @param decay learningRate · weightDecay */
export type Update = (kernels: Kernels, run: Run, learningRate: number, step: number, decay: number) => void;

/** How gradients change weights; `optimizers` makes one. */
export interface Optimizer {
  /** Its name in `optimizers`. */
  readonly type: string;
  /** Its options, as JSON can hold them; the learning rate is the schedule's. */
  readonly config: Readonly<Record<string, number | boolean | undefined>>;
  /** The learning rate at each step. */
  readonly schedule: Schedule;
  /** Arrays of the parameters' size that it keeps, by name. @internal */
  readonly slots: readonly string[];
  /** @internal */
  readonly clipping: Readonly<Pick<OptimizerOptions, "clipnorm" | "globalClipnorm" | "clipvalue">>;
  /** @internal */
  readonly update: Update;
}

interface Definition {
  readonly type: string;
  readonly slots: readonly string[];
  readonly config: Readonly<Record<string, number | boolean>>;
  readonly update: Update;
}

/** Shares of an old value that are kept: at 1 nothing new would enter. */
const shares: ReadonlySet<string> = new Set(["momentum", "rho", "beta1", "beta2"]);

/** Checks the shared options and adds them to a definition. @throws AnygradError INVALID_ARGUMENT */
export function optimizer(
  { type, slots, config, update }: Definition,
  { learningRate, weightDecay = 0, clipnorm, globalClipnorm, clipvalue }: OptimizerOptions,
  defaultRate: number,
): Optimizer {
  const schedule = getSchedule(learningRate ?? defaultRate, type);
  const clipping = { clipnorm, globalClipnorm, clipvalue };
  for (const [name, value] of Object.entries(clipping))
    if (value !== undefined) checkNumber(`${type}: ${name}`, value, { above: 0, orInfinity: true });
  for (const [name, value] of Object.entries({ ...config, weightDecay }))
    if (typeof value === "number")
      checkNumber(`${type}: ${name}`, value, shares.has(name) ? properShare : { from: 0 });
  return { type, config: { ...config, weightDecay, ...clipping }, schedule, slots, clipping, update };
}
