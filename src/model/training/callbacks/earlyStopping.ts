/**
 * Early stopping: ends a run that no longer gets better, and goes back to its best weights.
 *
 * Keras 3's rules, with one other default: the best weights are restored (`restoreBestWeights: true`), since a run
 * that is stopped late was stopped for its best epoch. They are restored at the end of every run, stopped or not.
 * Costs one copy of the weights in JavaScript memory.
 * When not: under a schedule that ends in its lowest rate (cosine, one-cycle); those runs are best at the end.
 */

import type { Snapshot } from "../../../io/snapshot.ts";
import { SnapshotReader } from "../../../io/snapshotReader.ts";
import { checkCount, checkNumber } from "../../../math/checks.ts";
import { counted } from "../../../math/inspect.ts";
import { strictOptions } from "../../../math/options.ts";
import type { NamedWeight } from "../../network/parameters.ts";
import type { Callback, EpochLogs, TrainingRun } from "./callback.ts";
import { Monitor, type MonitorMode } from "./monitor.ts";
import { savedWeight } from "./savedWeight.ts";

/** The options of {@link earlyStopping}. */
export interface EarlyStoppingOptions {
  /** A name in the epoch's logs. Default "val_loss". */
  readonly monitor?: string;
  /** Smaller gains count as none. Default 0. */
  readonly minDelta?: number;
  /** The epochs in a row without a gain that end the run. Default 0: the first one does. */
  readonly patience?: number;
  /** Default "auto": a loss or error should fall, an accuracy, AUC, precision, recall or F1 rise. */
  readonly mode?: MonitorMode;
  /** A gain resets the patience only when the value also beats this. Default: none. */
  readonly baseline?: number;
  /** Default true. */
  readonly restoreBestWeights?: boolean;
  /** Epochs before this one (from 0) are not looked at. Default 0. */
  readonly startFromEpoch?: number;
}

/** The callback, and what it found in its last run. */
export interface EarlyStopping extends Callback {
  /** The epoch (from 0) of the best value; undefined before the first. */
  readonly bestEpoch: number | undefined;
  /** The best value; Infinity or -Infinity before the first. */
  readonly best: number;
  /** The epoch after which the run was stopped; undefined if it was not. */
  readonly stoppedEpoch: number | undefined;
}

/** Stops when `monitor` has not become better for `patience` epochs. */
export function earlyStopping(options?: EarlyStoppingOptions): EarlyStopping {
  return new StopsEarly(options);
}

const subject = "earlyStopping";

class StopsEarly implements EarlyStopping {
  bestEpoch: number | undefined;
  stoppedEpoch: number | undefined;
  readonly #monitor: Monitor;
  readonly #patience: number;
  readonly #baseline: number | undefined;
  readonly #restores: boolean;
  readonly #startFromEpoch: number;
  #bestWeights: NamedWeight[] | undefined;
  #wait = 0;

  constructor(options: EarlyStoppingOptions | undefined) {
    const {
      monitor = "val_loss",
      minDelta = 0,
      patience = 0,
      mode = "auto",
      baseline,
      restoreBestWeights = true,
      startFromEpoch = 0,
    } = strictOptions(
      subject,
      options,
      "monitor minDelta patience mode baseline restoreBestWeights:boolean startFromEpoch",
    );
    checkCount(`${subject}: patience`, patience, 0);
    checkCount(`${subject}: startFromEpoch`, startFromEpoch, 0);
    if (baseline !== undefined) checkNumber(`${subject}: baseline`, baseline);
    this.#monitor = new Monitor(subject, monitor, mode, minDelta);
    this.#patience = patience;
    this.#baseline = baseline;
    this.#restores = restoreBestWeights;
    this.#startFromEpoch = startFromEpoch;
  }

  get best(): number {
    return this.#monitor.best;
  }

  onTrainBegin(): void {
    this.#monitor.best = this.#monitor.worst;
    this.#bestWeights = undefined;
    this.#wait = 0;
    this.bestEpoch = undefined;
    this.stoppedEpoch = undefined;
  }

  onEpochEnd(epoch: number, logs: EpochLogs, run: TrainingRun): void {
    const value = this.#monitor.read(logs);
    if (epoch < this.#startFromEpoch) return;
    this.#wait++;
    if (this.#monitor.isBetter(value, this.#monitor.best)) {
      this.#monitor.best = value;
      this.bestEpoch = epoch;
      if (this.#restores) this.#bestWeights = run.model.getWeights();
      if (this.#baseline === undefined || this.#monitor.isBetter(value, this.#baseline)) this.#wait = 0;
      return;
    }
    // as in Keras, the very first epoch never ends a run.
    if (this.#wait < this.#patience || epoch === 0) return;
    this.stoppedEpoch = epoch;
    const { name, best } = this.#monitor;
    run.stop(
      this.bestEpoch === undefined
        ? `${subject}: ${name} had no usable value in ${counted(this.#wait, "epoch")}`
        : `${subject}: ${name} has not become better than ${best} since epoch ${this.bestEpoch + 1}`,
    );
  }

  save(): Snapshot {
    const { best, bestEpoch = null, stoppedEpoch = null } = this;
    const bestWeights = this.#bestWeights?.map((weight) => ({ ...weight })) ?? null;
    return { monitor: this.#monitor.name, best, wait: this.#wait, bestEpoch, stoppedEpoch, bestWeights };
  }

  restore(saved: Snapshot): void {
    const state = new SnapshotReader(subject, saved);
    this.#monitor.restore(state);
    this.#wait = state.count("wait");
    this.bestEpoch = state.has("bestEpoch") ? state.count("bestEpoch") : undefined;
    this.stoppedEpoch = state.has("stoppedEpoch") ? state.count("stoppedEpoch") : undefined;
    this.#bestWeights = state.has("bestWeights") ? state.list("bestWeights").map(savedWeight) : undefined;
  }

  onTrainEnd(run: TrainingRun): void {
    if (this.#bestWeights !== undefined) run.model.setWeights(this.#bestWeights);
    this.#bestWeights = undefined;
  }
}
