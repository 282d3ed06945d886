/** The fast precision: another rounding, the same training. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { datasets } from "../../src/data/datasets.ts";
import type { Precision } from "../../src/kernels/variants.ts";
import { type Layer, layers } from "../../src/layers/index.ts";
import { sequential } from "../../src/model/index.ts";
import { findPreset } from "../../src/presets/index.ts";
import { runs } from "../builds.ts";

const network = (preset: string): readonly Layer[] => findPreset(preset)!.network();
/** A network with averages for maxima. */
const averaged = (preset: string): readonly Layer[] =>
  network(preset).map((layer) => (layer.type === "maxPooling2d" ? layers.averagePooling2d() : layer));

async function weightsAfter(
  precision: Precision,
  network: readonly Layer[],
  steps: number,
): Promise<Float32Array> {
  const { train } = await datasets.digits({ train: 64 * steps, test: 1, seed: 1 });
  const engine = await createEngine({ precision, threads: 1 });
  expect(engine.info).toMatchObject({ precision, variant: precision === "fast" ? "relaxed" : "simd" });
  const net = sequential(network, { inputShape: [28, 28, 1], seed: 1 });
  await net.compile({ optimizer: "sgd", loss: "sparseCategoricalCrossentropy", engine });
  await net.fit(train, { epochs: 1, batchSize: 64, seed: 1 });
  const all = net.getWeights().flatMap(({ data }) => [...data]);
  engine.dispose();
  return Float32Array.from(all);
}

describe.skipIf(!runs("relaxed"))("fast precision (needs relaxed SIMD)", () => {
  async function expectWithin(limit: number, steps: number, of: readonly Layer[]): Promise<void> {
    const strict = await weightsAfter("strict", of, steps);
    const fast = await weightsAfter("fast", of, steps);
    const distances = strict.map((weight, i) => Math.abs(weight - fast[i]!));
    const largest = distances.reduce((a, b) => Math.max(a, b));
    expect(largest).toBeLessThan(limit);
    expect(largest, "another rounding must show somewhere").toBeGreaterThan(0);
  }

  it.each(["mlp-128-64", "cnn-32-32"])("%s stays within 1e-4 of strict after 20 steps", (preset) =>
    expectWithin(1e-4, 20, network(preset)),
  );

  // where sigmoid and batch normalisation make neighbours nearly equal, max pooling picks another one after a rounding,
  // and the gradient goes there: 6e-8 after one step, 7e-5 after two, 3e-3 after twenty. With averages it is 1e-6
  it("cnn-bn-sigmoid within 1e-6 after one step, and within 1e-4 after 20 where nothing chooses", async () => {
    await expectWithin(1e-6, 1, network("cnn-bn-sigmoid"));
    await expectWithin(1e-4, 20, averaged("cnn-bn-sigmoid"));
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
