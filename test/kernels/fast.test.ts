/** The fast precision: another rounding, the same training. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { runs } from "../builds.ts";
import { expectWithin, network } from "./precisions.ts";

describe.skipIf(!runs("relaxed"))("fast precision (needs relaxed SIMD)", () => {
  it("mlp-128-64 stays within 1e-4 of strict after 20 steps", () =>
    expectWithin(1e-4, 20, network("mlp-128-64")));
});

describe("a precision and a variant that do not fit", () => {
  it("is refused: relaxed is never strict", async () => {
    await expect(createEngine({ variant: "relaxed" })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  });

  it("is chosen: fast falls back where there is no relaxed SIMD, strict never takes it", async () => {
    const engine = await createEngine({ precision: "fast", variant: "scalar", threads: 1 });
    expect(engine.info).toMatchObject({ precision: "strict", variant: "scalar" });
    engine.dispose();
  });
});
