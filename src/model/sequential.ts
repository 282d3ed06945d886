/** The simplest model: a chain of layers. */
import type { Layer } from "../layers/index.ts";
import { strictOptions } from "../math/options.ts";
import type { Shape } from "../tensor/shape.ts";
import { Model } from "./model.ts";
import { chain } from "./network/connect.ts";

/** Options of {@link sequential}. */
export interface SequentialOptions {
  /** Shape of an example, without the batch axis. */
  inputShape: Shape;
  /** Seed of the first weights. Default 0. */
  seed?: number;
  /** Default "sequential". */
  name?: string;
}

/**
 * A chain of layers. @throws AnygradError SHAPE_MISMATCH, INVALID_ARGUMENT
 * @example
 * ```js
 * import { createEngine, datasets, layers, sequential } from "anygrad";
 *
 * const net = sequential([layers.flatten(), layers.dense({ units: 10, activation: "softmax" })],
 *                        { inputShape: [28, 28, 1], seed: 1 });
 * await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"],
 *                     engine: await createEngine() });
 * const { train, test } = await datasets.digits({ train: 1000, test: 200, seed: 1 });
 * const history = await net.fit(train, { epochs: 2, batchSize: 32, validationData: test, seed: 1 });
 * console.log(history.val_accuracy); // [0.41, 0.535]
 * ```
 */
export function sequential(layers: readonly Layer[], options: SequentialOptions): Model {
  const { inputShape, ...others } = strictOptions("sequential", options, "inputShape seed name:string");
  return new Model(chain(layers, inputShape), others);
}
