/** What makes optimizers of their definitions: it checks the options that every one has, and adds them. */

import type { Own } from "../definitions/definition.ts";
import { AnygradError } from "../errors.ts";
import { checkCount, checkNumber, properShare } from "../math/checks.ts";

import { builtIn } from "../registry.ts";

import { Tensor } from "../tensor/tensor.ts";

import type { Optimizer, OptimizerOptions, Update } from "./definition.ts";
import { OptimizerState } from "./optimizerState.ts";
import { getSchedule } from "./schedules/index.ts";

export type { Optimizer, OptimizerOptions, Run, Update } from "./definition.ts";

/** The types of {@link OptimizerOptions}. */
export const sharedNames =
  "learningRate weightDecay:number clipnorm globalClipnorm clipvalue gradientAccumulationSteps learningRateMultipliers:object";

interface Definition {
  readonly type: string;
  readonly slots: readonly string[];
  readonly initial?: number;
  readonly config: Readonly<Record<string, unknown>>;
  readonly update: Update;
  /** What the user's definition made; it has checked the options. */
  readonly own?: Own;
}

/** Shares of an old value that are kept: at 1 nothing new would enter. */
const shares: ReadonlySet<string> = new Set(["momentum", "rho", "beta1", "beta2"]);

/** Checks the shared options and adds them to a definition. @throws AnygradError INVALID_ARGUMENT */
export function optimizer(
  { type, slots, initial, config, update, own }: Definition,
  {
    learningRate,
    weightDecay = 0,
    clipnorm,
    globalClipnorm,
    clipvalue,
    gradientAccumulationSteps = 1,
    learningRateMultipliers,
  }: OptimizerOptions,
  defaultRate: number,
): Optimizer {
  const schedule = getSchedule(learningRate ?? defaultRate, type);
  const clipping = { clipnorm, globalClipnorm, clipvalue };
  for (const [name, value] of Object.entries(clipping))
    if (value !== undefined) checkNumber(`${type}: ${name}`, value, { above: 0, orInfinity: true });
  for (const [name, value] of Object.entries({ ...(!own && config), weightDecay }))
    if (typeof value === "number")
      checkNumber(`${type}: ${name}`, value, shares.has(name) ? properShare : { from: 0 });
  const accumulate = checkCount(`${type}: gradientAccumulationSteps`, gradientAccumulationSteps);
  let state: OptimizerState | undefined;
  const made: Optimizer = {
    type,
    config: {
      ...config,
      weightDecay,
      ...clipping,
      ...(accumulate > 1 && { gradientAccumulationSteps }),
      learningRateMultipliers,
    },
    schedule,
    slots: accumulate > 1 ? [...slots, "accumulated"] : slots,
    initial,
    accumulate,
    clipping,
    update: own ? update : builtIn(update),
    ...(own && { custom: "optimizer", definition: own.definition }),
    minimize(compute, variables) {
      const engine = variables?.[0]?.allocator?.engine;
      if (!engine) throw otherVariables();
      const { value, gradients } = engine.valueAndGrad(compute, variables);
      made.apply(gradients, variables);
      return value;
    },
    apply(gradients, variables) {
      const bound = made.stateOf(variables);
      if (!bound) throw otherVariables();
      bound.check(gradients);
      bound.apply(gradients);
    },
    stateOf(variables) {
      if (!variables) return state;
      if (!Array.isArray(variables) || !variables.every((each) => each instanceof Tensor))
        throw otherVariables();
      if (!learningRateMultipliers) state ??= new OptimizerState(made, [...variables]);
      if (state?.holds(variables)) return state;
      throw otherVariables();
    },
  };
  const otherVariables = (): AnygradError =>
    new AnygradError(
      "INVALID_ARGUMENT",
      learningRateMultipliers
        ? `${type}: learningRateMultipliers are for layers; leave them out`
        : `${type}: pass a list of variables, each once, the same in all steps; each list needs an optimizer`,
    );
  return made;
}
