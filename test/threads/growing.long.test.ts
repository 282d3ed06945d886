/**
 * Memory that grows while workers start. In V8 a worker may miss that shared memory has grown when it makes its instance at
 * that moment: loads and stores work, memory.fill traps and the thread dies. One of forty engines did so before a job told
 * the size of the memory (Node 20, 8 threads on 2 busy cores).
 */
import { expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { datasets } from "../../src/data/datasets.ts";
import { sequential } from "../../src/model/index.ts";
import { findPreset } from "../../src/presets/index.ts";

it("a hundred engines of eight threads take their first steps", async () => {
  const { train } = await datasets.digits({ train: 128, test: 1, seed: 1 });
  const digests = new Set<string>();
  for (let i = 0; i < 100; i++) {
    const engine = await createEngine({ threads: 8 });
    const net = sequential(findPreset("cnn-32-32")!.network(), { inputShape: [28, 28, 1], seed: 1 });
    await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", engine });
    await net.fit(train, { epochs: 1, batchSize: 64, seed: 1 });
    digests.add(await net.digest());
    engine.dispose();
  }
  expect(digests.size).toBe(1);
}, 300_000);
