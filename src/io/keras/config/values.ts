/** Options that are kinds by name: initializers, regularizers, constraints and activations, from Keras's forms of them to ours. */
import { quote } from "../../../errors.ts";
import { initializerNames } from "../../../initializers/index.ts";
import { activationNames } from "../../../layers/activation.ts";
import type { CustomKinds } from "../../../model/saving/custom.ts";
import { isObject, type Json, type JsonObject } from "../../json.ts";
import { camelCase, type Place, sameName, unwrapped } from "./json.ts";

/** What is known of the file that a configuration comes from. */
export interface Origin {
  /** It is of a Keras before 3, some of whose names mean something else, or of TensorFlow.js. */
  readonly isLegacy: boolean;
  /** What the user gave of their own. */
  readonly custom: CustomKinds;
}

/** A kind by its name and options, however Keras has written it: "l2", or { class_name: "L2", config: { l2: 0.01 } }. */
interface Kind {
  readonly name: string;
  readonly config: JsonObject;
}

function kindOf(place: Place, value: Json): Kind {
  if (typeof value === "string") return { name: value, config: {} };
  const { class_name: name, config = {}, registered_name: registered } = place.object(value, "it");
  // functions: the name is where options would be
  if (typeof config === "string") return { name: config, config: {} };
  if (name === "function" && typeof registered === "string") return { name: registered, config: {} };
  return { name: place.string(name, "class_name"), config: isObject(config) ? config : {} };
}

/** Options by our names, without what is not given and what means nothing. */
function optionsOf(config: JsonObject, ignored: readonly string[]): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(config).flatMap(([name, value]) =>
      value === null || value === undefined || ignored.includes(name)
        ? []
        : [[camelCase(name), typeof value === "string" ? camelCase(value) : unwrapped(value)]],
    ),
  );
}

const initializerAliases: Readonly<Record<string, string>> = {
  one: "ones",
  zero: "zeros",
  uniform: "randomUniform",
  normal: "randomNormal",
};

/** An initializer as options take it. */
export function initializerFrom(place: Place, value: Json, { custom }: Origin): unknown {
  const { name, config } = kindOf(place, value);
  const own = custom.definition("initializer", name);
  if (own) return own(optionsOf(config, []));
  const type = initializerAliases[name.toLowerCase()] ?? sameName(name, Object.keys(initializerNames));
  if (type === undefined) throw place.unsupported(`the initializer ${quote(name)} is none of anygrad's`);
  const options = optionsOf(config, ["dtype", "input_axes", "output_axes", "name"]);
  if (options.distribution === "normal") options.distribution = "truncatedNormal"; // as Keras has it
  if (typeof options.seed !== "number") delete options.seed;
  return { type, config: options };
}

/** A regularizer as options take it. */
export function regularizerFrom(place: Place, value: Json, { custom }: Origin): unknown {
  const { name, config } = kindOf(place, value);
  const own = custom.definition("regularizer", name);
  if (own) return own(optionsOf(config, []));
  const type = sameName(name, ["l1", "l2", "l1l2"]);
  if (type === undefined) throw place.unsupported(`the regularizer ${quote(name)} is none of anygrad's`);
  const options = optionsOf(config, ["name"]);
  return typeof value === "string" ? type : { type, config: options };
}

/** A constraint as options take it. */
export function constraintFrom(place: Place, value: Json, { custom }: Origin): unknown {
  const { name, config } = kindOf(place, value);
  const own = custom.definition("constraint", name);
  if (own) return own(optionsOf(config, []));
  const type = sameName(name, ["nonNeg", "maxNorm", "unitNorm", "minMaxNorm"]);
  if (type === undefined) throw place.unsupported(`the constraint ${quote(name)} is none of anygrad's`);
  return { type, config: optionsOf(config, ["name"]) };
}

const activationAliases: Readonly<Record<string, string>> = { swish: "silu", hard_silu: "hardSwish" };

/** An activation as options take it; undefined where it is the name of a layer. */
export function activationFrom(place: Place, value: Json, { custom, isLegacy }: Origin): unknown {
  const { name, config } = kindOf(place, value);
  const own = custom.definition("activation", name);
  if (own) return own(optionsOf(config, []));
  if (name === "Activation" && "activation" in config)
    return activationFrom(place, config.activation ?? "linear", { custom, isLegacy });
  const type =
    (Object.hasOwn(activationAliases, name) ? activationAliases[name] : undefined) ??
    activationNames.find((each) => each === camelCase(name));
  if (type === "hardSigmoid" && isLegacy) return "hardSigmoid2"; // another function, until Keras 3
  return type;
}
