/** anygrad/node: everything of `anygrad`, and models in files. For Node, Deno and Bun; pages and edge workers have none. */
export * from "../index.ts";
export { type LoadModelOptions, loadModel, type SaveModelOptions, saveModel } from "./modelFile.ts";
