/** Numbers that go out of bounds, and memory that is too small: what the error says is enough to go on with. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import type { Dataset } from "../../../src/data/dataset.ts";
import { optimizers } from "../../../src/optimizers/index.ts";
import { failure } from "../../data/failure.ts";
import { blobs, convolution, perceptron, preset, quarters } from "../examples.ts";
import { compiled, engine, sparse } from "./mistakes.ts";

describe("a loss that is no longer a number", () => {
  it("names the step, the epoch, the rate and what to try", async () => {
    const net = perceptron();
    await net.compile({ ...sparse, optimizer: optimizers.sgd({ learningRate: 1e30 }), engine });
    const message = await failure(() => net.fit(blobs(), { batchSize: 48, epochs: 5 }), "NOT_FINITE");
    expect(message).toMatch(
      /^fit: the loss became (NaN|Infinity) at step [12] of epoch [12] with learning rate 1e\+30; try a lower learning rate, gradient clipping/,
    );
  });

  it("leaves every weight as the last good step left it, moving statistics too", async () => {
    const net = await compiled(convolution());
    await net.fit(quarters(), { batchSize: 24 });
    const weights = net.getWeights();
    weights[0]!.data.fill(10);
    net.setWeights(weights);
    const before = await net.digest();
    const pixels = new Float32Array(64 * 64);
    pixels[100] = 3e38; // infinite behind the convolution
    const spoiled: Dataset = { ...quarters(), x: pixels };
    const message = await failure(() => net.fit(spoiled, { batchSize: 64 }), "NOT_FINITE");
    expect(message).toMatch(/^fit: the loss became NaN at step 1 of epoch 1/);
    expect(await net.digest()).toBe(before);
  });

  it("does not wait for the NaN to reach the loss of the next step: infinite weights", async () => {
    const net = await compiled(perceptron());
    const weights = net.getWeights();
    weights[1]!.data.fill(Infinity);
    net.setWeights(weights);
    await failure(() => net.fit(blobs()), "NOT_FINITE");
  });
});

describe("a memory limit that is too small", () => {
  it("for the weights: says how much is needed, before and in all", async () => {
    const small = await createEngine({ memoryLimit: 2 ** 20 });
    const message = await failure(
      () => preset("mlp-512-256").compile({ ...sparse, engine: small }),
      "MEMORY_LIMIT",
    );
    expect(message).toMatch(
      /^memory: \d+\.\d MiB of wasm memory are needed but the limit is 1\.0 MiB; raise memoryLimit, or use a smaller batchSize or model \(this model needs about \d+\.\d MiB to train at batch size 32\)$/,
    );
    const needed = Number(/about (\d+\.\d)/.exec(message)![1]);
    expect(needed).toBeGreaterThan(8);
    expect(needed).toBeLessThan(12);
  });

  it("for a step: the need named is enough", async () => {
    const data: Dataset = { x: new Uint8Array(784 * 64), y: new Uint8Array(64), shape: [64, 28, 28, 1] };
    const run = async (memoryLimit: number): Promise<void> => {
      const net = preset("cnn-32-32");
      await net.compile({ ...sparse, optimizer: "adam", engine: await createEngine({ memoryLimit }) });
      await net.fit(data, { batchSize: 64 });
    };
    const message = await failure(() => run(10 * 2 ** 20), "MEMORY_LIMIT");
    const needed = Number(/about (\d+\.\d) MiB to train at batch size 64/.exec(message)![1]);
    await run(needed * 2 ** 20 * 1.1);
  });

  it("for the kernels alone", async () => {
    const message = await failure(() => createEngine({ memoryLimit: 1000 }), "MEMORY_LIMIT");
    expect(message).toBe(
      "createEngine: memoryLimit is 1000 bytes but the kernels alone need 64 KiB; raise it",
    );
  });
});
