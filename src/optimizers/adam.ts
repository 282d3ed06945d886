/** Adam and AdamW: adaptive moments. */
import { adam_f32, maximum_f32 } from "../kernels/abi.generated.ts";
import { strictOptions } from "../math/options.ts";
import { power } from "../math/power.ts";
import { broadcastShape, loopOver } from "../tensor/broadcast.ts";
import { type Optimizer, type OptimizerOptions, optimizer, sharedNames } from "./optimizer.ts";

/** Options of {@link adam} and {@link adamw}. */
export interface AdamOptions extends OptimizerOptions {
  /** Default 0.9. */
  beta1?: number;
  /** Default 0.999. */
  beta2?: number;
  /** Default 1e-7. */
  epsilon?: number;
  /** Divide by the largest mean square so far in place of the present one (AMSGrad, Reddi et al., 2018). Default false. */
  amsgrad?: boolean;
}

/** Adaptive moments (Kingma and Ba, arXiv:1412.6980). Default learning rate 0.001. */
export function adam(options?: AdamOptions): Optimizer {
  return adaptiveMoments("adam", options);
}

/** Adam with decoupled weight decay, default 0.004 (Loshchilov and Hutter, arXiv:1711.05101). */
export function adamw(options?: AdamOptions): Optimizer {
  return adaptiveMoments("adamw", options, 0.004);
}

function adaptiveMoments(type: string, options: AdamOptions | undefined, defaultDecay = 0): Optimizer {
  const {
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-7,
    amsgrad = false,
    weightDecay = defaultDecay,
    ...shared
  } = strictOptions(type, options, `${sharedNames} beta1:number beta2:number epsilon:number amsgrad:boolean`);
  return optimizer(
    {
      type,
      slots: ["mean", "meanSquare", ...(amsgrad ? ["largestMeanSquare"] : [])],
      config: { beta1, beta2, epsilon, ...(amsgrad && { amsgrad }) },
      update({ kernels }, { parameters, gradients, slots, size }, learningRate, step, decay) {
        const rate = (learningRate * Math.sqrt(1 - power(beta2, step + 1))) / (1 - power(beta1, step + 1));
        const numbers = {
          w: parameters,
          m: slots[0]!,
          v: slots[1]!,
          dw: gradients,
          n: size,
          rate,
          beta1,
          complement1: 1 - beta1,
          beta2,
          complement2: 1 - beta2,
          epsilon,
          decay,
        };
        const largest = slots[2];
        if (!amsgrad || largest === undefined) {
          kernels.run(adam_f32, numbers);
          return;
        }
        // the moments alone, the largest, then a step by it whose moments stay as they are
        kernels.run(adam_f32, { ...numbers, rate: 0, decay: 0 });
        const shape = broadcastShape(loopOver([size], [size], [size]));
        kernels.run(maximum_f32, { out: largest, a: largest, b: slots[1]!, shape });
        const kept = { beta1: 1, complement1: 0, beta2: 1, complement2: 0 };
        kernels.run(adam_f32, { ...numbers, ...kept, v: largest });
      },
    },
    { ...shared, weightDecay },
    0.001,
  );
}
