/** Memory of a network whose results are computed twice: about the square root of its depth. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../../src/autograd/engine.ts";
import type { Dataset } from "../../../../src/data/dataset.ts";
import { layers, type SymbolicTensor } from "../../../../src/layers/index.ts";
import { input, type Model, model, sequential } from "../../../../src/model/index.ts";

const shape = [16, 16, 3];
const convolution = { filters: 8, kernelSize: 3, padding: "same" } as const;

/** n examples of noise. */
function noise(n: number): Dataset {
  const x = Float32Array.from({ length: 768 * n }, (_, i) => ((i * 2654435761) >>> 24) / 255 - 0.5);
  return { x, y: Uint8Array.from({ length: n }, (_, i) => i % 10), shape: [n, ...shape] };
}

function chain(depth: number): Model {
  const convolutions = Array.from({ length: depth }, () =>
    layers.conv2d({ ...convolution, activation: "relu" }),
  );
  const ends = [layers.globalAveragePooling2d(), layers.dense({ units: 10, activation: "softmax" })];
  return sequential([...convolutions, ...ends], { inputShape: shape, seed: 1 });
}

/** Blocks of normalisation, convolution and dropout, each beside its input. */
function residual(depth: number): Model {
  const x = input({ shape });
  let y: SymbolicTensor = layers.conv2d(convolution).apply(x);
  for (let i = 0; i < depth / 2; i++) {
    const active = layers.relu().apply(layers.batchNormalization().apply(y));
    const way = layers.dropout({ rate: 0.2 }).apply(layers.conv2d(convolution).apply(active));
    y = layers.add([y, way]);
  }
  const pooled = layers.globalAveragePooling2d().apply(y);
  return model({
    inputs: x,
    outputs: layers.dense({ units: 10, activation: "softmax" }).apply(pooled),
    seed: 1,
  });
}

/** What a run ended with, what was taken for its activations, and what was said. */
async function run(net: Model, recompute: boolean) {
  const engine = await createEngine({ threads: 1 });
  await net.compile({ optimizer: "sgd", loss: "sparseCategoricalCrossentropy", metrics: "accuracy", engine });
  const { activations, total } = await net.memory({ batchSize: 16, recompute });
  const { seconds: _, ...history } = await net.fit(noise(48), { batchSize: 16, recompute });
  const { peakBytes } = engine.info;
  engine.dispose();
  return { history, activations, ratio: total / peakBytes };
}

describe("fit({ recompute: true })", () => {
  it.each([
    ["a chain", chain, 2.4],
    ["a residual net", residual, 3.2],
  ] as const)(
    "of %s: the same losses, and memory of about the square root of the depth",
    async (_, make, most) => {
      const taken: number[] = [];
      for (const depth of [8, 16, 32, 64]) {
        const kept = await run(make(depth), false);
        const twice = await run(make(depth), true);
        expect(twice.history).toEqual(kept.history);
        expect(twice.activations).toBeLessThan(kept.activations);
        for (const { ratio } of [kept, twice]) {
          expect(ratio).toBeGreaterThan(0.95);
          expect(ratio).toBeLessThan(1.05);
        }
        taken.push(twice.activations);
      }
      // eight times as deep: 2.8 times by the root
      expect(taken[3]! / taken[0]!).toBeLessThan(most);
    },
  );
});
