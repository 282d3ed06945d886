/**
 * Models of ONNX, the format that most runtimes read.
 * @module anygrad/onnx
 */
import type { Engine } from "../../autograd/engine.ts";
import { strictOptions } from "../../math/options.ts";
import type { Model, Prediction, Predictions } from "../../model/index.ts";
import { type ByteSource, bytesOf, largestFile } from "../source.ts";
import { modelFiles } from "./export/save.ts";
import { type ExternalData, externalFiles, type OnnxFiles } from "./files.ts";
import { modelOf } from "./import/load.ts";
import { decodeModel } from "./proto.ts";

export type { ByteSource } from "../source.ts";
export type { ExternalData, OnnxFiles } from "./files.ts";

/** Options of {@link loadOnnx}. */
export interface LoadOnnxOptions {
  /** The engine that the model lives in. Default: one that all models share that are given none. */
  readonly engine?: Engine;
  /** Gives the bytes of a file beside the model, in which its weights are: `(path) => fetch(path)`. Default: there is none. */
  readonly externalData?: ExternalData;
  /** The most bytes that model and weights may have. Default 2³¹. */
  readonly maxBytes?: number;
  /**
   * Sizes of inputs that the file leaves open, in its order of axes; null for the batch, and for lengths that stay open: `{ x: [null, 3, 48,
   * 320] }`. Default: what is open stays so, and the model takes any length.
   */
  readonly shapes?: Readonly<Record<string, readonly (number | null)[]>>;
  /** Inputs that are fixed to numbers, so that they are none of the model: `{ sr: 16000 }`. */
  readonly constants?: Readonly<Record<string, number | readonly number[]>>;
  /** The names of the outputs that are wanted; what the others need is not read. Default: all. */
  readonly outputs?: readonly string[];
}

/**
 * The model of an ONNX file, as a functional model that predicts, trains (compile it with a loss first), saves and loads. Weights
 * become those of layers, `Conv` a conv2d and `MatMul` with a bias a dense layer, and what is no layer an op
 * (`layers.operation`). Images are taken and given as [n, height, width, channels], whatever their order in the file; the
 * first axis is the batch, of any size. Several inputs and outputs go by their names in the file.
 *
 * @param source bytes, a Blob or File, a Response such as `await fetch(url)`, or a promise of one
 * @throws AnygradError UNSUPPORTED, with the node's name and operator, for what cannot be a layer; DATA_FORMAT for a damaged file;
 *   DATA_MISSING for weights in another file; MEMORY_LIMIT, DATA_DOWNLOAD, INVALID_ARGUMENT. Nothing is loaded in part
 * @example
 * ```js
 * import { createEngine, layers, sequential } from "anygrad";
 * import { loadOnnx, saveOnnx } from "anygrad/onnx";
 *
 * const engine = await createEngine();
 * const net = sequential([layers.conv2d({ filters: 2, kernelSize: 3 }), layers.flatten()], { inputShape: [5, 5, 1], seed: 1 });
 * await net.compile({ optimizer: "sgd", loss: "meanSquaredError", engine });
 * const again = await loadOnnx(saveOnnx(net), { engine });
 * console.log(again.inputShape, again.parameters.total); // [5, 5, 1] 20
 * ```
 */
export async function loadOnnx<Outputs extends Predictions = Prediction>(
  source: ByteSource | PromiseLike<ByteSource>,
  options?: LoadOnnxOptions,
): Promise<Model<Outputs>> {
  const {
    engine,
    externalData,
    maxBytes = largestFile,
    shapes = {},
    constants = {},
    outputs,
  } = strictOptions(
    "loadOnnx",
    options,
    "engine:object externalData:function maxBytes:number shapes:object constants:object outputs:object",
  );
  const bytes = await bytesOf(source, "loadOnnx", "pass those of an .onnx file", maxBytes);
  const file = decodeModel("loadOnnx", bytes);
  const beside = await externalFiles(file, externalData, maxBytes - bytes.byteLength);
  return modelOf<Outputs>(file, {
    engine,
    shapes,
    constants,
    outputs,
    external: beside.external,
    bytes: bytes.byteLength + beside.bytes,
  });
}

/** Options of {@link saveOnnx}. */
export interface SaveOnnxOptions {
  /** The version of ONNX's set of operators, from 17 (default) to 21. */
  readonly opset?: number;
  /** The name of a file beside the model that holds the weights, as models beyond 2 GB need it: "weights.bin". Default: none. */
  readonly externalWeights?: string;
  /**
   * The numbers of the file's weights: "float32" (default), "float16", half the size, or "int8", a quarter, symmetric with a scale for
   * each output of a layer. Nodes make float32 of them (`Cast`, `DequantizeLinear`), so that all runtimes compute as before. They are those
   * that `net.save` writes with the same option, and `quantizationReport` says what is lost.
   */
  readonly weights?: "float32" | "float16" | "int8";
  /** Names of layers whose weights stay float32. Default: none. */
  readonly keep?: readonly string[];
  /** The length of examples, of a model that takes any, if the file is to be for one. Default: it takes any, too. */
  readonly length?: number;
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
export function saveOnnx<Outputs extends Predictions>(
  net: Model<Outputs>,
  options: SaveOnnxOptions & { readonly externalWeights: string },
): OnnxFiles;
export function saveOnnx<Outputs extends Predictions>(
  net: Model<Outputs>,
  options?: SaveOnnxOptions,
): Uint8Array<ArrayBuffer>;
export function saveOnnx<Outputs extends Predictions>(
  net: Model<Outputs>,
  options?: SaveOnnxOptions,
): OnnxFiles | Uint8Array<ArrayBuffer> {
  const {
    opset = 17,
    externalWeights,
    weights = "float32",
    keep = [],
    length,
  } = strictOptions(
    "saveOnnx",
    options,
    "opset:number externalWeights:string weights:float32|float16|int8 keep:object length:number",
  );
  const files = modelFiles(net, { opset, externalWeights, weights, keep, length });
  return externalWeights === undefined ? files.model : files;
}
