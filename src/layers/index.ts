/** Layers by name, as programs and saved models give them. */

import { AnygradError } from "../errors.ts";
import { unknownName } from "../math/options.ts";
import * as kinds from "./kinds.ts";
import type { Layer } from "./layer.ts";

export * as layers from "./kinds.ts";
export type { Layer, LayerOptions, SymbolicTensor, WeightSpec } from "./layer.ts";

/** What a layer is saved as. */
export interface SavedLayer {
  /** Its name in `layers`. */
  type: string;
  /** Its name in the model. */
  name: string;
  /** Whether its weights are learned. */
  trainable: boolean;
  /** Its options, as JSON can hold them. */
  config: object;
}

/** A layer from its saved form. @throws AnygradError DATA_FORMAT for a type that this version does not have */
export function layerFromConfig({ type, name, trainable, config }: SavedLayer): Layer {
  if (!Object.hasOwn(kinds, type))
    throw new AnygradError(
      "DATA_FORMAT",
      unknownName("load: layer type", type, Object.keys(kinds), "; a newer version of anygrad may know it")
        .message,
    );
  // the options of every layer are its saved config; each checks its own
  const make = kinds[type as keyof typeof kinds] as (options: object) => Layer;
  return make({ ...config, ...wrappedLayers(config), name, trainable });
}

/** The layers among the options of one that wraps others. */
function wrappedLayers(config: object): Record<string, Layer> {
  return Object.fromEntries(
    Object.entries(config).flatMap(([name, value]: [string, Partial<SavedLayer> | null]) =>
      typeof value?.type === "string" && value.trainable !== undefined
        ? [[name, layerFromConfig(value as SavedLayer)]]
        : [],
    ),
  );
}
