/** Checkpoints, the search for a learning rate, and runs that end where numbers do. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import * as layers from "../../../src/layers/kinds.ts";
import { load } from "../../../src/model/load.ts";
import type { Model } from "../../../src/model/model.ts";
import { sequential } from "../../../src/model/sequential.ts";
import * as callbacks from "../../../src/model/training/callbacks/kinds.ts";
import { optimizers } from "../../../src/optimizers/index.ts";
import { failure } from "../../data/failure.ts";

const engine = await createEngine();
const data = {
  x: Float32Array.from({ length: 120 }, (_, i) => ((i * 2654435761) >>> 24) / 128 - 1),
  y: Float32Array.from({ length: 40 }, (_, i) => ((i * 40503) & 255) / 100 - 1),
  shape: [40, 3],
};

async function network(learningRate = 0.05): Promise<Model> {
  const net = sequential([layers.dense({ units: 1 })], { inputShape: [3], seed: 4 });
  await net.compile({ optimizer: optimizers.sgd({ learningRate }), loss: "meanSquaredError", engine });
  return net;
}

describe("modelCheckpoint", () => {
  it("saves after each epoch what goes on with the same bits", async () => {
    const fit = { epochs: 4, batchSize: 8, seed: 1 };
    const whole = await network();
    await whole.fit(data, fit);
    const net = await network();
    const files: Uint8Array[] = [];
    const epochs: number[] = [];
    await net.fit(data, {
      ...fit,
      callbacks: callbacks.modelCheckpoint(net, {
        save: async (bytes, { epoch, logs }) => {
          await Promise.resolve();
          epochs.push(epoch);
          expect(logs.loss).toBeGreaterThan(0);
          files.push(bytes);
        },
      }),
    });
    expect(epochs).toEqual([0, 1, 2, 3]);
    const again = await load(files[1]!, { engine });
    await again.fit(data, { ...fit, resume: true });
    expect(await again.digest()).toBe(await whole.digest());
  });

  it("saves the best alone where asked", async () => {
    const net = await network();
    const rates = [0.05, 3, 0.05, 0.05];
    const saved: number[] = [];
    const history = await net.fit(data, {
      epochs: 4,
      callbacks: [
        callbacks.learningRateSchedule((epoch) => rates[epoch]!),
        callbacks.modelCheckpoint(net, {
          monitor: "loss",
          saveBestOnly: true,
          save: (_, { epoch }) => saved.push(epoch),
        }),
      ],
    });
    let best = Number.POSITIVE_INFINITY;
    const wanted = history.loss.flatMap((loss, epoch) => {
      if (loss >= best) return [];
      best = loss;
      return [epoch];
    });
    expect(saved).toEqual(wanted);
    expect(saved.length).toBeLessThan(4);
  });

  it("refuses what it cannot use", async () => {
    const net = await network();
    const none = (): unknown => callbacks.modelCheckpoint(net, {} as { save: () => void });
    expect(await failure(none, "INVALID_ARGUMENT")).toMatch(
      /^modelCheckpoint: save is undefined; pass a function/,
    );
    const noNet = (): unknown => callbacks.modelCheckpoint("best.bin" as never, { save: () => {} });
    expect(await failure(noNet, "INVALID_ARGUMENT")).toMatch(/pass the model that is trained$/);
  });
});

describe("learningRateFinder", () => {
  it("grows the rate to where the loss does, and leaves the weights", async () => {
    const net = await network();
    const before = await net.digest();
    const finder = callbacks.learningRateFinder({ from: 1e-4, to: 100, steps: 60 });
    const history = await net.fit(data, { epochs: 30, batchSize: 8, callbacks: finder });
    expect(await net.digest()).toBe(before);
    expect(history.stopped).toMatch(/^learningRateFinder: the loss grows from/);
    const rates = finder.tried.map(({ learningRate }) => learningRate);
    expect(rates[0]).toBeCloseTo(1e-4, 12);
    for (let i = 1; i < rates.length; i++) expect(rates[i]! / rates[i - 1]!).toBeCloseTo(1e6 ** (1 / 59), 6);
    expect(finder.suggestion).toBeGreaterThan(1e-3);
    expect(finder.suggestion).toBeLessThan(rates.at(-1)!);
  });

  it("ends when all rates are tried", async () => {
    const net = await network();
    const finder = callbacks.learningRateFinder({ from: 1e-5, to: 1e-2, steps: 7 });
    const history = await net.fit(data, { epochs: 9, batchSize: 8, callbacks: finder });
    expect(history.stopped).toBe("learningRateFinder: all 7 rates are tried");
    expect(finder.tried).toHaveLength(7);
    expect(finder.tried.at(-1)!.learningRate).toBeCloseTo(1e-2, 10);
  });

  // 5 steps an epoch; the seventh stops the run, and its epoch has no end yet
  it.each([3, 7])("goes on where it was interrupted after %i steps", async (most) => {
    const plan = { epochs: 9, batchSize: 8, seed: 1, ema: 0.9, validationData: data };
    const made = () => callbacks.learningRateFinder({ from: 1e-5, to: 1e-2, steps: 7 });
    const [whole, finder] = [await network(), made()];
    const { seconds: _, ...wanted } = await whole.fit(data, { ...plan, callbacks: finder });
    const net = await network();
    const controller = new AbortController();
    let steps = 0;
    const stop = { onStepEnd: () => void (++steps === most && controller.abort()) };
    const run = { ...plan, callbacks: [made(), stop], signal: controller.signal };
    await failure(() => net.fit(data, run), "ABORTED");
    const again = await load(await net.save({ optimizer: true }), { engine });
    const other = made();
    const { seconds: __, ...history } = await again.fit(data, { ...plan, callbacks: other, resume: true });
    expect(history).toEqual(wanted);
    expect(other.tried).toEqual(finder.tried);
    expect(await again.digest()).toBe(await whole.digest());
  });
});

describe("terminateOnNaN", () => {
  it("ends a run whose numbers go out of bounds, which is an error without it", async () => {
    const net = await network(1e20);
    expect(await failure(() => net.fit(data, { epochs: 9, batchSize: 8 }), "NOT_FINITE")).toMatch(
      /NaN|Infinity/,
    );
    const other = await network(1e20);
    const history = await other.fit(data, { epochs: 9, batchSize: 8, callbacks: callbacks.terminateOnNaN() });
    expect(history.stopped).toMatch(/the loss became (NaN|Infinity)/);
    expect(history.loss.length).toBeLessThan(9);
  });

  it("leaves other errors alone", async () => {
    const net = await network();
    const onStepEnd = (): never => {
      throw new Error("mine");
    };
    const run = net.fit(data, { callbacks: [callbacks.terminateOnNaN(), { onStepEnd }] });
    await expect(run).rejects.toThrow("mine");
  });
});
