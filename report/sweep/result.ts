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
  /** Of a trial that is trained to its end; undefined: they are searched. */
  readonly epochs: number | undefined;
  /** Of "asha": epochs of the rungs. */
  readonly rungs: readonly number[] | undefined;
  /** Of "asha": one of so many goes on. */
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
  /** Of a range: equal factors are equally likely. */
  readonly logarithmic: boolean;
}

/** After it has run. */
export interface SweepResult extends SweepStart {
  /** All, by number. */
  readonly trials: readonly Trial[];
  /** Undefined: all failed. */
  readonly best: Trial | undefined;
  /** Of the best trial. */
  readonly test: Scores | undefined;
  readonly effects: readonly Effect[];
  /** Of this process: a sweep that went on counts from there. */
  readonly seconds: number;
  /** What repeats the sweep. */
  readonly command: string;
  /** What trains the best trial alone. */
  readonly bestCommand: string | undefined;
  /** The same on the whole training set. */
  readonly wholeCommand: string | undefined;
  /** Of anygrad. */
  readonly version: string;
  /** Folder of what is kept; undefined: nothing is. */
  readonly out: string | undefined;
}
