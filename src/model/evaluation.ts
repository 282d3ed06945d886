/** Scores of a model over data in any form. Imported when a model is evaluated: a page that only trains downloads none of it. */
import type { Dataset, Normalization } from "../data/dataset.ts";
import type { Preparation } from "../data/preparation.ts";
import { AnygradError } from "../errors.ts";
import type { Graph } from "./network/graph.ts";
import { checkDataset, type GivenData, resolveDataset } from "./training/batches.ts";
import type { Compiled } from "./training/context.ts";
import { evaluate } from "./training/evaluate.ts";
import { type FitOptions, lossWeights } from "./training/options.ts";
import { type BatchSource, isStream } from "./training/stream/source.ts";

/** What evaluation needs of a model. */
interface EvaluatedModel {
  readonly graph: Graph;
  readonly compiled: Compiled;
  readonly classNames: readonly string[] | undefined;
  readonly preparation: Preparation | undefined;
  /** How these inputs become floats. */
  normalizationOf(data: Dataset): Normalization | undefined;
  /** Says once that values look like raw pixels. */
  notePixels(x: Dataset["x"], normalization: Normalization | undefined): Promise<void>;
}

/** @throws AnygradError as `net.evaluate` does */
export async function evaluateModel(
  model: EvaluatedModel,
  given: GivenData | BatchSource,
  targets: unknown,
  options: Pick<FitOptions, "batchSize" | "signal" | "sampleWeight" | "classWeight">,
): Promise<{ loss: number; [metric: string]: number }> {
  const { graph, compiled, preparation } = model;
  const begin = async (seen: Dataset): Promise<Normalization | undefined> => {
    const normalization = model.normalizationOf(seen);
    checkSamePreparation("evaluate", seen.preparation, preparation);
    compiled.target = (preparation ?? seen.preparation)?.target;
    await model.notePixels(seen.x, normalization);
    return normalization;
  };
  if (isStream(given, targets)) {
    const { evaluateStream } = await import("./training/stream/evaluate.ts");
    return evaluateStream(graph, compiled, given, begin, options, model.classNames);
  }
  const { batchSize = 32, signal, ...weighting } = options;
  const { inputShape } = graph;
  const { outputShape } = graph.nodes.at(-1)!;
  const kind = compiled.loss.targets;
  const taker = { inputShape, classNames: model.classNames };
  const data = await resolveDataset("evaluate", given, targets, taker);
  await checkDataset("evaluate", data, inputShape, outputShape, kind);
  const classNames = data.classNames ?? model.classNames;
  const weights = await lossWeights("evaluate", data, weighting, kind, outputShape, classNames);
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
