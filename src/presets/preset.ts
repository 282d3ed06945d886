/** What a preset is: a network by name, and the recipe it is trained with. Data and pure functions; nothing runs here. */
import type { AugmentationOptions } from "../augmentation/options.ts";
import type { NormalizationMethod } from "../data/normalize.ts";
import type { Task } from "../data/preparation.ts";
import type { Layer } from "../layers/index.ts";

/** Activations that hidden layers may be given. */
export type HiddenActivation = "relu" | "sigmoid";

/**
 * How kernels start:
 * - "gaussian": normal with deviation 0.05 whatever the layer's size (Keras's `RandomNormal`), the way before 2010;
 * - "glorot": uniform, the width from fan in and fan out (Glorot & Bengio 2010; also called Xavier), Keras's default;
 * - "he": normal, the deviation from fan in (He et al. 2015, arXiv:1502.01852), made for relu.
 */
export type KernelInit = "gaussian" | "glorot" | "he";

/** Shape of an example where none is given: that of the named data sets. */
export const usualShape: readonly number[] = [28, 28, 1];

/** What may be changed of a preset's network. What is absent stays as the preset has it. */
export interface NetworkOptions {
  /** Activation of every hidden layer. */
  readonly activation?: HiddenActivation;
  /** Initializer of every kernel. Default "glorot". */
  readonly init?: KernelInit;
  /** The rate of the preset's dropout layers; a preset without any gets one behind each hidden dense layer. 0: none. */
  readonly dropout?: number;
  /** Penalty on the absolute values of every kernel. Default 0. */
  readonly l1?: number;
  /** Penalty on the squares of every kernel. Default 0. */
  readonly l2?: number;
  /** Units of the last layer. Default 10. */
  readonly classes?: number;
  /** Shape of an example. Default [28, 28, 1]. */
  readonly inputShape?: readonly number[];
  /** How many numbers a regression predicts: the last layer is then linear and has that many units, whatever `classes` is. */
  readonly outputs?: number;
}

export type { Task };

/** Names of the optimizers that a recipe may ask for. */
export type OptimizerName = "sgd" | "momentum" | "nesterov" | "rmsprop" | "adam" | "adamw";

/** Losses of the recipes; "binaryCrossentropy" wants one-hot targets, "meanSquaredError" is that of a regression. */
export type RecipeLoss = "sparseCategoricalCrossentropy" | "binaryCrossentropy" | "meanSquaredError";

/**
 * How the learning rate goes through a run:
 * - "constant": it stays, or falls by `decay`;
 * - "cosine": down half a cosine to 0 at the last step (Loshchilov & Hutter 2016, arXiv:1608.03983);
 * - "one-cycle": up to the rate within the first quarter, then down to almost 0 (Smith & Topin 2017, arXiv:1708.07120).
 */
export type ScheduleName = "constant" | "cosine" | "one-cycle";

/** How a preset is trained when nothing else is asked for. */
export interface Recipe {
  readonly optimizer: OptimizerName;
  /** Learning rate of the first step; the highest of a one-cycle schedule. */
  readonly learningRate: number;
  /** Default "constant". */
  readonly schedule?: ScheduleName;
  /** Decay of a constant rate: it is divided by 1 + decay · step. Default 0. */
  readonly decay?: number;
  /** Pull towards zero, times the learning rate, apart from the gradient. Default: the optimizer's. */
  readonly weightDecay?: number;
  /** Share of every target that is spread over the classes. Default 0. */
  readonly labelSmoothing?: number;
  /** Momentum of the moving average of the weights, as `fit` takes it. Default 0: none. */
  readonly ema?: number;
  /** Batches to re-estimate batch normalisation's statistics over, as `fit` takes it. Default 0: none. */
  readonly recalibrate?: number;
  /** Changes to the training images. Default: none. */
  readonly augment?: AugmentationOptions | "none";
  /** "all": the whole training set in one step, as in plain gradient descent. */
  readonly batchSize: number | "all";
  readonly epochs: number;
  /** Steps that a run has at least: of few examples there are more epochs. Default: as many as the epochs have. */
  readonly leastSteps?: number;
  /** Epochs on the built-in digits, where the first look should not take minutes. Default: `epochs`. */
  readonly digitsEpochs?: number;
  /** "none": the network says what becomes of pixels. */
  readonly normalize: NormalizationMethod;
  readonly loss: RecipeLoss;
}

export interface Preset {
  readonly name: string;
  /** The network in a few words, for tables. */
  readonly description: string;
  /** How it chooses its sizes, where it does so by the data. */
  readonly sizes?: string;
  /** The layers for examples of this shape and so many classes. @throws AnygradError INVALID_ARGUMENT for an option that has no meaning here. */
  network(options?: NetworkOptions): Layer[];
  readonly recipe: Recipe;
}
