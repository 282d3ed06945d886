/**
 * anygrad/node: everything of `anygrad`, models in files, a run's checkpoints in a folder, and folders of pictures. For Node,
 * Deno and Bun; pages and edge workers have no files.
 * @module anygrad/node
 */

export type { ReportOptions } from "../report/code/options.ts";
export { reportHtml } from "../report/code/reportHtml.ts";
export * from "../src/index.ts";
export {
  type CheckpointFolderOptions,
  checkpointFolder,
  type LoadCheckpointOptions,
  loadCheckpoint,
} from "./checkpointFolder.ts";
export { type ReadImageOptions, readImage } from "./images/readImage.ts";
export { type ImageSets, type ReadImagesOptions, readImages } from "./images/readImages.ts";
export {
  type CsvLoggerFileOptions,
  csvLogger,
  jsonLogger,
  type LoggerOptions,
  type TensorBoardOptions,
  tensorBoard,
} from "./loggers.ts";
export { writeReport } from "./report.ts";
export { type LoadModelOptions, loadModel, type SaveModelOptions, saveModel } from "./savedModel.ts";
