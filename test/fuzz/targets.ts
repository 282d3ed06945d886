/** The targets by name: a file each, in a folder of what they read. Each is imported when it is wanted. */
import type { Target } from "./target.ts";

export { largestInput } from "./judge.ts";

export const targets: Readonly<Record<string, () => Promise<{ readonly target: Target }>>> = {
  load: () => import("./models/load.ts"),
  config: () => import("./models/config.ts"),
  keras: () => import("./models/keras.ts"),
  tfjs: () => import("./models/tfjs.ts"),
  onnx: () => import("./models/onnx.ts"),
  tflite: () => import("./models/tflite.ts"),
  safetensors: () => import("./data/safetensors.ts"),
  npz: () => import("./data/npz.ts"),
  idx: () => import("./data/idx.ts"),
  csv: () => import("./data/csv.ts"),
  tables: () => import("./data/tables.ts"),
  pictures: () => import("./data/pictures.ts"),
  runs: () => import("./program/runs.ts"),
  checkpoints: () => import("./program/checkpoints.ts"),
  arguments: () => import("./program/arguments.ts"),
  geometry: () => import("./program/geometry.ts"),
};
