/** What a report of a sweep is made of. */
import type { Scores } from "../../runs/schema.ts";
import type { Effect } from "./effects.ts";
import type { SweepMetric, SweepTask, Trial } from "./trial.ts";

/** A sweep before it runs. */
export interface SweepStart {
  readonly preset: string;
  readonly dataset: string;
  readonly task: SweepTask;
  /** What is predicted, where it is a number. */
  readonly target?: { readonly name: string; readonly unit?: string | undefined } | undefined;
  readonly method: "grid" | "random" | "asha";
  readonly metric: SweepMetric;
  readonly seed: number;
  /** Number of trials in the plan. */
  readonly planned: number;
  /** Epochs of a trial that is trained to its end; undefined where they are searched. */
  readonly epochs: number | undefined;
  /** For "asha": epochs of each rung. */
  readonly rungs: readonly number[] | undefined;
  /** For "asha": one trial of so many goes on to the next rung. */
  readonly reduction: number | undefined;
  /** Arguments of every trial; "" where there are none. */
  readonly fixed: string;
  readonly searched: readonly Searched[];
  readonly examples: { readonly train: number; readonly validation: number; readonly test: number };
  /** Address of the queue whose workers made the trials; undefined: they were made in `jobs` processes of one machine. */
  readonly queue?: string | undefined;
  /** Processes at a time. */
  readonly jobs: number;
  readonly threads: number;
}

export interface Searched {
  readonly name: string;
  /** The values in words: "0.001..0.1 log". */
  readonly values: string;
  readonly isRange: boolean;
  /** Whether equal factors of a range are equally likely, and not equal steps. */
  readonly logarithmic: boolean;
}

/** A sweep that has run. */
export interface SweepResult extends SweepStart {
  /** All trials, by number. */
  readonly trials: readonly Trial[];
  /** The best trial; undefined where all failed. */
  readonly best: Trial | undefined;
  /** Test of the best trial. */
  readonly test: Scores | undefined;
  readonly effects: readonly Effect[];
  /** Seconds in this process; a sweep that was resumed counts from there. */
  readonly seconds: number;
  /** The command that repeats the sweep. */
  readonly command: string;
  /** The command that trains the best trial alone. */
  readonly bestCommand: string | undefined;
  /** The command that trains the best trial on the whole training set. */
  readonly wholeCommand: string | undefined;
  /** Version of anygrad. */
  readonly version: string;
  /** Folder in which the sweep is kept; undefined where it is not. */
  readonly out: string | undefined;
  /** Whether the folder gets a report. Default true. */
  readonly report?: boolean;
}
