/** Options and weights of the separable convolutions: a kernel for each channel, then one that mixes them. */
import type { ConstraintLike } from "../constraints/index.ts";
import { getInitializer, type Initializer, type InitializerLike } from "../initializers/index.ts";
import { getRegularizer, type Regularizer, type RegularizerLike } from "../regularizers/index.ts";
import type { Shape } from "../tensor/shape.ts";
import { type ActivationLike, type ActivationName, checkActivation } from "./activation.ts";
import type { LayerOptions, WeightSpec } from "./layer.ts";

/** Options of the separable convolutions. */
export interface SeparableOptions extends LayerOptions {
  /** Output channels. */
  filters: number;
  /** Channels between the two convolutions, for each of the input. Default 1. */
  depthMultiplier?: number;
  /** Default "linear". */
  activation?: ActivationLike;
  /** Default true. */
  useBias?: boolean;
  /** Default "glorotUniform". */
  depthwiseInitializer?: InitializerLike;
  /** Default "glorotUniform". */
  pointwiseInitializer?: InitializerLike;
  /** Default "zeros". */
  biasInitializer?: InitializerLike;
  /** Penalty on the kernels of single channels. Default: none. */
  depthwiseRegularizer?: RegularizerLike;
  /** Penalty on the kernel that mixes channels. Default: none. */
  pointwiseRegularizer?: RegularizerLike;
  /** Penalty on the bias. Default: none. */
  biasRegularizer?: RegularizerLike;
  /** What holds the kernels of single channels within bounds after each step. Default: nothing. */
  depthwiseConstraint?: ConstraintLike;
  /** What holds the kernel that mixes channels within bounds after each step. Default: nothing. */
  pointwiseConstraint?: ConstraintLike;
  /** What holds the bias within bounds after each step. Default: nothing. */
  biasConstraint?: ConstraintLike;
}

export interface SeparableConfig {
  activation: ActivationName;
  useBias: boolean;
  depthwiseInitializer: Initializer;
  pointwiseInitializer: Initializer;
  biasInitializer: Initializer;
  depthwiseRegularizer: Regularizer | undefined;
  pointwiseRegularizer: Regularizer | undefined;
  biasRegularizer: Regularizer | undefined;
  depthwiseConstraint: ConstraintLike | undefined;
  pointwiseConstraint: ConstraintLike | undefined;
  biasConstraint: ConstraintLike | undefined;
}

/** The types of those of {@link SeparableOptions} that `separable` resolves. */
export const separableNames =
  "activation useBias:boolean depthwiseInitializer pointwiseInitializer biasInitializer depthwiseRegularizer pointwiseRegularizer biasRegularizer depthwiseConstraint:string|object pointwiseConstraint:string|object biasConstraint:string|object";

/** The options with their defaults, resolved. */
export function separable(subject: string, options: SeparableOptions): SeparableConfig {
  const initializer = (name: "depthwiseInitializer" | "pointwiseInitializer" | "biasInitializer") =>
    getInitializer(
      options[name] ?? (name === "biasInitializer" ? "zeros" : "glorotUniform"),
      `${subject}: ${name}`,
    );
  const regularizer = (name: "depthwiseRegularizer" | "pointwiseRegularizer" | "biasRegularizer") => {
    const like = options[name];
    return like && getRegularizer(like, `${subject}: ${name}`);
  };
  return {
    activation: checkActivation(subject, options.activation ?? "linear"),
    useBias: options.useBias ?? true,
    depthwiseInitializer: initializer("depthwiseInitializer"),
    pointwiseInitializer: initializer("pointwiseInitializer"),
    biasInitializer: initializer("biasInitializer"),
    depthwiseRegularizer: regularizer("depthwiseRegularizer"),
    pointwiseRegularizer: regularizer("pointwiseRegularizer"),
    biasRegularizer: regularizer("biasRegularizer"),
    depthwiseConstraint: options.depthwiseConstraint,
    pointwiseConstraint: options.pointwiseConstraint,
    biasConstraint: options.biasConstraint,
  };
}

/** The weights of a separable convolution. */
export function separableWeights(depthwise: Shape, pointwise: Shape, config: SeparableConfig): WeightSpec[] {
  const specs: WeightSpec[] = [
    {
      name: "depthwise_kernel",
      shape: depthwise,
      initializer: config.depthwiseInitializer,
      regularizer: config.depthwiseRegularizer,
      constraint: config.depthwiseConstraint,
    },
    {
      name: "pointwise_kernel",
      shape: pointwise,
      initializer: config.pointwiseInitializer,
      regularizer: config.pointwiseRegularizer,
      constraint: config.pointwiseConstraint,
    },
  ];
  if (config.useBias)
    specs.push({
      name: "bias",
      shape: [pointwise.at(-1)!],
      initializer: config.biasInitializer,
      regularizer: config.biasRegularizer,
      constraint: config.biasConstraint,
    });
  return specs;
}
