/** A model in a file: the bytes of `net.save()`, which `load` takes anywhere. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { checkModel } from "../report/code/checkRun.ts";
import { fileNames } from "../runs/schema.ts";
import { AnygradError } from "../src/errors.ts";
import { checkBytes } from "../src/io/source.ts";
import { strictOptions } from "../src/math/options.ts";
import {
  type LoadOptions,
  load,
  type Model,
  type Predictions,
  type SaveOptions,
} from "../src/model/index.ts";
import { loadNames } from "../src/model/load.ts";
import { saveNames } from "../src/model/saving/saveOptions.ts";
import { createHost } from "../src/runtime/host.ts";
import { checkPath } from "./checkPath.ts";

/** Options of {@link saveModel}. */
export interface SaveModelOptions extends Readonly<SaveOptions> {}

/** Options of {@link loadModel}. */
export interface LoadModelOptions extends LoadOptions {}

/**
 * Saves a model in a safetensors file. It is written under another name and renamed, so that it is never there in part;
 * missing folders are made.
 *
 * @throws AnygradError OUTPUT where it cannot be written
 */
export async function saveModel(
  net: Model<Predictions>,
  path: string,
  options?: SaveModelOptions,
): Promise<void> {
  strictOptions("saveModel", options, saveNames);
  checkModel("saveModel", net);
  checkPath("saveModel", path, "file");
  await createHost().writeFileAtomically(path, await net.save(options));
}

/**
 * The model that {@link saveModel} or `anygrad train --out` has saved.
 *
 * @param path the file, or the folder of a run
 * @throws AnygradError DATA_MISSING where there is no file, DATA_FORMAT for another or a damaged one, MEMORY_LIMIT
 */
export async function loadModel(path: string, options?: LoadModelOptions): Promise<Model> {
  strictOptions("loadModel", options, loadNames);
  checkPath("loadModel", path, "file");
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory();
  const file = isFolder ? join(path, fileNames.model) : path;
  const size = (await stat(file).catch(() => undefined))?.size;
  if (size !== undefined) checkBytes(`loadModel: ${file}`, size, options?.maxBytes); // before it is held
  const bytes = await createHost().readFile(file);
  if (!bytes)
    throw new AnygradError(
      "DATA_MISSING",
      `${path}: no model there; save one with saveModel(net, path) or anygrad train --out DIR`,
    );
  return load(bytes, options);
}
