/** Checks of numbers that users pass, with one wording: what was got, what is wanted. */
import { AnygradError, quote } from "../errors.ts";

/** The numbers that an option takes; NaN and infinities are never among them, unless the range says so. */
export interface NumberRange {
  /** Whole numbers only, up to 2^53 - 1. Default false. */
  readonly whole?: boolean;
  /** The least number. */
  readonly from?: number;
  /** A bound below, itself not allowed. */
  readonly above?: number;
  /** The largest number. */
  readonly to?: number;
  /** A bound above, itself not allowed. */
  readonly below?: number;
  /** Whether Infinity is allowed, too: no limit. Default false. */
  readonly orInfinity?: boolean;
}

/** From 0 to below 1, such as the rate of dropout. */
export const properShare: NumberRange = { from: 0, below: 1 };

/**
 * Requires a finite number within the range, and returns it.
 * @param subject what the error begins with, such as "dropout: rate"
 * @param advice what the error ends with. Default: nothing
 * @throws AnygradError INVALID_ARGUMENT
 */
export function checkNumber(subject: string, value: number, range: NumberRange = {}, advice = ""): number {
  if (isWithin(value, range)) return value;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject} is ${quote(value)}; pass ${rangeText(range)}${advice}`,
  );
}

/** Requires a finite number above 0, and returns it. @throws AnygradError INVALID_ARGUMENT */
export function checkPositive(subject: string, value: number): number {
  return checkNumber(subject, value, { above: 0 });
}

/** Requires a whole number from `from` on (default 1), and returns it. @throws AnygradError INVALID_ARGUMENT */
export function checkCount(subject: string, value: number, from: number = 1): number {
  return checkNumber(subject, value, { whole: true, from });
}

/** Whether a value is a number within the range. */
export function isWithin(
  value: unknown,
  { whole, from, above, to, below, orInfinity }: NumberRange,
): value is number {
  if (typeof value !== "number") return false;
  if (orInfinity && value === Number.POSITIVE_INFINITY) return true;
  return (
    (whole ? Number.isSafeInteger(value) : Number.isFinite(value)) &&
    !(from !== undefined && value < from) &&
    !(above !== undefined && value <= above) &&
    !(to !== undefined && value > to) &&
    !(below !== undefined && value >= below)
  );
}

/** The range in words: "a whole number from 1", "a number above 0 and below 1". */
export function rangeText({ whole, from, above, to, below }: NumberRange): string {
  const upper = to !== undefined ? `up to ${to}` : below !== undefined ? `below ${below}` : "";
  const noun = whole ? "a whole number" : "a number";
  if (from !== undefined) {
    const end = to !== undefined ? ` to ${to}` : below !== undefined ? ` to below ${below}` : "";
    return `${noun} from ${from}${end}`;
  }
  if (above !== undefined) return `${noun} above ${above}${upper && ` and ${upper}`}`;
  if (upper) return `${noun} ${upper}`;
  return whole ? noun : "a finite number";
}
