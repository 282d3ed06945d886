/** Optimizers with adaptive steps that few runs name: each weight's step depends on the gradients that it has seen. */
import {
  adadelta_f32,
  adamax_f32,
  lion_f32,
  nadam_f32,
  rmsprop_f32,
} from "../kernels/families/optimizers.generated.ts";
import { strictOptions } from "../math/options.ts";
import { power } from "../math/power.ts";
import { type Optimizer, type OptimizerOptions, optimizer, sharedNames } from "./optimizer.ts";

/** Options of {@link adagrad}. */
export interface AdagradOptions extends OptimizerOptions {
  /** What the sums of squares begin with. Default 0.1. */
  initialAccumulatorValue?: number;
  /** Default 1e-7. */
  epsilon?: number;
}

/** Steps divided by the root of all squares so far: rare features learn fast (Duchi et al., 2011). Default learning rate 0.001. */
export function adagrad(options?: AdagradOptions): Optimizer {
  const {
    initialAccumulatorValue = 0.1,
    epsilon = 1e-7,
    ...shared
  } = strictOptions("adagrad", options, `${sharedNames} initialAccumulatorValue:number epsilon:number`);
  return optimizer(
    {
      type: "adagrad",
      slots: ["sumOfSquares"],
      initial: initialAccumulatorValue,
      config: { initialAccumulatorValue, epsilon },
      // RMSprop that forgets nothing
      update: ({ kernels }, { parameters, gradients, slots, size }, learningRate, _, decay) =>
        kernels.run(rmsprop_f32, {
          w: parameters,
          s: slots[0]!,
          dw: gradients,
          n: size,
          learningRate,
          rho: 1,
          complement: 1,
          inside: epsilon,
          outside: 0,
          decay,
        }),
    },
    shared,
    0.001,
  );
}

/** Options of {@link adadelta}. */
export interface AdadeltaOptions extends OptimizerOptions {
  /** Share of the old mean squares that is kept. Default 0.95. */
  rho?: number;
  /** Default 1e-7. */
  epsilon?: number;
}

/**
 * Steps in the unit of the weights: as large as the last ones were, by how large the gradients were (Zeiler, arXiv:1212.5701).
 * Default learning rate 0.001, as in Keras; the paper has 1.
 */
export function adadelta(options?: AdadeltaOptions): Optimizer {
  const {
    rho = 0.95,
    epsilon = 1e-7,
    ...shared
  } = strictOptions("adadelta", options, `${sharedNames} rho:number epsilon:number`);
  return optimizer(
    {
      type: "adadelta",
      slots: ["meanSquare", "meanSquareOfSteps"],
      config: { rho, epsilon },
      update: ({ kernels }, { parameters, gradients, slots, size }, learningRate, _, decay) =>
        kernels.run(adadelta_f32, {
          w: parameters,
          s: slots[0]!,
          d: slots[1]!,
          dw: gradients,
          n: size,
          learningRate,
          rho,
          complement: 1 - rho,
          epsilon,
          decay,
        }),
    },
    shared,
    0.001,
  );
}

/** Options of {@link adamax} and {@link nadam}. */
export interface MomentsOptions extends OptimizerOptions {
  /** Default 0.9. */
  beta1?: number;
  /** Default 0.999. */
  beta2?: number;
  /** Default 1e-7. */
  epsilon?: number;
}

const momentNames = `${sharedNames} beta1:number beta2:number epsilon:number` as const;

/** Adam by the largest gradient, fading, in place of the mean square (Kingma and Ba, section 7). Default learning rate 0.001. */
export function adamax(options?: MomentsOptions): Optimizer {
  const {
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-7,
    ...shared
  } = strictOptions("adamax", options, momentNames);
  return optimizer(
    {
      type: "adamax",
      slots: ["mean", "norm"],
      config: { beta1, beta2, epsilon },
      update: ({ kernels }, { parameters, gradients, slots, size }, learningRate, step, decay) =>
        kernels.run(adamax_f32, {
          w: parameters,
          m: slots[0]!,
          u: slots[1]!,
          dw: gradients,
          n: size,
          rate: learningRate / (1 - power(beta1, step + 1)),
          beta1,
          complement1: 1 - beta1,
          beta2,
          epsilon,
          decay,
        }),
    },
    shared,
    0.001,
  );
}

/** Adam with Nesterov's look-ahead (Dozat, 2016). Default learning rate 0.001. */
export function nadam(options?: MomentsOptions): Optimizer {
  const {
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-7,
    ...shared
  } = strictOptions("nadam", options, momentNames);
  /** The share of the mean at step t, from 1: it grows from about half of beta1 to it. */
  const shareAt = (t: number): number => beta1 * (1 - 0.5 * power(0.96, t));
  let [steps, product] = [0, 1];
  /** The product of the first t shares, in their order whatever was asked before: the same bits in a resumed run. */
  const productTo = (t: number): number => {
    if (t < steps) [steps, product] = [0, 1];
    while (steps < t && product > 0) product *= shareAt(++steps);
    return product;
  };
  return optimizer(
    {
      type: "nadam",
      slots: ["mean", "meanSquare"],
      config: { beta1, beta2, epsilon },
      update({ kernels }, { parameters, gradients, slots, size }, learningRate, step, decay) {
        const t = step + 1;
        const soFar = productTo(t);
        const next = shareAt(t + 1);
        kernels.run(nadam_f32, {
          w: parameters,
          m: slots[0]!,
          v: slots[1]!,
          dw: gradients,
          n: size,
          ofMean: (learningRate * next) / (1 - soFar * next),
          ofGradient: (learningRate * (1 - shareAt(t))) / (1 - soFar),
          correction: 1 / (1 - power(beta2, t)),
          beta1,
          complement1: 1 - beta1,
          beta2,
          complement2: 1 - beta2,
          epsilon,
          decay,
        });
      },
    },
    shared,
    0.001,
  );
}

/** Options of {@link lion}. */
export interface LionOptions extends OptimizerOptions {
  /** Share of the mean in a step's direction. Default 0.9. */
  beta1?: number;
  /** Share of the old mean that is kept. Default 0.99. */
  beta2?: number;
}

/**
 * Steps of one size, in the direction that the mean and the gradient agree on (Chen et al., arXiv:2302.06675). Default learning rate
 * 0.001; 3 to 10 times smaller than Adam's is usual.
 */
export function lion(options?: LionOptions): Optimizer {
  const {
    beta1 = 0.9,
    beta2 = 0.99,
    ...shared
  } = strictOptions("lion", options, `${sharedNames} beta1:number beta2:number`);
  return optimizer(
    {
      type: "lion",
      slots: ["mean"],
      config: { beta1, beta2 },
      update: ({ kernels }, { parameters, gradients, slots, size }, learningRate, _, decay) =>
        kernels.run(lion_f32, {
          w: parameters,
          m: slots[0]!,
          dw: gradients,
          n: size,
          learningRate,
          beta1,
          complement1: 1 - beta1,
          beta2,
          complement2: 1 - beta2,
          decay,
        }),
    },
    shared,
    0.001,
  );
}
