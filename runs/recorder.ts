/** Takes down what each step of a run cost and reached: for the curves and the median time of a step. */
import { AnygradError } from "../src/errors.ts";
import type { Snapshot } from "../src/io/snapshot.ts";
import { SnapshotReader } from "../src/io/snapshotReader.ts";
import { median } from "../src/math/statistics.ts";
import type { Callback } from "../src/model/training/callbacks/index.ts";
import { PackedDoubles, unpackDoubles } from "./doubles.ts";

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

/** What is kept of each step, in this order, in a checkpoint. */
const kept = ["loss", "accuracy", "runningLoss", "runningAccuracy", "epoch", "learningRate"] as const;

/** @param now a clock in milliseconds */
export function createRecorder(now: () => number = () => performance.now()): Recorder {
  const losses: number[] = [];
  const accuracies: number[] = [];
  const runningLosses: number[] = [];
  const runningAccuracies: number[] = [];
  const epochs: number[] = [];
  const learningRates: number[] = [];
  const milliseconds: number[] = [];
  const columns = [losses, accuracies, runningLosses, runningAccuracies, epochs, learningRates];
  const packed = new PackedDoubles();
  const take = (values: readonly number[]): void => {
    for (const [i, column] of columns.entries()) {
      column.push(values[i]!);
      packed.push(values[i]!);
    }
  };
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
      const { running_loss = Number.NaN, running_accuracy = Number.NaN } = logs;
      take([loss, accuracy, running_loss, running_accuracy, epoch, learningRate]);
      const time = now();
      milliseconds.push(time - last);
      last = time;
    },
    save() {
      return { seconds: this.seconds, steps: packed.packed };
    },
    restore(saved: Snapshot) {
      const state = new SnapshotReader("the recorder", saved);
      before = state.number("seconds");
      for (const values of state.has("steps") ? packedSteps(state) : listedSteps(state)) take(values);
    },
  };
}

/** @throws AnygradError DATA_FORMAT */
function packedSteps(state: SnapshotReader): number[][] {
  const numbers = unpackDoubles(state.floats("steps"));
  if (!numbers || numbers.length % kept.length !== 0)
    throw new AnygradError("DATA_FORMAT", "load: the recorder's steps are damaged; save them again");
  return Array.from({ length: numbers.length / kept.length }, (_, i) =>
    numbers.slice(kept.length * i, kept.length * (i + 1)),
  );
}

/** As earlier versions kept them, a list a column; some lack the running values. */
function listedSteps(state: SnapshotReader): number[][] {
  const losses = state.numbers("losses");
  const list = (name: string): readonly number[] =>
    state.has(name) ? state.numbers(name) : losses.map(() => Number.NaN);
  const [accuracies, runningLosses, runningAccuracies, epochs, learningRates] = [
    state.numbers("accuracies"),
    list("runningLosses"),
    list("runningAccuracies"),
    state.numbers("epochs"),
    state.numbers("learningRates"),
  ];
  return losses.map((loss, i) => [
    loss,
    accuracies[i]!,
    runningLosses[i]!,
    runningAccuracies[i]!,
    epochs[i]!,
    learningRates[i]!,
  ]);
}
