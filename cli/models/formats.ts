/** The formats of files that the command line reads, and what it says of others. */

/** Formats that are read. */
export type Kind = "safetensors" | "onnx" | "keras" | "h5" | "tfjs" | "tflite" | "npz" | "npy";

/** Their names in texts. */
export const kindNames: Readonly<Record<Kind, string>> = {
  safetensors: "safetensors",
  onnx: "ONNX",
  keras: "Keras (.keras)",
  h5: "Keras (HDF5)",
  tfjs: "TensorFlow.js",
  tflite: "TFLite",
  npz: "NumPy (.npz)",
  npy: "NumPy (.npy)",
};

/** A format that is not read: what it is, and the way out. */
export interface Stranger {
  readonly refused: string;
}
