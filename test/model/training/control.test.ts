/** Steering a run: callbacks, abort, frozen layers, compiling again. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { type Dataset, oneHot } from "../../../src/data/dataset.ts";
import { layers } from "../../../src/layers/index.ts";
import {
  type Callback,
  type CompileOptions,
  callbacks,
  type FitOptions,
  type Model,
  sequential,
} from "../../../src/model/index.ts";
import { optimizers } from "../../../src/optimizers/index.ts";
import { failure } from "../../data/failure.ts";
import { blobs, convolution, mean, perceptron, quarters, stepsOf } from "../examples.ts";

const engine = await createEngine();
const sparse = { loss: "sparseCategoricalCrossentropy" } as const;

async function compiled(net: Model, options: Partial<CompileOptions> = {}): Promise<Model> {
  await net.compile({ optimizer: optimizers.adam(), ...sparse, engine, ...options });
  return net;
}

describe("callbacks", () => {
  it("are called in order, each waited for, in the order of the list", async () => {
    const calls: string[] = [];
    const recorder = (name: string, delay: number) => {
      const say = async (what: string): Promise<void> => {
        await new Promise((resolve) => setTimeout(resolve, delay));
        calls.push(`${name} ${what}`);
      };
      return {
        onTrainBegin: () => say("train begin"),
        onEpochBegin: (epoch: number) => say(`epoch ${epoch} begin`),
        onStepEnd: ({ step }: { step: number }) => say(`step ${step}`),
        onEpochEnd: (epoch: number) => say(`epoch ${epoch} end`),
        onTrainEnd: () => say("train end"),
      };
    };
    const net = await compiled(perceptron());
    await net.fit(blobs({ n: 40 }), {
      epochs: 2,
      batchSize: 20,
      callbacks: [recorder("a", 3), recorder("b", 0)],
    });
    const epoch = (e: number): string[] => [`epoch ${e} begin`, "step 0", "step 1", `epoch ${e} end`];
    const wanted = ["train begin", ...epoch(0), ...epoch(1), "train end"];
    expect(calls).toEqual(wanted.flatMap((what) => [`a ${what}`, `b ${what}`]));
  });

  it("see the plan, the weights and the logs with validation", async () => {
    const net = await compiled(perceptron(), { metrics: ["accuracy"] });
    await net.fit(blobs({ n: 50 }), {
      epochs: 4,
      batchSize: 20,
      validationSplit: 0.1,
      callbacks: [
        {
          onTrainBegin(run) {
            expect([run.epochs, run.stepsPerEpoch, run.learningRate]).toEqual([4, 3, 0.001]);
            expect(run.model.getWeights()).toEqual(net.getWeights());
          },
          onEpochEnd(_, logs) {
            expect(Object.keys(logs)).toEqual(
              expect.arrayContaining([
                "loss",
                "accuracy",
                "val_loss",
                "val_accuracy",
                "seconds",
                "learningRate",
              ]),
            );
          },
        },
      ],
    });
    expect.assertions(2 + 4);
  });

  it("earlyStopping goes back to the best weights, by whatever way the run ended", async () => {
    const validation: Dataset = {
      ...blobs({ n: 30 }),
      y: Uint8Array.from({ length: 30 }, (_, i) => (i + (i % 2)) % 3),
    };
    for (const epochs of [40, 3]) {
      const digests: string[] = [];
      const net = await compiled(perceptron(), { optimizer: optimizers.adam({ learningRate: 0.02 }) });
      const stopping = callbacks.earlyStopping({ patience: 2 });
      const keep = async (): Promise<void> => void digests.push(await net.digest());
      const history = await net.fit(blobs(), {
        epochs,
        validationData: validation,
        callbacks: [stopping, { onEpochEnd: keep }],
      });
      const best = history.val_loss!.indexOf(Math.min(...history.val_loss!));
      expect(stopping.bestEpoch).toBe(best);
      expect(await net.digest()).toBe(digests[best]);
      if (epochs === 40) {
        expect(history.stopped).toMatch(
          new RegExp(`^earlyStopping: val_loss has not become better than .* since epoch ${best + 1}$`),
        );
        expect(history.loss).toHaveLength(best + 3);
        expect(digests[best]).not.toBe(digests.at(-1));
      } else expect(history.stopped).toBeUndefined();
    }
  });

  it("override the learning rate from the next step on", async () => {
    const net = await compiled(perceptron(), { optimizer: optimizers.sgd({ learningRate: 0.5 }) });
    const digests: string[] = [];
    const history = await net.fit(blobs({ n: 40 }), {
      epochs: 3,
      batchSize: 20,
      callbacks: [
        {
          onStepEnd({ globalStep }, run) {
            if (globalStep === 1) run.learningRate = 0;
          },
        },
        { onStepEnd: async () => void digests.push(await net.digest()) },
      ],
    });
    expect(history.learningRate).toEqual([0.5, 0, 0]);
    expect(digests[0]).not.toBe(digests[1]);
    expect(new Set(digests.slice(1)).size).toBe(1);
  });

  it("stop within an epoch: what was done counts", async () => {
    const net = await compiled(perceptron());
    const losses: number[] = [];
    const history = await net.fit(blobs({ n: 80 }), {
      epochs: 3,
      batchSize: 20,
      callbacks: [
        {
          onStepEnd({ loss, globalStep }, run) {
            losses.push(loss);
            if (globalStep === 5) run.stop();
          },
        },
      ],
    });
    expect(losses).toHaveLength(6);
    expect(history.loss).toEqual([mean(losses.slice(0, 4)), mean(losses.slice(4))]);
    expect(history.stopped).toBe("a callback stopped the run");
  });

  it("say why they stop: the first reason is the history's, whose other entries stay lists of numbers", async () => {
    const net = await compiled(perceptron());
    const stop = (reason: string): Callback => ({ onEpochEnd: (_, __, run) => run.stop(reason) });
    const history = await net.fit(blobs(), { epochs: 3, callbacks: [stop("enough"), stop("too late")] });
    expect(history.loss).toHaveLength(1);
    expect(history.stopped).toBe("enough");
    for (const values of Object.values(history)) expect(values).toHaveLength(1);
    expect((await net.fit(blobs(), { epochs: 1 })).stopped).toBeUndefined();
  });

  it("that throw end the run with their own error", async () => {
    const net = await compiled(perceptron());
    const own = new RangeError("mine");
    const throws = (): void => {
      throw own;
    };
    await expect(net.fit(blobs(), { callbacks: [{ onStepEnd: throws }] })).rejects.toBe(own);
    expect((await net.fit(blobs())).loss).toHaveLength(1);
  });
});

describe("abort", () => {
  it("ends the run between steps; the weights are those of the last one", async () => {
    const options: FitOptions = { batchSize: 10, epochs: 2 };
    const [one, two] = [await compiled(perceptron()), await compiled(perceptron())];
    const controller = new AbortController();
    const stop = {
      onStepEnd: ({ globalStep }: { globalStep: number }) => globalStep === 2 && controller.abort(),
    };
    const message = await failure(
      () =>
        one.fit(blobs(), {
          ...options,
          signal: controller.signal,
          callbacks: [{ onStepEnd: (l) => void stop.onStepEnd(l) }],
        }),
      "ABORTED",
    );
    expect(message).toMatch(/^fit: aborted in epoch 1 after 3 steps/);
    for await (const { globalStep } of two.train(blobs(), options)) if (globalStep === 2) break;
    expect(await one.digest()).toBe(await two.digest());
  });

  it("before the start takes no step, and keeps the reason as cause", async () => {
    const net = await compiled(perceptron());
    const before = await net.digest();
    const signal = AbortSignal.abort("enough");
    await expect(net.fit(blobs(), { signal })).rejects.toMatchObject({ code: "ABORTED", cause: "enough" });
    expect(await net.digest()).toBe(before);
  });

  it("comes through by a timer: fit gives the event loop its turns", async () => {
    const net = await compiled(perceptron());
    const message = await failure(
      () => net.fit(blobs(), { epochs: 1e6, signal: AbortSignal.timeout(100) }),
      "ABORTED",
    );
    const [, epoch] = /^fit: aborted in epoch (\d+) /.exec(message)!;
    expect(Number(epoch)).toBeLessThan(1e5); // of 10⁶, which take minutes
  });

  it("reaches evaluate, and the validation of fit, as the same typed error", async () => {
    const net = await compiled(perceptron());
    await failure(() => net.evaluate(blobs(), { signal: AbortSignal.abort() }), "ABORTED");
    const large = blobs({ n: 300_000 });
    const controller = new AbortController();
    const options: FitOptions = {
      validationData: large,
      signal: controller.signal,
      callbacks: [{ onStepEnd: () => void setTimeout(() => controller.abort(), 20) }],
    };
    await failure(() => net.fit(blobs(), { ...options, epochs: 1, batchSize: 96 }), "ABORTED");
  });
});

describe("frozen layers", () => {
  async function changed(net: Model, data: Dataset): Promise<string[]> {
    const before = net.getWeights();
    await net.fit(data, { epochs: 2, batchSize: 24 });
    const after = net.getWeights();
    return before.flatMap(({ name, data: old }, i) =>
      after[i]!.data.every((v, j) => Object.is(v, old[j])) ? [] : [name],
    );
  }
  const all = ["conv2d/kernel", "conv2d/bias", "batch_normalization/gamma", "batch_normalization/beta"];
  const moving = ["batch_normalization/moving_mean", "batch_normalization/moving_variance"];
  const end = ["dense/kernel", "dense/bias"];

  it("keep their bits, moving statistics included; thawed they learn again", async () => {
    const net = convolution();
    for (const name of ["conv2d", "batch_normalization"]) net.getLayer(name).trainable = false;
    expect(net.parameters).toEqual({ total: 316, trainable: 260, nonTrainable: 56 });
    await compiled(net);
    expect(await changed(net, quarters())).toEqual(end);
    net.getLayer("batch_normalization").trainable = true;
    await compiled(net);
    expect(await changed(net, quarters())).toEqual([...all.slice(2), ...moving, ...end]);
    net.getLayer("conv2d").trainable = true;
    await compiled(net);
    // a bias before batch normalisation has a gradient of rounding errors only; it may move or not
    expect(await changed(net, quarters())).toEqual(
      expect.arrayContaining([all[0], ...all.slice(2), ...moving, ...end]),
    );
  });

  it("take effect at the next compile, not before", async () => {
    const [one, two] = [await compiled(convolution()), await compiled(convolution())];
    for (const layer of one.layers) layer.trainable = false;
    await one.fit(quarters(), { epochs: 2, batchSize: 24 });
    await two.fit(quarters(), { epochs: 2, batchSize: 24 });
    expect(await one.digest()).toBe(await two.digest());
  });

  it("let the gradient through to the layers before them", async () => {
    const net = sequential(
      [
        layers.dense({ units: 8, activation: "tanh" }),
        layers.dense({ units: 3, activation: "softmax", trainable: false }),
      ],
      { inputShape: [6] },
    );
    await compiled(net, { optimizer: optimizers.adam({ learningRate: 0.01 }) });
    expect(await changed(net, blobs())).toEqual(["dense/kernel", "dense/bias"]);
    const { loss } = await net.fit(blobs(), { epochs: 20 });
    expect(loss.at(-1)).toBeLessThan(loss[0]! / 2);
  });

  it("all of them: an error that says so", async () => {
    const net = perceptron();
    for (const layer of net.layers) layer.trainable = false;
    await compiled(net);
    expect(await failure(() => net.fit(blobs()), "INVALID_ARGUMENT")).toMatch(/^fit: all layers are frozen/);
    expect((await net.evaluate(blobs())).loss).toBeGreaterThan(0);
  });
});

describe("compile again", () => {
  it("keeps the weights, forgets the optimizer's past, and may change loss, metrics and engine", async () => {
    const net = await compiled(perceptron());
    await net.fit(blobs(), { epochs: 2 });
    const trained = await net.digest();
    const dense: Dataset = { ...blobs(), y: oneHot(blobs().y, 3) };
    await net.compile({ optimizer: "sgd", loss: "meanSquaredError", metrics: ["meanAbsoluteError"] });
    expect(net.engine).toBe(engine);
    expect(await net.digest()).toBe(trained);
    expect(Object.keys(await net.evaluate(dense))).toEqual(["loss", "meanAbsoluteError"]);
    const other = await createEngine({ variant: "scalar" });
    await net.compile({ optimizer: "adam", ...sparse, engine: other });
    expect(net.engine).toBe(other);
    expect(await net.digest()).toBe(trained);
    const steps = await stepsOf(net, blobs(), {});
    expect(steps[0]!.globalStep).toBe(0);
  });
});
