/** How often a checkpoint is written within an epoch: every so many steps, or after so much time. */
import { AnygradError, quote } from "../../src/errors.ts";

/** Steps, or milliseconds. */
export type Interval =
  | { readonly unit: "steps"; readonly count: number }
  | { readonly unit: "milliseconds"; readonly count: number };

/** Where nobody says otherwise, beside the end of every epoch. */
export const usualInterval: Interval = { unit: "milliseconds", count: 60_000 };

const milliseconds: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/**
 * `100` or `"100"`: every so many steps; `"30s"`, `"5m"`, `"2h"`: after so much time.
 * @throws AnygradError INVALID_ARGUMENT
 */
export function intervalOf(subject: string, given: unknown): Interval {
  const [, number = "", unit = ""] = /^(\d+(?:[.]\d+)?)([smh]?)$/.exec(String(given).trim()) ?? [];
  const count = Number(number) * (milliseconds[unit] ?? 1);
  const isTold = typeof given === "number" || typeof given === "string";
  if (isTold && count > 0 && Number.isFinite(count) && (unit !== "" || Number.isSafeInteger(count)))
    return { unit: unit === "" ? "steps" : "milliseconds", count };
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject} is ${quote(given)}; pass a number of steps from 1, or a time such as "30s" or "5m"`,
  );
}
