/**
 * Models of TensorFlow Lite, the format of phones and small devices.
 * @module anygrad/tflite
 */
import type { Engine } from "../../autograd/engine.ts";
import { strictOptions } from "../../math/options.ts";
import type { Model, Prediction, Predictions } from "../../model/index.ts";
import { modelOf } from "../graph/load.ts";
import { type ByteSource, bytesOf, largestFile } from "../source.ts";
import { graphOf } from "./graph.ts";

export type { ByteSource } from "../source.ts";

/** Options of {@link loadTflite}. */
export interface LoadTfliteOptions {
  /** The engine that the model lives in. Default: a new one with default options. */
  readonly engine?: Engine;
  /** The most bytes that the file may have. Default 2³¹. */
  readonly maxBytes?: number;
  /** Sizes of inputs in place of those of the file, null for the batch: `{ image: [null, 96, 96, 3] }`. Default: as in the file. */
  readonly shapes?: Readonly<Record<string, readonly (number | null)[]>>;
  /** Inputs that are fixed to numbers, so that they are none of the model. Default: none. */
  readonly constants?: Readonly<Record<string, number | readonly number[]>>;
  /** The names of the outputs that are wanted; what the others need is not read. Default: all. */
  readonly outputs?: readonly string[];
}

/**
 * The model of a .tflite file, as a functional model that predicts, trains (compile it with a loss first), saves and loads.
 * `CONV_2D` with its activation becomes a conv2d, `FULLY_CONNECTED` a dense layer, and what is no layer an op (`layers.operation`).
 * The first axis is the batch, of any size. Several inputs and outputs go by their names in the file.
 *
 * Weights of float16 and quantised ones (int8, uint8, int4, of a tensor or each channel) become the 32-bit floats that they stand for,
 * and so do whole networks of quantised numbers: inputs and outputs are the real numbers, not the whole ones, and predictions differ
 * from those of TensorFlow Lite by its rounding between layers.
 *
 * @param source bytes, a Blob or File, a Response such as `await fetch(url)`, or a promise of one
 * @throws AnygradError UNSUPPORTED, with the operator's name and number, for what cannot be a layer; DATA_FORMAT for a damaged file;
 *   MEMORY_LIMIT, DATA_DOWNLOAD, INVALID_ARGUMENT. Nothing is loaded in part
 * @example
 * ```js
 * import { createEngine } from "anygrad";
 * import { loadTflite } from "anygrad/tflite";
 *
 * const engine = await createEngine();
 * const text = await loadTflite(new TextEncoder().encode("no model"), { engine }).catch((error) => error.code);
 * console.log(text); // DATA_FORMAT
 * ```
 */
export async function loadTflite<Outputs extends Predictions = Prediction>(
  source: ByteSource | PromiseLike<ByteSource>,
  options?: LoadTfliteOptions,
): Promise<Model<Outputs>> {
  const {
    engine,
    maxBytes = largestFile,
    shapes = {},
    constants = {},
    outputs,
  } = strictOptions(
    "loadTflite",
    options,
    "engine:object maxBytes:number shapes:object constants:object outputs:object",
  );
  const bytes = await bytesOf(source, "loadTflite", "pass those of a .tflite file", maxBytes);
  return modelOf<Outputs>(graphOf(bytes), { engine, shapes, constants, outputs });
}
