/** Wasm memory of models that only predict: weights and what a batch needs, nothing of gradients or an optimizer. */
import { describe, expect, it } from "vitest";
import type { Engine } from "../../../src/autograd/engine.ts";
import { createEngine } from "../../../src/engine/createEngine.ts";
import { loadKeras, saveKeras } from "../../../src/io/keras/index.ts";
import { loadOnnx, saveOnnx } from "../../../src/io/onnx/index.ts";
import { loadTfjs, saveTfjs } from "../../../src/io/tfjs/index.ts";
import { layers } from "../../../src/layers/index.ts";
import { forInference, load, type Model, sequential } from "../../../src/model/index.ts";

/** Most of it weights: 524 800 of them, 2 MB. */
function wide(): Model {
  return sequential(
    [
      layers.dense({ units: 512, activation: "relu" }),
      layers.batchNormalization(),
      layers.dense({ units: 10 }),
    ],
    { inputShape: [1024], seed: 1 },
  );
}

const x = new Float32Array(8 * 1024).fill(0.5);
/** What a batch of eight needs: input and outputs, packed blocks of the products, and the least piece of memory that a step takes. */
const batch = 4 * 8 * (1024 + 2 * 512 + 10) + (1 << 20) + (1 << 18);
/** The largest weight is drawn in memory that steps use afterwards. */
const drawing = 4 * 1024 * 512 + (1 << 18);

/** How much more memory the engine has had in use, at the most, while the model was made and has predicted. */
async function peak(make: (engine: Engine) => Promise<Model>): Promise<{ bytes: number; weights: number }> {
  const engine = await createEngine({ threads: 1 });
  const empty = engine.info.peakBytes;
  const net = await make(engine);
  const weights = 4 * net.parameters.total;
  await net.predict({ x, shape: [8, 1024] });
  const bytes = engine.info.peakBytes - empty;
  engine.dispose();
  return { bytes, weights };
}

const trained = wide();
await trained.compile({
  optimizer: "adam",
  loss: "meanSquaredError",
  engine: await createEngine({ threads: 1 }),
});
const files = {
  load: await trained.save(),
  loadOnnx: saveOnnx(trained),
  loadKeras: saveKeras(trained),
  loadTfjs: saveTfjs(trained),
};

describe("weights and a batch, nothing else, has in memory", () => {
  it.each([
    [
      "a new model",
      async (engine) => {
        const net = wide();
        await net.build({ engine });
        return net;
      },
    ],
    [
      "a compiled one, with adam",
      async (engine) => {
        const net = wide();
        await net.compile({ optimizer: "adam", loss: "meanSquaredError", engine });
        return net;
      },
    ],
    ["one of load", (engine) => load(files.load, { engine })],
    ["one of loadOnnx", (engine) => loadOnnx(files.loadOnnx, { engine })],
    ["one of loadKeras", (engine) => loadKeras(files.loadKeras, { engine })],
    ["one of loadTfjs", (engine) => loadTfjs(files.loadTfjs, { engine })],
    [
      "a file of one for inference",
      async (engine) => load(await (await forInference(trained)).save(), { engine }),
    ],
  ] as readonly (readonly [string, (engine: Engine) => Promise<Model>])[])("%s", async (name, make) => {
    const { bytes, weights } = await peak(make);
    expect(bytes).toBeGreaterThan(weights);
    const drawn = !/load |inference/.test(`${name} `);
    expect(bytes).toBeLessThan(weights + (drawn ? drawing : batch));
    expect(batch).toBeLessThan(weights); // gradients would take as much as the weights
  });

  it("a model that is trained has more, from its first step on", async () => {
    const { bytes, weights } = await peak(async (engine) => {
      const net = await load(files.load, { engine });
      await net.fit({ x, y: new Float32Array(80), shape: [8, 1024] }, { epochs: 1 });
      return net;
    });
    expect(bytes).toBeGreaterThan(4 * weights);
  });

  it("one for inference of a trained model: its own weights more, and those alone when the other is disposed of", async () => {
    const engine = await createEngine({ threads: 1 });
    const net = await load(files.load, { engine });
    const used = (): number => engine.allocator.backend.heap.usedBytes;
    const before = used();
    const made = await forInference(net);
    const own = used() - before;
    expect(own).toBeGreaterThan(4 * made.parameters.total - 64);
    expect(own).toBeLessThan(4 * made.parameters.total + (1 << 18));
    net.dispose();
    expect(used()).toBeLessThan(before + (1 << 18));
  });
});
