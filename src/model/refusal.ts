/** Why a model cannot be trained so. Imported when it cannot: a page that trains downloads none of it. */
import { AnygradError } from "../errors.ts";

/** @param stepsPerEpoch that was given without a stream; undefined: no layer is trainable */
export function refusalOfFit(stepsPerEpoch: number | undefined): AnygradError {
  return new AnygradError(
    "INVALID_ARGUMENT",
    stepsPerEpoch === undefined
      ? "fit: all layers are frozen; set trainable: true on one and compile again"
      : `fit: stepsPerEpoch is ${stepsPerEpoch} but the data are no stream of batches; leave it out, or pass take(data, n) for shorter epochs`,
  );
}
