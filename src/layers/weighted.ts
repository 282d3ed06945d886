/** Options of the layers that multiply by a kernel: dense and the convolutions. */
import type { ConstraintLike } from "../constraints/index.ts";
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
  /** What holds the kernel within bounds after each step. Default: nothing. */
  kernelConstraint?: ConstraintLike;
  /** What holds the bias within bounds after each step. Default: nothing. */
  biasConstraint?: ConstraintLike;
}

export interface WeightedConfig {
  activation: ActivationName;
  useBias: boolean;
  kernelInitializer: Initializer;
  biasInitializer: Initializer;
  kernelRegularizer: Regularizer | undefined;
  biasRegularizer: Regularizer | undefined;
  kernelConstraint: ConstraintLike | undefined;
  biasConstraint: ConstraintLike | undefined;
}

/** The types of {@link WeightedOptions}. */
export const weightedNames =
  "activation useBias:boolean kernelInitializer biasInitializer kernelRegularizer biasRegularizer kernelConstraint:string|object biasConstraint:string|object";

/** The options with their defaults, resolved. */
export function weighted(subject: string, options: WeightedOptions): WeightedConfig {
  const { kernelRegularizer, biasRegularizer, kernelConstraint, biasConstraint } = options;
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
    kernelConstraint,
    biasConstraint,
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
      constraint: config.kernelConstraint,
    },
  ];
  if (config.useBias)
    specs.push({
      name: "bias",
      shape: [outputs],
      initializer: config.biasInitializer,
      regularizer: config.biasRegularizer,
      constraint: config.biasConstraint,
    });
  return specs;
}
