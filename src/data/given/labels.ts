/** Whether labels are classes. Apart from the readers: files with labels are checked, too. */
import { AnygradError } from "../../errors.ts";

/** Requires class indices from 0 to classes − 1. @throws AnygradError DATA_FORMAT, naming the first that is none */
export function checkLabels(labels: ArrayLike<number>, classes: number | undefined, subject: string): void {
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (Number.isInteger(label) && label >= 0 && (classes === undefined || label < classes)) continue;
    throw new AnygradError(
      "DATA_FORMAT",
      `${subject}: label ${i} is ${label} but ${classes === undefined ? "labels of classes are whole numbers from 0" : `there are ${classes} classes; labels go from 0 to ${classes - 1}`}`,
    );
  }
}
