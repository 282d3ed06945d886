/** Whole models against recorded training runs in float64: the same weights, ten steps, the same loss before each, the same bits in both variants. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { type Layer, layerFromConfig } from "../../src/layers/index.ts";
import { losses } from "../../src/losses/index.ts";
import { sequential } from "../../src/model/index.ts";
import { optimizers } from "../../src/optimizers/index.ts";
import { type ModelFixture, readFixture } from "../reference/comparison/fixtures.ts";

/** The layers that a fixture describes: a type and its options each. */
function layersOf(fixture: ModelFixture): Layer[] {
  return fixture.layers.map(({ type, ...config }, i) =>
    layerFromConfig({ type, name: `${type}_${i}`, trainable: true, config }),
  );
}

/** The digests after training, by model, of the variant that ran first. */
const digests = new Map<string, string>();

describe.each(["scalar", "simd"] as const)("%s", async (variant) => {
  const engine = await createEngine({ variant });

  it.each(["model_mlp", "model_cnn", "model_cnn_bn"])("%s", async (name) => {
    const fixture = readFixture<ModelFixture>(name);
    const net = sequential(layersOf(fixture), { inputShape: fixture.inputShape, seed: 1 });
    await net.compile({
      optimizer: optimizers.sgd({ learningRate: fixture.optimizer.learningRate }),
      loss: losses.sparseCategoricalCrossentropy({ fromLogits: true }),
      engine,
    });

    // the fixture lists what is trained; moving statistics stay as they are
    const recorded = fixture.weights.flat();
    const weights = net.getWeights().map((weight) => {
      if (/moving/i.test(weight.name)) return weight;
      const { shape, data } = recorded.shift()!;
      expect(weight.shape).toEqual(shape);
      return { ...weight, data: Float32Array.from(data) };
    });
    expect(recorded).toEqual([]);
    net.setWeights(weights);

    const { x, labels } = fixture;
    const history = await net.fit(
      { x: Float32Array.from(x.data), shape: x.shape, y: Int32Array.from(labels) },
      { epochs: fixture.losses.length, batchSize: labels.length, shuffle: false },
    );
    expect(history.loss.length).toBe(fixture.losses.length);
    fixture.losses.forEach((loss, step) => {
      expect(Math.abs(history.loss[step]! - loss) / loss, `step ${step}`).toBeLessThan(1e-4);
    });

    const digest = await net.digest();
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(digests.get(name) ?? digest).toBe(digest);
    digests.set(name, digest);
  });
});
