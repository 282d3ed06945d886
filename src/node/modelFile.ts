/** A model in a file: the bytes of `net.save()`, which `load` takes anywhere. */
import type { Engine } from "../autograd/engine.ts";
import { AnygradError } from "../errors.ts";
import { load, type Model } from "../model/index.ts";
import { createHost } from "../runtime/host.ts";

/** Options of {@link saveModel}. */
export interface SaveModelOptions {
  /** Also save what a resumed run needs: the optimizer's slots and step. Default false. */
  readonly optimizer?: boolean;
}

/** Options of {@link loadModel}. */
export interface LoadModelOptions {
  /** Default: a new one with default options. */
  readonly engine?: Engine;
}

/**
 * Writes beside and renames, so that the file is there whole or not at all; makes the folders on the way.
 * @throws AnygradError OUTPUT
 */
export async function saveModel(net: Model, path: string, options: SaveModelOptions = {}): Promise<void> {
  await createHost().writeFileAtomically(path, await net.save(options));
}

/** @throws AnygradError DATA_MISSING, DATA_FORMAT, MEMORY_LIMIT */
export async function loadModel(path: string, options: LoadModelOptions = {}): Promise<Model> {
  const bytes = await createHost().readFile(path);
  if (!bytes)
    throw new AnygradError(
      "DATA_MISSING",
      `${path}: no model there; save one with saveModel(net, path) or anygrad train --out DIR`,
    );
  return load(bytes, options);
}
