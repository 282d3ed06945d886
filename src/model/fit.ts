/** From what `fit` was given to a run: the data or the stream, what the model learns of them besides weights, and the run's steps. */
import type { Dataset } from "../data/dataset.ts";
import { AnygradError } from "../errors.ts";
import { strictOptions } from "../math/options.ts";
import { type ModelState, normalizationFor, notePixels, outputNames, ready, trainable } from "./state.ts";
import type { Compiled, TrainingContext } from "./training/context.ts";
import type { StepContext } from "./training/differentiate.ts";
import { atLengths, resolveDataset, takerOf, targetsAndOptions } from "./training/given.ts";
import { streaming, type TrainStep, train } from "./training/loop.ts";
import { type FitOptions, fitNames } from "./training/options.ts";
import { emptyHistory, type History } from "./training/run/history.ts";
import type { GivenData } from "./training/several/forms.ts";
import { type BatchSource, isStream, isValidationStream } from "./training/stream/source.ts";
import type { TrainingStream } from "./training/stream/stream.ts";

/** Trains, a step at a time. @throws AnygradError as `net.fit` does */
export async function* fitModel(
  model: TrainingContext["model"],
  state: ModelState,
  given: GivenData | BatchSource,
  y: unknown,
  last: FitOptions | undefined,
): AsyncGenerator<TrainStep, History, void> {
  if (state.compiling) await state.compiling;
  if (!state.network) await (await import("./late.ts")).buildLate(state, given, "fit");
  const [targets, second] = targetsAndOptions(y, last, outputNames(state));
  const asked: FitOptions = strictOptions("fit", second, fitNames);
  const compiled = trainable(state, "fit");
  const { graph, inputs } = state;
  const stream = isStream(given, targets)
    ? await (await streaming()).openTraining({ graph, compiled, classNames: inputs.classNames }, given, asked)
    : undefined;
  let steps: AsyncGenerator<TrainStep, History, void> | undefined;
  try {
    const data = stream?.sample ?? (await resolved(state, "fit", given as GivenData, targets));
    steps = await begin(model, state, compiled, data, asked, stream);
    // not `yield*`, which costs each step three promises more
    for (;;) {
      const { done, value } = await steps.next();
      if (done) return value;
      yield value;
    }
  } catch (error) {
    throw (await import("./memory/explained.ts")).explained(state, asked, error);
  } finally {
    if (steps) {
      state.training = false;
      await steps.return(emptyHistory()); // a caller that leaves early ends the run in order
    }
    await stream?.close();
  }
}

/** @param data a batch where there is a stream */
async function begin(
  model: TrainingContext["model"],
  state: ModelState,
  compiled: Compiled,
  data: Dataset,
  asked: FitOptions,
  stream: TrainingStream | undefined,
): Promise<AsyncGenerator<TrainStep, History, void>> {
  const options = { ...asked };
  const { validationData: judged } = asked;
  if (judged && !isValidationStream(judged)) {
    const subject = "fit: validationData";
    const set = await resolved(state, subject, judged as GivenData, undefined, data.classNames);
    options.validationData = set;
    if (set.preparation !== data.preparation)
      (await import("./evaluation.ts")).checkSamePreparation(subject, set.preparation, data.preparation);
  }
  const context: StepContext = await takeData(model, state, compiled, data, "fit");
  if (asked.recompute || asked.microBatch !== undefined)
    context.pass = (await import("./memory/passes.ts")).passOf("fit", compiled, asked);
  if (state.training)
    throw new AnygradError(
      "NOT_READY",
      "fit: the model is being trained already; wait for that run to end, or abort it",
    );
  state.training = true;
  if (!asked.cacheFeatures) return train(context, data, options, stream);
  try {
    const { withFeatures } = await import("./tuning/frozenFront.ts");
    return train(...(await withFeatures(context, data, options, stream !== undefined)));
  } catch (error) {
    state.training = false;
    throw error;
  }
}

/** Has the model learn from the data how they are stored, named and scaled: what training works on. */
export async function takeData(
  model: TrainingContext["model"],
  state: ModelState,
  compiled: Compiled,
  data: Dataset,
  subject: string,
): Promise<TrainingContext> {
  const normalization = normalizationFor(state, data);
  await notePixels(state, subject, data.x, normalization);
  const { inputs, graph } = state;
  const classNames = data.classNames ?? inputs.classNames;
  const preparation = data.preparation ?? inputs.preparation;
  const normalizations = data.normalizations ?? inputs.normalizations;
  state.inputs = { normalization, classNames, preparation, ...(normalizations && { normalizations }) };
  compiled.target = preparation?.target;
  return { model, graph, compiled, normalization, classNames };
}

/** What was given as a data set: itself, or made of examples and targets. @param classNames those that are known */
async function resolved(
  state: ModelState,
  subject: string,
  given: GivenData,
  y: unknown,
  classNames: readonly string[] | undefined = state.inputs.classNames,
): Promise<Dataset> {
  const isPair = y === undefined && Array.isArray(given) && given.length === 2 && subject !== "fit";
  const at = await atLengths(
    subject,
    { graph: state.graph, compiled: ready(state, "fit") },
    isPair ? given[0] : given,
  );
  const taker = takerOf(at.graph, at.compiled, classNames, state.inputs.normalizations);
  return resolveDataset(subject, given, y, taker);
}
