/**
 * Checkpoints of a run in a folder: after each epoch a file with its whole state, of which the newest few are kept. A run
 * that a crash or an interruption ended goes on from the newest, bit for bit.
 *
 * ```ts
 * const net = (await loadCheckpoint("runs/a")) ?? (await fresh());
 * await net.fit(train, { epochs: 20, batchSize: 64, seed: 1, resume: net.position !== undefined,
 *                        callbacks: [checkpointFolder(net, "runs/a")] });
 * ```
 *
 * When not: to keep the weights at the end of a run, `saveModel` is enough.
 */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { checkModel } from "../report/code/checkRun.ts";
import { checkCount } from "../src/math/checks.ts";
import { strictOptions } from "../src/math/options.ts";
import type { Model, Predictions } from "../src/model/index.ts";
import { loadNames } from "../src/model/load.ts";
import type { Callback } from "../src/model/training/callbacks/index.ts";
import { checkPath } from "./checkPath.ts";
import { type LoadModelOptions, loadModel, saveModel } from "./modelFile.ts";

/** Options of {@link checkpointFolder}. */
export interface CheckpointFolderOptions {
  /** How many of the newest checkpoints stay, from 1. Default 3. */
  readonly keep?: number;
}

const pattern = /^epoch-(\d+)\.safetensors$/;

/**
 * A callback that saves the model and its run after each epoch, as `epoch-0001.safetensors` and so on. Put it last in the
 * list, so that it saves what the other callbacks know. Files are written under another name and renamed, so that none is
 * there in part.
 *
 * @param net the model that is trained
 * @param folder is made where it is missing
 * @throws AnygradError INVALID_ARGUMENT for a bad `keep`; OUTPUT in the run, where the folder cannot be written
 */
export function checkpointFolder(
  net: Model<Predictions>,
  folder: string,
  options?: CheckpointFolderOptions,
): Callback {
  const { keep = 3 } = strictOptions("checkpointFolder", options, "keep");
  checkCount("checkpointFolder: keep", keep);
  checkModel("checkpointFolder", net);
  checkPath("checkpointFolder", folder, "folder");
  let savedAt: string | undefined;
  return {
    get savedAt() {
      return savedAt;
    },
    async onEpochEnd(epoch) {
      const name = `epoch-${String(epoch + 1).padStart(4, "0")}.safetensors`;
      await saveModel(net, join(folder, name), { optimizer: true });
      savedAt = join(folder, name);
      const names = await checkpoints(folder);
      for (const old of names.slice(0, -keep)) await rm(join(folder, old), { force: true });
    },
  };
}

/**
 * The model and run of the newest checkpoint in a folder; undefined where there is none.
 *
 * @throws AnygradError DATA_FORMAT for a damaged file, MEMORY_LIMIT
 */
export async function loadCheckpoint(folder: string, options?: LoadModelOptions): Promise<Model | undefined> {
  strictOptions("loadCheckpoint", options, loadNames);
  checkPath("loadCheckpoint", folder, "folder");
  const newest = (await checkpoints(folder)).at(-1);
  return newest === undefined ? undefined : loadModel(join(folder, newest), options);
}

/** Names of the checkpoints, the oldest first. */
async function checkpoints(folder: string): Promise<string[]> {
  const names: string[] = await readdir(folder).catch(() => []);
  const epochOf = (name: string): number => Number(pattern.exec(name)![1]);
  return names.filter((name) => pattern.test(name)).sort((a, b) => epochOf(a) - epochOf(b));
}
