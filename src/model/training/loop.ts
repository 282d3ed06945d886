/**
 * The training loop, a step at a time: an async generator, so that a run can be spread over time slices. `fit`
 * drains it. Shuffles and dropout draw by (seed, epoch) and (seed, step): no hidden state, the same run everywhere.
 */

import type { Dataset } from "../../data/dataset.ts";
import { counted } from "../../math/inspect.ts";
import { streamOf } from "../../math/streams.ts";
import { randomPermutation } from "../../ops/random.ts";
import { yieldWhenDue } from "../../runtime/yielding.ts";
import { checkWeights, safeSize } from "../network/finite.ts";
import { range } from "./batches.ts";
import { checkLearningRate, endOf, unnamedReason, withLastSave } from "./callbacks/callback.ts";
import type { EpochLogs, StepLogs, TrainingRun } from "./callbacks/index.ts";
import { shownCallbacks } from "./callbacks/progress.ts";
import { recalibrationOf } from "./callbacks/recalibrate.ts";
import { checkDataset } from "./checkData.ts";
import type { Compiled, TrainingContext } from "./context.ts";
import { atLengths } from "./given.ts";
import { checkAbort, checkOptions, type FitOptions } from "./options.ts";
import { addEpoch, finishedHistory, type History } from "./run/history.ts";
import { type RunPlan, RunState } from "./run/state.ts";
import { Scores } from "./scores.ts";
import { TrainingStep } from "./step.ts";
import { type BatchSource, isBatchSource } from "./stream/source.ts";
import type { EvaluationStream, TrainingStream } from "./stream/stream.ts";

/** What reads data that come in batches. */
export const streaming = (): Promise<typeof import("./stream/stream.ts")> => import("./stream/stream.ts");

/** What a step yields; the last step of an epoch also brings the epoch's logs. */
export type TrainStep = StepLogs & {
  /** The logs of the epoch that this step ends. */
  readonly epochLogs?: EpochLogs;
};

/**
 * @param data a batch where there is a stream
 * @param stream batches in place of the data
 */
export async function* train(
  model: TrainingContext,
  data: Dataset,
  given: FitOptions,
  stream?: TrainingStream,
): AsyncGenerator<TrainStep, History, void> {
  const { graph, compiled } = model;
  const { updater, heads } = compiled;
  const asked = { ...given, recalibrate: recalibrationOf(given) };
  const resuming = given.resume ? await import("./run/resume.ts") : undefined;
  const options = resuming ? resuming.resumedOptions(compiled.run, asked) : asked;
  const { epochs = 1, initialEpoch = 0, batchSize = 32, shuffle = true } = options;
  const { ema = 0, recalibrate = 0 } = options;
  const { signal } = options;
  const callbacks = shownCallbacks(options);
  checkOptions(options);
  const { training, validation: judged } = options.validationSplit
    ? (await import("./run/split.ts")).split(data, options.validationSplit)
    : { training: data, validation: options.validationData as Dataset | BatchSource | undefined }; // `fit` has made one of what was given
  const at = stream ? model : await atLengths("fit", model, training);
  if (!stream) await checkDataset("fit", training, at.graph.inputShape, at.compiled.aim);
  let validation: Dataset | EvaluationStream | undefined;
  if (isBatchSource(judged)) {
    const { EvaluationStream } = await streaming();
    const begun = given.resume ? compiled.run!.epoch : initialEpoch;
    const times = (epochs - begun) * (ema > 0 || recalibrate > 0 ? 2 : 1);
    validation = new EvaluationStream("fit: validationData", judged, model, { times });
  } else if (judged) {
    const own = await atLengths("fit: validationData", model, judged);
    await checkDataset("fit: validationData", judged, own.graph.inputShape, own.compiled.aim);
    validation = judged;
  }
  const steps = stream ? undefined : options.stepsPerEpoch;
  if (steps !== undefined || compiled.parameters.trainable.length === 0 || compiled.fused.size === 0)
    (await import("../network/task.ts")).checkRun(at.graph, at.compiled, training, steps);
  // most runs do without these: a page need not have them
  const Average = ema > 0 ? (await import("./run/averages.ts")).WeightAverage : undefined;
  if (recalibrate > 0)
    (await import("./run/recalibration.ts")).checkRecalibration(graph, compiled, recalibrate);
  const n = training.shape[0]!;
  const isWeighted = !stream && (options.classWeight || options.sampleWeight);
  const factors = isWeighted ? await import("./run/lossWeights.ts") : undefined;
  const weights = await factors?.lossWeights("fit", data, options, at.compiled, model.classNames);
  const { seed, before } = drawsOf(compiled, options);
  const augmented =
    options.augment &&
    (await import("./run/augmented.ts")).beginAugmentation(options.augment, model, at, training, seed);
  const source = stream
    ? { shuffle: false, before, examples: undefined, stepsPerEpoch: options.stepsPerEpoch }
    : { shuffle, before, examples: n };
  const plan: RunPlan = { seed, batchSize, ...source, ema, recalibrate, augment: augmented?.kinds };
  const run = given.resume ? compiled.run! : new RunState(plan, epochs, initialEpoch, heads);
  resuming?.resumeRun(run, plan, epochs, callbacks);
  const judging = validation || ema > 0 || recalibrate > 0 ? await import("./validation.ts") : undefined;
  const size = Math.min(batchSize, n);
  const control = new Control(model, run);
  const update = new TrainingStep(
    model,
    training,
    weights?.subarray(0, (weights.length / data.shape[0]!) * n), // a split takes the end of the data
    seed,
    augmented?.augmenter,
  );
  if (!stream) update.use(training, weights?.subarray(0, (weights.length / data.shape[0]!) * n), at);
  let yielded = performance.now();
  if (!given.resume) compiled.run?.average?.release();
  compiled.run = given.resume ? run : undefined;
  await run.begin(callbacks, (c) => c.onTrainBegin?.(control));
  if (Average) run.average ??= new Average(compiled.parameters, ema);
  compiled.run = run;
  let failed: { readonly error: unknown } | undefined;
  try {
    // a run that was stopped within an epoch, and saved there, has that epoch's end before it
    while (run.epoch < epochs && !(run.stopped && run.step === 0)) {
      const { epoch } = run;
      run.restoreRawWeights(compiled.parameters);
      if (!run.begun) {
        run.begun = true;
        await run.call((c) => c.onEpochBegin?.(epoch, control));
      }
      const order = stream
        ? undefined
        : shuffle
          ? permutation(compiled, n, seed, before + epoch)
          : range(0, n);
      // no promise where there is a data set: each step would leave some behind
      const ready = (): boolean | Promise<boolean> =>
        !run.stopped &&
        (stream ? stream.ready({ epoch, step: run.step }, signal) : run.step < run.stepsPerEpoch!);
      let more = stream ? await ready() : ready();
      while (more && !run.stopped) {
        checkAbort("fit", signal, `in epoch ${epoch + 1} after ${counted(run.step, "step")}`);
        const began = performance.now();
        const rows = order
          ? order.subarray(run.step * size, Math.min(n, (run.step + 1) * size))
          : nextBatch(stream!, update);
        const { learningRate } = control;
        const place = `step ${run.step + 1} of epoch ${epoch + 1}`;
        const loss = update.run(rows, updater.step, learningRate, run.scores, place);
        run.average?.update();
        run.total += loss * rows.length;
        run.seen += rows.length;
        const logs: StepLogs = {
          epoch,
          step: run.step,
          globalStep: updater.step - 1,
          batchSize: rows.length,
          loss,
          running_loss: run.total / run.seen,
          learningRate,
        };
        run.scores.addTo(logs);
        run.step++;
        run.logs = logs;
        run.seconds += (performance.now() - began) / 1000;
        await run.call((c) => c.onStepEnd?.(logs, control));
        yielded = await yieldWhenDue(yielded);
        more = stream ? await ready() : ready();
        if (more) yield logs;
      }
      const { logs, seconds } = run;
      if (!logs) break; // stopped before its first step
      if (stream && !run.stopped) run.stepsPerEpoch = run.step;
      const { learningRate } = logs;
      const epochLogs: EpochLogs = {
        loss: run.total / run.seen,
        ...run.scores.results(),
        seconds,
        learningRate,
      };
      const shuffled = (): Int32Array =>
        shuffle && order ? order : permutation(compiled, n, seed, before + epoch);
      const place = `step ${run.step} of epoch ${epoch + 1}`;
      // finite weights, from which the next step might find an infinite loss
      if (checkWeights(compiled.parameters, place, learningRate) > safeSize) {
        const { checkLastLoss } = await import("./run/lastLoss.ts");
        await checkLastLoss(model, stream ? stream.last : training, size, place, learningRate);
      }
      const validated = await judging?.validate(
        model,
        run,
        { training, validation },
        shuffled,
        place,
        signal,
      );
      Object.assign(epochLogs, validated);
      addEpoch(run.history, epochLogs);
      run.nextEpoch(new Scores(heads, { batches: true }));
      await run.call((c) => c.onEpochEnd?.(epoch, epochLogs, control));
      yield Object.assign({}, logs, { epochLogs });
    }
  } catch (error) {
    const reason = endOf(error, callbacks);
    if (reason === undefined) failed = { error };
    else run.stopped = reason;
  } finally {
    // also after an error or a caller that left: best weights are restored, logs closed
    if (!run.whole) compiled.run = undefined;
    compiled.next = run.next;
    await run.end((c) => c.onTrainEnd?.(control));
  }
  // now that the last of them is on the disk
  if (failed) throw withLastSave(failed.error, callbacks);
  return finishedHistory(run.history, run.stopped);
}

/** Seed of the run, and how many epochs under it are over: without a seed of its own a run goes on where the last one ended. */
function drawsOf(
  { run, next }: Compiled,
  { resume, seed, initialEpoch }: FitOptions,
): { seed: number; before: number } {
  const last = run?.next ?? next;
  if (!resume && seed === undefined && initialEpoch === undefined && last) return last;
  return { seed: seed ?? 0, before: resume && run ? run.plan.before : 0 };
}

/** What callbacks see and may do. */
class Control implements TrainingRun {
  readonly model: TrainingRun["model"];
  readonly epochs: number;
  readonly #compiled: Compiled;
  readonly #run: RunState;

  constructor({ model, compiled }: TrainingContext, run: RunState) {
    this.model = {
      getWeights: () => model.getWeights(),
      setWeights: (weights) => {
        // weights that a callback sets at the end are for the user; the run itself goes on with its own
        const isOver = run.stopped && run.step === 0; // its last epoch has had its end
        const own = run.ended && !isOver ? (run.weights ?? model.getWeights()) : undefined;
        model.setWeights(weights);
        run.weights = own;
      },
    };
    this.#compiled = compiled;
    this.#run = run;
    this.epochs = run.epochs;
  }

  get stepsPerEpoch(): number | undefined {
    return this.#run.stepsPerEpoch;
  }

  get learningRate(): number {
    const { optimizer, step: done } = this.#compiled.updater;
    return this.#run.learningRate ?? optimizer.schedule.at(done);
  }

  set learningRate(value: number) {
    this.#run.learningRate = checkLearningRate(value);
  }

  stop(reason = unnamedReason): void {
    this.#run.stopped ??= reason;
  }
}

/** Has the step take the stream's next batch. @returns its rows */
function nextBatch(stream: TrainingStream, update: TrainingStep): Int32Array {
  const { batch, weights, at } = stream.take();
  update.use(batch, weights, at);
  return range(0, batch.shape[0]!);
}

function permutation({ engine }: Compiled, n: number, seed: number, epoch: number): Int32Array {
  return engine.step(() => {
    const draw = { seed, stream: streamOf("shuffle"), step: epoch };
    return randomPermutation(engine.allocator, n, draw).data as Int32Array;
  });
}
