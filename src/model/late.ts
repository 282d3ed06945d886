/** What data tell of a network that does not know the shape of an example yet. Imported where one is to be built by its data. */
import type { Dataset } from "../data/dataset.ts";
import { readNumbers } from "../data/given/numbers.ts";
import { AnygradError } from "../errors.ts";
import type { Shape } from "../tensor/shape.ts";
import { compileModel } from "./compile.ts";
import type { ModelState } from "./state.ts";
import { isBatchSource } from "./training/stream/source.ts";

/**
 * Builds the network by the shape of these data, and compiles it where that has waited for it.
 * @throws AnygradError NOT_READY where they do not say it; SHAPE_MISMATCH where layers do not fit it
 */
export async function buildLate(state: ModelState, data: unknown, subject: string): Promise<void> {
  if (!state.begin) return;
  state.begin(shapeIn(data, subject));
  const { waiting } = state;
  delete state.waiting;
  if (waiting) await compileModel(state, waiting);
}

/** Shape of an example, as the data have it. @throws AnygradError NOT_READY where they do not say it */
function shapeIn(data: unknown, subject: string): Shape {
  const { x, shape } = Object(data) as Partial<Dataset>;
  const isWhole = Array.isArray(shape);
  const found = isWhole
    ? (shape as Shape)
    : isBatchSource(data) || ArrayBuffer.isView(x ?? data)
      ? undefined
      : readNumbers(x ?? data, `${subject}: x`).shape;
  if (found) return found.length > 1 ? found.slice(1) : [1];
  throw new AnygradError(
    "NOT_READY",
    `${subject}: these data do not say the shape of an example; pass inputShape to sequential, or call await net.build({ inputShape }) first`,
  );
}
