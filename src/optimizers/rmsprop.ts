/** RMSprop: steps divided by a moving root mean square. */
import { adam_f32, square_f32, subtract_f32 } from "../kernels/abi.generated.ts";
import { momentum_f32, rmsprop_f32 } from "../kernels/families/optimizers.generated.ts";
import { strictOptions } from "../math/options.ts";
import { broadcastShape, loopOver } from "../tensor/broadcast.ts";
import { type Optimizer, type OptimizerOptions, optimizer, sharedNames } from "./optimizer.ts";

/** Options of {@link rmsprop}. */
export interface RmspropOptions extends OptimizerOptions {
  /** Share of the old mean square that is kept. Default 0.9. */
  rho?: number;
  /** Share of the last step that is kept. Default 0. */
  momentum?: number;
  /** Default 1e-7. */
  epsilon?: number;
  /** Divide by √s + epsilon, as PyTorch does, in place of Keras's √(s + epsilon). Default false. */
  epsilonOutsideSqrt?: boolean;
  /** Divide by the root of the variance, the mean square less the square of the mean. Costs a slot more. Default false. */
  centered?: boolean;
}

/** Steps divided by a moving root mean square (Tieleman and Hinton, 2012). Default learning rate 0.001. */
export function rmsprop(options?: RmspropOptions): Optimizer {
  const {
    rho = 0.9,
    momentum = 0,
    epsilon = 1e-7,
    epsilonOutsideSqrt = false,
    centered = false,
    ...shared
  } = strictOptions(
    "rmsprop",
    options,
    `${sharedNames} rho:number momentum:number epsilon:number epsilonOutsideSqrt:boolean centered:boolean`,
  );
  const [inside, outside] = epsilonOutsideSqrt ? [0, epsilon] : [epsilon, 0];
  return optimizer(
    {
      type: "rmsprop",
      slots: ["meanSquare", ...(centered ? ["mean"] : []), ...(momentum > 0 ? ["velocity"] : [])],
      config: {
        rho,
        epsilon,
        epsilonOutsideSqrt,
        ...(centered && { centered }),
        ...(momentum > 0 && { momentum }),
      },
      update(allocator, { parameters, gradients, slots, size }, learningRate, _, decay) {
        const { kernels } = allocator;
        const complement = 1 - rho;
        const [meanSquare] = slots as [number];
        const numbers = {
          s: meanSquare,
          dw: gradients,
          n: size,
          learningRate,
          rho,
          complement,
          inside,
          outside,
        };
        const velocity = momentum > 0 ? slots.at(-1)! : undefined;
        // the velocity is what is left of it less this step; weights that decay by 1 − momentum are just that
        const step = (given: Partial<typeof numbers>): void => {
          const moved =
            velocity === undefined ? { w: parameters, decay } : { w: velocity, decay: 1 - momentum };
          kernels.run(rmsprop_f32, { ...numbers, ...given, ...moved });
        };
        if (centered)
          allocator.scratch(8 * size, (square) => {
            const variance = square + 4 * size;
            const shape = broadcastShape(loopOver([size], [size], [size]));
            const shares = { beta1: rho, complement1: complement, beta2: rho, complement2: complement };
            const moments = { w: parameters, m: slots[1]!, v: meanSquare, dw: gradients, n: size, ...shares };
            kernels.run(adam_f32, { ...moments, rate: 0, epsilon: 1, decay: 0 }); // moves the moments alone
            kernels.run(square_f32, { y: square, x: slots[1]!, n: size, alpha: 0 });
            kernels.run(subtract_f32, { out: variance, a: meanSquare, b: square, shape });
            step({ s: variance, rho: 1, complement: 0 });
          });
        else step({});
        if (velocity === undefined) return;
        const whole = { learningRate: 0, momentum: 1, nesterov: 0, decay };
        kernels.run(momentum_f32, { w: parameters, v: velocity, dw: gradients, n: size, ...whole });
      },
    },
    shared,
    0.001,
  );
}
