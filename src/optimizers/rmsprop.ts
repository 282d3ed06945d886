/** RMSprop: steps divided by a moving root mean square. */
import { rmsprop_f32 } from "../kernels/abi.generated.ts";
import { strictOptions } from "../math/options.ts";
import { type Optimizer, type OptimizerOptions, optimizer, sharedNames } from "./optimizer.ts";

/** Options of {@link rmsprop}. */
export interface RmspropOptions extends OptimizerOptions {
  /** Share of the old mean square that is kept. Default 0.9. */
  rho?: number;
  /** Default 1e-7. */
  epsilon?: number;
  /** Divide by √s + epsilon, as PyTorch does, in place of Keras's √(s + epsilon). Default false. */
  epsilonOutsideSqrt?: boolean;
}

/** Steps divided by a moving root mean square (Tieleman and Hinton, 2012). Default learning rate 0.001. */
export function rmsprop(options?: RmspropOptions): Optimizer {
  const {
    rho = 0.9,
    epsilon = 1e-7,
    epsilonOutsideSqrt = false,
    ...shared
  } = strictOptions(
    "rmsprop",
    options,
    `${sharedNames} rho:number epsilon:number epsilonOutsideSqrt:boolean`,
  );
  const [inside, outside] = epsilonOutsideSqrt ? [0, epsilon] : [epsilon, 0];
  return optimizer(
    {
      type: "rmsprop",
      slots: ["meanSquare"],
      config: { rho, epsilon, epsilonOutsideSqrt },
      update: (kernels, { parameters, gradients, slots, size }, learningRate, _, decay) =>
        kernels.run(rmsprop_f32, {
          w: parameters,
          s: slots[0]!,
          dw: gradients,
          n: size,
          learningRate,
          rho,
          complement: 1 - rho,
          inside,
          outside,
          decay,
        }),
    },
    shared,
    0.001,
  );
}
