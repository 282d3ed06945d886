/** The fast precision: another rounding, the same training. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { datasets } from "../../src/datasets.ts";
import type { Precision } from "../../src/engine/variant.ts";
import { sequential } from "../../src/model/index.ts";
import { findPreset } from "../../src/presets/index.ts";
import { runs } from "../builds.ts";

async function weightsAfter(precision: Precision, preset: string, steps: number): Promise<Float32Array> {
  const { train } = await datasets.digits({ train: 64 * steps, test: 1, seed: 1 });
  const engine = await createEngine({ precision, threads: 1 });
  expect(engine.info).toMatchObject({ precision, variant: precision === "fast" ? "relaxed" : "simd" });
  const net = sequential(findPreset(preset)!.network(), { inputShape: [28, 28, 1], seed: 1 });
  await net.compile({ optimizer: "sgd", loss: "sparseCategoricalCrossentropy", engine });
  await net.fit(train, { epochs: 1, batchSize: 64, seed: 1 });
  const all = net.getWeights().flatMap(({ data }) => [...data]);
  engine.dispose();
  return Float32Array.from(all);
}

describe.skipIf(!runs("relaxed"))("fast precision (needs relaxed SIMD)", () => {
  it.each(["mlp-128-64", "cnn-32-32"])("%s stays within 1e-4 of strict after 20 steps", async (preset) => {
    const strict = await weightsAfter("strict", preset, 20);
    const fast = await weightsAfter("fast", preset, 20);
    const distances = strict.map((weight, i) => Math.abs(weight - fast[i]!));
    const largest = distances.reduce((a, b) => Math.max(a, b));
    expect(largest).toBeLessThan(1e-4);
    expect(largest, "another rounding must show somewhere").toBeGreaterThan(0);
  });
});

describe("a precision and a variant that do not fit", () => {
  it("is refused: relaxed is never strict", async () => {
    await expect(createEngine({ variant: "relaxed" })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  });

  it("is chosen: fast falls back where there is no relaxed SIMD, strict never takes it", async () => {
    const engine = await createEngine({ precision: "fast", variant: "scalar", threads: 1 });
    expect(engine.info).toMatchObject({ precision: "fast", variant: "scalar" });
    engine.dispose();
  });
});
