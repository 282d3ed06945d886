/**
 * anygrad/node: everything of `anygrad`, models in files and a run's checkpoints in a folder. For Node, Deno and Bun; pages
 * and edge workers have no files.
 * @module anygrad/node
 */
export * from "../src/index.ts";
export { type CheckpointFolderOptions, checkpointFolder, loadCheckpoint } from "./checkpointFolder.ts";
export { type LoadModelOptions, loadModel, type SaveModelOptions, saveModel } from "./modelFile.ts";
