/** What `fit` gives back: a number per epoch for every log. */
import type { EpochLogs } from "./callbacks/index.ts";

/** history.loss, history.accuracy, history.val_loss, history.val_accuracy, history.seconds, history.learningRate … */
export interface History {
  /** Mean over the epoch's steps, penalties included. */
  loss: number[];
  /** Wall time of each epoch's training, without validation; NaN of the epochs before a model was loaded. */
  seconds: number[];
  /** Of the epoch's last step. */
  learningRate: number[];
  [log: string]: number[];
}

export function emptyHistory(): History {
  return { loss: [], seconds: [], learningRate: [] };
}

export function copyHistory(history: History): History {
  const copy = emptyHistory();
  for (const [name, values] of Object.entries(history)) copy[name] = [...values];
  return copy;
}

export function addEpoch(history: History, logs: EpochLogs): void {
  for (const [name, value] of Object.entries(logs)) {
    history[name] ??= [];
    history[name].push(value);
  }
}
