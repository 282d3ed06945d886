/**
 * What a learning-rate schedule is: a pure function of the step, and the data it can be made from again.
 *
 * A schedule keeps no state, so a resumed run asks for step 1000 and gets what the uninterrupted run got. In f64;
 * the optimizer rounds to f32 where it meets the weights.
 */
import { checkNumber, type NumberRange } from "../../math/checks.ts";

/** A learning rate that depends on the step. */
export interface Schedule {
  /** The factory in `schedules` that makes it again from `config`. */
  readonly type: string;
  /** The factory's options, as JSON can hold them. */
  readonly config: Record<string, unknown>;
  /** The learning rate after `step` optimizer steps are done (the first step asks for 0). */
  at(step: number): number;
}

/** A learning rate. */
export const rate: NumberRange = { from: 0 };
/** A whole number of steps that something divides by. */
export const steps: NumberRange = { whole: true, from: 1 };
/** A factor or divisor. */
export const positive: NumberRange = { above: 0 };
/** A share of a whole. */
export const share: NumberRange = { from: 0, to: 1 };

/** Refuses an option that is outside its range. `subject` is the schedule's name, for the message. */
export function check(subject: string, options: { readonly [option: string]: [number, NumberRange] }): void {
  for (const [option, [value, range]] of Object.entries(options))
    checkNumber(`${subject}: ${option}`, value, range);
}
