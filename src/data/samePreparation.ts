/** Whether data were prepared alike. Apart from preparation.ts, since a page without tables needs none of it. */
import { AnygradError } from "../errors.ts";
import type { Preparation } from "./preparation.ts";

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
