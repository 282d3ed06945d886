/** The forms in which users give examples and targets, of networks of one input and output and of several. */
import type { Dataset, ExampleData, Normalization } from "../../../data/dataset.ts";
import type { TargetData } from "../../../data/given/targets.ts";

/** Examples with their shape, `[n, …]`, which must be the model's; or `[n, numbers]` of all numbers of an example. */
export interface GivenShape {
  /** The numbers, row-major. */
  readonly x: ExampleData;
  /** The size of each axis. */
  readonly shape: readonly number[];
  /** How Uint8 values become floats, for a model that was trained without. */
  readonly normalization?: Normalization;
}

/**
 * Examples of several inputs, or targets of several outputs: by their names, or as a list in their order. An input may be given as a
 * data set, whose targets are not read.
 */
export type SeveralData<T> = Readonly<Record<string, T>> | readonly T[];
/** Examples of a network of several inputs. */
export type SeveralExamples = SeveralData<ExampleData | GivenShape | Dataset>;
/** Targets of a network of several outputs. */
export type SeveralTargets = SeveralData<TargetData>;

/** Examples and targets of a network of several inputs or outputs. */
export interface SeveralSet {
  /** The examples. */
  readonly x: GivenX;
  /** What the outputs should be. */
  readonly y: GivenY;
}

/** What `fit` takes first: a data set, or examples whose targets are the second argument. */
export type GivenData =
  | Dataset
  | ExampleData
  | GivenShape
  | SeveralExamples
  | SeveralSet
  | readonly [ExampleData | SeveralExamples, TargetData | SeveralTargets];

/** Examples in any form, whose targets come apart. */
export type GivenX = ExampleData | GivenShape | SeveralExamples;
/** Targets in any form. */
export type GivenY = TargetData | SeveralTargets;
