/**
 * Finding a learning rate: the rate grows step by step from very small to very large, and the loss tells where learning begins and
 * where it ends in ruin (Smith, arXiv:1506.01186). The weights are as before afterwards.
 *
 * When not: with a data set of few batches; pass enough epochs for `steps` of them.
 */
import type { Snapshot } from "../../../io/snapshot.ts";
import { SnapshotReader } from "../../../io/snapshotReader.ts";
import { checkCount, checkNumber, checkPositive } from "../../../math/checks.ts";
import { strictOptions } from "../../../math/options.ts";
import { exp, log } from "../../../math/transcendental.ts";
import type { NamedWeight } from "../../network/parameters.ts";
import type { Callback, StepLogs, TrainingRun } from "./callback.ts";
import { savedWeight } from "./savedWeight.ts";

/** The options of {@link learningRateFinder}. */
export interface LearningRateFinderOptions {
  /** The rate of the first step. Default 1e-6. */
  readonly from?: number;
  /** The rate of the last step. Default 1. */
  readonly to?: number;
  /** How many steps there are in between, a factor each. Default 100. */
  readonly steps?: number;
  /** The run ends where the smoothed loss is this many times its least. Default 4. */
  readonly stopFactor?: number;
}

/** A rate that was tried. */
export interface TriedRate {
  /** The learning rate. */
  readonly learningRate: number;
  /** The loss before a step by it, smoothed over the steps before. */
  readonly loss: number;
}

/** The callback, and what it found in its last run. */
export interface LearningRateFinder extends Callback {
  /** The rates in their order. */
  readonly tried: readonly TriedRate[];
  /** A tenth of the rate at which the smoothed loss was least, where it still fell; undefined before the first step. */
  readonly suggestion: number | undefined;
}

/**
 * Tries learning rates in a run of its own. The optimizer has seen those steps: compile again before training.
 * @throws AnygradError INVALID_ARGUMENT
 * @example
 * ```js
 * import { callbacks, createEngine, datasets, layers, sequential } from "anygrad";
 *
 * const { train } = await datasets.digits({ train: 600, test: 1, seed: 1 });
 * const net = sequential([layers.flatten(), layers.dense({ units: 10, activation: "softmax" })],
 *                        { inputShape: [28, 28, 1], seed: 1 });
 * const engine = await createEngine();
 * await net.compile({ optimizer: "sgd", loss: "sparseCategoricalCrossentropy", engine });
 * const finder = callbacks.learningRateFinder({ from: 1e-4, to: 10 });
 * await net.fit(train, { epochs: 10, callbacks: finder });
 * console.log(finder.suggestion > 1e-3 && finder.suggestion < 1); // true
 * ```
 */
export function learningRateFinder(options?: LearningRateFinderOptions): LearningRateFinder {
  const subject = "learningRateFinder";
  const {
    from = 1e-6,
    to = 1,
    steps = 100,
    stopFactor = 4,
  } = strictOptions(subject, options, "from to steps stopFactor");
  checkPositive(`${subject}: from`, from);
  checkNumber(`${subject}: to`, to, { above: from });
  checkCount(`${subject}: steps`, steps, 2);
  checkNumber(`${subject}: stopFactor`, stopFactor, { above: 1 });
  const growth = log(to / from) / (steps - 1);
  const rateAt = (step: number): number => from * exp(growth * step);
  let tried: TriedRate[] = [];
  let before: NamedWeight[] = [];
  let [average, least] = [0, Number.POSITIVE_INFINITY];
  return {
    get tried() {
      return tried;
    },
    get suggestion() {
      const best = tried.find(({ loss }) => loss === least);
      return best && best.learningRate / 10;
    },
    onTrainBegin(run: TrainingRun) {
      before = run.model.getWeights();
      [tried, average, least] = [[], 0, Number.POSITIVE_INFINITY];
    },
    onEpochBegin(_: number, run: TrainingRun) {
      if (tried.length === 0) run.learningRate = rateAt(0); // a resumed run has its own
    },
    onStepEnd({ loss, learningRate }: StepLogs, run: TrainingRun) {
      const count = tried.length + 1;
      // an average that fades, by what its weights sum to so far
      average = 0.9 * average + 0.1 * loss;
      const smoothed = average / (1 - exp(log(0.9) * count));
      tried.push({ learningRate, loss: smoothed });
      least = Math.min(least, smoothed);
      if (count === steps) run.stop(`${subject}: all ${steps} rates are tried`);
      else if (smoothed > stopFactor * least) run.stop(`${subject}: the loss grows from ${learningRate} on`);
      else run.learningRate = rateAt(count);
    },
    onTrainEnd(run: TrainingRun) {
      if (before.length > 0) run.model.setWeights(before);
      before = [];
    },
    save: () => ({
      learningRates: tried.map(({ learningRate }) => learningRate),
      losses: tried.map((rate) => rate.loss),
      average,
      least,
      before: before.map((weight) => ({ ...weight })),
    }),
    restore(saved: Snapshot) {
      const state = new SnapshotReader(subject, saved);
      const losses = state.numbers("losses");
      tried = state.numbers("learningRates").map((learningRate, i) => ({ learningRate, loss: losses[i]! }));
      average = state.number("average");
      least = state.number("least");
      before = state.list("before").map(savedWeight);
    },
  };
}
