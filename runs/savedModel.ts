/** The MODEL of `evaluate` and `predict`: a safetensors file, or the folder that `train --out` filled. */
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Engine } from "../src/autograd/engine.ts";
import { AnygradError } from "../src/errors.ts";
import { load, type Model } from "../src/model/index.ts";
import { createHost } from "../src/runtime/host.ts";

/** Names of the files in an output folder. */
export const fileNames = {
  model: "model.safetensors",
  history: "history.csv",
  steps: "steps.csv",
  predictions: "predictions.csv",
  run: "run.json",
  report: "report.html",
} as const;

/** What run.json says of the data; what the model itself does not know. */
export interface SavedRun {
  readonly preset: string;
  readonly dataset: {
    readonly name: string;
    readonly classNames: readonly string[];
  };
}

export interface SavedModel {
  readonly net: Model;
  readonly path: string;
  /** Of the run.json beside it, where there is one. */
  readonly run: SavedRun | undefined;
}

/** Errors: DATA_MISSING, DATA_FORMAT, MEMORY_LIMIT. */
export async function loadModel(path: string, engine: Engine): Promise<SavedModel> {
  const kind = await stat(path).catch(() => undefined);
  const file = kind?.isDirectory() ? join(path, fileNames.model) : path;
  const bytes = await createHost().readFile(file);
  if (!bytes)
    throw new AnygradError(
      "DATA_MISSING",
      `${file}: no model there; anygrad train --out DIR writes one to DIR/${fileNames.model}`,
    );
  const net = await load(bytes, { engine });
  return { net, path: file, run: await readRun(join(dirname(file), fileNames.run)) };
}

async function readRun(path: string): Promise<SavedRun | undefined> {
  const bytes = await createHost().readFile(path);
  if (!bytes) return undefined;
  try {
    const run = JSON.parse(new TextDecoder().decode(bytes)) as Partial<SavedRun>;
    if (Array.isArray(run.dataset?.classNames)) return run as SavedRun;
  } catch {
    // told below
  }
  throw new AnygradError(
    "DATA_FORMAT",
    `${path}: not the run.json of anygrad train; mend it or take it away from beside the model`,
  );
}
