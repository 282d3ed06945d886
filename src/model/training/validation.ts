/**
 * Validation after each epoch. Where the plan has averaged weights, re-estimated statistics or both, they replace the run's
 * own (raw) weights in the model until the next step: callbacks see them, `save` saves them, and after the last epoch the
 * user has them. The run keeps its raw weights and goes on with them. Both are evaluated, so that a report can show both curves.
 * Imported by runs that have any of these.
 */
import type { Dataset } from "../../data/dataset.ts";
import { notFinite } from "../network/finite.ts";
import type { TrainingContext } from "./context.ts";
import { evaluate } from "./evaluate.ts";
import type { RunState } from "./run/state.ts";
import { prefixed } from "./scores.ts";
import type { EvaluationStream } from "./stream/stream.ts";

/**
 * Scores of the weights that the model has after the epoch, as "val_…"; where the raw weights differ, theirs as "raw_val_…".
 *
 * @param place of the epoch's last step, for errors
 * @throws AnygradError NOT_FINITE: the last step is seen here alone, where no other follows it
 */
export async function validate(
  model: TrainingContext,
  run: RunState,
  { training, validation }: { training: Dataset; validation: Dataset | EvaluationStream | undefined },
  order: () => Int32Array,
  place: string,
  signal: AbortSignal | undefined,
): Promise<Record<string, number>> {
  const { graph, compiled, normalization } = model;
  const { batchSize, recalibrate: batches } = run.plan;
  const scores = async (prefix: string): Promise<Record<string, number>> => {
    if (!validation) return {};
    const data = "x" in validation ? validation : validation.batches(run.epoch, signal);
    const evaluated = await evaluate(graph, compiled, data, batchSize, normalization, signal);
    if (!Number.isFinite(evaluated.loss))
      throw notFinite(`the validation loss became ${evaluated.loss}`, place, run.logs!.learningRate);
    return prefixed(prefix, evaluated);
  };
  const own = await scores(run.average || batches > 0 ? "raw_val_" : "val_");
  if (!run.average && batches === 0) return own;
  run.weights = compiled.parameters.read();
  try {
    run.average?.putIn();
    if (batches > 0) {
      const { recalibrate } = await import("./run/recalibration.ts"); // most runs do without: a page need not have it
      await recalibrate(model, training, order(), batchSize, batches, signal);
    }
    return { ...(await scores("val_")), ...own };
  } catch (error) {
    run.restoreRawWeights(compiled.parameters);
    throw error;
  }
}
