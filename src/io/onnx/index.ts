/**
 * Models of ONNX, the format that most runtimes read.
 * @module anygrad/onnx
 */
import { strictOptions } from "../../math/options.ts";
import type { Model } from "../../model/index.ts";
import { modelFiles, type OnnxFiles } from "./export/save.ts";

export type { OnnxFiles } from "./export/save.ts";

/** Options of {@link saveOnnx}. */
export interface SaveOnnxOptions {
  /** The version of ONNX's set of operators, from 17 (default) to 21. */
  readonly opset?: number;
  /** The name of a file beside the model that holds the weights, as models beyond 2 GB need it: "weights.bin". Default: none. */
  readonly externalWeights?: string;
}

/**
 * The model as an ONNX file, which ONNX Runtime and most others run: the graph of a prediction, dropout and the like left out. It takes
 * and gives what `predict` does, images as [n, height, width, channels], any number of examples; pixels that `predict` brings
 * to the scale of the training data are to be brought there by the caller. Every layer that computes by ops is exported, also
 * those of users.
 *
 * @param net a model that has been compiled
 * @throws AnygradError NOT_READY before `compile`; UNSUPPORTED, with the layer's name, for what ONNX has no nodes for;
 *   INVALID_ARGUMENT
 * @example
 * ```js
 * import { createEngine, layers, sequential } from "anygrad";
 * import { saveOnnx } from "anygrad/onnx";
 *
 * const net = sequential([layers.dense({ units: 3, activation: "softmax" })], { inputShape: [4], seed: 1 });
 * await net.compile({ optimizer: "sgd", loss: "categoricalCrossentropy", engine: await createEngine() });
 * const bytes = saveOnnx(net);
 * console.log(bytes.length < 1000); // true
 * ```
 */
export function saveOnnx(net: Model, options: SaveOnnxOptions & { readonly externalWeights: string }): OnnxFiles;
export function saveOnnx(net: Model, options?: SaveOnnxOptions): Uint8Array<ArrayBuffer>;
export function saveOnnx(net: Model, options?: SaveOnnxOptions): OnnxFiles | Uint8Array<ArrayBuffer> {
  const { opset = 17, externalWeights } = strictOptions(
    "saveOnnx",
    options,
    "opset:number externalWeights:string",
  );
  const files = modelFiles(net, opset, externalWeights);
  return externalWeights === undefined ? files.model : files;
}
