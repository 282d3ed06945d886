/**
 * The schedules along half a cosine: one fall, falls with warm restarts, and the one cycle up and down.
 *
 * Papers: Loshchilov & Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts" (2016); Smith & Topin,
 * "Super-Convergence" (2017). `cosine` and `cosineRestarts` are those of Keras 3, `oneCycle` that of PyTorch.
 */
import type { NumberRange } from "../../math/checks.ts";
import { strictOptions } from "../../math/options.ts";
import { cos, pow } from "../../math/transcendental.ts";
import { builtIn } from "../../registry.ts";
import { check, positive, rate, type Schedule, share, steps } from "./schedule.ts";

const warmUp: NumberRange = { whole: true, from: 0 };
const fromOne: NumberRange = { from: 1 };

/** The options of {@link cosine}. */
export interface CosineOptions {
  /** Where the fall starts; with `warmupTarget`, where the rise to it starts. */
  readonly initialLearningRate: number;
  /** The steps of the fall, after the warm-up. */
  readonly decaySteps: number;
  /** The last rate as a share of the highest. Default 0. */
  readonly alpha?: number;
  /** The rate at the end of the warm-up. Default: no warm-up. */
  readonly warmupTarget?: number;
  /** The steps of the warm-up. Default 0. */
  readonly warmupSteps?: number;
}

/** The options of {@link cosineRestarts}. */
export interface CosineRestartsOptions {
  /** The rate at the beginning of the first fall. */
  readonly initialLearningRate: number;
  /** The steps of the first fall. */
  readonly firstDecaySteps: number;
  /** Each fall takes so many times the steps of the one before. Default 2. */
  readonly tMul?: number;
  /** Each fall starts at so many times the rate of the one before. Default 1. */
  readonly mMul?: number;
  /** The lowest rate as a share of the initial one. Default 0. */
  readonly alpha?: number;
}

/** The options of {@link oneCycle}. */
export interface OneCycleOptions {
  /** The highest rate. */
  readonly maxLearningRate: number;
  /** The steps of the whole run: epochs × steps per epoch. */
  readonly totalSteps: number;
  /** The share of the steps that rise. Default 0.3. */
  readonly pctStart?: number;
  /** The first rate is `maxLearningRate / divFactor`. Default 25. */
  readonly divFactor?: number;
  /** The last rate is the first one `/ finalDivFactor`. Default 1e4. */
  readonly finalDivFactor?: number;
}

/** Down half a cosine over `decaySteps`, then at `alpha` of the highest rate; a linear warm-up before it if asked for. */
export function cosine(options: CosineOptions): Schedule {
  const {
    initialLearningRate,
    decaySteps,
    alpha = 0,
    warmupTarget,
    warmupSteps = 0,
  } = strictOptions("cosine", options, "initialLearningRate decaySteps alpha warmupTarget warmupSteps");
  check("cosine", {
    initialLearningRate: [initialLearningRate, rate],
    decaySteps: [decaySteps, steps],
    alpha: [alpha, share],
    warmupTarget: [warmupTarget ?? 0, rate],
    warmupSteps: [warmupSteps, warmUp],
  });
  const rising = warmupTarget === undefined ? 0 : warmupSteps;
  const highest = warmupTarget ?? initialLearningRate;
  const config: Record<string, unknown> = { initialLearningRate, decaySteps, alpha, warmupSteps };
  if (warmupTarget !== undefined) config.warmupTarget = warmupTarget;
  return {
    type: "cosine",
    config,
    at: builtIn((done) => {
      if (done < rising) return initialLearningRate + (highest - initialLearningRate) * (done / rising);
      const progress = Math.min(done - rising, decaySteps) / decaySteps;
      return highest * ((1 - alpha) * halfCosine(progress) + alpha);
    }),
  };
}

/** Cosine falls one after the other, each `tMul` times as long and starting `mMul` times as high as the last. */
export function cosineRestarts(options: CosineRestartsOptions): Schedule {
  const {
    initialLearningRate,
    firstDecaySteps,
    tMul = 2,
    mMul = 1,
    alpha = 0,
  } = strictOptions("cosineRestarts", options, "initialLearningRate firstDecaySteps tMul mMul alpha");
  check("cosineRestarts", {
    initialLearningRate: [initialLearningRate, rate],
    firstDecaySteps: [firstDecaySteps, steps],
    tMul: [tMul, fromOne],
    mMul: [mMul, positive],
    alpha: [alpha, share],
  });
  return {
    type: "cosineRestarts",
    config: { initialLearningRate, firstDecaySteps, tMul, mMul, alpha },
    at: builtIn((done) => {
      const { restarts, progress } = fallOf(done, firstDecaySteps, tMul);
      return initialLearningRate * ((1 - alpha) * pow(mMul, restarts) * halfCosine(progress) + alpha);
    }),
  };
}

/**
 * Up half a cosine from `maxLearningRate / divFactor` to the maximum, which step `pctStart · totalSteps - 1` has, and
 * down to next to nothing, which step `totalSteps - 1` and all later ones have.
 */
export function oneCycle(options: OneCycleOptions): Schedule {
  const {
    maxLearningRate,
    totalSteps,
    pctStart = 0.3,
    divFactor = 25,
    finalDivFactor = 1e4,
  } = strictOptions("oneCycle", options, "maxLearningRate totalSteps pctStart divFactor finalDivFactor");
  check("oneCycle", {
    maxLearningRate: [maxLearningRate, rate],
    totalSteps: [totalSteps, steps],
    pctStart: [pctStart, share],
    divFactor: [divFactor, positive],
    finalDivFactor: [finalDivFactor, positive],
  });
  const first = maxLearningRate / divFactor;
  const last = first / finalDivFactor;
  const peak = Math.max(0, pctStart * totalSteps - 1);
  const end = totalSteps - 1;
  return {
    type: "oneCycle",
    config: { maxLearningRate, totalSteps, pctStart, divFactor, finalDivFactor },
    at: builtIn((done) => {
      if (done < peak) return maxLearningRate + (first - maxLearningRate) * halfCosine(done / peak);
      if (done >= end) return done === peak ? maxLearningRate : last;
      return last + (maxLearningRate - last) * halfCosine((done - peak) / (end - peak));
    }),
  };
}

/** From 1 at progress 0 down to 0 at progress 1. */
function halfCosine(progress: number): number {
  return 0.5 * (1 + cos(Math.PI * progress));
}

// The falls are walked rather than found by a logarithm, as Keras does: that one misses a restart by rounding.
// Equal falls are divided, since there may be very many of them.
function fallOf(done: number, firstDecaySteps: number, tMul: number): { restarts: number; progress: number } {
  if (tMul === 1) {
    const restarts = Math.floor(done / firstDecaySteps);
    return { restarts, progress: (done - restarts * firstDecaySteps) / firstDecaySteps };
  }
  let restarts = 0;
  let start = 0;
  let length = firstDecaySteps;
  while (done >= start + length) {
    start += length;
    length *= tMul;
    restarts++;
  }
  return { restarts, progress: (done - start) / length };
}
