/**
 * The callback that keeps logs of a run. A checkpoint holds where each of them stands, once that is on the disk: a run that goes on
 * from it, after a kill or a power cut, too, has every entry once. A disk that is full does not end the run: it is told,
 * and tried again with the next entry.
 */
import { AnygradError } from "../../src/errors.ts";
import type { Snapshot, SnapshotRecord } from "../../src/io/snapshot.ts";
import { SnapshotReader } from "../../src/io/snapshotReader.ts";
import type { Callback, TrainingRun } from "../../src/model/training/callbacks/index.ts";
import type { LogRecord, RunLog } from "./log.ts";

export interface LoggerOptions {
  /** Entries of steps: every so many; undefined: of epochs alone. */
  readonly steps: number | undefined;
  /** Told in a line where a log could not be written, or has lost what was written before; the run goes on. */
  onTrouble(message: string): void;
  /**
   * Whether a log that cannot be brought to the disk at the end is an error: a run that goes on from its checkpoint writes it again. Default
   * false: it is told, as what was learned is worth more.
   */
  readonly mustBeWhole?: boolean;
  /** Epochs that entries tell of, of a run that pauses before its end. Default: those that the run is asked for. */
  readonly epochs?: number;
}

/** @param logs by names that a run which goes on knows them by */
export function createLogger(
  logs: Readonly<Record<string, RunLog>>,
  { steps, onTrouble, mustBeWhole = false, epochs: whole }: LoggerOptions,
): Callback {
  const named = Object.entries(logs);
  const begun = new Set<RunLog>();
  const troubled = new Set<RunLog>();
  let states: SnapshotRecord = {}; // of a run that goes on, by the logs' names
  let doneBefore = 0; // steps, when it stood so
  let done = 0; // the optimizer's steps
  let epochExamples = 0; // in this process
  let stepExamples = 0; // since `since`
  let since = 0;

  const attempt = (log: RunLog, work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof AnygradError) || error.code !== "OUTPUT") throw error;
      if (!troubled.has(log)) onTrouble(`${error.message}; training goes on, and the log is tried again`);
      troubled.add(log);
    }
  };
  const begin = (name: string, log: RunLog): void => {
    if (begun.has(log)) return;
    if (!Object.hasOwn(states, name)) log.begin();
    else {
      const lost = log.resume(new SnapshotReader(`the log ${name}`, states[name]), doneBefore);
      if (lost !== undefined) onTrouble(`${lost}; the log goes on without it`);
    }
    begun.add(log);
  };
  const write = (record: LogRecord): void => {
    for (const [name, log] of named)
      attempt(log, () => {
        begin(name, log);
        log.write(record);
        troubled.delete(log);
      });
  };
  const recordOf = (
    event: LogRecord["event"],
    epoch: number,
    scores: Record<string, number>,
    { epochs, model }: TrainingRun,
  ): LogRecord => ({
    ...{ event, time: Date.now(), epoch: epoch + 1, epochs: whole ?? epochs, step: done, scores },
    weights: () => model.getWeights(),
  });

  return {
    onTrainBegin() {
      begun.clear();
      troubled.clear();
      states = {};
      [done, epochExamples, stepExamples, since] = [0, 0, 0, performance.now()];
      for (const [, log] of named) log.open();
    },
    restore(saved) {
      const state = new SnapshotReader("the logs", saved);
      done = state.count("step");
      doneBefore = done;
      state.part("logs"); // is there
      states = (saved as SnapshotRecord).logs as SnapshotRecord;
    },
    onEpochBegin() {
      [epochExamples, stepExamples, since] = [0, 0, performance.now()];
      for (const [name, log] of named) attempt(log, () => begin(name, log));
    },
    onStepEnd({ epoch, step: _, globalStep, batchSize, ...scores }, run) {
      done = globalStep + 1;
      epochExamples += batchSize;
      stepExamples += batchSize;
      if (steps === undefined || done % steps !== 0) return;
      const now = performance.now();
      const examplesPerSecond = (1000 * stepExamples) / (now - since);
      write(recordOf("step", epoch, { ...scores, examplesPerSecond }, run));
      [stepExamples, since] = [0, now];
    },
    onEpochEnd(epoch, scores, run) {
      const { seconds = 0 } = scores;
      const examplesPerSecond = epochExamples > 0 && seconds > 0 ? epochExamples / seconds : Number.NaN;
      write(recordOf("epoch", epoch, { ...scores, examplesPerSecond }, run));
    },
    save: () => ({
      step: done,
      logs: Object.fromEntries(
        named.flatMap(([name, log]): [string, Snapshot][] => {
          if (!begun.has(log)) return Object.hasOwn(states, name) ? [[name, states[name]!]] : [];
          attempt(log, () => log.sync());
          return [[name, log.state()]];
        }),
      ),
    }),
    onTrainEnd() {
      try {
        for (const [, log] of named)
          if (begun.has(log) && mustBeWhole) log.sync();
          else if (begun.has(log)) attempt(log, () => log.sync());
      } finally {
        for (const [, log] of named) log.close();
      }
    },
  };
}
