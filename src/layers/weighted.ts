/** Options of the layers that multiply by a kernel: dense and the convolutions. */
import { getInitializer, type Initializer, type InitializerLike } from "../initializers/index.ts";
import { getRegularizer, type Regularizer, type RegularizerLike } from "../regularizers/index.ts";
import type { Shape } from "../tensor/shape.ts";
import { type ActivationLike, type ActivationName, checkActivation } from "./activation.ts";
import type { LayerOptions, WeightSpec } from "./layer.ts";

/** Options of the layers that multiply by a kernel. */
export interface WeightedOptions extends LayerOptions {
  /** Default "linear". */
  activation?: ActivationLike;
  /** Default true. */
  useBias?: boolean;
  /** Default "glorotUniform". */
  kernelInitializer?: InitializerLike;
  /** Default "zeros". */
  biasInitializer?: InitializerLike;
  /** Penalty on the kernel. Default: none. */
  kernelRegularizer?: RegularizerLike;
  /** Penalty on the bias. Default: none. */
  biasRegularizer?: RegularizerLike;
}

export interface WeightedConfig {
  activation: ActivationName;
  useBias: boolean;
  kernelInitializer: Initializer;
  biasInitializer: Initializer;
  kernelRegularizer: Regularizer | undefined;
  biasRegularizer: Regularizer | undefined;
}

/** The types of {@link WeightedOptions}. */
export const weightedNames =
  "activation useBias:boolean kernelInitializer biasInitializer kernelRegularizer biasRegularizer";

/** The options with their defaults, resolved. */
export function weighted(subject: string, options: WeightedOptions): WeightedConfig {
  const { kernelRegularizer, biasRegularizer } = options;
  return {
    activation: checkActivation(subject, options.activation ?? "linear"),
    useBias: options.useBias ?? true,
    kernelInitializer: getInitializer(
      options.kernelInitializer ?? "glorotUniform",
      `${subject}: kernelInitializer`,
    ),
    biasInitializer: getInitializer(options.biasInitializer ?? "zeros", `${subject}: biasInitializer`),
    kernelRegularizer:
      kernelRegularizer && getRegularizer(kernelRegularizer, `${subject}: kernelRegularizer`),
    biasRegularizer: biasRegularizer && getRegularizer(biasRegularizer, `${subject}: biasRegularizer`),
  };
}

/** Kernel and bias. */
export function kernelAndBias(kernel: Shape, outputs: number, config: WeightedConfig): WeightSpec[] {
  const specs: WeightSpec[] = [
    {
      name: "kernel",
      shape: kernel,
      initializer: config.kernelInitializer,
      regularizer: config.kernelRegularizer,
    },
  ];
  if (config.useBias)
    specs.push({
      name: "bias",
      shape: [outputs],
      initializer: config.biasInitializer,
      regularizer: config.biasRegularizer,
    });
  return specs;
}
