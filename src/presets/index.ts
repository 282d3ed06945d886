/**
 * The presets: reference networks for 28 × 28 images with the recipes they are usually trained with, which take other
 * sizes and numbers of classes too; and five that choose their sizes by the data.
 *
 * One list; the command line, its help and the tests read it. A new preset is an entry here. Rates and epochs that the
 * literature leaves open were chosen so that the loss falls steadily on digits, MNIST and Fashion-MNIST.
 */
import { cnn, normalizedCnn } from "./cnn.ts";
import { mlp, softmaxRegression } from "./mlp.ts";
import { normalizedStages } from "./normalized.ts";
import type { Preset, Recipe } from "./preset.ts";
import { sizedCnn, sizedMlp, sizedPhotos, sizedSeries, sizedTable } from "./sized.ts";

export type {
  HiddenActivation,
  KernelInit,
  NetworkOptions,
  OptimizerName,
  Preset,
  Recipe,
  RecipeLoss,
  ScheduleName,
  Task,
} from "./preset.ts";
export {
  changeRecipe,
  describeRecipe,
  epochsFor,
  lossOf,
  optimizerNames,
  optimizerOf,
  type RecipeChanges,
  recipeFor,
  scheduleNames,
} from "./recipe.ts";
export { type DataKind, fewPictures, presetNameFor } from "./sized.ts";

/** The preset that `anygrad train` takes on the built-in digits when none is named; `presetNameFor` has the others. */
export const defaultPreset = "cnn-32-32";

const adam: Recipe = {
  optimizer: "adam",
  learningRate: 1e-3,
  batchSize: 64,
  epochs: 10,
  normalize: "simple",
  loss: "sparseCategoricalCrossentropy",
};
/** For networks with batch normalisation: a high rate for a short time. */
const oneCycle: Recipe = {
  ...adam,
  optimizer: "nesterov",
  learningRate: 0.2,
  schedule: "one-cycle",
  weightDecay: 0.005,
  batchSize: 128,
  normalize: "standard",
};
const sgd: Recipe = { ...adam, optimizer: "sgd", learningRate: 0.1 };

const fewExamples: Recipe = { ...adam, batchSize: 32, epochs: 20 };

export const presets: readonly Preset[] = [
  {
    name: "mlp",
    description: "dense, dense",
    sizes: "2·√(inputs · outputs) units, a power of two from 32 to 512, then half of them",
    network: sizedMlp,
    recipe: adam,
  },
  {
    name: "cnn",
    description: "conv 3×3 same 16, 32 …, dense 128, dropout 0.3",
    sizes: "filters double up to 128, halved by pooling while 4 rows and columns stay",
    network: sizedCnn,
    recipe: { ...fewExamples, digitsEpochs: 4 },
  },
  {
    name: "photos",
    description: "conv 3×3 same 16, 32 …, batch norm, dropout 0.2",
    sizes:
      "filters double up to 64, halved by pooling while 4 rows and columns stay, and by the first from 48 on",
    network: sizedPhotos,
    // 160 drawn shapes in any colors: without other colors in every step the network learns the colors by heart
    recipe: {
      ...fewExamples,
      learningRate: 3e-3,
      schedule: "cosine",
      leastSteps: 1500,
      augment: { shift: 0.1, rotation: 10, zoom: 0.1, flip: "horizontal", color: 0.8 },
    },
  },
  {
    name: "table",
    description: "dense, dense",
    sizes: "8 units a column, a power of two from 32 to 256, then half of them",
    network: sizedTable,
    recipe: { ...fewExamples, learningRate: 3e-3, schedule: "cosine", epochs: 100 },
  },
  {
    name: "series",
    description: "conv 5×1 same 32, 64 …, dense 64, dropout 0.2",
    sizes: "filters double up to 128, halved by pooling while 4 rows stay",
    network: sizedSeries,
    recipe: fewExamples,
  },
  {
    name: "softmax",
    description: "dense 10",
    network: softmaxRegression,
    recipe: sgd,
  },
  {
    name: "mlp-64",
    description: "dense 64",
    network: mlp([{ units: 64 }], "relu"),
    recipe: sgd,
  },
  {
    name: "mlp-64-64",
    description: "dense 64, dense 64",
    network: mlp([{ units: 64 }, { units: 64 }], "relu"),
    recipe: sgd,
  },
  {
    name: "mlp-512",
    description: "dense 512 sigmoid",
    network: mlp([{ units: 512 }], "sigmoid"),
    recipe: { ...sgd, learningRate: 0.2, batchSize: "all", epochs: 150, normalize: "standard" },
  },
  {
    name: "mlp-512-256",
    description: "dense 512, dense 256, 10 sigmoids",
    network: mlp([{ units: 512 }, { units: 256 }], "relu", "sigmoid"),
    // at a constant rate it ends at 0.880 on Fashion-MNIST
    recipe: {
      ...sgd,
      learningRate: 0.5,
      schedule: "cosine",
      epochs: 30,
      digitsEpochs: 10,
      loss: "binaryCrossentropy",
    },
  },
  {
    name: "mlp-128-64",
    description: "dense 128, dropout 0.5, dense 64",
    network: mlp([{ units: 128, dropout: 0.5 }, { units: 64 }], "relu"),
    recipe: adam,
  },
  {
    name: "mlp-256-128",
    description: "dense 256, dropout 0.3, dense 128",
    network: mlp([{ units: 256, dropout: 0.3 }, { units: 128 }], "relu"),
    // at this rate ten epochs are few: pixels of mean 0 and deviation 1 bring it from 0.972 to 0.977 on MNIST
    recipe: { ...adam, learningRate: 1e-4, normalize: "standard" },
  },
  {
    name: "cnn-2x2",
    description: "conv 32 2×2, dense 256",
    network: cnn({ filters: [32], kernelSizes: [2], padding: "valid", units: 256 }),
    // with 1.4 million weights it fits the training set before it ends: at a constant rate its last epochs leap about
    recipe: { ...adam, schedule: "cosine", digitsEpochs: 4 },
  },
  {
    name: "cnn-32-32",
    description: "conv 32 3×3, conv 32 3×3, dense 128",
    network: cnn({ filters: [32, 32], kernelSizes: [3, 3], padding: "valid", units: 128 }),
    recipe: { ...adam, digitsEpochs: 4 },
  },
  {
    name: "cnn-64-64",
    description: "conv 64 5×5 twice, dense 128, dropout 0.5",
    network: cnn({
      filters: [64, 64],
      kernelSizes: [5, 5],
      padding: "valid",
      units: 128,
      dropout: 0.5,
    }),
    // as for mlp-256-128: simple pixels end at 0.988 on MNIST; batches of 64 at 0.877 on Fashion-MNIST, for the dropout
    // keeps it from fitting the training set and so small a rate wants many steps
    recipe: { ...adam, learningRate: 1e-4, batchSize: 16, normalize: "standard" },
  },
  {
    name: "cnn-relu",
    description: "conv 32 3×3 same, conv 64 5×5 same, dense 128",
    network: cnn({ filters: [32, 64], kernelSizes: [3, 5], padding: "same", units: 128 }),
    recipe: { ...adam, digitsEpochs: 4 },
  },
  {
    name: "cnn-bn-sigmoid",
    description: "cnn-relu with batch norm, sigmoid",
    network: normalizedCnn,
    // all ten epochs on digits, too: with momentum 0.99 the moving variances start at 1 and need a thousand steps
    recipe: adam,
  },
  {
    name: "mnist-fast",
    description: "conv 12, 24, 48, with batch norm",
    network: normalizedStages([[12], [24], [48]]),
    recipe: { ...oneCycle, weightDecay: 0.003, epochs: 2 },
  },
  {
    name: "mnist-best",
    description: "conv 32, 64 64, 128 128, with batch norm",
    network: normalizedStages([[32], [64, 64], [128, 128]]),
    recipe: {
      ...oneCycle,
      epochs: 10,
      digitsEpochs: 3,
      labelSmoothing: 0.05,
      augment: { shift: 2, rotation: 10, zoom: 0.1, shear: 6 },
    },
  },
  {
    name: "fashion-best",
    description: "conv 32, 64 64, 128 128, with batch norm",
    network: normalizedStages([[32], [64, 64], [128, 128]]),
    recipe: {
      ...oneCycle,
      epochs: 13,
      digitsEpochs: 3,
      labelSmoothing: 0.1,
      augment: { shift: 1, flip: "horizontal" },
    },
  },
];

/** The preset of this name, or undefined. */
export function findPreset(name: string): Preset | undefined {
  return presets.find((preset) => preset.name === name);
}
