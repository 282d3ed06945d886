/**
 * What a run has to do with the process that started it as one of several (childRun.ts): it tells each epoch's scores,
 * and it stops as after Ctrl-C when that process lets go of it or is gone, so that no run outlives its sweep.
 *
 * Without such a parent both do nothing. The link is Node's IPC channel. A parent that lets go while we are still being
 * loaded has closed it before anybody listens: that there was one is told by a variable of the environment.
 */
import { AnygradError, type ErrorCode } from "../../src/errors.ts";
import type { Callback, EpochLogs } from "../../src/model/training/callbacks/index.ts";

/** The message that is sent after each epoch. */
export interface EpochMessage {
  /** Number of epochs that are done, of `epochs`. */
  readonly epoch: number;
  readonly epochs: number;
  /** NaN arrives as null. */
  readonly logs: EpochLogs;
}

/** The message of a run that has failed: with what code. */
export interface FailureMessage {
  readonly failed: ErrorCode;
}

/** Set for children of childRun.ts. */
export const parentVariable = "ANYGRAD_PARENT";

/** A run that was told to stop writes a checkpoint; one that takes longer than this hangs. */
export const GRACE_MILLISECONDS = 30_000;

/** Whether another process has started this one as one of several runs. */
export function hasParent(): boolean {
  return process.env[parentVariable] !== undefined;
}

/** Aborts the run when the parent disconnects, which a parent's death does too, or has done so already. */
export function stopWithParent(controller: AbortController): void {
  if (!process.connected) {
    if (hasParent()) controller.abort();
    return;
  }
  process.once("disconnect", () => controller.abort());
  process.channel?.unref(); // the listener alone would keep a finished run alive
}

/** Tells the parent why the run has failed; nothing where there is none. */
export function tellFailure(error: unknown): void {
  if (error instanceof AnygradError) send({ failed: error.code } satisfies FailureMessage);
}

/** A message to the parent; nothing where it is gone, which may not be known yet: an error of the channel would end the process at once. */
function send(message: object): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}

/** The callback that tells the parent; undefined where there is none. */
export function epochMessages(): Callback | undefined {
  if (!process.connected) return undefined;
  return {
    onEpochEnd(epoch, logs, { epochs }) {
      const message: EpochMessage = { epoch: epoch + 1, epochs, logs };
      send(message);
    },
  };
}
