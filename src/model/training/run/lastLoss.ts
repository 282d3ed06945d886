/** The loss after the last update of an epoch. Imported where the weights are so large that it may be infinite. */
import type { Dataset } from "../../../data/dataset.ts";
import { notFinite } from "../../network/finite.ts";
import type { TrainingContext } from "../context.ts";
import { evaluate } from "../evaluate.ts";
import type { WeighedBatch } from "../stream/source.ts";
import { part } from "./split.ts";

/**
 * Evaluates the last batch of an epoch once more: the next step would find an infinite loss, but the last step of a run has no next.
 *
 * @param last the batch of a stream, or the data set whose last `size` examples are judged
 * @throws AnygradError NOT_FINITE
 */
export async function checkLastLoss(
  { graph, compiled, normalization }: TrainingContext,
  last: WeighedBatch | Dataset,
  size: number,
  place: string,
  learningRate: number,
): Promise<void> {
  const judged = "x" in last ? part(last, last.shape[0]! - size, last.shape[0]!) : [last];
  const { loss } = await evaluate(graph, compiled, judged, size, normalization);
  if (!Number.isFinite(loss))
    throw notFinite(`the loss became ${loss} after the update`, place, learningRate);
}
