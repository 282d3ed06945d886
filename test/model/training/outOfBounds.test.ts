/** Runs whose numbers go out of bounds: they end with an error that says where, and nothing of them is saved. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { checkpointFolder } from "../../../node/index.ts";
import { createEngine } from "../../../src/autograd/engine.ts";
import { layers } from "../../../src/layers/index.ts";
import { type CompileOptions, load, type Model, sequential } from "../../../src/model/index.ts";
import { optimizers } from "../../../src/optimizers/index.ts";
import { failure } from "../../data/failure.ts";
import { blobs, perceptron } from "../examples.ts";

const engine = await createEngine();
const data = blobs({ n: 40 });
const { sgd } = optimizers;

async function compiled(net: Model = perceptron(), options: Partial<CompileOptions> = {}): Promise<Model> {
  await net.compile({
    optimizer: sgd({ learningRate: 0.1 }),
    loss: "sparseCategoricalCrossentropy",
    engine,
    ...options,
  });
  return net;
}

/** A schedule of one's own: from this step on, far too high. */
const jumpsAt = (step: number) => ({
  onStepEnd: ({ globalStep }: { globalStep: number }, run: { learningRate: number }) => {
    run.learningRate = globalStep + 1 >= step ? 1e39 : 0.1;
  },
});

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});
async function folder(): Promise<string> {
  folders.push(await mkdtemp(join(tmpdir(), "anygrad-bounds-")));
  return folders.at(-1)!;
}

describe("the last update", () => {
  it("of a run that makes weights infinite is an error that names the step", async () => {
    const net = await compiled(perceptron(), { optimizer: sgd({ learningRate: 1e39 }) });
    expect(await failure(() => net.fit(data, { batchSize: 40 }), "NOT_FINITE")).toMatch(
      /^fit: the weights dense(_\d)?\/\w+ became NaN or infinite at step 1 of epoch 1 with learning rate 1e\+39; try a lower learning rate/,
    );
  });

  it("that leaves finite weights and an infinite loss is one too, with or without validation", async () => {
    const linear = (): Model => sequential([layers.dense({ units: 1 })], { inputShape: [6], seed: 1 });
    const regression = { ...data, y: Float32Array.from(data.y) };
    for (const more of [{}, { validationData: regression }]) {
      const net = await compiled(linear(), {
        loss: "meanSquaredError",
        optimizer: sgd({ learningRate: 1e30 }),
      });
      expect(await failure(() => net.fit(regression, { batchSize: 40, ...more }), "NOT_FINITE")).toContain(
        "the loss became Infinity after the update at step 1 of epoch 1 with learning rate 1e+30",
      );
      expect(net.getWeights().every((weight) => weight.data.every(Number.isFinite))).toBe(true);
    }
  });

  it("before a callback stops the run is looked at too", async () => {
    const net = await compiled();
    const stops = {
      onStepEnd: ({ step }: { step: number }, run: { stop(): void }) => void (step === 2 && run.stop()),
    };
    const message = await failure(
      () => net.fit(data, { batchSize: 10, callbacks: [jumpsAt(2), stops] }),
      "NOT_FINITE",
    );
    expect(message).toContain("at step 3 of epoch 1");
  });

  it("of an epoch is looked at before callbacks see the epoch's end", async () => {
    const net = await compiled();
    const epochs: number[] = [];
    const sees = { onEpochEnd: (epoch: number) => void epochs.push(epoch) };
    // four steps an epoch; the eighth goes wrong
    await failure(
      () => net.fit(data, { batchSize: 10, epochs: 5, callbacks: [jumpsAt(7), sees] }),
      "NOT_FINITE",
    );
    expect(epochs).toEqual([0]);
  });
});

it("an infinite validation loss ends the run: no later step would show it", async () => {
  const far = { ...blobs({ n: 4 }), x: new Float32Array(24).fill(3e38) };
  const net = await compiled(sequential([layers.dense({ units: 3 })], { inputShape: [6], seed: 1 }), {
    loss: "meanSquaredError",
  });
  const dense = (n: number): Float32Array => new Float32Array(3 * n);
  expect(
    await failure(
      () => net.fit({ ...data, y: dense(40) }, { batchSize: 40, validationData: { ...far, y: dense(4) } }),
      "NOT_FINITE",
    ),
  ).toMatch(/^fit: the validation loss became (Infinity|NaN) at step 1 of epoch 1 with learning rate 0.1;/);
});

describe("what is saved", () => {
  it("is never of weights out of bounds, whoever made them so", async () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const net = await compiled();
      const weights = net.getWeights();
      weights[2]!.data[5] = value;
      net.setWeights(weights);
      for (const options of [{}, { optimizer: true }])
        expect(await failure(() => net.save(options), "NOT_FINITE")).toMatch(
          /^save: the weights dense(_\d)?\/kernel are NaN or infinite, .* load an earlier file, or train anew/,
        );
    }
  });

  it("stays as it was, and the error names it", async () => {
    const path = await folder();
    const net = await compiled();
    const keeps = checkpointFolder(net, path);
    const options = { batchSize: 10, epochs: 9, callbacks: [jumpsAt(7), keeps] };
    expect(await failure(() => net.fit(data, options), "NOT_FINITE")).toMatch(
      new RegExp(
        `at step 4 of epoch 2 .*; the last good state is ${join(path, "epoch-0001.safetensors")}, after epoch 1$`,
      ),
    );
    expect(await readdir(path)).toEqual(["epoch-0001.safetensors"]);
    const kept = await load(new Uint8Array(await readFile(join(path, "epoch-0001.safetensors"))), { engine });
    expect((await kept.evaluate(data)).loss).toBeLessThan(2);
    expect(kept.position).toMatchObject({ epoch: 1, step: 0 });
  });
});

it("weights of a sound run are saved and told nothing of, however large a number is", async () => {
  const net = await compiled();
  const weights = net.getWeights();
  weights[0]!.data[0] = 3e20;
  net.setWeights(weights);
  expect((await net.save()).length).toBeGreaterThan(100);
});
