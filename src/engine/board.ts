/**
 * The notice board between the calling thread and its workers: one job at a time, cut into slices that whoever is
 * free claims. A small shared buffer of its own, apart from the kernels' memory.
 */

/** Places of the control words. */
export const control: Readonly<
  Record<"job" | "next" | "slices" | "done" | "kernel" | "arguments" | "sleeping" | "ready", number>
> = {
  /** Number of the job; workers wait for it to change. */
  job: 0,
  /** The next slice to claim. */
  next: 1,
  /** Slices of this job. */
  slices: 2,
  /** Slices that are done. */
  done: 3,
  /** Position of the kernel in the list that the workers got. */
  kernel: 4,
  /** Arguments of one slice. */
  arguments: 5,
  /** Workers that sleep and must be woken. */
  sleeping: 6,
  /** Workers that run. */
  ready: 7,
};

/** More than any job has: what is claimed beyond it is nothing. */
export const nothingToClaim: number = 1 << 30;
export const mostSlices = 64;
export const mostArguments = 32;
const controlBytes = 64;

export interface Board {
  readonly buffer: SharedArrayBuffer;
  readonly words: Int32Array;
  /** mostSlices × mostArguments. */
  readonly values: Float64Array;
}

export function boardOver(
  buffer: SharedArrayBuffer = new SharedArrayBuffer(controlBytes + 8 * mostSlices * mostArguments),
): Board {
  return {
    buffer,
    words: new Int32Array(buffer, 0, controlBytes / 4),
    values: new Float64Array(buffer, controlBytes),
  };
}
