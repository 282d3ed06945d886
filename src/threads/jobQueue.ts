/**
 * The job queue between the calling thread and its workers: one job at a time, cut into slices that whoever is
 * free claims. A small shared buffer of its own, apart from the kernels' memory.
 */

/** Places of the control words. */
export const control: Readonly<
  Record<"job" | "next" | "slices" | "done" | "kernel" | "arguments" | "sleeping" | "ready", number>
> = {
  /** Number of the job; workers wait for it to change. */
  job: 0,
  /** The next slice to claim, with the job's tag. */
  next: 1,
  /** Slices of this job, with its tag. */
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

/**
 * A claim is an atomic increment of `next`; the job's tag in its upper bits tells which job it belongs to. A worker that
 * comes late from one job may claim in the next: the tag of what it got must equal that of `slices`, which is written
 * first. Without it a stale count let a claimed slice go unrun, and the caller waited for ever.
 */
export const tagShift = 8;

/** The word of a count (or index) in a job. */
export function tagged(job: number, count: number): number {
  return (job << tagShift) | count | 0;
}

export const maxSlices = 64;
export const maxArguments = 32;
const controlBytes = 64;

export interface JobQueue {
  readonly buffer: SharedArrayBuffer;
  readonly words: Int32Array;
  /** mostSlices × mostArguments. */
  readonly values: Float64Array;
}

export function jobQueueOver(
  buffer: SharedArrayBuffer = new SharedArrayBuffer(controlBytes + 8 * maxSlices * maxArguments),
): JobQueue {
  return {
    buffer,
    words: new Int32Array(buffer, 0, controlBytes / 4),
    values: new Float64Array(buffer, controlBytes),
  };
}
