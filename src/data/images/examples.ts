/** Pictures as `predict` takes them: prepared as those of the training were. */
import { AnygradError } from "../../errors.ts";
import type { Dataset } from "../dataset.ts";
import type { ImagePreparation } from "../preparation.ts";
import { decodePixels } from "./decodePixels.ts";
import { type ImageInput, isImage } from "./image.ts";
import { exampleBytes, exampleShape, preparationFor } from "./preparation.ts";
import { prepareImage } from "./prepare.ts";

/**
 * @param preparation the model's; undefined: it was not trained on pictures, and the shape of its inputs decides
 * @throws AnygradError SHAPE_MISMATCH for a model that takes no pictures; what `pixels` throws
 */
export async function imageExamples(
  given: ImageInput | readonly ImageInput[],
  preparation: ImagePreparation | undefined,
  inputShape: readonly number[],
): Promise<Pick<Dataset, "x" | "shape">> {
  const how = preparation ?? preparationFor(inputShape);
  if (!how)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `predict: got a picture, but an example of this model is [${inputShape}], which is neither [height, width, 1] nor [height, width, 3]; pass numbers`,
    );
  const images = isImage(given) ? [given] : given;
  const size = exampleBytes(how);
  const x = new Uint8Array(images.length * size);
  for (const [i, image] of images.entries()) x.set(prepareImage(await decodePixels(image), how), i * size);
  return { x, shape: [images.length, ...exampleShape(how)] };
}
