/** What a report of a sweep is made of. */
import type { Scores } from "../../runs/schema.ts";
import type { Effect } from "./effects.ts";
import type { SweepMetric, Trial } from "./trial.ts";

/** Before it runs. */
export interface SweepStart {
  readonly preset: string;
  readonly dataset: string;
  readonly method: "grid" | "random" | "asha";
  readonly metric: SweepMetric;
  readonly seed: number;
  /** Trials of the plan. */
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
  /** Processes at a time, and threads of each. */
  readonly jobs: number;
  readonly threads: number;
}

export interface Searched {
  readonly name: string;
  /** In words: "0.001..0.1 log". */
  readonly values: string;
  readonly isRange: boolean;
  /** Whether equal factors of a range are equally likely, and not equal steps. */
  readonly logarithmic: boolean;
}

/** After it has run. */
export interface SweepResult extends SweepStart {
  /** All, by number. */
  readonly trials: readonly Trial[];
  /** Undefined: all failed. */
  readonly best: Trial | undefined;
  /** Test of the best trial. */
  readonly test: Scores | undefined;
  readonly effects: readonly Effect[];
  /** Seconds in this process; a sweep that was resumed counts from there. */
  readonly seconds: number;
  /** What repeats the sweep. */
  readonly command: string;
  /** What trains the best trial alone. */
  readonly bestCommand: string | undefined;
  /** What trains the best trial on the whole training set. */
  readonly wholeCommand: string | undefined;
  /** Version of anygrad. */
  readonly version: string;
  /** Folder of what is kept; undefined: nothing is. */
  readonly out: string | undefined;
}
