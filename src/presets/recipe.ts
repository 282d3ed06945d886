/** From a recipe, or the changes that a user makes to it, to what `compile` and `fit` take. */
import { augmentText } from "../augmentation/text.ts";
import { AnygradError } from "../errors.ts";
import type { LossLike } from "../losses/index.ts";
import { type Optimizer, optimizers } from "../optimizers/index.ts";
import { type Schedule, schedules } from "../optimizers/schedules/index.ts";
import type { OptimizerName, Recipe, ScheduleName, Task } from "./preset.ts";

interface Descent {
  /** Taken where the user changes the optimizer and names no learning rate. */
  readonly usualRate: number;
  readonly make: (options: { learningRate: Schedule | number; weightDecay?: number }) => Optimizer;
}

// Momentum multiplies the way of a step by up to 1 / (1 - 0.9), hence the smaller rates.
const descents: Readonly<Record<OptimizerName, Descent>> = {
  sgd: { usualRate: 0.1, make: optimizers.sgd },
  momentum: { usualRate: 0.01, make: (options) => optimizers.sgd({ ...options, momentum: 0.9 }) },
  nesterov: {
    usualRate: 0.01,
    make: (options) => optimizers.sgd({ ...options, momentum: 0.9, nesterov: true }),
  },
  rmsprop: { usualRate: 1e-3, make: optimizers.rmsprop },
  adam: { usualRate: 1e-3, make: optimizers.adam },
  adamw: { usualRate: 1e-3, make: optimizers.adamw },
};

/** The names that a recipe may use. */
export const optimizerNames: readonly OptimizerName[] = Object.keys(descents) as OptimizerName[];

/** The schedules that a recipe may use. */
export const scheduleNames: readonly ScheduleName[] = ["constant", "cosine", "one-cycle"];

/** What a user may change of a recipe: all but its loss, its shorter run on digits and the steps that it has at least. */
export type RecipeChanges = Partial<Omit<Recipe, "loss" | "digitsEpochs" | "leastSteps">>;

/** How many epochs a run over so many examples has. */
export function epochsFor({ epochs, leastSteps = 0, batchSize }: Recipe, examples: number): number {
  const stepsPerEpoch = batchSize === "all" ? 1 : Math.ceil(examples / batchSize);
  return Math.max(epochs, Math.ceil(leastSteps / stepsPerEpoch));
}

/** The recipe with the changes; a changed optimizer brings its usual learning rate unless one is given. */
export function changeRecipe(recipe: Recipe, changes: RecipeChanges, onDigits: boolean): Recipe {
  const { digitsEpochs = recipe.epochs, leastSteps, ...kept } = recipe;
  const changed: Recipe = {
    ...kept,
    ...(onDigits && { epochs: digitsEpochs }),
    ...(leastSteps !== undefined && changes.epochs === undefined && { leastSteps }),
  };
  if (changes.optimizer !== undefined && changes.optimizer !== recipe.optimizer)
    Object.assign(changed, { learningRate: descents[changes.optimizer].usualRate });
  for (const name of changeable)
    if (changes[name] !== undefined) Object.assign(changed, { [name]: changes[name] });
  if ((changed.decay ?? 0) > 0 && (changed.schedule ?? "constant") !== "constant")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `decay ${changed.decay} and the ${changed.schedule} schedule both set the learning rate; use one of them`,
    );
  return changed;
}

const changeable = [
  "optimizer",
  "learningRate",
  "schedule",
  "decay",
  "weightDecay",
  "labelSmoothing",
  "ema",
  "recalibrate",
  "augment",
  "batchSize",
  "epochs",
  "normalize",
] satisfies (keyof RecipeChanges)[];

/**
 * The recipe as it is for so many examples of this kind of task: a regression minimises the mean squared error.
 * @throws AnygradError INVALID_ARGUMENT
 */
export function recipeFor(given: Recipe, task: Task, examples: number): Recipe {
  const { leastSteps: _, ...recipe } = { ...given, epochs: epochsFor(given, examples) };
  if (task === "classification") return recipe;
  if ((recipe.labelSmoothing ?? 0) > 0)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `label smoothing ${recipe.labelSmoothing} has no meaning where numbers are predicted; leave it out`,
    );
  return { ...recipe, loss: "meanSquaredError" };
}

/** @param totalSteps of the whole run, for the schedules that end with it */
export function optimizerOf(recipe: Recipe, totalSteps: number): Optimizer {
  const { optimizer, weightDecay } = recipe;
  return descents[optimizer].make({
    learningRate: learningRateOf(recipe, totalSteps),
    ...(weightDecay !== undefined && { weightDecay }),
  });
}

function learningRateOf(
  { schedule, learningRate, decay = 0 }: Recipe,
  totalSteps: number,
): number | Schedule {
  if (schedule === "cosine")
    return schedules.cosine({ initialLearningRate: learningRate, decaySteps: totalSteps });
  if (schedule === "one-cycle")
    return schedules.oneCycle({
      maxLearningRate: learningRate,
      totalSteps,
      pctStart: 0.25,
      divFactor: 10,
      finalDivFactor: 1e3,
    });
  if (decay === 0) return learningRate;
  return schedules.inverseTime({ initialLearningRate: learningRate, decaySteps: 1, decayRate: decay });
}

/** The loss as `compile` takes it. */
export function lossOf({ loss, labelSmoothing = 0 }: Recipe): LossLike {
  return labelSmoothing === 0 ? loss : { type: loss, config: { labelSmoothing } };
}

/** For example "adam 0.001, batches of 64, 10 epochs". */
export function describeRecipe(recipe: Recipe): string {
  const { optimizer, learningRate, schedule = "constant", decay = 0, batchSize, epochs, normalize } = recipe;
  const { weightDecay = 0, labelSmoothing = 0, ema = 0, recalibrate = 0, augment = "none" } = recipe;
  const { leastSteps = 0 } = recipe;
  return [
    `${optimizer} ${learningRate}${schedule === "constant" ? "" : ` ${schedule}`}`,
    decay > 0 && `decay ${decay}`,
    weightDecay > 0 && `weight decay ${weightDecay}`,
    labelSmoothing > 0 && `label smoothing ${labelSmoothing}`,
    augment !== "none" && `augmented by ${augmentText(augment)}`,
    batchSize === "all" ? "the whole set at once" : `batches of ${batchSize}`,
    `${epochs} epoch${epochs === 1 ? "" : "s"}${leastSteps > 0 ? ` or ${leastSteps} steps` : ""}`,
    ema > 0 && `ema ${ema}`,
    recalibrate > 0 && `recalibrate ${recalibrate}`,
    normalize === "standard" && "standard normalisation",
  ]
    .filter(Boolean)
    .join(", ");
}
