/** From a recipe, or the changes that a user makes to it, to what `compile` and `fit` take. */
import { type Optimizer, optimizers } from "../optimizers/index.ts";
import { type Schedule, schedules } from "../optimizers/schedules.ts";
import type { OptimizerName, Recipe } from "./preset.ts";

interface Descent {
  /** Taken where the user changes the optimizer and names no learning rate. */
  readonly usualRate: number;
  readonly make: (learningRate: number | Schedule) => Optimizer;
}

// Momentum multiplies the way of a step by up to 1 / (1 - 0.9), hence the smaller rates.
const descents: Readonly<Record<OptimizerName, Descent>> = {
  sgd: { usualRate: 0.1, make: (learningRate) => optimizers.sgd({ learningRate }) },
  momentum: { usualRate: 0.01, make: (learningRate) => optimizers.sgd({ learningRate, momentum: 0.9 }) },
  nesterov: {
    usualRate: 0.01,
    make: (learningRate) => optimizers.sgd({ learningRate, momentum: 0.9, nesterov: true }),
  },
  rmsprop: { usualRate: 1e-3, make: (learningRate) => optimizers.rmsprop({ learningRate }) },
  adam: { usualRate: 1e-3, make: (learningRate) => optimizers.adam({ learningRate }) },
  adamw: { usualRate: 1e-3, make: (learningRate) => optimizers.adamw({ learningRate }) },
};

/** The names that a recipe may use. */
export const optimizerNames: readonly OptimizerName[] = Object.keys(descents) as OptimizerName[];

/** What a user may change of a recipe. */
export interface RecipeChanges {
  readonly optimizer?: OptimizerName;
  readonly learningRate?: number;
  readonly batchSize?: number;
  readonly epochs?: number;
  readonly normalize?: Recipe["normalize"];
}

/** The recipe with the changes; a changed optimizer brings its usual learning rate unless one is given. */
export function changeRecipe(recipe: Recipe, changes: RecipeChanges, onDigits: boolean): Recipe {
  const { optimizer = recipe.optimizer } = changes;
  const usualRate = optimizer === recipe.optimizer ? recipe.learningRate : descents[optimizer].usualRate;
  const { digitsEpochs = recipe.epochs, ...kept } = recipe;
  const usualEpochs = onDigits ? digitsEpochs : recipe.epochs;
  return {
    ...kept,
    optimizer,
    learningRate: changes.learningRate ?? usualRate,
    batchSize: changes.batchSize ?? recipe.batchSize,
    epochs: changes.epochs ?? usualEpochs,
    normalize: changes.normalize ?? recipe.normalize,
  };
}

/** @param decay divides the rate by `1 + decay · step`; 0: the rate stays */
export function optimizerOf({ optimizer, learningRate }: Recipe, decay = 0): Optimizer {
  const rate =
    decay > 0
      ? schedules.inverseTime({ initialLearningRate: learningRate, decaySteps: 1, decayRate: decay })
      : learningRate;
  return descents[optimizer].make(rate);
}

/** For example "adam 0.001, batches of 64, 10 epochs". */
export function describeRecipe({ optimizer, learningRate, batchSize, epochs, normalize }: Recipe): string {
  const batches = batchSize === "all" ? "the whole set at once" : `batches of ${batchSize}`;
  const normalization = normalize === "simple" ? "" : `, ${normalize} normalisation`;
  return `${optimizer} ${learningRate}, ${batches}, ${epochs} epoch${epochs === 1 ? "" : "s"}${normalization}`;
}
