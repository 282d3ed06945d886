/** Activations as layers and as options of other layers. */

import { type Definition, isDefinition, isOwn, type Own } from "../definitions/definition.ts";
import { checkNumber } from "../math/checks.ts";
import { unknownName } from "../math/options.ts";
import { type FusedActivation, isFused } from "../ops/fusedActivation.ts";
import * as ops from "../ops/index.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { LateActivation } from "./activationsByName.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Layer, LayerDefinition, LayerOptions, LayerTraits } from "./layer.ts";

/**
 * The activations that layers take as an option; `swish` is another name of silu. `hardSigmoid2` is clip(0.2 x + 0.5, 0, 1), the hard sigmoid
 * of Keras 2 and TensorFlow.js; `hardSigmoid` is that of Keras 3, clip(x / 6 + 0.5, 0, 1).
 */
export type ActivationLike = ActivationName | "swish" | Definition<[], OwnActivation>;

/** An activation of the user's own, as what `defineActivation` gives makes it. */
export interface OwnActivation extends Own {
  readonly custom: "activation";
  /** Computes it, in the shape of x. */
  call(x: Tensor): Tensor;
}

/** An activation: its name, or one of the user's own. */
export type ActivationName = KnownActivation | OwnActivation;

/** The names of the activations. */
export type KnownActivation =
  | "linear"
  | "relu"
  | "leakyRelu"
  | "elu"
  | "gelu"
  | "silu"
  | "sigmoid"
  | "tanh"
  | "softmax"
  | "logSoftmax"
  | LateActivation;

interface ActivationFunction {
  apply(x: Tensor): Tensor;
  /** What a layer that only applies it is like. */
  readonly traits: LayerTraits;
}

const elementwise: LayerTraits = { convolves: false };

/** The activations, with their usual parameters. */
const functions: Readonly<Record<Exclude<KnownActivation, LateActivation>, ActivationFunction>> = {
  linear: { apply: (x) => x, traits: { isView: true } },
  relu: { apply: ops.relu, traits: elementwise },
  leakyRelu: { apply: (x) => ops.leakyRelu(x), traits: elementwise }, // slope 0.2, as Keras's function; the layer's is 0.3
  elu: { apply: (x) => ops.elu(x), traits: elementwise },
  gelu: { apply: ops.gelu, traits: elementwise },
  silu: { apply: ops.silu, traits: elementwise },
  sigmoid: { apply: ops.sigmoid, traits: elementwise },
  tanh: { apply: ops.tanh, traits: elementwise },
  softmax: { apply: ops.softmax, traits: { convolves: false } },
  logSoftmax: { apply: ops.logSoftmax, traits: { convolves: false } },
};

const lateNames = "relu6 selu hardSigmoid hardSigmoid2 hardSwish mish softplus softsign".split(" ");
/** Those that have been imported. */
let late: typeof import("./activationsByName.ts").byName;

/** Imports what is needed to apply the activations of these layers, and of those that they wrap. */
export async function loadActivations(layers: readonly Layer[]): Promise<void> {
  if (layers.some(hasLate)) late = (await import("./activationsByName.ts")).byName;
}

/** Whether one of its options names an activation that few networks use: its own, that of gates, or a wrapped layer's. */
function hasLate({ lastActivation, config }: Layer): boolean {
  const options: readonly (string | Partial<Layer> | null)[] = Object.values(config);
  return [lastActivation, ...options].some((value) =>
    typeof value === "string"
      ? lateNames.includes(value)
      : value?.config && value.outputShape && hasLate(value as Layer),
  );
}

/** The names, in the order in which messages list them. */
export const activationNames = Object.keys(functions).concat(lateNames) as readonly KnownActivation[];

function known(name: ActivationName): ActivationFunction {
  if (typeof name === "object") return { apply: (x) => name.call(x), traits: {} };
  return name in functions
    ? functions[name as keyof typeof functions]
    : { apply: (x) => late[name as LateActivation](x), traits: elementwise };
}

/** The activation of this name, `swish` being another one of silu; or the user's own. @throws AnygradError INVALID_ARGUMENT for another */
export function checkActivation(subject: string, name: ActivationLike): ActivationName {
  if (name === "swish") return "silu";
  if (isOwn(name, "activation")) return name as OwnActivation;
  if (isDefinition(name) && name.kind === "activation") return name() as OwnActivation;
  if (activationNames.includes(name as KnownActivation)) return name as KnownActivation;
  throw unknownName(`${subject}: activation`, name, activationNames);
}

export function applyActivation(x: Tensor, name: ActivationName): Tensor {
  return known(name).apply(x);
}

/** Splits an activation into what the op before it can fuse and what comes after. */
export function splitActivation(
  name: ActivationName,
  logits: boolean,
): { activation: FusedActivation; rest: ActivationName } {
  if (logits) return { activation: "linear", rest: "linear" };
  return typeof name === "string" && isFused(name)
    ? { activation: name, rest: "linear" }
    : { activation: "linear", rest: name };
}

interface Config {
  activation: ActivationName;
}

const definition: LayerDefinition<Config> = {
  type: "activation",
  keras: "Activation",
  traits: ({ activation: name }) => ({ onlyActivates: true, ...known(name).traits }),
  outputShape: ([input]) => input!,
  call: ([x], { config, logits }) => (logits ? x : applyActivation(x, config.activation)),
  lastActivation: ({ activation }) => activation,
};

/** Applies an activation: `activation({ activation: "relu" })`, or shorter `activation("relu")`, `activation(mine)`. */
export function activation(options: ActivationLike | (LayerOptions & { activation: ActivationLike })): Layer {
  const { activation: name, ...shared } = layerOptions(
    "activation",
    typeof options === "string" || isDefinition(options) || isOwn(options)
      ? { activation: options as ActivationLike }
      : (options as LayerOptions & { activation: ActivationLike }),
    "activation",
  );
  return createLayer(definition, { activation: checkActivation("activation", name) }, shared);
}

/** An activation without options as a layer of its own. */
function named(
  type: Exclude<KnownActivation, LateActivation>,
  keras: string,
): (options?: LayerOptions) => Layer {
  const own: LayerDefinition<object> = {
    type,
    keras,
    traits: { onlyActivates: true, ...functions[type].traits },
    outputShape: ([input]) => input!,
    call: ([x], { logits }) => (logits ? x : applyActivation(x, type)),
    lastActivation: () => type,
  };
  return (options) => createLayer(own, {}, layerOptions(type, options, ""));
}

/** x Φ(x), the exact form (Hendrycks and Gimpel, arXiv:1606.08415). */
export const gelu: (options?: LayerOptions) => Layer = named("gelu", "GELU");
/** x · sigmoid(x), also called swish (Elfwing et al., arXiv:1702.03118). */
export const silu: (options?: LayerOptions) => Layer = named("silu", "SiLU");
/** 1 / (1 + e^−x). */
export const sigmoid: (options?: LayerOptions) => Layer = named("sigmoid", "Sigmoid");
/** The hyperbolic tangent. */
export const tanh: (options?: LayerOptions) => Layer = named("tanh", "Tanh");
/** Over the last axis. */
export const softmax: (options?: LayerOptions) => Layer = named("softmax", "Softmax");
/** Over the last axis. */
export const logSoftmax: (options?: LayerOptions) => Layer = named("logSoftmax", "LogSoftmax");

const leakyReluDefinition: LayerDefinition<{ negativeSlope: number }> = {
  type: "leakyRelu",
  keras: "LeakyReLU",
  traits: elementwise,
  outputShape: ([input]) => input!,
  call: ([x], { config }) => ops.leakyRelu(x, config),
};

/** Default slope 0.3. */
export function leakyRelu(options?: LayerOptions & { negativeSlope?: number }): Layer {
  const { negativeSlope = 0.3, ...shared } = layerOptions("leakyRelu", options, "negativeSlope");
  return createLayer(
    leakyReluDefinition,
    { negativeSlope: checkNumber("leakyRelu: negativeSlope", negativeSlope, { from: 0 }) },
    shared,
  );
}

const eluDefinition: LayerDefinition<{ alpha: number }> = {
  type: "elu",
  keras: "ELU",
  traits: elementwise,
  outputShape: ([input]) => input!,
  call: ([x], { config }) => ops.elu(x, config),
};

/** Default alpha 1. */
export function elu(options?: LayerOptions & { alpha?: number }): Layer {
  const { alpha = 1, ...shared } = layerOptions("elu", options, "alpha");
  return createLayer(eluDefinition, { alpha: checkNumber("elu: alpha", alpha) }, shared);
}
