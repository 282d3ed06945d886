/** What `fit` gives back: a number per epoch for every log, and why the run ended early. */
import { counted, withLine } from "../../../math/inspect.ts";
import type { EpochLogs } from "../callbacks/index.ts";

/** A list of numbers for every log: loss, accuracy, val_loss, val_accuracy, seconds, learningRate … */
export interface EpochHistory {
  /** Mean over the epoch's examples as they were trained on, each before its step's update; with weights and penalties. */
  loss: number[];
  /** Wall time of each epoch's training, without validation; NaN of the epochs before a model was loaded. */
  seconds: number[];
  /** The rate of the epoch's last step. */
  learningRate: number[];
  [log: string]: number[];
}

/** history.loss, history.accuracy, history.val_loss, history.val_accuracy, history.seconds, history.learningRate … */
export type History = EpochHistory & {
  /**
   * Why a callback stopped the run, such as `earlyStopping`; undefined where all epochs ran. Not enumerable: who walks over
   * a history meets lists of numbers alone, and JSON leaves it out.
   */
  readonly stopped?: string;
};

export function emptyHistory(): EpochHistory {
  return { loss: [], seconds: [], learningRate: [] };
}

/** A copy for the user. @param stopped the reason, where a callback stopped the run */
export function finishedHistory(logs: EpochHistory, stopped: string | undefined): History {
  const copy = emptyHistory();
  for (const [name, values] of Object.entries(logs)) copy[name] = [...values];
  const history = stopped === undefined ? copy : Object.defineProperty(copy, "stopped", { value: stopped });
  return withLine(history, ({ loss }) => {
    const logs = Object.entries(copy).map(([name, values]) => {
      const ends = new Set([...values.slice(0, 1), ...values.slice(-1)].map((value) => value.toPrecision(4)));
      return `, ${name} ${[...ends].map(Number).join(" to ")}`;
    });
    return `History: ${counted(loss.length, "epoch")}${logs.join("")}`;
  });
}

export function addEpoch(history: EpochHistory, logs: EpochLogs): void {
  for (const [name, value] of Object.entries(logs)) {
    history[name] ??= [];
    history[name].push(value);
  }
}
