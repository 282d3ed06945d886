/** The changes to the training images that a run was asked for. Imported where there are some. */
import type { Augmentation, Augmenter } from "../../../augmentation/augmentation.ts";
import { checkIsAugmentation } from "../../../augmentation/given.ts";
import { augmentationOfInputs } from "../../../augmentation/several.ts";
import type { Dataset } from "../../../data/dataset.ts";
import type { AtLengths } from "../../lengths/data.ts";
import type { TrainingContext } from "../context.ts";
import type { FitOptions } from "../options.ts";

/**
 * What draws the changes, and, for a run that is resumed, which they are.
 * @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH
 */
export function beginAugmentation(
  given: NonNullable<FitOptions["augment"]>,
  { compiled, normalization = { scale: 1, shift: 0 } }: TrainingContext,
  { graph }: AtLengths,
  { x }: Dataset,
  seed: number,
): { augmenter: Augmenter; kinds: string } {
  const several = graph.forms.inputs !== "one";
  const augment = several ? augmentationOfInputs(given, graph.inputs) : (given as Augmentation);
  checkIsAugmentation(augment);
  const pixels = x instanceof Uint8Array ? normalization : undefined;
  const augmenter = augment.begin({ shape: graph.inputShape, pixels }, compiled.engine, seed);
  return { augmenter, kinds: JSON.stringify(augment.options) };
}
