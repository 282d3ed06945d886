/** What an output makes of a test set, as the kind that it is: classes or a number, a class in each place, several numbers, or neither. */
import { numbersOutcome, type OutputNumbers } from "./numbers.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { type PixelOutcome, pixelOutcome } from "./pixels.ts";
import type { TestedOutput } from "./testedOutput.ts";

/** An output, and the one of its outcomes that is defined. */
export interface JudgedOutput {
  readonly output: TestedOutput;
  /** Undefined where neither classes are told apart nor one number is predicted. */
  readonly outcome: Outcome | undefined;
  /** Undefined where no classes are told apart in several places of an example. */
  readonly pixels: PixelOutcome | undefined;
  /** Undefined where no table of numbers is predicted. */
  readonly numbers: readonly OutputNumbers[] | undefined;
}

/** @param target how the targets of a table were scaled @throws AnygradError DATA_FORMAT */
export function judgedOutput(output: TestedOutput, target: Parameters<typeof outcomeOf>[1]): JudgedOutput {
  const outcome = outcomeOf(output, target);
  const pixels = outcome ? undefined : pixelOutcome(output);
  return { output, outcome, pixels, numbers: outcome || pixels ? undefined : numbersOutcome(output) };
}
