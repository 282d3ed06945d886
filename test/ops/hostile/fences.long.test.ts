/**
 * Whatever number stands where an op takes one, the op computes within its tensors or refuses by a typed error of one line, and
 * the engine goes on. In every build, forwards and backwards, between fences.
 */
import { describe, expect, it } from "vitest";
import { AnygradError } from "../../../src/errors.ts";
import * as ops from "../../../src/ops/index.ts";
import { fencedEngine } from "../../fences.ts";
import { callsIn, hostileNumbers } from "./calls.ts";

const limit = 2 ** 24; // bytes: what takes much time takes more

describe.each(["scalar", "simd", "relaxed"] as const)("%s", async (build) => {
  const engine = await fencedEngine(build, limit);
  const calls = callsIn(engine);
  const weight = engine.variable([1]);

  /** Runs an op and what looks at the fences. */
  const attempt = (name: string, value: number, run: () => void): void => {
    try {
      engine.step(run);
    } catch (error) {
      if (!(error instanceof AnygradError)) throw new Error(`${name} = ${value}: ${error}`, { cause: error });
      expect(error.message.length, `${name} = ${value}`).toBeLessThanOrEqual(500);
      expect(error.message).not.toContain("\n");
    }
    engine.fences.inspect();
  };

  it.each(Object.keys(calls))("%s", (name) => {
    const call = calls[name]!;
    for (const value of hostileNumbers) {
      attempt(name, value, () => void call(value).toArray());
      attempt(name, value, () => {
        engine.valueAndGrad(() => ops.sum(ops.multiply(weight, ops.cast(call(value), "float32"))), [weight]);
      });
    }
    expect(ops.add(engine.tensor([1]), engine.tensor([2])).item()).toBe(3);
  });
});
