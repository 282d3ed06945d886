/**
 * Tests that take too long to wait for at every change, within a file of others: `npm test` leaves them out, `npm run test:all`
 * runs them. vitest.config.ts has the project `long` run the files that import this one, too.
 */
import { inject, it } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** Whether long tests run, too. */
    readonly long: boolean;
  }
}

/** Whether long tests run, too. */
export const thorough: boolean = inject("long") ?? false;

/** `it` of a test that takes long. */
export const long: ReturnType<typeof it.runIf> = it.runIf(thorough);
