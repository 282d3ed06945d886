/**
 * Tables too long for every `npm test`: it runs a sample of them, by a rule that anyone can see, and `npm run test:all`
 * the other rows too, in the .long.test.ts beside it.
 */
import type { Case } from "./cases/case.ts";

/** The first of each op's rows and every fourth after it. */
export function sample(cases: readonly Case[]): readonly Case[] {
  return cases.filter(isSampled());
}

/** The rows that are not in the sample. */
export function beyondSample(cases: readonly Case[]): readonly Case[] {
  const sampled = isSampled();
  return cases.filter((each) => !sampled(each));
}

function isSampled(): (each: Case) => boolean {
  const seen = new Map<string, number>();
  return ({ op }) => {
    const row = seen.get(op) ?? 0;
    seen.set(op, row + 1);
    return row % 4 === 0;
  };
}
