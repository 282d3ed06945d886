/** Gradient descent, with momentum where asked. */
import { momentum_f32, sgd_f32 } from "../kernels/families/optimizers.generated.ts";
import { strictOptions } from "../math/options.ts";
import { type Optimizer, type OptimizerOptions, optimizer, sharedNames } from "./optimizer.ts";

/** Options of {@link sgd}. */
export interface SgdOptions extends OptimizerOptions {
  /** Share of the last step that is kept. Default 0. */
  momentum?: number;
  /** Look ahead by the momentum (Nesterov). Default false. */
  nesterov?: boolean;
}

/** Gradient descent, with momentum where asked. Default learning rate 0.01. */
export function sgd(options?: SgdOptions): Optimizer {
  const {
    momentum = 0,
    nesterov = false,
    ...shared
  } = strictOptions("sgd", options, `${sharedNames} momentum:number nesterov:boolean`);
  const definition =
    momentum === 0
      ? ({
          slots: [],
          update: ({ kernels }, { parameters, gradients, size }, learningRate, _, decay) =>
            kernels.run(sgd_f32, { w: parameters, dw: gradients, n: size, learningRate, decay }),
        } satisfies Partial<Optimizer>)
      : ({
          slots: ["velocity"],
          update: ({ kernels }, { parameters, gradients, slots, size }, learningRate, _, decay) =>
            kernels.run(momentum_f32, {
              w: parameters,
              v: slots[0]!,
              dw: gradients,
              n: size,
              learningRate,
              momentum,
              nesterov: nesterov ? 1 : 0,
              decay,
            }),
        } satisfies Partial<Optimizer>);
  return optimizer({ type: "sgd", config: { momentum, nesterov }, ...definition }, shared, 0.01);
}
