/** What is called of TensorFlow.js, and how its models get their files. */

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
  predict(x: object): TfTensor;
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

/** The largest difference, for outputs of size one. */
export function off(got: Float32Array, wanted: Float32Array): number {
  const size = Math.max(1, ...wanted.map(Math.abs));
  return got.length === wanted.length
    ? Math.max(...got.map((value, i) => Math.abs(value - wanted[i]!))) / size
    : Number.POSITIVE_INFINITY;
}
