/**
 * The optimizers, from the simplest to the most elaborate; Keras's names and defaults.
 * @packageDocumentation
 * @example
 * ```js
 * import { optimizers, schedules } from "anygrad";
 *
 * const learningRate = schedules.cosine({ initialLearningRate: 1e-3, decaySteps: 1000 });
 * console.log(optimizers.adamw({ learningRate, weightDecay: 1e-4 }).schedule.at(500)); // 0.0005
 * ```
 */
import { type Optimizer, type OptimizerOptions, optimizer } from "./optimizer.ts";

export interface SgdOptions extends OptimizerOptions {
  /** Share of the last step that is kept. Default 0. */
  momentum?: number;
  /** Look ahead by the momentum (Nesterov). Default false. */
  nesterov?: boolean;
}

/** Gradient descent, with momentum where asked. Default learning rate 0.01. */
export function sgd({ momentum = 0, nesterov = false, ...shared }: SgdOptions = {}): Optimizer {
  const definition =
    momentum === 0
      ? ({
          slots: [],
          update: (kernels, { parameters, gradients, size }, learningRate, _, decay) =>
            kernels.sgd_f32(parameters, gradients, size, learningRate, decay),
        } satisfies Partial<Optimizer>)
      : ({
          slots: ["velocity"],
          update: (kernels, { parameters, gradients, slots, size }, learningRate, _, decay) =>
            kernels.momentum_f32(
              parameters,
              slots[0]!,
              gradients,
              size,
              learningRate,
              momentum,
              nesterov ? 1 : 0,
              decay,
            ),
        } satisfies Partial<Optimizer>);
  return optimizer({ type: "sgd", config: { momentum, nesterov }, ...definition }, shared, 0.01);
}

export interface RmspropOptions extends OptimizerOptions {
  /** Share of the old mean square that is kept. Default 0.9. */
  rho?: number;
  /** Default 1e-7. */
  epsilon?: number;
  /** Divide by √s + epsilon, as PyTorch does, in place of Keras's √(s + epsilon). Default false. */
  epsilonOutsideSqrt?: boolean;
}

/** Steps divided by a moving root mean square (Tieleman and Hinton, 2012). Default learning rate 0.001. */
export function rmsprop({
  rho = 0.9,
  epsilon = 1e-7,
  epsilonOutsideSqrt = false,
  ...shared
}: RmspropOptions = {}): Optimizer {
  const [inside, outside] = epsilonOutsideSqrt ? [0, epsilon] : [epsilon, 0];
  return optimizer(
    {
      type: "rmsprop",
      slots: ["meanSquare"],
      config: { rho, epsilon, epsilonOutsideSqrt },
      update: (kernels, { parameters, gradients, slots, size }, learningRate, _, decay) =>
        kernels.rmsprop_f32(
          parameters,
          slots[0]!,
          gradients,
          size,
          learningRate,
          rho,
          1 - rho,
          inside,
          outside,
          decay,
        ),
    },
    shared,
    0.001,
  );
}

export interface AdamOptions extends OptimizerOptions {
  /** Default 0.9. */
  beta1?: number;
  /** Default 0.999. */
  beta2?: number;
  /** Default 1e-7. */
  epsilon?: number;
}

/** Adaptive moments (Kingma and Ba, arXiv:1412.6980). Default learning rate 0.001. */
export function adam(options: AdamOptions = {}): Optimizer {
  return adaptiveMoments("adam", options);
}

/** Adam with decoupled weight decay, default 0.004 (Loshchilov and Hutter, arXiv:1711.05101). */
export function adamw({ weightDecay = 0.004, ...options }: AdamOptions = {}): Optimizer {
  return adaptiveMoments("adamw", { weightDecay, ...options });
}

function adaptiveMoments(
  type: string,
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, ...shared }: AdamOptions,
): Optimizer {
  return optimizer(
    {
      type,
      slots: ["mean", "meanSquare"],
      config: { beta1, beta2, epsilon },
      update(kernels, { parameters, gradients, slots, size }, learningRate, step, decay) {
        const rate = (learningRate * Math.sqrt(1 - power(beta2, step + 1))) / (1 - power(beta1, step + 1));
        kernels.adam_f32(
          parameters,
          slots[0]!,
          slots[1]!,
          gradients,
          size,
          rate,
          beta1,
          1 - beta1,
          beta2,
          1 - beta2,
          epsilon,
          decay,
        );
      },
    },
    shared,
    0.001,
  );
}

/** base^n for a whole n by squaring: multiplications alone, so the same on every engine. */
function power(base: number, n: number): number {
  let result = 1;
  for (let square = base; n > 0; n = Math.floor(n / 2), square *= square) if (n % 2 === 1) result *= square;
  return result;
}
