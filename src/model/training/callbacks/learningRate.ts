/**
 * The callbacks that set the learning rate: by a function of the epoch, or when a value stops getting better.
 *
 * When not: a rate that depends on the step alone is a schedule of the optimizer (`schedules`), which a saved model
 * remembers; these override it.
 */
import { AnygradError, quote } from "../../../errors.ts";
import type { Snapshot } from "../../../io/snapshot.ts";
import { SnapshotReader } from "../../../io/snapshotReader.ts";
import { checkCount, checkNumber } from "../../../math/checks.ts";
import { strictOptions } from "../../../math/options.ts";
import type { Callback, EpochLogs, TrainingRun } from "./callback.ts";
import { Monitor, type MonitorMode } from "./monitor.ts";

/** The options of {@link reduceLearningRateOnPlateau}. */
export interface ReduceLearningRateOnPlateauOptions {
  /** A name in the epoch's logs. Default "val_loss". */
  readonly monitor?: string;
  /** What a reduction multiplies by. Default 0.1. */
  readonly factor?: number;
  /** The epochs in a row without a gain that lead to a reduction. Default 10. */
  readonly patience?: number;
  /** Default "auto": a loss or error should fall, an accuracy, AUC, precision, recall or F1 rise. */
  readonly mode?: MonitorMode;
  /** Smaller gains count as none. Default 1e-4. */
  readonly minDelta?: number;
  /** The epochs after a reduction that are not counted. Default 0. */
  readonly cooldown?: number;
  /** Never below. Default 0. */
  readonly minLearningRate?: number;
}

/** Sets `learningRate = fn(epoch, learningRate)` at the beginning of every epoch (from 0). */
export function learningRateSchedule(fn: (epoch: number, learningRate: number) => number): Callback {
  const subject = "learningRateSchedule";
  if (typeof fn !== "function")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: its argument is ${quote(fn)}; pass a function (epoch, rate) => rate`,
    );
  return {
    onEpochBegin(epoch, run) {
      const next = fn(epoch, run.learningRate);
      run.learningRate = checkNumber(`${subject}: the rate of epoch ${epoch}`, next, { from: 0 });
    },
  };
}

/** Multiplies the learning rate by `factor` when `monitor` has not become better for `patience` epochs (Keras 3's rules). */
export function reduceLearningRateOnPlateau(options?: ReduceLearningRateOnPlateauOptions): Callback {
  const subject = "reduceLearningRateOnPlateau";
  const {
    monitor = "val_loss",
    factor = 0.1,
    patience = 10,
    mode = "auto",
    minDelta = 1e-4,
    cooldown = 0,
    minLearningRate = 0,
  } = strictOptions(subject, options, "monitor factor patience mode minDelta cooldown minLearningRate");
  checkNumber(`${subject}: factor`, factor, { above: 0, below: 1 });
  checkCount(`${subject}: patience`, patience, 0);
  checkCount(`${subject}: cooldown`, cooldown, 0);
  checkNumber(`${subject}: minLearningRate`, minLearningRate, { from: 0 });
  const watched = new Monitor(subject, monitor, mode, minDelta);
  let wait = 0;
  let cooling = 0;
  return {
    onTrainBegin() {
      watched.best = watched.worst;
      wait = 0;
      cooling = 0;
    },
    onEpochEnd(_epoch: number, logs: EpochLogs, run: TrainingRun) {
      const value = watched.read(logs);
      if (cooling > 0) {
        cooling--;
        wait = 0;
      }
      if (watched.isBetter(value, watched.best)) {
        watched.best = value;
        wait = 0;
        return;
      }
      if (cooling > 0) return;
      wait++;
      if (wait < patience || run.learningRate <= minLearningRate) return;
      run.learningRate = Math.max(run.learningRate * factor, minLearningRate);
      cooling = cooldown;
      wait = 0;
    },
    save: () => ({ monitor: watched.name, best: watched.best, wait, cooling }),
    restore(saved: Snapshot) {
      const state = new SnapshotReader(subject, saved);
      watched.restore(state);
      wait = state.count("wait");
      cooling = state.count("cooling");
    },
  };
}
