/** A layer from its definition and its configuration. */
import type { Definition } from "../definitions/definition.ts";
import { AnygradError, quote } from "../errors.ts";
import type { Initializer } from "../initializers/index.ts";
import { type AllOf, strictOptions } from "../math/options.ts";
import { builtIn, isBuiltIn } from "../registry.ts";
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
  return strictOptions<object, string>(
    type,
    given,
    `${own}name trainable:boolean inputShape:object`,
  ) as Options;
}

/** What a layer of the user's own has besides; one that is a function alone has no definition. */
export interface OwnLayer {
  readonly custom?: "layer" | undefined;
  readonly definition?: Definition | undefined;
}

/**
 * Binds a definition to its configuration.
 * @param own of a layer of the user's own
 * @throws AnygradError INVALID_ARGUMENT for a wrong name
 */
export function createLayer<Config extends object>(
  definition: LayerDefinition<Config>,
  config: Config,
  { name, trainable = true, inputShape }: LayerOptions,
  own?: OwnLayer,
): Layer {
  if (name !== undefined && (typeof name !== "string" || name === "" || name.includes("/")))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${definition.type}: name is ${quote(name)}; pass a text without "/", or none`,
    );
  const { type, keras, traits } = definition;
  const last = definition.lastActivation?.(config) ?? "linear";
  const call: Layer["call"] = (inputs, call) => definition.call(inputs, { ...call, config });
  const layer: Layer = {
    type,
    keras,
    name,
    trainable,
    config: Object.freeze(config), // a captured step would not see a change
    lastActivation: typeof last === "string" ? last : last.type,
    traits: typeof traits === "function" ? traits(config) : (traits ?? {}),
    // by this: a layer of one's own may be a changed copy
    apply(...inputs) {
      return applied(this, inputs);
    },
    inputShape,
    outputShape: (inputs) => definition.outputShape(inputs, config),
    weights: (inputs) => definition.weights?.(inputs, config) ?? [],
    call: own ? call : builtIn(call),
    ...(own && { custom: own.custom, definition: own.definition }),
    toJSON() {
      for (const part of ["type", "config", "call", "outputShape", "weights", "traits"] as const)
        if (this[part] !== layer[part]) throw unsaved(`a changed copy of ${type}`);
      if (own && !own.definition) throw unsaved("a function");
      for (const value of Object.values(config) as Partial<Initializer>[])
        if (value?.type && value.fill && !value.custom && !isBuiltIn(value.fill))
          throw unsaved(`one with an initializer ${quote(value.type)} that defineInitializer has not made`);
      return { type, name: this.name, trainable: this.trainable, config: this.config, custom: own?.custom };
    },
  };

  function unsaved(what: string): AnygradError {
    return new AnygradError(
      "UNSUPPORTED",
      `layer ${quote(layer.name ?? type)} is ${what}, which no file or worker can hold; define it, as by defineLayer, and pass the definition as load(bytes, { custom: [it] })`,
    );
  }
  return layer;
}
