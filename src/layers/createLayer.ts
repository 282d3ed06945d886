/** A layer from its definition and its configuration. */
import { AnygradError } from "../errors.ts";
import type { Layer, LayerDefinition, LayerOptions } from "./layer.ts";
import { applied } from "./symbolic.ts";

/** Binds a definition to its configuration. @throws AnygradError INVALID_ARGUMENT for a wrong name or flag */
export function createLayer<Config extends object>(
  definition: LayerDefinition<Config>,
  config: Config,
  { name, trainable = true }: LayerOptions,
): Layer {
  if (name !== undefined && (typeof name !== "string" || name === "" || name.includes("/")))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${definition.type}: name is ${JSON.stringify(name)}; pass a text without "/", or none`,
    );
  if (typeof trainable !== "boolean")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${definition.type}: trainable is ${JSON.stringify(trainable)}; pass true or false`,
    );
  const { type, keras, traits } = definition;
  return {
    type,
    keras,
    name,
    trainable,
    config,
    repeatable: true,
    lastActivation: definition.lastActivation?.(config) ?? "linear",
    traits: typeof traits === "function" ? traits(config) : (traits ?? {}),
    // by this: a layer of one's own may be a changed copy
    apply(inputs) {
      return applied(this, inputs);
    },
    outputShape: (inputs) => definition.outputShape(inputs, config),
    weights: (inputs) => definition.weights?.(inputs, config) ?? [],
    call: (inputs, call) => definition.call(inputs, { ...call, config }),
  };
}
