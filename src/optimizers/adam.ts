/** Adam and AdamW: adaptive moments. */
import { adam_f32 } from "../kernels/abi.generated.ts";
import { strictOptions } from "../math/options.ts";
import { type Optimizer, type OptimizerOptions, optimizer, sharedNames } from "./optimizer.ts";

/** Options of {@link adam} and {@link adamw}. */
export interface AdamOptions extends OptimizerOptions {
  /** Default 0.9. */
  beta1?: number;
  /** Default 0.999. */
  beta2?: number;
  /** Default 1e-7. */
  epsilon?: number;
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
    weightDecay = defaultDecay,
    ...shared
  } = strictOptions(type, options, `${sharedNames} beta1:number beta2:number epsilon:number`);
  return optimizer(
    {
      type,
      slots: ["mean", "meanSquare"],
      config: { beta1, beta2, epsilon },
      update(kernels, { parameters, gradients, slots, size }, learningRate, step, decay) {
        const rate = (learningRate * Math.sqrt(1 - power(beta2, step + 1))) / (1 - power(beta1, step + 1));
        kernels.run(adam_f32, {
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
        });
      },
    },
    { ...shared, weightDecay },
    0.001,
  );
}

/** base^n for a whole n by squaring: multiplications alone, so the same on every engine. */
function power(base: number, n: number): number {
  let result = 1;
  for (let square = base; n > 0; n = Math.floor(n / 2), square *= square) if (n % 2 === 1) result *= square;
  return result;
}
