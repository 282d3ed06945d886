/**
 * The log that TensorBoard reads: event files in DIR/train and DIR/validation, with Keras's names of curves, and the settings of the run
 * in DIR. The axis of all is the optimizer's steps that are done, so that curves of steps and of epochs lie over each other.
 *
 * A run that goes on takes away what came after its checkpoint and begins new files, which tell readers so: TensorBoard follows a
 * file while it grows, and would stumble over one that was cut and written on.
 */
import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { unwritable } from "../../../src/runtime/wholeFiles.ts";
import { makeFolder } from "../folders.ts";
import type { LogRecord, RunLog } from "../log.ts";
import { cutEventFiles, EventFile } from "./eventFile.ts";
import { type Hparams, hparamsEvent, type Shown, startEvent, summaryEvent } from "./events.ts";
import { histogramOf } from "./histogram.ts";

export type { Hparams };

export interface EventFilesOptions {
  /** Histograms of all weights after every so many epochs; 0: none. */
  readonly histogramFreq: number;
  /** What the hparams tab compares runs by; undefined: the run is not there. */
  readonly hparams: Hparams | undefined;
}

/** TensorBoard draws what has the same name in two folders over each other. */
const folders = { train: "train", validation: "validation", settings: "" } as const;
type Series = keyof typeof folders;
const allSeries = Object.keys(folders) as Series[];

export function tensorboardLog(root: string, { histogramFreq, hparams }: EventFilesOptions): RunLog {
  const folderOf = (series: Series): string => join(root, folders[series]);
  const files = new Map<Series, EventFile>();
  /** Where those stand that nothing was written to since. */
  const before = new Map<Series, { file: string; bytes: number }>();
  const append = (series: Series, event: Uint8Array, time: number): void => {
    let file = files.get(series);
    if (!file) {
      file = new EventFile(folderOf(series), time);
      files.set(series, file);
    }
    file.append(event);
  };
  const close = (): void => {
    for (const file of files.values()) file.close();
    files.clear();
    before.clear();
  };
  return {
    open() {
      for (const folder of allSeries.map(folderOf))
        try {
          makeFolder(folder);
          accessSync(folder, constants.W_OK);
        } catch (error) {
          throw unwritable(folder, error);
        }
    },
    begin() {
      close();
      for (const series of allSeries) cutEventFiles(folderOf(series));
      const time = Date.now();
      if (hparams) append("settings", hparamsEvent({ time, step: 0 }, hparams), time);
    },
    resume(state, step) {
      close();
      const lost: Series[] = [];
      for (const series of allSeries) {
        const last = state.has(series) ? state.part(series) : undefined;
        const [file, bytes] = [last?.text("file"), last?.count("bytes") ?? 0];
        if (!cutEventFiles(folderOf(series), file, bytes)) lost.push(series);
        if (file !== undefined) before.set(series, { file, bytes });
      }
      // what a reader has seen of this step and later ones is void
      const time = Date.now();
      for (const series of ["train", "validation"] as const)
        if (before.has(series)) append(series, startEvent({ time, step: step + 1 }), time);
      return lost.length > 0
        ? `${lost.map(folderOf).join(" and ")} lack events that this run has written`
        : undefined;
    },
    write(record) {
      const { time, step, event, epoch, weights } = record;
      const shown = curvesOf(record);
      if (event === "epoch" && histogramFreq > 0 && epoch % histogramFreq === 0)
        for (const { name, data } of weights())
          shown.train.push({ tag: `${name}/histogram`, value: histogramOf(data) });
      const failures: unknown[] = [];
      for (const series of ["train", "validation"] as const)
        try {
          if (shown[series].length > 0) append(series, summaryEvent({ time, step }, shown[series]), time);
        } catch (error) {
          failures.push(error); // the file keeps what it was given; the other one gets its own, too
        }
      if (failures.length > 0) throw failures[0];
    },
    sync() {
      for (const file of files.values()) file.sync();
    },
    state: () => ({
      ...Object.fromEntries(before),
      ...Object.fromEntries(
        Array.from(files, ([series, { name, length }]) => [series, { file: name, bytes: length }]),
      ),
    }),
    close,
  };
}

/** Names as Keras's callback has them: `val_loss` of an epoch is `epoch_loss` of the validation, `learningRate` of a step `batch_learning_rate`. */
function curvesOf({ event, scores }: LogRecord): Record<"train" | "validation", Shown[]> {
  const shown: Record<"train" | "validation", Shown[]> = { train: [], validation: [] };
  for (const [name, value] of Object.entries(scores)) {
    const [, raw = "", judged] = /^(raw_)?val_(.+)$/.exec(name) ?? [];
    const of = judged === undefined ? name : `${raw}${judged}`;
    const tag = `${event === "epoch" ? "epoch" : "batch"}_${of.replace(/[a-z](?=[A-Z])/g, "$&_").toLowerCase()}`;
    shown[judged === undefined ? "train" : "validation"].push({ tag, value });
  }
  return shown;
}
