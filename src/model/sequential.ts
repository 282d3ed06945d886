/** The simplest model: a chain of layers. */
import type { Layer } from "../layers/index.ts";
import type { Shape } from "../tensor/shape.ts";
import { Model } from "./model.ts";
import { chain } from "./network/connect.ts";

export interface SequentialOptions {
  /** Shape of an example, without the batch axis. */
  inputShape: Shape;
  /** Of the first weights. Default 0. */
  seed?: number;
  /** Default "sequential". */
  name?: string;
}

/** A chain of layers. @throws AnygradError SHAPE_MISMATCH, INVALID_ARGUMENT */
export function sequential(layers: readonly Layer[], options: SequentialOptions): Model {
  const { inputShape, ...others } = options ?? {};
  return new Model(chain(layers, inputShape), others);
}
