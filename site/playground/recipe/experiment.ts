/**
 * What a run is made of, as plain data: the data, the network and how it is trained. A link carries it, a command line and a program
 * say it, the workshop trains it.
 */
import type { AugmentationOptions } from "anygrad";

/** Shapes of points in a plane. */
export const toyShapes = ["circle", "xor", "moons", "spiral", "three"] as const;
export type ToyShape = (typeof toyShapes)[number];

/** Where the examples come from. Those of the user are named by what they are; their numbers stay in the page. */
export type DataChoice =
  | { readonly kind: "digits"; readonly train: number; readonly test: number }
  | { readonly kind: "toy"; readonly shape: ToyShape; readonly count: number; readonly noise: number }
  | { readonly kind: "idx"; readonly name: string; readonly limit: number }
  | { readonly kind: "table"; readonly name: string; readonly label?: string }
  | {
      readonly kind: "pictures";
      readonly name: string;
      readonly size: number;
      readonly color: "gray" | "rgb";
    };

/** A layer: its type and its options, as `net.getConfig()` has them. */
export interface LayerSpec {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
}

export interface NetworkChoice {
  /** The preset that the layers are those of, unchanged; undefined where they are the user's own. */
  readonly preset?: string;
  readonly layers: readonly LayerSpec[];
}

export const optimizerNames = ["adam", "sgd", "momentum", "nesterov", "rmsprop", "adamw"] as const;
export type OptimizerName = (typeof optimizerNames)[number];

export const scheduleNames = ["constant", "cosine", "one-cycle"] as const;
export type ScheduleName = (typeof scheduleNames)[number];

export type Augmentations = Pick<
  AugmentationOptions,
  "shift" | "rotation" | "zoom" | "shear" | "flip" | "cutout"
>;

export interface Recipe {
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly schedule: ScheduleName;
  /** Pull of all weights towards 0; undefined: the optimizer's own. */
  readonly weightDecay?: number | undefined;
  readonly batchSize: number;
  readonly epochs: number;
  readonly seed: number;
  readonly augment: Augmentations;
}

export interface Experiment {
  readonly data: DataChoice;
  readonly network: NetworkChoice;
  readonly recipe: Recipe;
}

/** A rate that was set by hand while the run went on. */
export interface RateChange {
  /** Steps that had been taken. */
  readonly step: number;
  readonly learningRate: number;
}

export const firstRecipe: Recipe = {
  optimizer: "adam",
  learningRate: 0.001,
  schedule: "constant",
  batchSize: 32,
  epochs: 3,
  seed: 1,
  augment: {},
};

/** Whether the numbers of the data follow from the experiment alone, so that a link is enough to make it again. */
export function isBuiltIn(data: DataChoice): boolean {
  return data.kind === "digits" || data.kind === "toy";
}
