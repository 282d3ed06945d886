/**
 * What a learning-rate schedule is: a pure function of the step, and the data it can be made from again.
 *
 * A schedule keeps no state, so a resumed run asks for step 1000 and gets what the uninterrupted run got. In f64;
 * the optimizer rounds to f32 where it meets the weights.
 */
import { AnygradError } from "../../errors.ts";

/** A learning rate that depends on the step. */
export interface Schedule {
  /** The factory in `schedules` that makes it again from `config`. */
  readonly type: string;
  /** The factory's options, as JSON can hold them. */
  readonly config: Record<string, unknown>;
  /** The learning rate after `step` optimizer steps are done (the first step asks for 0). */
  at(step: number): number;
}

/** A bound on a number, and how to say it. */
export interface Bound {
  readonly wanted: string;
  allows(value: number): boolean;
}

/** A learning rate. */
export const rate: Bound = { wanted: "a finite number of at least 0", allows: (value) => value >= 0 };
/** A whole number of steps that something divides by. */
export const steps: Bound = {
  wanted: "a whole number of steps, at least 1",
  allows: (value) => value >= 1 && value % 1 === 0,
};
/** A factor or divisor. */
export const positive: Bound = { wanted: "a finite number above 0", allows: (value) => value > 0 };
/** A share of a whole. */
export const share: Bound = { wanted: "a number from 0 to 1", allows: (value) => value >= 0 && value <= 1 };

/** Refuses an option that is no finite number within its bound. `subject` is the schedule's name, for the message. */
export function check(subject: string, options: { readonly [option: string]: [number, Bound] }): void {
  for (const [option, [value, bound]] of Object.entries(options))
    if (typeof value !== "number" || !Number.isFinite(value) || !bound.allows(value))
      throw new AnygradError("INVALID_ARGUMENT", `${subject}: ${option} is ${value}; pass ${bound.wanted}`);
}

/** Refuses an option that is given but is neither true nor false. */
export function checkFlag(subject: string, option: string, value: boolean): void {
  if (typeof value !== "boolean")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: ${option} is ${String(value)}; pass true or false`,
    );
}
