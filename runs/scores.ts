/** What a run reached on its test set, and how runs are ranked by it. Apart from the schema: reports are made in pages, too. */
import { AnygradError } from "../src/errors.ts";
import { type Check, number, object, optional, type TypeOf } from "./check.ts";

/** JSON has no infinities and writes null for them. */
const loss: Check<number> = (value, place) => {
  if (value !== null) return number(value, place);
  throw new AnygradError(
    "NOT_FINITE",
    `${place.replace(" damaged,", "")} is NaN or infinite: the run's numbers went out of bounds, so there is nothing to tell of it; train anew with a lower learning rate`,
  );
};

/** Classes have an accuracy; numbers mean absolute and root mean squared error in their unit, and R². */
export const scores = object({
  loss,
  accuracy: optional(number),
  mae: optional(number),
  rmse: optional(number),
  r2: optional(number),
});

export type Scores = TypeOf<typeof scores>;

/** The one score that runs are ranked by, the higher the better: accuracy, or R² where numbers are predicted. */
export function rankingScore({ accuracy, r2 }: Scores): number {
  return accuracy ?? r2 ?? Number.NaN;
}

/** Its name. */
export function rankingName({ accuracy }: Scores): "accuracy" | "R²" {
  return accuracy === undefined ? "R²" : "accuracy";
}
