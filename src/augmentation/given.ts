/** That `fit` was given an augmentation. Apart from what makes one, which pages that do not augment leave out. */
import { AnygradError, quote } from "../errors.ts";
import type { Augmentation } from "./augmentation.ts";

/** @throws AnygradError INVALID_ARGUMENT for what `augmentation` did not make, such as its options */
export function checkIsAugmentation(augment: Augmentation): void {
  if (typeof augment.begin === "function") return;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `fit: augment is ${quote(augment)}; pass augment: augmentation({ shift: 2 }) or the like`,
  );
}
