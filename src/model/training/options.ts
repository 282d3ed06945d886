/** The options of `fit`: what they mean, whether they make sense, and what they say about the data. */
import type { Augmentation } from "../../augmentation/augmentation.ts";
import type { Dataset, ExampleData } from "../../data/dataset.ts";
import type { ClassWeight } from "../../data/given/classWeight.ts";
import type { TargetData } from "../../data/given/targets.ts";
import { AnygradError } from "../../errors.ts";
import { checkCount, checkNumber, properShare } from "../../math/checks.ts";
import type { Callback, Verbosity } from "./callbacks/index.ts";
import type { SeveralData, SeveralSet } from "./several/forms.ts";
import type { BatchSource } from "./stream/source.ts";

/** Options of `net.fit` and `net.train`. */
export interface FitOptions {
  /** Passes over the data. Default 1. */
  epochs?: number;
  /** Where to begin: a run from there shuffles by its seed, default 0, as one from epoch 0 would by then. Default 0. */
  initialEpoch?: number;
  /** Examples a step; the last step of an epoch takes what is left. Default 32. */
  batchSize?: number;
  /**
   * Steps of an epoch, for a stream of batches that has more; the next epoch opens it anew. Default: until it ends, and how
   * many that are is known once the first epoch is over.
   */
  stepsPerEpoch?: number;
  /**
   * A data set, a pair `[x, y]`, or a stream of batches, evaluated after every epoch; its logs begin with "val_". A list of two is
   * x and y wherever it can be: pass a stream of two pairs as `() => pairs`. `ema` and `recalibrate` say which weights are evaluated.
   */
  validationData?: Dataset | SeveralSet | readonly [x: ExampleData, y: TargetData] | BatchSource;
  /** Share of the data, taken from its end before any shuffle, that is kept for validation. Default 0. */
  validationSplit?: number;
  /** New order in every epoch. Default true. */
  shuffle?: boolean;
  /**
   * Seed of shuffling, dropout and augmentation. Default: 0 in the first run after `compile`; a later run goes on with the
   * last one's, so that a loop over `fit(data, { epochs: 1 })` trains as one call with as many epochs. A run with a seed
   * shuffles from the beginning of it.
   */
  seed?: number;
  /**
   * Keeps an exponential moving average of the weights, and of batch normalisation's moving statistics; 0.99 to 0.9999 is
   * usual. The share of the old average that stays at a step is min(ema, (1 + t) / (10 + t)) after t steps. After each
   * epoch the average is put into the model: it is what validation, callbacks and `save` see, and what the model has at
   * the end; the run goes on with its own weights, whose scores are in the history as "raw_val_loss" and so on. A run that
   * is aborted leaves its own. Costs the memory of the weights once more. Default 0: none.
   */
  ema?: number;
  /**
   * Estimates batch normalisation's statistics anew after each epoch, over this many training batches (at most all), the
   * first of the epoch's order, shuffled also where `shuffle` is false, by forward passes without dropout ("precise BN",
   * arXiv:2105.07576). They replace the moving ones as averaged weights do, and belong to those where `ema` is given too: training
   * itself does not change by it. Default 0: the moving statistics are used.
   */
  recalibrate?: number;
  /**
   * Changes to the training images, other ones in every step: `augmentation({ shift: 2 })`. Of several inputs a record of these by the
   * names of those that are images. Default: none.
   */
  augment?: Augmentation | Readonly<Record<string, Augmentation>>;
  /**
   * Computes what the frozen layers at the beginning of the network give once for each example, and not in every epoch: the same
   * bits, in a fraction of the time. The results are held in memory, a Float32Array of them; with `augment`, and for streams, there is nothing to
   * hold. Default false.
   */
  cacheFeatures?: boolean;
  /**
   * Keeps what the network computes forwards at few places, and computes the rest again when its gradient is due: the same bits, in memory of about
   * the square root of the depth, for at most one more forward pass a step. `await net.memory({ recompute: true })` tells what it takes. Default false.
   */
  recompute?: boolean;
  /**
   * Computes a batch in parts of so many examples, one after another, before the weights change once: the same bits in strict precision, in the memory
   * of a part. Where a larger part takes less it is taken: convolutions sum the gradients of their kernels by groups of at least 16 images. Layers that
   * look at several examples at once, such as batch normalisation, are refused. `await net.memory({ microBatch: 16 })` tells what it takes. Default:
   * whole batches.
   */
  microBatch?: number;
  /** What is told of the run and may steer it, one or several in this order. Default: none. */
  callbacks?: Callback | readonly Callback[];
  /**
   * Shows the run while it goes: 1 or true a bar in a terminal and lines elsewhere, 2 a line for every epoch, 0 or false
   * nothing. Default 0. `callbacks.progress` is the same, as a callback.
   */
  verbose?: Verbosity;
  /**
   * Goes on with the model's last run, in the middle of an epoch too, as if it had never stopped: the same bits. Works
   * after an interruption (a loop over `train` that was left, an abort) and on what `load` made of the bytes of
   * `save({ optimizer: true })`. Pass the same data, callbacks and augment; epochs may be more, and what is left out of
   * epochs, stepsPerEpoch, batchSize, shuffle, seed, ema and recalibrate is the run's own. In a stream it goes to the first
   * batch that was not taken. Default false: a new run on the weights as they are.
   */
  resume?: boolean;
  /** Ends the run with an error of code ABORTED; weights stay as the last step left them. */
  signal?: AbortSignal;
  /**
   * Factor on the loss of each class, by its index or name: `{ 0: 1, 1: 5 }`, `{ cat: 2 }`, a Map of these, or a list of one a
   * class; where an output has a class at each of its places, such as the pixels of an image, on the loss of each place. Metrics
   * and validation are not weighted. Of several outputs a record of these by their names. Default 1.
   */
  classWeight?: ClassWeight | Readonly<Record<string, ClassWeight>>;
  /**
   * Factor on the loss of each example, or of each place of all outputs (n · h · w numbers for outputs [h, w, classes], 0 for
   * pixels that do not count; or a row of numbers for each example). Metrics and validation are not weighted. Of several outputs a record of these by their names, or one
   * number an example for all. Default 1.
   */
  sampleWeight?: ArrayLike<number> | SeveralData<ArrayLike<number>>;
}

/** Options of `net.evaluate`. */
export interface EvaluateOptions extends Pick<FitOptions, "sampleWeight" | "classWeight"> {
  /** Examples that are computed together. Default 32. */
  batchSize?: number;
  /** Ends it with an error of code ABORTED. */
  signal?: AbortSignal;
}

/** Options of `net.trainOnBatch` and `net.testOnBatch`. */
export type BatchOptions = Pick<EvaluateOptions, "sampleWeight" | "classWeight">;

/** Their types. */
export const batchNames = "sampleWeight:object classWeight:object";

/** The types of the options of `evaluate`. */
export const evaluateNames = "batchSize sampleWeight:object classWeight:object signal:AbortSignal";

/** Their types. */
export const fitNames =
  "epochs initialEpoch batchSize stepsPerEpoch validationData validationSplit shuffle:boolean seed ema recalibrate augment cacheFeatures:boolean recompute:boolean microBatch callbacks verbose:number|boolean resume:boolean signal:AbortSignal classWeight:object sampleWeight:object";

/** @throws AnygradError INVALID_ARGUMENT */
export function checkOptions({
  epochs = 1,
  initialEpoch = 0,
  batchSize = 32,
  validationData,
  validationSplit = 0,
  seed = 0,
  ema = 0,
  recalibrate = 0,
}: FitOptions): void {
  for (const [name, value, least] of [
    ["epochs", epochs, 0],
    ["initialEpoch", initialEpoch, 0],
    ["batchSize", batchSize, 1],
    ["seed", seed, 0],
    ["recalibrate", recalibrate, 0],
  ] as const)
    checkCount(`fit: ${name}`, value, least);
  checkNumber("fit: validationSplit", validationSplit, properShare);
  checkNumber("fit: ema", ema, properShare, ", such as 0.999");
  if (validationSplit > 0 && validationData)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      "fit: validationSplit and validationData are both given; pass one of them",
    );
}

/** @throws AnygradError ABORTED where the signal has been given */
export function checkAbort(subject: string, signal: AbortSignal | undefined, where = "on its way"): void {
  if (signal?.aborted)
    throw new AnygradError(
      "ABORTED",
      `${subject}: aborted ${where}; the weights are those of the last training step`,
      { cause: signal.reason },
    );
}
