/** Whether what was passed as a data set is one: said in a line, before anything is read from it. */
import { AnygradError, quote } from "../../errors.ts";
import type { Dataset } from "../dataset.ts";

/** @throws AnygradError INVALID_ARGUMENT */
export function checkDataset(subject: string, set: Dataset): void {
  const { x, y, shape } = Object(set) as Partial<Dataset>;
  if (ArrayBuffer.isView(x) && ArrayBuffer.isView(y) && Array.isArray(shape)) return;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: got ${quote(set)}; pass a data set, such as dataset({ x, y }) or the train of datasets.digits() is`,
  );
}
