/** What a user of models does wrong, and networks to do it with. */
import { expect, it } from "vitest";
import { createEngine, type Engine } from "../../../src/autograd/engine.ts";
import type { ErrorCode } from "../../../src/errors.ts";
import type { Model } from "../../../src/model/index.ts";
import { failure } from "../../data/failure.ts";

export type Mistake = readonly [string, () => unknown, ErrorCode, string | RegExp];

export const engine: Engine = await createEngine();
export const sparse = { loss: "sparseCategoricalCrossentropy" } as const;

export async function compiled(net: Model): Promise<Model> {
  await net.compile({ optimizer: "adam", ...sparse, metrics: ["accuracy"], engine });
  return net;
}

/** A value as plain JavaScript passes it: without the types that would refuse it. */
export const untyped = <T>(json: string): T => JSON.parse(json) as T;

/** One test a mistake: its code, and its message or what the message matches. */
export function testMistakes(mistakes: readonly Mistake[]): void {
  it.each(mistakes)("%s", async (_name, act, code, wanted) => {
    const message = await failure(act, code);
    if (typeof wanted === "string") expect(message).toBe(wanted);
    else expect(message).toMatch(wanted);
  });
}
