/**
 * What a run has to do with the process that started it as one of several (childRun.ts): it tells each epoch's scores,
 * and it stops as after Ctrl-C when that process lets go of it or is gone, so that no run outlives its sweep.
 *
 * Without such a parent both do nothing. The link is Node's IPC channel, which is there or not from the start.
 */
import type { Callback, EpochLogs } from "../model/callbacks.ts";

/** Sent after each epoch. */
export interface EpochMessage {
  /** Epochs done, of `epochs`. */
  readonly epoch: number;
  readonly epochs: number;
  /** NaN arrives as null. */
  readonly logs: EpochLogs;
}

/** Aborts the run when the parent disconnects, which a parent's death does too. */
export function stopWithParent(controller: AbortController): void {
  if (!process.connected) return;
  process.once("disconnect", () => controller.abort());
  process.channel?.unref(); // the listener alone would keep a finished run alive
}

/** The callback that tells the parent; undefined where there is none. */
export function epochMessages(): Callback | undefined {
  if (!process.connected) return undefined;
  return {
    onEpochEnd(epoch, logs, { epochs }) {
      const message: EpochMessage = { epoch: epoch + 1, epochs, logs };
      if (process.connected) process.send?.(message);
    },
  };
}
