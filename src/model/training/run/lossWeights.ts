/** Factors on the losses from the weights of classes and examples. Imported by runs that have some, and where batches and evaluations may. */
import type { Dataset } from "../../../data/dataset.ts";
import type { ClassWeight } from "../../../data/given/classWeight.ts";
import type { Compiled } from "../context.ts";
import type { FitOptions } from "../options.ts";

/** Factors on the losses, where any are given: what reads them is loaded then. @throws AnygradError SHAPE_MISMATCH, INVALID_ARGUMENT */
export async function lossWeights(
  subject: string,
  data: Dataset,
  options: Pick<FitOptions, "classWeight" | "sampleWeight">,
  { heads, aim }: Pick<Compiled, "heads" | "aim">,
  classNames: readonly string[] | undefined,
): Promise<Float32Array | undefined> {
  const { classWeight, sampleWeight } = options;
  if (!classWeight && !sampleWeight) return undefined;
  if (heads.length > 1)
    return (await import("../several/weights.ts")).severalWeights(subject, data, options, heads);
  const { exampleWeights } = await import("../../../data/given/exampleWeights.ts");
  return exampleWeights(
    subject,
    data,
    options as { classWeight?: ClassWeight; sampleWeight?: ArrayLike<number> },
    aim.kind,
    aim.shape,
    classNames,
  );
}
