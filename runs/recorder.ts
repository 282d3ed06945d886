/** Takes down what each step of a run cost and reached: for the curves and the median time of a step. */

import type { Snapshot } from "../src/io/snapshot.ts";
import { SnapshotReader } from "../src/io/snapshotReader.ts";
import { median } from "../src/math/statistics.ts";
import type { Callback } from "../src/model/training/callbacks/index.ts";

export interface Recorder extends Callback {
  /** Loss of each step. */
  readonly losses: readonly number[];
  /** Accuracy of each step's batch. */
  readonly accuracies: readonly number[];
  /** Mean loss of the epoch so far, after each step. */
  readonly runningLosses: readonly number[];
  /** Accuracy of the epoch so far, after each step. */
  readonly runningAccuracies: readonly number[];
  /** The epoch of each step, from 0. */
  readonly epochs: readonly number[];
  readonly learningRates: readonly number[];
  readonly steps: number;
  /** Seconds of training so far, before an interruption, too; the test after each epoch included. */
  readonly seconds: number;
  /** Median milliseconds of a step in this process, making its batch included; the first step, which compiles, counts like any. 0 without steps. */
  medianMilliseconds(): number;
}

/** @param now a clock in milliseconds */
export function createRecorder(now: () => number = () => performance.now()): Recorder {
  const losses: number[] = [];
  const accuracies: number[] = [];
  const runningLosses: number[] = [];
  const runningAccuracies: number[] = [];
  const epochs: number[] = [];
  const learningRates: number[] = [];
  const milliseconds: number[] = [];
  let last = 0;
  let [began, before] = [now(), 0]; // ms; seconds of the parts before this one
  return {
    losses,
    accuracies,
    runningLosses,
    runningAccuracies,
    epochs,
    learningRates,
    get steps() {
      return losses.length;
    },
    get seconds() {
      return before + (now() - began) / 1000;
    },
    medianMilliseconds() {
      return milliseconds.length > 0 ? median(milliseconds) : 0;
    },
    onTrainBegin() {
      began = now();
      last = began;
    },
    onEpochBegin() {
      last = now();
    },
    onStepEnd({ epoch, loss, learningRate, accuracy = Number.NaN, ...logs }) {
      losses.push(loss);
      accuracies.push(accuracy);
      runningLosses.push(logs.running_loss ?? Number.NaN);
      runningAccuracies.push(logs.running_accuracy ?? Number.NaN);
      epochs.push(epoch);
      learningRates.push(learningRate);
      const time = now();
      milliseconds.push(time - last);
      last = time;
    },
    save() {
      const { seconds } = this;
      return {
        seconds,
        losses: [...losses],
        accuracies: [...accuracies],
        runningLosses: [...runningLosses],
        runningAccuracies: [...runningAccuracies],
        epochs: [...epochs],
        learningRates: [...learningRates],
      };
    },
    restore(saved: Snapshot) {
      const state = new SnapshotReader("the recorder", saved);
      before = state.number("seconds");
      losses.push(...state.numbers("losses"));
      accuracies.push(...state.numbers("accuracies"));
      for (const [name, values] of Object.entries({ runningLosses, runningAccuracies }))
        values.push(...(state.has(name) ? state.numbers(name) : losses.map(() => Number.NaN))); // older files lack them
      epochs.push(...state.numbers("epochs"));
      learningRates.push(...state.numbers("learningRates"));
    },
  };
}
