/**
 * What a callback is: hooks that `fit` calls, and what they may see and do of the run.
 *
 * A plain object with any of the hooks is a callback. Hooks may be async; `fit` waits for each. They run in the order
 * of the list, after the history has been written.
 */
import { AnygradError } from "../../../errors.ts";
import type { Snapshot } from "../../../io/snapshot.ts";
import { checkNumber } from "../../../math/checks.ts";
import { strictOptions } from "../../../math/options.ts";
import type { NamedWeight } from "../../network/parameters.ts";

/** The run as a callback sees it. */
export interface TrainingRun {
  /** The weights of the model. */
  readonly model: {
    /** Copies of all weights, in layer order. */
    getWeights(): NamedWeight[];
    /** Overwrites all weights, in layer order. */
    setWeights(weights: NamedWeight[]): void;
  };
  /** The learning rate of the next step; setting it overrides the optimizer's schedule from then on. */
  learningRate: number;
  /** Ends the run after this step. @param reason for `history.stopped`; of several the first counts */
  stop(reason?: string): void;
  /** Epochs of the whole run. */
  readonly epochs: number;
  /** Steps of an epoch; of a stream of batches undefined until its first epoch is over, unless `fit` was told. */
  readonly stepsPerEpoch: number | undefined;
}

/** Why a run has ended whose callback gave no reason. */
export const unnamedReason = "a callback stopped the run";

/** A learning rate that a callback sets. @throws AnygradError INVALID_ARGUMENT */
export function checkLearningRate(value: number): number {
  return checkNumber("fit: learningRate", value, { from: 0 });
}

/**
 * What one step reports. Loss and metrics are those of the step's own batch, such as `accuracy`; with "running_" before the
 * name, such as `running_loss` and `running_accuracy`, the mean or value over the epoch so far.
 */
export interface StepLogs {
  /** The epoch, from 0. */
  epoch: number;
  /** Within the epoch, from 0. */
  step: number;
  /** The optimizer's steps before this one; goes on over several fits. */
  globalStep: number;
  /** Examples in the step. */
  batchSize: number;
  /** The loss of the batch before the update, with weights and penalties. */
  loss: number;
  /** The learning rate of the step. */
  learningRate: number;
  [metric: string]: number;
}

/** What one epoch reports: loss, accuracy, val_loss, val_accuracy, seconds, learningRate, … */
export type EpochLogs = Record<string, number>;

/** How much of a run is shown: 0 or false nothing, 1 or true a bar or lines, 2 a line for every epoch. */
export type Verbosity = 0 | 1 | 2 | boolean;

/** Hooks into a run; all may be left out, and may be async. Epochs count from 0. */
export interface Callback {
  /** Before the first epoch, also of a resumed run. */
  onTrainBegin?(run: TrainingRun): void | Promise<void>;
  /** Before the first step of an epoch. */
  onEpochBegin?(epoch: number, run: TrainingRun): void | Promise<void>;
  /** After each step. */
  onStepEnd?(logs: StepLogs, run: TrainingRun): void | Promise<void>;
  /** After each epoch and its validation. */
  onEpochEnd?(epoch: number, logs: EpochLogs, run: TrainingRun): void | Promise<void>;
  /** After the last epoch, and after a run that was stopped, aborted or failed. */
  onTrainEnd?(run: TrainingRun): void | Promise<void>;
  /** What a resumed run must know of this callback; asked for by `net.save({ optimizer: true })`. */
  save?(): Snapshot;
  /** Takes up what `save` gave, after `onTrainBegin` of a resumed run. */
  restore?(saved: Snapshot): void;
  /** Where this callback has saved the run last, and as it was when: the error of a run that has failed names it. */
  readonly savedAt?: string | undefined;
  /** Asks `fit` for its option of this name; `callbacks.recalibrate` makes one. @internal */
  readonly recalibrate?: number;
  /** Numbers out of bounds stop the run and are no error; `callbacks.terminateOnNaN` makes one. @internal */
  readonly terminateOnNaN?: boolean;
}

/** Why a run ends at an error that a callback takes for an end; undefined where none does. */
export function endOf(error: unknown, callbacks: readonly Callback[]): string | undefined {
  const { code, message } = error as AnygradError;
  return code === "NOT_FINITE" && callbacks.some((callback) => callback.terminateOnNaN) ? message : undefined;
}

/** The error of a run, which names what a callback has saved of it before the numbers went out of bounds. */
export function withLastSave(error: unknown, callbacks: readonly Callback[]): unknown {
  const savedAt = callbacks.findLast((callback) => callback?.savedAt)?.savedAt;
  if (!(error instanceof AnygradError) || error.code !== "NOT_FINITE" || savedAt === undefined) return error;
  return new AnygradError("NOT_FINITE", `${error.message}; the last good state is ${savedAt}`, {
    cause: error,
  });
}

/** What can be called, or asked for a state. */
export type HookName = Exclude<keyof Callback, "recalibrate" | "savedAt" | "terminateOnNaN">;

/** The names of the hooks, and of what keeps their state. */
export const hookNames: readonly HookName[] = [
  "onTrainBegin",
  "onEpochBegin",
  "onStepEnd",
  "onEpochEnd",
  "onTrainEnd",
  "save",
  "restore",
];

const hookLine: string = /* @__PURE__ */ hookNames.map((name) => `${name}:function`).join(" ");

/**
 * Your own hooks, checked: a misspelt one is an error here, where in a plain object it would never be called.
 * @throws AnygradError INVALID_ARGUMENT
 */
export function hooks(callback: Callback): Callback {
  return strictOptions("hooks", callback, hookLine);
}

/**
 * The callbacks of a run as a list. What is called on… but is no hook would never be called; other fields are a callback's
 * own, be it an object or of a class.
 * @throws AnygradError INVALID_ARGUMENT
 */
export function callbackList(given: Callback | readonly Callback[] = []): readonly Callback[] {
  const list = [given].flat() as Callback[];
  for (const callback of list) {
    const found: Record<string, unknown> = {};
    for (
      let level = Object(callback);
      level && level !== Object.prototype;
      level = Object.getPrototypeOf(level)
    )
      for (const name of Object.getOwnPropertyNames(level))
        if (/^on[A-Z]/.test(name)) found[name] = callback[name as HookName];
    strictOptions<object, string>(
      "fit: callbacks",
      callback && typeof callback === "object" ? found : (callback ?? null),
      hookLine,
    );
  }
  return list;
}
