/** Checks of numbers that users pass, with one wording: what was got, what is wanted. */
import { AnygradError } from "../errors.ts";

/** A finite number, from `least` on where that is given. @throws AnygradError INVALID_ARGUMENT */
export function checkNumber(
  subject: string,
  value: number,
  least: number = Number.NEGATIVE_INFINITY,
): number {
  if (Number.isFinite(value) && value >= least) return value;
  const wanted = least === Number.NEGATIVE_INFINITY ? "a finite number" : `a finite number from ${least}`;
  throw new AnygradError("INVALID_ARGUMENT", `${subject} is ${value}; pass ${wanted}`);
}

/** A finite number above 0. @throws AnygradError INVALID_ARGUMENT */
export function checkPositive(subject: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new AnygradError("INVALID_ARGUMENT", `${subject} is ${value}; pass a number above 0`);
}

/** A whole number from `least` (default 1). @throws AnygradError INVALID_ARGUMENT */
export function checkCount(subject: string, value: number, least: number = 1): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new AnygradError("INVALID_ARGUMENT", `${subject} is ${value}; pass a whole number from ${least}`);
}
