/** Scores over a stream of batches. */
import type { Dataset, Normalization } from "../../../data/dataset.ts";
import { AnygradError } from "../../../errors.ts";
import type { Graph } from "../../network/graph.ts";
import type { Compiled } from "../context.ts";
import { evaluate } from "../evaluate.ts";
import type { FitOptions } from "../options.ts";
import type { BatchSource, WeighedBatch } from "./source.ts";
import { EvaluationStream } from "./stream.ts";

/**
 * The mean loss per example and the metrics over all batches, each as it comes.
 * @param begin is shown the first batch, and says how the inputs become floats
 */
export async function evaluateStream(
  graph: Graph,
  compiled: Compiled,
  source: BatchSource,
  begin: (batch: Dataset) => Promise<Normalization | undefined>,
  {
    batchSize,
    signal,
    sampleWeight,
    classWeight,
  }: Pick<FitOptions, "batchSize" | "signal" | "sampleWeight" | "classWeight">,
  classNames: readonly string[] | undefined,
): Promise<{ loss: number; [metric: string]: number }> {
  for (const [name, given, advice] of [
    ["batchSize", batchSize, "batches have the size that they come with"],
    ["sampleWeight", sampleWeight, "pass it in each batch, { x, y, sampleWeight }"],
  ] as const)
    if (given !== undefined)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `evaluate: ${name} cannot be had with a stream of batches: ${advice}`,
      );
  const weighs = { ...(classWeight && { classWeight }) };
  const taker = { graph, compiled, classNames };
  const batches = new EvaluationStream("evaluate", source, taker, { weighs }).batches(0, signal);
  try {
    const first = await batches.next();
    const normalization = first.done ? undefined : await begin(first.value.batch);
    const all = async function* (): AsyncGenerator<WeighedBatch, void, undefined> {
      if (first.value) yield first.value;
      yield* batches;
    };
    return await evaluate(graph, compiled, all(), 32, normalization, signal);
  } finally {
    await batches.return();
  }
}
