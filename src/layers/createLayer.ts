/** A layer from its definition and its configuration. */
import { AnygradError, quote } from "../errors.ts";
import { type AllOf, strictOptions } from "../math/options.ts";
import { builtIn } from "../registry.ts";
import type { Layer, LayerDefinition, LayerOptions } from "./layer.ts";
import { applied } from "./symbolic.ts";

/**
 * The options of a layer; every layer has a name and may be frozen.
 * @param line its own options, as `strictOptions` takes them
 * @throws AnygradError INVALID_ARGUMENT
 */
export function layerOptions<Options extends LayerOptions, Line extends string>(
  type: string,
  given: Options | undefined,
  line: Line & AllOf<Omit<Options, keyof LayerOptions>, Line>,
): Options {
  const own: string = line && `${line} `;
  return strictOptions<object, string>(type, given, `${own}name trainable:boolean`) as Options;
}

/** Binds a definition to its configuration. @throws AnygradError INVALID_ARGUMENT for a wrong name */
export function createLayer<Config extends object>(
  definition: LayerDefinition<Config>,
  config: Config,
  { name, trainable = true }: LayerOptions,
): Layer {
  if (name !== undefined && (typeof name !== "string" || name === "" || name.includes("/")))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${definition.type}: name is ${quote(name)}; pass a text without "/", or none`,
    );
  const { type, keras, traits } = definition;
  return {
    type,
    keras,
    name,
    trainable,
    config: Object.freeze(config), // a captured step would not see a change
    lastActivation: definition.lastActivation?.(config) ?? "linear",
    traits: typeof traits === "function" ? traits(config) : (traits ?? {}),
    // by this: a layer of one's own may be a changed copy
    apply(inputs) {
      return applied(this, inputs);
    },
    outputShape: (inputs) => definition.outputShape(inputs, config),
    weights: (inputs) => definition.weights?.(inputs, config) ?? [],
    call: builtIn((inputs, call) => definition.call(inputs, { ...call, config })),
  };
}
