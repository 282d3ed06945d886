/**
 * Checkpoints of a run in a folder: files with its whole state, of which the newest few and the best are kept. A run that a crash, a
 * power cut or an interruption ended goes on from the newest that is whole, bit for bit.
 *
 * ```ts
 * const net = (await loadCheckpoint("runs/a")) ?? (await fresh());
 * await net.fit(train, { epochs: 20, batchSize: 64, seed: 1, resume: net.position !== undefined,
 *                        callbacks: [checkpointFolder(net, "runs/a")] });
 * ```
 *
 * When not: to keep the weights at the end of a run, `saveModel` is enough.
 */
import { mkdir, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { checkModel } from "../report/code/checkRun.ts";
import { type CheckpointFile, checkpointsIn, newestWhole } from "../runs/checkpoints/files.ts";
import { intervalOf } from "../runs/checkpoints/interval.ts";
import { createKeeper, scoreOf } from "../runs/checkpoints/keeper.ts";
import { unseal } from "../runs/checkpoints/seal.ts";
import { type FolderLock, lockFolder } from "../runs/folder/lock.ts";
import { sweep } from "../runs/folder/outputFolder.ts";
import { AnygradError } from "../src/errors.ts";
import { checkCount } from "../src/math/checks.ts";
import { strictOptions } from "../src/math/options.ts";
import { load, type Model, type Predictions } from "../src/model/index.ts";
import { loadNames } from "../src/model/load.ts";
import type { Callback } from "../src/model/training/callbacks/index.ts";
import { Monitor, type MonitorMode } from "../src/model/training/callbacks/monitor.ts";
import { unwritable } from "../src/runtime/wholeFiles.ts";
import { checkPath } from "./checkPath.ts";
import type { LoadModelOptions } from "./savedModel.ts";

/** Options of {@link checkpointFolder}. */
export interface CheckpointFolderOptions {
  /** How many of the newest checkpoints stay, from 1. Default 3. */
  readonly keep?: number;
  /**
   * How often one is written: a number of steps, or a time such as `"30s"` or `"5m"`. Default: at the end of every epoch, and once a
   * minute within.
   */
  readonly every?: number | string;
  /** The name in the epoch's logs by which the best is told, which stays besides. Default "val_loss"; without such a log none. */
  readonly monitor?: string;
  /** Default "auto": a loss or error should fall, an accuracy, AUC, precision, recall or F1 rise. */
  readonly mode?: MonitorMode;
  /** The run's AbortSignal: where it stops the run, what was done until then is written. Default: none. */
  readonly signal?: AbortSignal;
  /** Lets a new run take the place of another one's checkpoints. Default false: such a folder is refused. */
  readonly overwrite?: boolean;
  /** Told in a line where a checkpoint could not be written; the run goes on. Default: a warning of the process. */
  readonly onTrouble?: (message: string) => void;
}

/** Options of {@link loadCheckpoint}. */
export interface LoadCheckpointOptions extends LoadModelOptions {
  /** The best by what `checkpointFolder` monitors, in place of the newest; undefined where none has a score. Default false. */
  readonly best?: boolean;
  /** Told in a line of each newer checkpoint that is damaged. Default: a warning of the process. */
  readonly onTrouble?: (message: string) => void;
}

const prefix = "epoch-";
const subject = "checkpointFolder";

/**
 * A callback that saves the model and its run, at the end of each epoch as `epoch-0001.safetensors` and so on, within an epoch
 * as `epoch-0001-step-000120.safetensors`. Put it last in the list, so that it saves what the other callbacks know. Each file is
 * there whole or not at all, after a power cut, too, and holds a SHA-256 of itself. A disk that is full does not end the run.
 *
 * @param net the model that is trained
 * @param folder is made where it is missing; one process at a time works in it
 * @throws AnygradError INVALID_ARGUMENT for a bad option, and in the run for a folder with another run's checkpoints; OUTPUT
 *   in the run, where the folder cannot be written or another process works in it
 */
export function checkpointFolder(
  net: Model<Predictions>,
  folder: string,
  options?: CheckpointFolderOptions,
): Callback {
  const {
    keep = 3,
    every,
    monitor,
    mode = "auto",
    signal,
    overwrite = false,
    onTrouble = warn,
  } = strictOptions(
    subject,
    options,
    "keep every monitor:string mode:auto|min|max signal:AbortSignal overwrite:boolean onTrouble:function",
  );
  checkCount(`${subject}: keep`, keep);
  checkModel(subject, net);
  checkPath(subject, folder, "folder");
  const watched = new Monitor(subject, monitor ?? "val_loss", mode, 0);
  const keeper = createKeeper(net, {
    folder,
    prefix,
    record: {},
    keep,
    every: every === undefined ? undefined : intervalOf(`${subject}: every`, every),
    score(logs) {
      if (monitor === undefined && logs.val_loss === undefined) return undefined;
      const value = watched.read(logs);
      return Number.isNaN(value) ? undefined : watched.mode === "min" ? -value : value;
    },
    onTrouble: ({ message }, kept) =>
      onTrouble(
        `${message}; training goes on, ${kept === undefined ? "no checkpoint is there yet" : `${kept} stays`}`,
      ),
    signal,
  });
  let lock: FolderLock | undefined;
  let isOurs = false; // after its first run
  return {
    get savedAt() {
      return keeper.savedAt;
    },
    async onTrainBegin(run) {
      try {
        await mkdir(folder, { recursive: true });
        lock = await lockFolder(resolve(folder), folder, subject);
        await sweep(resolve(folder));
      } catch (error) {
        throw error instanceof AnygradError ? error : unwritable(folder, error);
      }
      const others = net.position || isOurs ? [] : await checkpointsIn(folder, prefix);
      const [other] = others;
      if (overwrite) for (const { path } of others) await rm(path, { force: true });
      else if (other) {
        await lock.release();
        throw new AnygradError(
          "INVALID_ARGUMENT",
          `${subject}: ${folder} holds checkpoints of another run, such as ${other.name}; go on with it by loadCheckpoint and resume: true, pass another folder, or overwrite: true`,
        );
      }
      isOurs = true;
      await keeper.onTrainBegin?.(run);
    },
    onStepEnd: (logs, run) => keeper.onStepEnd?.(logs, run),
    onEpochEnd: (epoch, logs, run) => keeper.onEpochEnd?.(epoch, logs, run),
    async onTrainEnd(run) {
      await keeper.onTrainEnd?.(run);
      await lock?.release();
    },
  };
}

/**
 * The model and run of the newest checkpoint in a folder that is whole, or of the best; undefined where there is none. Newer ones that are damaged
 * are told by their names.
 *
 * @throws AnygradError DATA_FORMAT where all are damaged, MEMORY_LIMIT
 */
export async function loadCheckpoint(
  folder: string,
  options?: LoadCheckpointOptions,
): Promise<Model | undefined> {
  const {
    onTrouble = warn,
    best = false,
    ...loading
  } = strictOptions("loadCheckpoint", options, `${loadNames} best:boolean onTrouble:function`);
  checkPath("loadCheckpoint", folder, "folder");
  const read = (bytes: Uint8Array, { path }: CheckpointFile): Promise<Model> => {
    unseal(bytes, path); // those of earlier versions have no seal
    return load(bytes, loading).catch((error: unknown) => {
      if (!(error instanceof AnygradError) || error.code !== "DATA_FORMAT") throw error;
      throw new AnygradError("DATA_FORMAT", `${path}: ${error.message}`, { cause: error });
    });
  };
  const newest = await newestWhole(folder, prefix, read, best ? byScore : undefined);
  for (const { message } of newest?.damaged ?? [])
    onTrouble(`${message}; ${newest!.file.name} is taken in its place`);
  return newest?.value;
}

/** Those that have a score, the best last, and of equal ones the first of the run. */
async function byScore(files: readonly CheckpointFile[]): Promise<CheckpointFile[]> {
  const scored: { file: CheckpointFile; score: number }[] = [];
  for (const file of files) {
    const score = await scoreOf(file.path);
    if (score !== undefined) scored.push({ file, score });
  }
  return scored
    .reverse()
    .sort((a, b) => a.score - b.score)
    .map(({ file }) => file);
}

/** Tells in a line what the program that runs may want to know, and goes on. */
export function warn(message: string): void {
  process.emitWarning(message, "AnygradWarning");
}
