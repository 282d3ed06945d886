/**
 * Where a training run stands: all that the next step depends on besides weights, optimizer and data. Random numbers
 * are drawn by (seed, epoch) and (seed, step), so their whole state is three numbers. The loop of loop.ts moves it
 * on; `save` puts it into the file, saving/restore.ts reads it, and a run that takes it up gives the bits of one that was never
 * interrupted.
 * Wall times are not kept: the same run gives the same bytes.
 */
import { AnygradError } from "../../../errors.ts";
import type { Snapshot } from "../../../io/snapshot.ts";
import type { NamedWeight, Parameters } from "../../network/parameters.ts";
import type { Callback, StepLogs } from "../callbacks/callback.ts";
import { type Scored, Scores } from "../scores.ts";
import type { WeightAverage } from "./averages.ts";
import { type EpochHistory, emptyHistory } from "./history.ts";

/** What a run cannot change on its way. */
export interface RunPlan {
  /** Seed of shuffling, dropout and augmentation. */
  readonly seed: number;
  /** Examples a step. */
  readonly batchSize: number;
  /** Whether each epoch has an order of its own. */
  readonly shuffle: boolean;
  /** Epochs under this seed that runs before this one have had: their orders are not drawn again. */
  readonly before: number;
  /** Examples an epoch; undefined: the data are a stream of batches. */
  readonly examples: number | undefined;
  /** Steps of an epoch, where that was said of a stream. */
  readonly stepsPerEpoch?: number | undefined;
  /** Momentum of the weights' average; 0: there is none. */
  readonly ema: number;
  /** Batches to estimate batch normalisation's statistics over; 0: not at all. */
  readonly recalibrate: number;
  /** The description of the augmentation, as JSON. */
  readonly augment: string | undefined;
}

/** Where a run stands, for users. */
export interface RunPosition {
  /** The epoch at work, or next, from 0. */
  readonly epoch: number;
  /** Steps of it that are done. */
  readonly step: number;
  /** Steps of an epoch; of a stream undefined until its first epoch is over. */
  readonly stepsPerEpoch: number | undefined;
  /** Epochs of the whole run. */
  readonly epochs: number;
  /** Examples an epoch; a run can only go on with data of that length. Undefined for a stream. */
  readonly examples: number | undefined;
  /** Nothing is left: all epochs are over, or a callback has stopped the run. */
  readonly done: boolean;
}

/** A run, between two steps. */
export class RunState {
  /** What does not change on the way. */
  readonly plan: RunPlan;
  /** Steps of an epoch; of a stream undefined until its first epoch is over. */
  stepsPerEpoch: number | undefined;
  /** Epochs of the whole run. */
  epochs: number;
  /** The epoch at work, or next, from 0. */
  epoch: number;
  /** Steps done in the epoch. */
  step = 0;
  /** Callbacks have been told of the epoch's begin. */
  begun = false;
  /** Why a callback stopped the run; undefined: none has. */
  stopped: string | undefined;
  /** Set by a callback, in place of the schedule's. */
  learningRate: number | undefined;
  /** Sum of the losses of the epoch's examples, penalties included with each. */
  total = 0;
  /** Examples of the epoch's steps. */
  seen = 0;
  /** Wall time of the epoch's steps. */
  seconds = 0;
  /** The logs of the last step. */
  logs: StepLogs | undefined;
  /** The logs of the epochs that are over. */
  history: EpochHistory = emptyHistory();
  /** Running values of the epoch's metrics. */
  scores: Scores;
  /** The run's raw weights, while others replace them in the model: averaged ones, or early stopping's best. */
  weights: NamedWeight[] | undefined;
  /** The average of its own weights, where the plan has one. */
  average: WeightAverage | undefined;
  /** The loop is not at work on it. */
  ended = true;
  /** Callbacks at work; between runs, what they saved. */
  #callbacks: readonly Callback[] = [];
  #saved: readonly Snapshot[] | undefined;
  /** Place of the callback that is being called. */
  #calling: number | undefined;

  /** @param saved what its callbacks saved, for a run that was read from a file */
  constructor(
    plan: RunPlan,
    epochs: number,
    initialEpoch: number,
    outputs: readonly Scored[],
    saved?: readonly Snapshot[],
  ) {
    this.plan = plan;
    const { examples, batchSize } = plan;
    this.stepsPerEpoch = examples === undefined ? plan.stepsPerEpoch : Math.ceil(examples / batchSize);
    this.epochs = epochs;
    this.epoch = initialEpoch;
    this.scores = new Scores(outputs, { batches: true });
    this.#saved = saved;
  }

  /** Where it stands, for users. */
  get position(): RunPosition {
    const { epoch, step, stepsPerEpoch, epochs, plan, stopped } = this;
    const { examples } = plan;
    return { epoch, step, stepsPerEpoch, epochs, examples, done: stopped !== undefined || epoch >= epochs };
  }

  /** Seed and number of the epoch that a run after this one begins with, unless it is given a seed. */
  get next(): { seed: number; before: number } {
    const { seed, before } = this.plan;
    return { seed, before: before + this.epoch + (this.begun ? 1 : 0) };
  }

  /** The epoch is over: back to an empty one. */
  nextEpoch(scores: Scores): void {
    this.epoch++;
    this.step = 0;
    this.begun = false;
    this.total = 0;
    this.seen = 0;
    this.seconds = 0;
    this.logs = undefined;
    this.scores = scores;
  }

  /** Writes the run's raw weights back, where others have replaced them. */
  restoreRawWeights(parameters: Parameters): void {
    if (this.weights) parameters.write(this.weights);
    this.weights = undefined;
  }

  /** Between runs, what its callbacks saved. */
  get saved(): readonly Snapshot[] | undefined {
    return this.#saved;
  }

  /** Begins, or goes on, with these callbacks. */
  async begin(callbacks: readonly Callback[], hook: Hook): Promise<void> {
    const saved = this.#saved?.values();
    this.ended = false;
    for (const callback of callbacks) {
      await hook(callback);
      const state = callback.save && saved?.next().value;
      if (state !== undefined) callback.restore?.(state);
    }
    this.#callbacks = callbacks;
    this.#saved = undefined;
  }

  /** Calls a hook of all callbacks, each waited for. */
  async call(hook: Hook): Promise<void> {
    for (const [place, callback] of this.#callbacks.entries()) {
      this.#calling = place;
      await hook(callback);
    }
    this.#calling = undefined;
  }

  /** False where a callback's error has left the others behind. */
  get whole(): boolean {
    return this.#calling === undefined;
  }

  /** Ends, or interrupts: takes the callbacks' states before the end of the run is told to them. */
  async end(hook: Hook): Promise<void> {
    const callbacks = this.#callbacks;
    if (this.whole) this.#saved = this.#states();
    this.#callbacks = [];
    this.ended = true;
    for (const callback of callbacks) await hook(callback);
  }

  /** @throws AnygradError NOT_READY while callbacks are at work that have a state and do not know of the last step yet */
  save(): Snapshot {
    const waiting = this.#callbacks.slice((this.#calling ?? Number.POSITIVE_INFINITY) + 1);
    if (waiting.some((callback) => callback.save))
      throw new AnygradError(
        "NOT_READY",
        "save: a callback saves the run before others of the list, which keep a state, have seen this step; put it last in callbacks",
      );
    const { epochs, epoch, step, begun, stopped, total, logs, history, weights } = this;
    const { seconds: _, ...kept } = history;
    const { examples, stepsPerEpoch, ...plan } = this.plan;
    return {
      ...plan,
      ...(examples === undefined
        ? {
            stream: true,
            stepsPerEpoch: stepsPerEpoch ?? null,
            counted: this.stepsPerEpoch ?? null,
            seen: this.seen,
          }
        : { examples }),
      augment: plan.augment ?? null,
      epochs,
      epoch,
      step,
      begun,
      stopped: stopped !== undefined,
      ...(stopped !== undefined && { stopReason: stopped }),
      learningRate: this.learningRate ?? null,
      lossSum: total,
      logs: logs ? { ...logs } : null,
      history: { ...kept },
      scores: step > 0 ? this.scores.save() : null,
      weights: weights?.map(({ data }) => data) ?? null,
      average: this.average?.save() ?? null,
      callbacks: this.#saved ?? this.#states(),
    };
  }

  #states(): Snapshot[] {
    return this.#callbacks.flatMap((callback) => (callback.save ? [callback.save()] : []));
  }
}

/** Calls one hook of a callback. */
type Hook = (callback: Callback) => void | Promise<void> | undefined;
