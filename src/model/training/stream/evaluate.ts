/** Scores over a stream of batches. */
import type { Dataset, Normalization } from "../../../data/dataset.ts";
import { AnygradError } from "../../../errors.ts";
import type { Graph } from "../../network/graph.ts";
import type { Compiled } from "../context.ts";
import { evaluate } from "../evaluate.ts";
import type { BatchSource } from "./source.ts";
import { EvaluationStream } from "./stream.ts";

/**
 * The mean loss per example and the metrics over all batches, each as it comes.
 * @param begin is shown the first batch, and says how the inputs become floats
 */
export async function evaluateStream(
  graph: Graph,
  compiled: Compiled,
  source: BatchSource,
  begin: (batch: Dataset) => Normalization | undefined,
  {
    batchSize,
    signal,
    ...weighting
  }: {
    batchSize?: number | undefined;
    signal?: AbortSignal | undefined;
    classWeight?: unknown;
    sampleWeight?: unknown;
  },
): Promise<{ loss: number; [metric: string]: number }> {
  if (batchSize !== undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      "evaluate: batchSize cannot be had with a stream of batches: batches have the size that they come with",
    );
  if (weighting.classWeight !== undefined || weighting.sampleWeight !== undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      "evaluate: classWeight and sampleWeight cannot be had with a stream of batches; leave them out, or pass a data set",
    );
  const output = graph.nodes.at(-1)!.outputShape;
  const shapes = { input: graph.inputShape, output, targets: compiled.loss.targets };
  const batches = new EvaluationStream("evaluate", source, shapes).batches(0, signal);
  const first = await batches.next();
  const normalization = first.done ? undefined : begin(first.value);
  const all = async function* (): AsyncGenerator<Dataset, void, undefined> {
    try {
      if (first.value) yield first.value;
      yield* batches;
    } finally {
      await batches.return();
    }
  };
  return evaluate(graph, compiled, all(), 32, normalization, signal);
}
