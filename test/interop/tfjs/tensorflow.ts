/** What is called of TensorFlow.js, and how its models get their files. */
import type { Numbers } from "../../conformance/networks/case.ts";

/** What is called of TensorFlow.js. */
export interface Tensorflow {
  loadLayersModel(handler: object): Promise<TfModel>;
  loadGraphModel(handler: object): Promise<TfGraphModel>;
  tensor(data: Float32Array, shape: readonly number[]): object;
  io: { withSaveHandler(save: (artifacts: object) => Promise<object>): object };
}
/** A graph model there. */
export interface TfGraphModel {
  outputs: { name: string }[];
  execute(x: object, outputs: readonly string[]): TfTensor | TfTensor[];
  dispose(): void;
}
/** A tensor there. */
export interface TfTensor {
  dataSync(): Float32Array;
}
/** A layers model there. */
export interface TfModel {
  predict(x: object | readonly object[]): TfTensor | TfTensor[];
  save(handler: object): Promise<unknown>;
  dispose(): void;
}

/** Gives a model its description and weights. */
export const handler = (json: object, weightSpecs: object, weightData: Uint8Array): object => ({
  load: async () => ({
    ...json,
    weightSpecs,
    weightData: weightData.buffer.slice(weightData.byteOffset, weightData.byteOffset + weightData.length),
  }),
});

/** What a layers model predicts, its outputs one behind another. */
export function predictedBy(model: TfModel, inputs: readonly Numbers[], tf: Tensorflow): Float32Array {
  const given = inputs.map(({ data, shape }) => tf.tensor(data, shape));
  const made = [model.predict(given.length > 1 ? given : given[0]!)].flat();
  return Float32Array.from(made.flatMap((each) => Array.from(each.dataSync())));
}

/** The largest difference, for outputs of size one. */
export function off(got: Float32Array, wanted: Float32Array): number {
  const size = Math.max(1, ...wanted.map(Math.abs));
  return got.length === wanted.length
    ? Math.max(...got.map((value, i) => Math.abs(value - wanted[i]!))) / size
    : Number.POSITIVE_INFINITY;
}
