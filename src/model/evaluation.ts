/** Scores of a model over data in any form. Imported when a model is evaluated: a page that only trains downloads none of it. */
import type { Dataset, Normalization } from "../data/dataset.ts";
import type { Preparation } from "../data/preparation.ts";
import { AnygradError } from "../errors.ts";
import { strictOptions } from "../math/options.ts";
import { type ModelState, normalizationFor, notePixels, outputNames, trainable } from "./state.ts";
import { checkDataset } from "./training/checkData.ts";
import { evaluate } from "./training/evaluate.ts";
import { atLengths, resolveDataset, takerOf, targetsAndOptions } from "./training/given.ts";
import { type EvaluateOptions, evaluateNames } from "./training/options.ts";
import { lossWeights } from "./training/run/lossWeights.ts";
import type { GivenData } from "./training/several/forms.ts";
import { type BatchSource, isStream } from "./training/stream/source.ts";

/** What `evaluate` gives: the loss, and each metric under its name. */
export interface Evaluation {
  /** Mean loss over the examples, penalties included. */
  loss: number;
  [metric: string]: number;
}

/** The loss and the metrics over data in any form. @throws AnygradError as `net.evaluate` does */
export async function evaluateModel(
  state: ModelState,
  given: GivenData | BatchSource,
  y: unknown,
  last: EvaluateOptions | undefined,
  subject = "evaluate",
): Promise<Evaluation> {
  if (state.compiling) await state.compiling;
  if (!state.network) await (await import("./late.ts")).buildLate(state, given, subject);
  const [targets, second] = targetsAndOptions(y, last, outputNames(state));
  const options: EvaluateOptions = strictOptions(subject, second, evaluateNames);
  const compiled = trainable(state, subject);
  const { graph, inputs } = state;
  const begin = async (seen: Dataset): Promise<Normalization | undefined> => {
    const normalization = inputs.normalization ?? normalizationFor(state, seen);
    checkSamePreparation(subject, seen.preparation, inputs.preparation);
    compiled.target = (inputs.preparation ?? seen.preparation)?.target;
    await notePixels(state, subject, seen.x, normalization);
    return normalization;
  };
  if (isStream(given, targets)) {
    const { evaluateStream } = await import("./training/stream/evaluate.ts");
    return evaluateStream(graph, compiled, given, begin, options, inputs.classNames);
  }
  const { batchSize = 32, signal, ...weighting } = options;
  const at = await atLengths(subject, { graph, compiled }, given);
  const taker = takerOf(at.graph, at.compiled, inputs.classNames, inputs.normalizations);
  const data = await resolveDataset(subject, given, targets, taker);
  await checkDataset(subject, data, at.graph.inputShape, at.compiled.aim);
  const classNames = data.classNames ?? inputs.classNames;
  const weights = await lossWeights(subject, data, weighting, at.compiled, classNames);
  return evaluate(graph, compiled, data, batchSize, await begin(data), signal, weights);
}

/**
 * Whether examples were prepared as those that a model is trained on.
 * @throws AnygradError INVALID_ARGUMENT where columns of a table were scaled by other numbers
 */
export function checkSamePreparation(
  subject: string,
  got: Preparation | undefined,
  wanted: Preparation | undefined,
): void {
  const text = ({ columns, target }: Preparation): string => JSON.stringify([columns, target]);
  if (!got?.columns || !wanted?.columns || got === wanted || text(got) === text(wanted)) return;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: its columns were scaled by other numbers than the training data's; read it by readTable(source, { like: net }), or divide one table by testSplit and validationSplit`,
  );
}
