/** Layers by name, as programs and saved models give them. */

import { type Definition, isOwn, made, type Own, revived } from "../definitions/definition.ts";
import { AnygradError } from "../errors.ts";
import { unknownName } from "../math/options.ts";
import * as kinds from "./kinds.ts";
import type { Layer, SavedLayer } from "./layer.ts";

export * as layers from "./kinds.ts";
export type { Layer, LayerOptions, SavedLayer, SymbolicTensor, WeightSpec } from "./layer.ts";

/** Gives the definition of what is of the user's own in a file. */
type Find = (saved: Own) => Definition;

/**
 * A layer from its saved form.
 * @param find gives the definitions of the user's own; they are in no file
 * @throws AnygradError DATA_FORMAT for a type that this version does not have
 */
export function layerFromConfig(saved: SavedLayer, find: Find = absent): Layer {
  if (isOwn(saved, "layer")) return made(saved, find) as Layer;
  const { type, name, trainable, config } = saved;
  if (!Object.hasOwn(kinds, type))
    throw new AnygradError(
      "DATA_FORMAT",
      unknownName("load: layer type", type, Object.keys(kinds), "; a newer version of anygrad may know it")
        .message,
    );
  // the options of every layer are its saved config; each checks its own
  const make = kinds[type as keyof typeof kinds] as unknown as (options: object) => Layer;
  return make({ ...revived({ ...config, ...wrappedLayers(config, find) }, find), name, trainable });
}

/** @throws AnygradError NOT_READY */
function absent({ custom, type }: Own): never {
  throw new AnygradError(
    "NOT_READY",
    `load: the ${custom} ${type} is of your own, which no file holds; pass its definition`,
  );
}

/** The layers among the options of one that wraps others. */
function wrappedLayers(config: object | undefined, find: Find): Record<string, Layer> {
  return Object.fromEntries(
    Object.entries(config ?? {}).flatMap(([name, value]: [string, Partial<Layer> | null]) =>
      typeof value?.type === "string" && value.trainable !== undefined && !value.call
        ? [[name, layerFromConfig(value as SavedLayer, find)]]
        : [],
    ),
  );
}
