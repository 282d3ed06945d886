/**
 * Tables too long for every `npm test`: it runs a sample of them, by a rule that anyone can see, and `npm run test:all`
 * the other rows too, in the .long.test.ts beside it.
 */
import { type Case, sizeOfInputs } from "./cases/case.ts";

/** The first of each op's rows and every eighth after it. @param most numbers that a row's inputs hold; any by default */
export function sample(cases: readonly Case[], most?: number): readonly Case[] {
  return cases.filter(isSampled(most));
}

/** The rows that are not in the sample. */
export function beyondSample(cases: readonly Case[], most?: number): readonly Case[] {
  const sampled = isSampled(most);
  return cases.filter((each) => !sampled(each));
}

/** Numbers of a row whose slopes `npm test` measures: each is several passes in float64. */
export const mostForSlopes = 10_000;

function isSampled(most = Number.POSITIVE_INFINITY): (each: Case) => boolean {
  const seen = new Map<string, number>();
  return (each) => {
    if (sizeOfInputs(each) > most) return false;
    const row = seen.get(each.op) ?? 0;
    seen.set(each.op, row + 1);
    return row % 8 === 0;
  };
}
