/**
 * The job queue between the calling thread and its workers. It holds one job at a time: a kernel and a few slices, which are
 * calls of it, each over a range of the work. Whichever thread is free claims the next slice. The queue is a small shared
 * buffer of its own, apart from the memory of the kernels.
 */
import { maxSlices } from "./partition.ts";

/** Indices of the control words, int32, at the beginning of the buffer. */
export const control: Readonly<
  Record<
    | "job"
    | "next"
    | "slices"
    | "done"
    | "kernel"
    | "arguments"
    | "sleeping"
    | "ready"
    | "pages"
    | "failed"
    | "families",
    number
  >
> = {
  /** Number of the job; workers wait for it to change. */
  job: 0,
  /** Index of the next slice to claim, with the tag of its job. */
  next: 1,
  /** Number of slices of this job, with its tag. */
  slices: 2,
  /** Number of slices that are done. */
  done: 3,
  /** Index of the kernel among the exports of the core, then of the families as they were loaded. */
  kernel: 4,
  /** Number of arguments of a slice. */
  arguments: 5,
  /** Number of workers that sleep and must be woken. */
  sleeping: 6,
  /** Number of workers that have started. */
  ready: 7,
  /** Pages that the kernels' memory has. */
  pages: 8,
  /** 1 where a kernel has failed in a worker. */
  failed: 9,
  /** The first of the addresses of the families that were loaded, 0 behind the last. */
  families: 10,
};

/**
 * Bits that a job's tag is shifted by. A thread claims a slice by an atomic increment of `next`; the tag in the upper bits
 * tells which job the slice belongs to. A worker that is late from one job may claim in the next one: the claim counts only
 * if its tag is that of `slices`, which is written before `next`. Without tags, a late worker could claim a slice by the
 * count of the job before and not run it, and the caller waited for ever.
 */
export const tagShift = 8;

/** A count or an index with the tag of its job, as one word. */
export function tagged(job: number, count: number): number {
  return (job << tagShift) | count | 0;
}

/** Most arguments that a kernel can have. */
export const maxArguments = 32;
/** Room for the words above, the addresses of more families than there are, and the 0 behind them. */
const controlBytes = 256;

/** The job queue's memory. */
export interface JobQueue {
  /** All of it, for workers. */
  readonly buffer: SharedArrayBuffer;
  /** The control words, by the indices of `control`. */
  readonly words: Int32Array;
  /** The arguments of each slice, [maxSlices, maxArguments]. */
  readonly values: Float64Array;
}

/** A job queue in this buffer, by default a new one. */
export function jobQueueOver(
  buffer: SharedArrayBuffer = new SharedArrayBuffer(controlBytes + 8 * maxSlices * maxArguments),
): JobQueue {
  return {
    buffer,
    words: new Int32Array(buffer, 0, controlBytes / 4),
    values: new Float64Array(buffer, controlBytes),
  };
}
