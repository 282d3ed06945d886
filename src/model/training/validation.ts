/**
 * How a run is judged, and what it gives away. After each epoch averaged weights, re-estimated statistics or both are put
 * in, and stay in until the next step: callbacks see them, `save` saves them, and after the last epoch the user has them.
 * The run keeps its own and goes on with them. Both are judged, so that a report can show both curves.
 */
import type { Dataset } from "../../data/dataset.ts";
import type { Parameters } from "../network/parameters.ts";
import type { TrainingContext } from "./context.ts";
import { evaluate } from "./evaluate.ts";
import { recalibrate } from "./recalibration.ts";
import type { RunState } from "./state.ts";

/** "val_" and the scores of what is put in; with "raw_" before it those of the run's own, where they are others. */
export async function validate(
  model: TrainingContext,
  run: RunState,
  { training, validation }: { training: Dataset; validation: Dataset | undefined },
  order: () => Int32Array,
  signal: AbortSignal | undefined,
): Promise<Record<string, number>> {
  const { graph, compiled, normalization } = model;
  const { batchSize, recalibrate: batches } = run.plan;
  const scores = async (prefix: string): Promise<Record<string, number>> => {
    if (!validation) return {};
    const judged = await evaluate(graph, compiled, validation, batchSize, normalization, signal);
    return Object.fromEntries(Object.entries(judged).map(([name, value]) => [prefix + name, value]));
  };
  const own = await scores(run.average || batches > 0 ? "raw_val_" : "val_");
  if (!run.average && batches === 0) return own;
  run.weights = compiled.parameters.read();
  try {
    run.average?.putIn();
    if (batches > 0) await recalibrate(model, training, order(), batchSize, batches, signal);
    return { ...(await scores("val_")), ...own };
  } catch (error) {
    restoreRawWeights(run, compiled.parameters);
    throw error;
  }
}

/** The run's own weights, where others have been put in their place. */
export function restoreRawWeights(run: RunState, parameters: Parameters): void {
  if (run.weights) parameters.write(run.weights);
  run.weights = undefined;
}
