/**
 * The training loop, a step at a time: an async generator, so that a run can be spread over time slices. `fit`
 * drains it. Shuffles and dropout draw by (seed, epoch) and (seed, step): no hidden state, the same run everywhere.
 */

import { type Augmentation, type Augmenter, checkIsAugmentation } from "../../augmentation/augmentation.ts";
import type { Dataset, Normalization } from "../../data/dataset.ts";
import { AnygradError } from "../../errors.ts";
import { checkCount, checkNumber, properShare } from "../../math/checks.ts";
import { streamOf } from "../../math/streams.ts";
import { randomPermutation } from "../../ops/random.ts";
import type { Graph } from "../network/graph.ts";
import type { NamedWeight } from "../network/parameters.ts";
import { WeightAverage } from "./averages.ts";
import { checkDataset, checkIsDataset, range } from "./batches.ts";
import type { Callback, EpochLogs, StepLogs, TrainingRun } from "./callbacks/index.ts";
import { recalibrationOf } from "./callbacks/recalibrate.ts";
import type { Compiled } from "./compiled.ts";
import { checkAbort, yieldSometimes } from "./evaluate.ts";
import { addEpoch, copyHistory, type History } from "./history.ts";
import { checkRecalibration } from "./recalibration.ts";
import { resumedOptions, resumeRun } from "./resume.ts";
import { Scores } from "./scores.ts";
import { type RunPlan, RunState } from "./state.ts";
import { TrainingStep } from "./step.ts";
import { restoreRawWeights, validate } from "./validation.ts";

export interface FitOptions {
  /** Passes over the data. Default 1. */
  epochs?: number;
  /** Where to begin: a resumed run shuffles as the uninterrupted one would. Default 0. */
  initialEpoch?: number;
  /** Examples a step; the last step of an epoch takes what is left. Default 32. */
  batchSize?: number;
  /** Judged after every epoch; its logs begin with "val_". See `ema` and `recalibrate` for what is judged. */
  validationData?: Dataset;
  /** Share of the data, taken from its end before any shuffle, that is kept for validation. Default 0. */
  validationSplit?: number;
  /** New order in every epoch. Default true. */
  shuffle?: boolean;
  /** Of shuffles and dropout. Default 0. */
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
   * arXiv:2105.07576). They are put in as the averaged weights are, and for those where `ema` is given too: training
   * itself does not change by it. Default 0: the moving statistics are used.
   */
  recalibrate?: number;
  /** Changes to the training images, other ones in every step: `augmentation({ shift: 2 })`. Default: none. */
  augment?: Augmentation;
  callbacks?: readonly Callback[];
  /**
   * Goes on with the model's last run, in the middle of an epoch too, as if it had never stopped: the same bits. Works
   * after an interruption (a loop over `train` that was left, an abort) and on what `load` made of the bytes of
   * `save({ optimizer: true })`. Pass the same data, callbacks and augment; epochs may be more, and what is left out of
   * epochs, batchSize, shuffle, seed, ema and recalibrate is the run's own. Default false: a new run on the weights as they are.
   */
  resume?: boolean;
  /** Ends the run with an error of code ABORTED; weights stay as the last step left them. */
  signal?: AbortSignal;
  /** Factor on the loss of each class; metrics are not weighted. Default 1. */
  classWeight?: Readonly<Record<number, number>>;
  /** Factor on the loss of each example; metrics are not weighted. Default 1. */
  sampleWeight?: ArrayLike<number>;
}

/** What a step yields; the last step of an epoch also brings the epoch's logs. */
export type TrainStep = StepLogs & { readonly epochLogs?: EpochLogs };

/** What the loop needs of a model. */
export interface TrainingContext {
  readonly graph: Graph;
  readonly compiled: Compiled;
  readonly normalization: Normalization | undefined;
  getWeights(): NamedWeight[];
  setWeights(weights: NamedWeight[]): void;
}

export async function* train(
  model: TrainingContext,
  data: Dataset,
  given: FitOptions,
): AsyncGenerator<TrainStep, History, void> {
  const { graph, compiled } = model;
  const { updater, metrics } = compiled;
  const asked = { ...given, recalibrate: recalibrationOf(given) };
  const options = given.resume ? resumedOptions(compiled.run, asked) : asked;
  const { epochs = 1, initialEpoch = 0, batchSize = 32, shuffle = true, seed = 0 } = options;
  const { ema = 0, recalibrate = 0 } = options;
  const { callbacks = [], signal, augment } = options;
  checkOptions(options);
  const { training, validation } = divide(data, options);
  const outputShape = graph.nodes.at(-1)!.outputShape;
  checkDataset("fit", training, graph.inputShape, outputShape, compiled.loss.targets);
  if (validation) checkIsDataset("fit: validationData", validation);
  if (validation)
    checkDataset("fit: validationData", validation, graph.inputShape, outputShape, compiled.loss.targets);
  if (compiled.parameters.trainable.length === 0)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      "fit: all layers are frozen; set trainable: true on one and compile again",
    );
  checkRecalibration(graph, compiled, recalibrate);
  const n = training.shape[0]!;
  const weights = exampleWeights(data, options);
  const augmenter = augment && beginAugmentation(augment, model, training, seed);
  const kinds = JSON.stringify(augment?.options);
  const plan: RunPlan = { seed, batchSize, shuffle, examples: n, ema, recalibrate, augment: kinds };
  const run = given.resume ? compiled.run! : new RunState(plan, epochs, initialEpoch, metrics);
  if (given.resume) resumeRun(run, plan, epochs, callbacks);
  const size = Math.min(batchSize, n);
  const { stepsPerEpoch } = run;
  const control = new Control(model, run);
  const update = new TrainingStep(model, training, weights, seed, augmenter);
  let rested = performance.now();
  if (!given.resume) compiled.run?.average?.release();
  compiled.run = given.resume ? run : undefined;
  await run.begin(callbacks, (c) => c.onTrainBegin?.(control));
  if (ema > 0) run.average ??= new WeightAverage(compiled.parameters, ema);
  compiled.run = run;
  try {
    // a run that was stopped within an epoch, and saved there, has that epoch's end before it
    while (run.epoch < epochs && !(run.stopped && run.step === 0)) {
      const { epoch } = run;
      restoreRawWeights(run, compiled.parameters);
      if (!run.begun) {
        run.begun = true;
        await run.call((c) => c.onEpochBegin?.(epoch, control));
      }
      const order = shuffle ? permutation(compiled, n, seed, epoch) : range(0, n);
      while (run.step < stepsPerEpoch && !run.stopped) {
        checkAbort("fit", signal, `in epoch ${epoch + 1} after ${run.step} steps`);
        const began = performance.now();
        const rows = order.subarray(run.step * size, Math.min(n, (run.step + 1) * size));
        const { learningRate } = control;
        const place = `step ${run.step + 1} of epoch ${epoch + 1}`;
        const loss = update.run(rows, updater.step, learningRate, run.scores, place);
        run.average?.update();
        const logs: StepLogs = {
          epoch,
          step: run.step,
          globalStep: updater.step - 1,
          batchSize: rows.length,
          ...run.scores.results(),
          loss,
          learningRate,
        };
        run.total += loss;
        run.step++;
        run.logs = logs;
        run.seconds += (performance.now() - began) / 1000;
        await run.call((c) => c.onStepEnd?.(logs, control));
        rested = await yieldSometimes(rested);
        if (run.step < stepsPerEpoch && !run.stopped) yield logs;
      }
      const { logs, seconds } = run;
      if (!logs) break; // stopped before its first step
      const { learningRate } = logs;
      const epochLogs: EpochLogs = {
        loss: run.total / run.step,
        ...run.scores.results(),
        seconds,
        learningRate,
      };
      const shuffled = (): Int32Array => (shuffle ? order : permutation(compiled, n, seed, epoch));
      Object.assign(epochLogs, await validate(model, run, { training, validation }, shuffled, signal));
      addEpoch(run.history, epochLogs);
      run.nextEpoch(new Scores(metrics));
      await run.call((c) => c.onEpochEnd?.(epoch, epochLogs, control));
      yield Object.assign({}, logs, { epochLogs });
    }
  } finally {
    // also after an error or a caller that left: best weights are restored, logs closed
    if (!run.whole) compiled.run = undefined;
    await run.end((c) => c.onTrainEnd?.(control));
  }
  return copyHistory(run.history);
}

/** What a callback sets. @throws AnygradError INVALID_ARGUMENT */
export function checkLearningRate(value: number): number {
  return checkNumber("fit: learningRate", value, { from: 0 });
}

/** What callbacks see and may do. */
class Control implements TrainingRun {
  readonly model: TrainingRun["model"];
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  readonly #compiled: Compiled;
  readonly #run: RunState;

  constructor(model: TrainingContext, run: RunState) {
    this.model = {
      getWeights: () => model.getWeights(),
      setWeights: (weights) => {
        // what a callback puts in at the end is for the user; the run itself goes on with its own
        const own = run.ended && !run.stopped ? (run.weights ?? model.getWeights()) : undefined;
        model.setWeights(weights);
        run.weights = own;
      },
    };
    this.#compiled = model.compiled;
    this.#run = run;
    this.epochs = run.epochs;
    this.stepsPerEpoch = run.stepsPerEpoch;
  }

  get learningRate(): number {
    const { optimizer, step: done } = this.#compiled.updater;
    return this.#run.learningRate ?? optimizer.schedule.at(done);
  }

  set learningRate(value: number) {
    this.#run.learningRate = checkLearningRate(value);
  }

  stop(): void {
    this.#run.stopped = true;
  }
}

function permutation({ engine }: Compiled, n: number, seed: number, epoch: number): Int32Array {
  return engine.step(() => {
    const draw = { seed, stream: streamOf("shuffle"), step: epoch };
    return randomPermutation(engine.allocator, n, draw).data as Int32Array;
  });
}

/** @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH */
function beginAugmentation(
  augment: Augmentation,
  { graph, compiled, normalization = { scale: 1, shift: 0 } }: TrainingContext,
  { x }: Dataset,
  seed: number,
): Augmenter {
  checkIsAugmentation(augment);
  return augment.begin(
    { shape: graph.inputShape, pixels: x instanceof Uint8Array ? normalization : undefined },
    compiled.engine,
    seed,
  );
}

function checkOptions({
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
  checkNumber("fit: ema", ema, properShare, ", the share of the old average that stays, such as 0.999");
  if (validationSplit > 0 && validationData)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      "fit: validationSplit and validationData are both given; pass one of them",
    );
}

/** Training and validation sets; a split takes the end of the data, unshuffled, as Keras does. */
function divide(
  data: Dataset,
  { validationData, validationSplit = 0 }: FitOptions,
): { training: Dataset; validation: Dataset | undefined } {
  if (validationSplit === 0) return { training: data, validation: validationData };
  const n = data.shape[0] ?? 0;
  const kept = Math.floor(n * (1 - validationSplit));
  if (kept === 0 || kept === n)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `fit: validationSplit ${validationSplit} of ${n} examples leaves a part empty; change it or pass validationData`,
    );
  return { training: part(data, 0, kept), validation: part(data, kept, n) };
}

/** Rows from … to − 1 as views. */
function part(data: Dataset, from: number, to: number): Dataset {
  const n = data.shape[0]!;
  const cut = <T extends Dataset["x"] | Dataset["y"]>(values: T): T => {
    const width = values.length / n;
    return values.subarray(from * width, to * width) as T;
  };
  return { ...data, x: cut(data.x), y: cut(data.y), shape: [to - from, ...data.shape.slice(1)] };
}

/** The product of class and sample weights per example; undefined where there are none. */
function exampleWeights(
  { y, shape }: Dataset,
  { classWeight, sampleWeight }: FitOptions,
): Float32Array | undefined {
  if (!classWeight && !sampleWeight) return undefined;
  const n = shape[0]!;
  if (sampleWeight && sampleWeight.length !== n)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `fit: sampleWeight has ${sampleWeight.length} numbers but there are ${n} examples; pass one each`,
    );
  const columns = y.length / n;
  return Float32Array.from({ length: n }, (_, i) => {
    const label = columns === 1 ? y[i]! : y.subarray(i * columns, (i + 1) * columns).indexOf(1);
    return (
      checkWeight(`classWeight of class ${label}`, classWeight?.[label] ?? 1) *
      checkWeight(`sampleWeight ${i}`, sampleWeight?.[i] ?? 1)
    );
  });
}

/** @throws AnygradError INVALID_ARGUMENT for what is no number from 0 */
function checkWeight(name: string, weight: number): number {
  return checkNumber(`fit: ${name}`, weight, { from: 0 });
}
