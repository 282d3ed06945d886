/** The MODEL of `evaluate` and `predict`: a safetensors file, or the folder that `train --out` filled. */
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AnygradError } from "../src/errors.ts";
import { createHost } from "../src/runtime/host.ts";
import { readRunJson } from "./reader.ts";
import { fileNames, type RunJson } from "./schema.ts";

export interface SavedModel {
  /** The bytes, as `load` takes them. */
  readonly bytes: Uint8Array;
  /** The run.json beside it, where there is one. */
  readonly run: RunJson | undefined;
}

/** @throws AnygradError DATA_MISSING, DATA_FORMAT */
export async function readSavedModel(path: string): Promise<SavedModel> {
  const kind = await stat(path).catch(() => undefined);
  const file = kind?.isDirectory() ? join(path, fileNames.model) : path;
  const bytes = await createHost().readFile(file);
  if (!bytes)
    throw new AnygradError(
      "DATA_MISSING",
      `${file}: no model there; anygrad train --out DIR writes one to DIR/${fileNames.model}`,
    );
  return { bytes, run: await readRunJson(dirname(file)) };
}
