/**
 * Checkpoints wherever JavaScript runs: the model's bytes after each epoch, or after those that are better than all before, handed
 * to a function that keeps them: in IndexedDB, a bucket, a file. In Node `checkpointFolder` of anygrad/node has a folder for it.
 *
 * When not: to go back to the best weights at the end of a run, `earlyStopping` is enough.
 */
import { AnygradError, quote } from "../../../errors.ts";
import type { Snapshot } from "../../../io/snapshot.ts";
import { SnapshotReader } from "../../../io/snapshotReader.ts";
import { strictOptions } from "../../../math/options.ts";
import type { Callback, EpochLogs } from "./callback.ts";
import { Monitor, type MonitorMode } from "./monitor.ts";

/** The options of {@link modelCheckpoint}. */
export interface ModelCheckpointOptions {
  /** Keeps the bytes, which `load` reads; `fit` waits for it. */
  readonly save: (
    bytes: Uint8Array<ArrayBuffer>,
    at: {
      /** The epoch, from 0. */
      epoch: number;
      /** Its logs. */
      logs: EpochLogs;
    },
  ) => unknown;
  /** Saves only where the monitored value is better than ever before. Default false: after every epoch. */
  readonly saveBestOnly?: boolean;
  /** A name in the epoch's logs. Default "val_loss". */
  readonly monitor?: string;
  /** Default "auto": a loss or error should fall, an accuracy, AUC, precision, recall or F1 rise. */
  readonly mode?: MonitorMode;
  /** Saves what a run needs to go on, too: the optimizer and where the run stands. Default true. */
  readonly optimizer?: boolean;
}

/**
 * Saves the model after each epoch. Put it last in the list, so that it saves what the other callbacks know.
 * @param net the model that is trained
 * @throws AnygradError INVALID_ARGUMENT
 * @example
 * ```js
 * import { callbacks, createEngine, layers, load, sequential } from "anygrad";
 *
 * const net = sequential([layers.dense({ units: 1 })], { inputShape: [1], seed: 1 });
 * await net.compile({ optimizer: "adam", loss: "meanSquaredError", engine: await createEngine() });
 * let best;
 * await net.fit({ x: [[1], [2], [3]], y: [[2], [4], [6]] }, { epochs: 3, callbacks: callbacks.modelCheckpoint(net, {
 *   monitor: "loss", saveBestOnly: true, save: (bytes) => { best = bytes; },
 * }) });
 * console.log((await load(best)).isCompiled); // true
 * ```
 */
export function modelCheckpoint(
  net: { save(options: { optimizer: boolean }): Promise<Uint8Array<ArrayBuffer>> },
  options: ModelCheckpointOptions,
): Callback {
  const subject = "modelCheckpoint";
  if (typeof net?.save !== "function")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: got ${quote(net)}; pass the model that is trained`,
    );
  const {
    save,
    saveBestOnly = false,
    monitor = "val_loss",
    mode = "auto",
    optimizer = true,
  } = strictOptions(
    subject,
    options,
    "save:function saveBestOnly:boolean monitor:string mode:auto|min|max optimizer:boolean",
  );
  if (typeof save !== "function")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: save is ${quote(save)}; pass a function (bytes, { epoch, logs }) that keeps the bytes`,
    );
  const watched = saveBestOnly ? new Monitor(subject, monitor, mode, 0) : undefined;
  let savedAt: string | undefined;
  return {
    get savedAt() {
      return savedAt;
    },
    onTrainBegin() {
      if (watched) watched.best = watched.worst;
    },
    async onEpochEnd(epoch, logs) {
      if (watched) {
        const value = watched.read(logs);
        if (!watched.isBetter(value, watched.best)) return;
        watched.best = value;
      }
      await save(await net.save({ optimizer }), { epoch, logs });
      savedAt = `what ${subject} saved after epoch ${epoch + 1}`;
    },
    ...(watched && {
      save: (): Snapshot => ({ monitor: watched.name, best: watched.best }),
      restore(saved: Snapshot): void {
        watched.restore(new SnapshotReader(subject, saved));
      },
    }),
  };
}
