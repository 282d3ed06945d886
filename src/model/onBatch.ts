/**
 * One batch at a time, whose order and number are the caller's: an update of the weights, or scores. Imported when it is asked for.
 */
import type { Dataset } from "../data/dataset.ts";
import { AnygradError } from "../errors.ts";
import { strictOptions } from "../math/options.ts";
import { type Evaluation, evaluateModel } from "./evaluation.ts";
import { takeData } from "./fit.ts";
import type { AtLengths } from "./lengths/data.ts";
import { checkRun } from "./network/task.ts";
import { type ModelState, outputNames, trainable } from "./state.ts";
import { range } from "./training/batches.ts";
import { checkDataset } from "./training/checkData.ts";
import type { TrainingContext } from "./training/context.ts";
import { atLengths, resolveDataset, takerOf, targetsAndOptions } from "./training/given.ts";
import { type BatchOptions, batchNames } from "./training/options.ts";
import { lossWeights } from "./training/run/lossWeights.ts";
import { Scores } from "./training/scores.ts";
import type { GivenData } from "./training/several/forms.ts";
import { TrainingStep } from "./training/step.ts";

/** All examples at once. */
const whole = 2 ** 31 - 1;

/** The recorded steps of a compiled model, by what its batches are stored as. */
const steps = new WeakMap<object, Map<string, TrainingStep>>();

/** @throws AnygradError as `net.trainOnBatch` does */
export async function trainOnBatch(
  model: TrainingContext["model"],
  state: ModelState,
  given: GivenData,
  y: unknown,
  last: BatchOptions | undefined,
): Promise<Evaluation> {
  const subject = "trainOnBatch";
  if (state.compiling) await state.compiling;
  if (!state.network) await (await import("./late.ts")).buildLate(state, given, subject);
  const [targets, options] = batchArguments(subject, state, y, last);
  const compiled = trainable(state, subject);
  compiled.updater.optimizer.absent?.(subject);
  const { graph, inputs } = state;
  const at = await atLengths(subject, { graph, compiled }, given);
  const taker = takerOf(at.graph, at.compiled, inputs.classNames, inputs.normalizations);
  const data = await resolveDataset(subject, given, targets, taker);
  await checkDataset(subject, data, at.graph.inputShape, at.compiled.aim);
  const context = await takeData(model, state, compiled, data, subject);
  const weights = await lossWeights(subject, data, options, at.compiled, context.classNames);
  if (state.training)
    throw new AnygradError(
      "NOT_READY",
      `${subject}: the model is being trained already; wait for that run to end, or abort it`,
    );
  endRun(compiled);
  const n = data.shape[0]!;
  const step = stepFor(context, at, data, weights);
  const scores = new Scores(compiled.heads);
  const { updater } = compiled;
  const learningRate = updater.optimizer.schedule.at(updater.step);
  const place = `step ${updater.step + 1}`;
  const loss = step.run(range(0, n), updater.step, learningRate, scores, place);
  return { loss, ...scores.results() };
}

/** @throws AnygradError as `net.testOnBatch` does */
export function testOnBatch(
  state: ModelState,
  given: GivenData,
  y: unknown,
  last: BatchOptions | undefined,
): Promise<Evaluation> {
  const subject = "testOnBatch";
  const [targets, options] = batchArguments(subject, state, y, last);
  const all = { ...options, batchSize: whole };
  return targets === undefined
    ? evaluateModel(state, given, all, undefined, subject)
    : evaluateModel(state, given, targets, all, subject);
}

function batchArguments(
  subject: string,
  state: ModelState,
  y: unknown,
  last: BatchOptions | undefined,
): [targets: unknown, options: BatchOptions] {
  const [targets, asked] = targetsAndOptions(y, last, state.network ? outputNames(state) : []);
  return [targets, strictOptions(subject, asked, batchNames)];
}

/** A run that `fit` might go on with is over: the weights are others now. */
function endRun(compiled: TrainingContext["compiled"]): void {
  compiled.run?.average?.release();
  compiled.next = compiled.run?.next ?? compiled.next;
  compiled.run = undefined;
}

/** Batches that are stored and weighed alike share what was recorded of a step. */
function stepFor(
  context: TrainingContext,
  at: AtLengths,
  data: Dataset,
  weights: Float32Array | undefined,
): TrainingStep {
  const { compiled, normalization } = context;
  const known = steps.get(compiled) ?? new Map<string, TrainingStep>();
  steps.set(compiled, known);
  const isRaw = data.x instanceof Uint8Array;
  const each = weights && weights.length / data.shape[0]!;
  const kind = JSON.stringify([isRaw, each, isRaw && normalization]);
  const found = known.get(kind);
  if (found) {
    found.use(data, weights, at);
    return found;
  }
  checkRun(at.graph, at.compiled, data, undefined);
  const made = new TrainingStep(context, data, weights, 0, undefined);
  made.use(data, weights, at);
  known.set(kind, made);
  return made;
}
