/** The same training in the strict and in the fast precision. */
import { expect } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { datasets } from "../../src/data/datasets.ts";
import type { Precision } from "../../src/kernels/variants.ts";
import type { Layer } from "../../src/layers/index.ts";
import { sequential } from "../../src/model/index.ts";
import { findPreset } from "../../src/presets/index.ts";

export const network = (preset: string): readonly Layer[] => findPreset(preset)!.network();

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

/** The two precisions' weights after so many steps differ, by less than a limit. */
export async function expectWithin(limit: number, steps: number, of: readonly Layer[]): Promise<void> {
  const strict = await weightsAfter("strict", of, steps);
  const fast = await weightsAfter("fast", of, steps);
  const distances = strict.map((weight, i) => Math.abs(weight - fast[i]!));
  const largest = distances.reduce((a, b) => Math.max(a, b));
  expect(largest).toBeLessThan(limit);
  expect(largest, "another rounding must show somewhere").toBeGreaterThan(0);
}
