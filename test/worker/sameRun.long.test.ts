/** A run in a worker is the run on the page: weights, logs, callbacks, what comes out of it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { augmentation } from "../../src/augmentation/augmentation.ts";
import { createEngine } from "../../src/autograd/engine.ts";
import type { Dataset } from "../../src/data/dataset.ts";
import { take } from "../../src/data/selection.ts";
import { layers } from "../../src/layers/index.ts";
import {
  type Callback,
  type FitOptions,
  type History,
  load,
  type Model,
  sequential,
} from "../../src/model/index.ts";
import { callbacks } from "../../src/model/training/callbacks/index.ts";
import { optimizers } from "../../src/optimizers/index.ts";
import { schedules } from "../../src/optimizers/schedules/index.ts";
import type { WorkerModel } from "../../src/worker/index.ts";
import golden from "../golden/digests.json" with { type: "json" };
import { thorough } from "../long.ts";
import { blobs, convolution, perceptron, preset, quarters } from "../model/examples.ts";
import { residual, sharing } from "../model/graphs.ts";
import { compiled, datasets, options, working } from "./entry.ts";

const fitting: FitOptions = { epochs: 3, batchSize: 24, seed: 5 };
const set = quarters({ n: 88 });

async function onPage(net: Model, how = options): Promise<Model> {
  await net.compile({ ...how, engine: await createEngine({ threads: 1 }) });
  return net;
}

function untimed({ seconds, ...history }: History): Omit<History, "seconds"> {
  return history;
}

describe("the same bits", () => {
  it.each(thorough ? [1, 2] : [2])("as the golden digests, on %i threads", async (threads) => {
    const { train } = await datasets.digits({ train: 3200, test: 1, seed: 1 });
    const net = working(preset("mlp-128-64"), { engine: { threads } });
    await net.compile({ ...options, optimizer: optimizers.adam({ learningRate: 1e-3 }) });
    const wanted = golden["mlp-128-64, batch 64"];
    let steps = 0;
    for await (const _ of net.train(train, { batchSize: 64, epochs: 1, seed: 1 }))
      if (++steps === 2) expect(await net.digest()).toBe(wanted["after 2 steps"]);
    expect(steps).toBe(50);
    expect(await net.digest()).toBe(wanted["after 50 steps"]);
    expect(await net.engineInfo()).toMatchObject({ threads, sharedMemory: threads > 1 });
  });

  it("in weights, history, scores, predictions and files, with a schedule, weighted and augmented examples", async () => {
    const how = {
      ...options,
      optimizer: optimizers.sgd({
        learningRate: schedules.cosine({ initialLearningRate: 0.05, decaySteps: 14 }),
        momentum: 0.9,
        clipnorm: 1,
      }),
    };
    const changes = {
      ...fitting,
      validationSplit: 0.2,
      classWeight: { 1: 2 },
      sampleWeight: Float32Array.from({ length: 88 }, (_, i) => 1 + (i % 3)),
      augment: augmentation({ shift: 1, elastic: { alpha: 3, sigma: 2 }, mixup: 0.3 }),
    };
    const page = await onPage(convolution(), how);
    const net = working(convolution());
    await net.compile(how);
    const wanted = await page.fit(set, changes);
    expect(untimed(await net.fit(set, changes))).toEqual(untimed(wanted));
    expect(await net.digest()).toBe(await page.digest());
    expect(await net.getWeights()).toEqual(page.getWeights());
    expect(await net.evaluate(set)).toEqual(await page.evaluate(set));
    expect(await net.predict(set)).toEqual(await page.predict(set));
    expect(await net.classify(set)).toEqual(await page.classify(set));
    expect(await net.classify(set, { top: 2 })).toEqual(await page.classify(set, { top: 2 }));
    expect(await net.save({ optimizer: true })).toEqual(await page.save({ optimizer: true }));
    expect(await net.predict([[[[1]]]].concat()).catch((e) => e.code)).toBe("SHAPE_MISMATCH");
  });

  it("of (x, y) in any form, names of classes, validation pairs and class weights by name", async () => {
    const values = blobs();
    const x = Array.from({ length: 96 }, (_, i) => [...values.x.subarray(6 * i, 6 * i + 6)]);
    const y = Array.from(values.y, (label) => ["cat", "dog", "ant"][label]!);
    const how: FitOptions = {
      ...fitting,
      validationData: [x.slice(0, 20), y.slice(0, 20)],
      classWeight: new Map([["dog", 3]]),
    };
    const page = await onPage(perceptron());
    const net = await compiled(perceptron());
    expect(untimed(await net.fit(x, y, how))).toEqual(untimed(await page.fit(x, y, how)));
    const steps = net.train(Float64Array.from(values.x), y, { epochs: 1, seed: 3 });
    for await (const { loss } of steps) expect(loss).toBeGreaterThan(0);
    await page.fit(Float64Array.from(values.x), y, { epochs: 1, seed: 3 });
    expect(await net.digest()).toBe(await page.digest());
    const some = y.map((name, i) => [name, x[i]!] as const).filter(([name]) => name !== "ant");
    const scores = await net.evaluate(
      some.map(([, row]) => row),
      some.map(([name]) => name),
    );
    expect(scores).toEqual(
      await page.evaluate(
        some.map(([, row]) => row),
        some.map(([name]) => name),
      ),
    );
    expect(await net.predict(page.engine.tensor(x[0]!))).toEqual(await page.predict(x[0]!));
    for (const given of [[x], [x, null], [{ train: values }], [new Float32Array(1e6)]]) {
      const asked = [page, net].map((one) =>
        Reflect.apply(one.fit, one, given).catch((e: Error) => e.message),
      );
      const [wanted, got] = await Promise.all(asked);
      expect(got).toBe(wanted);
      expect(got.length).toBeLessThan(500);
    }
    expect(inspect(net)).toBe('Model "sequential": 3 layers, [6] to [3], 83 parameters, in a worker');
    expect(inspect((await datasets.digits({ train: 10, test: 10 })).train)).toMatch(
      /^Dataset "digits": 10 examples/,
    );
  });

  it("in what it predicts of pictures, of one and of several", async () => {
    const page = await onPage(convolution());
    const net = await compiled(convolution());
    const picture = (width: number, height: number, seed: number) => ({
      width,
      height,
      data: Uint8Array.from({ length: 4 * width * height }, (_, i) => (i * 37 * seed) & 255),
    });
    const some = [picture(8, 8, 1), picture(20, 13, 3)];
    for (const given of [some, some[1]!]) expect(await net.predict(given)).toEqual(await page.predict(given));
    expect((await net.predict(some)).shape[0]).toBe(2);
    const own = await datasets.fromImages(some, { labels: ["cat", "dog"], imageSize: 8, color: "gray" });
    expect(inspect(own)).toBe("Dataset: 2 examples of [8, 8, 1] (Uint8Array), 2 classes");
    expect((await net.predict(own)).data).toEqual((await page.predict(own)).data);
  });

  it("with averaged weights and statistics estimated anew, taken up again in the worker", async () => {
    const changes = { ...fitting, validationSplit: 0.2, ema: 0.9, recalibrate: 2 };
    const page = await onPage(convolution());
    const wanted = await page.fit(set, changes);
    const net = await compiled(convolution());
    const seen: string[] = [];
    const callback: Callback = {
      onEpochEnd: (_, logs, { model }) =>
        void seen.push(`${logs.raw_val_loss} ${model.getWeights()[0]!.data[0]}`),
    };
    for await (const { globalStep } of net.train(set, { ...changes, callbacks: [callback] }))
      if (globalStep === 4) break;
    const history = await net.fit(set, { validationSplit: 0.2, callbacks: [callback], resume: true });
    expect(untimed(history)).toEqual(untimed(wanted));
    expect(seen).toHaveLength(3);
    expect(seen.at(-1)).toBe(`${wanted.raw_val_loss!.at(-1)} ${page.getWeights()[0]!.data[0]}`);
    expect(await net.save({ optimizer: true })).toEqual(await page.save({ optimizer: true }));
    expect(net.memory({ ema: 0.9 })).toEqual(convolution().memory({ ema: 0.9 }));
    const { activations: _, total, ...exact } = net.memory({ ema: 0.9 });
    expect(page.memory({ ema: 0.9 })).toMatchObject(exact);
    // what kernels need is known where they are; a step as small as this one takes the least block in both places
    expect(total).toBeGreaterThanOrEqual(page.memory({ ema: 0.9 }).total);
  });

  it("with results computed twice", async () => {
    const page = await onPage(convolution());
    const net = await compiled(convolution());
    await page.fit(set, fitting);
    await net.fit(set, { ...fitting, recompute: true });
    expect(await net.digest()).toBe(await page.digest());
    expect(await net.memory({ recompute: true })).toEqual(await convolution().memory({ recompute: true }));
  });

  it("with batches in parts, which batch normalisation cannot have", async () => {
    const convolutions = (): Model => {
      const same = () => layers.conv2d({ filters: 4, kernelSize: 3, padding: "same", activation: "relu" });
      const end = [layers.flatten(), layers.dense({ units: 4, activation: "softmax" })];
      return sequential([same(), same(), same(), ...end], { inputShape: [8, 8, 1], seed: 1 });
    };
    const page = await onPage(convolutions());
    const net = await compiled(convolutions());
    await page.fit(set, { ...fitting, batchSize: 48 });
    await net.fit(set, { ...fitting, batchSize: 48, microBatch: 16 });
    expect(await net.digest()).toBe(await page.digest());
    expect(await net.memory({ microBatch: 16 })).toEqual(await convolutions().memory({ microBatch: 16 }));
    const refused = (await compiled(convolution())).fit(set, { ...fitting, microBatch: 16 });
    await expect(refused).rejects.toMatchObject({ code: "UNSUPPORTED" });
  });

  it("a step at a time, and after a caller left and came back", async () => {
    const page = await onPage(convolution());
    const net = await compiled(convolution());
    const wanted: unknown[] = [];
    for await (const step of page.train(set, fitting)) wanted.push(step);
    const steps: unknown[] = [];
    for await (const step of net.train(set, fitting)) steps.push(step);
    const plain = (list: unknown[]) =>
      JSON.parse(JSON.stringify(list, (key, v) => (key === "seconds" ? 0 : v)));
    expect(plain(steps)).toEqual(plain(wanted));
    for (const one of [page, net] as const) {
      let taken = 0;
      for await (const _ of one.train(set, fitting)) if (++taken === 5) break;
      await one.fit(set, fitting); // the run before has ended, or this one would be refused
    }
    expect(await net.digest()).toBe(await page.digest());
  });

  it("of a model that was compiled and trained before: weights and optimizer go along", async () => {
    const page = await onPage(convolution());
    await page.fit(set, { ...fitting, epochs: 1 });
    const net = working(page);
    await net.fit(set, { ...fitting, initialEpoch: 1 });
    await page.fit(set, { ...fitting, initialEpoch: 1 });
    expect(await net.digest()).toBe(await page.digest());
    const back = await load(await net.save({ optimizer: true }), { engine: page.engine });
    await back.fit(set, fitting);
    await page.fit(set, fitting);
    expect(await back.digest()).toBe(await page.digest());
  });

  it("with frozen layers after a second compile", async () => {
    const page = await onPage(convolution());
    const net = await compiled(convolution());
    for (const one of [page, net]) {
      await one.fit(set, fitting);
      one.getLayer("conv2d").trainable = false;
      await one.compile(options);
      await one.fit(set, fitting);
    }
    expect(await net.digest()).toBe(await page.digest());
    expect(net.parameters).toEqual(page.parameters);
    expect(net.summary()).toBe(page.summary());
  });

  it.each(Object.entries({ residual: () => residual({ dropout: 0.2 }), sharing }))(
    "of a graph: %s",
    async (_, make) => {
      const page = await onPage(make());
      const net = await compiled(make());
      for (const one of [page, net]) {
        await one.fit(set, fitting);
        for (const layer of one.layers) if (layer.type === "conv2d") layer.trainable = false;
        await one.compile(options);
        await one.fit(set, fitting);
      }
      expect(await net.digest()).toBe(await page.digest());
      expect(net.summary()).toBe(page.summary());
      expect(await net.save({ optimizer: true })).toEqual(await page.save({ optimizer: true }));
      const again = working(await load(await page.save()));
      expect(await again.predict(set)).toEqual(await page.predict(set));
    },
  );

  it("with weights that were set", async () => {
    const [page, net] = [await onPage(perceptron()), await compiled(perceptron({ seed: 9 }))];
    const weights = page.getWeights();
    await net.setWeights(weights);
    expect(await net.digest()).toBe(await page.digest());
    expect(weights[0]!.data.length).toBeGreaterThan(0); // what the user holds stays
    await expect(net.setWeights(weights.slice(1))).rejects.toMatchObject({ code: "SHAPE_MISMATCH" });
  });

  it("with weights of a file", async () => {
    const [page, net] = [await onPage(perceptron()), await compiled(perceptron({ seed: 9 }))];
    const report = await net.loadWeights(new Blob([await page.save()]), { skip: [/nothing/] });
    expect(report.loaded).toEqual(page.getWeights().map(({ name }) => name));
    expect(await net.digest()).toBe(await page.digest());
    const function_ = { rename: (name: string) => name };
    await expect(net.loadWeights(await page.save(), function_)).rejects.toMatchObject({
      code: "UNSUPPORTED",
    });
    await expect(net.loadWeights(await page.save(), { skip: [/./] })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
  });
});

describe("callbacks run here", () => {
  /** Sets the learning rate after every step. */
  function learningRate(next: (rate: number) => number): Callback {
    return {
      onStepEnd(_, run) {
        run.learningRate = next(run.learningRate);
      },
    };
  }

  /** What callbacks hear in a run that one of them steers. */
  async function heard(net: Model | WorkerModel, data: Dataset, steering: Callback): Promise<unknown[]> {
    const log: unknown[] = [];
    const listener: Callback = {
      onTrainBegin: ({ epochs, stepsPerEpoch, learningRate }) =>
        void log.push(["begin", epochs, stepsPerEpoch, learningRate]),
      onEpochBegin: (epoch, { learningRate }) => void log.push(["epoch", epoch, learningRate]),
      onStepEnd: async (logs, { learningRate }) => {
        await new Promise((resolve) => setTimeout(resolve, 1)); // training waits for it
        log.push(["step", { ...logs }, learningRate]);
      },
      onEpochEnd: (epoch, { seconds, ...logs }, { model }) =>
        void log.push(["end of epoch", epoch, logs, model.getWeights()]),
      onTrainEnd: ({ learningRate }) => void log.push(["end", learningRate]),
    };
    const history = await net.fit(data, { ...fitting, epochs: 6, callbacks: [steering, listener] });
    log.push(untimed(history), history.stopped, await net.digest());
    return log;
  }

  it.each<[string, () => Callback]>([
    ["nothing", () => ({})],
    [
      "a stop in the middle of an epoch",
      () => ({ onStepEnd: ({ globalStep }, run) => void (globalStep === 6 && run.stop()) }),
    ],
    ["a learning rate an epoch", () => callbacks.learningRateSchedule((epoch) => 0.01 / (1 + epoch))],
    ["a learning rate at a step", () => learningRate((rate) => rate * 0.9)],
    [
      "early stopping with the best weights",
      () => callbacks.earlyStopping({ monitor: "loss", mode: "max", patience: 2 }),
    ],
    [
      "weights set between epochs",
      () => ({
        onEpochEnd: (_, __, { model }) => {
          model.setWeights(model.getWeights().map((w) => ({ ...w, data: w.data.map((v) => v / 2) })));
          model.setWeights(model.getWeights().map((w) => ({ ...w, data: w.data.map((v) => v / 2) })));
        },
      }),
    ],
  ])("and hear and do the same: %s", async (_, steering) => {
    const wanted = await heard(await onPage(convolution()), set, steering());
    expect(await heard(await compiled(convolution()), set, steering())).toEqual(wanted);
  });

  it("and keep their states: a run interrupted in a worker is taken up in another, bit for bit", async () => {
    const plan = (): FitOptions => ({
      ...fitting,
      epochs: 6,
      validationData: quarters({ n: 20, seed: 2 }),
      callbacks: [
        callbacks.earlyStopping({ patience: 4 }),
        callbacks.reduceLearningRateOnPlateau({ patience: 1, factor: 0.3 }),
      ],
    });
    const page = await onPage(convolution());
    await page.fit(set, plan());
    const wanted = await page.save({ optimizer: true });

    const first = await compiled(convolution());
    let bytes: Uint8Array | undefined;
    const keeps: Callback = {
      onStepEnd: async ({ globalStep }) => {
        if (globalStep === 13) bytes = await first.save({ optimizer: true }); // in the fourth epoch
      },
    };
    const { callbacks: kept, ...rest } = plan();
    await first.fit(set, { ...rest, callbacks: [kept!, keeps].flat() });
    const second = working(await load(bytes!, { engine: page.engine }));
    expect(await second.position()).toMatchObject({ epoch: 3, step: 2, done: false });
    await second.fit(set, { ...plan(), resume: true });
    expect(await second.save({ optimizer: true })).toEqual(wanted);
    const third = working(await load(bytes!, { engine: page.engine }));
    const damaged: Callback = {
      save: () => null,
      restore: () => {
        throw new RangeError("not mine");
      },
    };
    const other = { ...plan(), callbacks: [[kept!].flat()[0]!, damaged], resume: true };
    await expect(third.fit(set, other)).rejects.toThrow("not mine");
  });

  it("and end the run with what they throw, after onTrainEnd", async () => {
    const net = await compiled(convolution());
    const error = new RangeError("enough");
    let ended = 0;
    const throws = {
      onEpochEnd: () => {
        throw error;
      },
      onTrainEnd: () => void ended++,
    };
    await expect(net.fit(set, { callbacks: [throws] })).rejects.toBe(error);
    expect(ended).toBe(1);
    await expect(net.fit(set, { callbacks: [learningRate(() => -1)] })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      message: expect.stringContaining("-1"),
    });
  });

  it("and read the weights of a step by the model", async () => {
    const net = await compiled(convolution());
    const read: number[] = [];
    await net.fit(set, {
      epochs: 1,
      batchSize: 44,
      callbacks: [{ onStepEnd: async () => void read.push((await net.getWeights())[0]!.data[0]!) }],
    });
    expect(new Set(read).size).toBe(2);
    const reads: Callback = { onStepEnd: (_, { model }) => void model.getWeights() };
    await expect(net.fit(set, { callbacks: [reads] })).rejects.toMatchObject({ code: "UNSUPPORTED" });
  });
});

describe("data", () => {
  it("is copied, unless it is given away: then it is moved, and can be used again", async () => {
    const net = await compiled(convolution());
    const given = quarters({ n: 88 });
    const wanted = await net.fit(given, { ...fitting, validationData: given });
    expect(given.x.length).toBe(88 * 64);
    const again = await compiled(convolution());
    const history = await again.fit(given, { ...fitting, validationData: given, transfer: true });
    expect(untimed(history)).toEqual(untimed(wanted));
    expect([given.x.length, given.y.length]).toEqual([0, 0]);
    expect(await again.evaluate(given)).toEqual(await net.evaluate(set));
    expect(await again.digest()).toBe(await net.digest());
    await expect(net.fit(given)).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      message: expect.stringContaining("given away"),
    });
  });

  it("may be parts of larger arrays, and Node's Buffers", async () => {
    const net = await compiled(convolution());
    const page = await onPage(convolution());
    const part = take(set, 40);
    const buffer = { ...part, x: Buffer.from(part.x) };
    await net.fit(buffer, fitting);
    await page.fit(part, fitting);
    expect(await net.digest()).toBe(await page.digest());
    expect(buffer.x.length).toBe(40 * 64);
  });

  it("in shared memory is the same here and there", async () => {
    const x = new Uint8Array(new SharedArrayBuffer(set.x.length));
    x.set(set.x);
    const net = await compiled(convolution());
    const data = { ...quarters({ n: 88 }), x };
    const first = await net.evaluate(data, { transfer: true });
    expect(x.length).toBe(set.x.length);
    x.fill(0); // the worker keeps this set, and sees its bytes
    const second = await net.evaluate(data);
    expect(second.loss).not.toBe(first.loss);
    expect(first).toEqual(await net.evaluate(set));
  });

  it("by name is what it is on the page, in shared memory", async () => {
    const { digits } = (await import("../../src/data/datasets.ts")).datasets;
    const here = await digits({ train: 50, test: 10, seed: 3 });
    const made = await datasets.digits({ train: 50, test: 10, seed: 3 });
    expect(made.train.x.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect({ ...made.train, x: Uint8Array.from(made.train.x) }).toEqual(here.train);
    expect(Uint8Array.from(made.test.y)).toEqual(here.test.y);
    await expect(datasets.digits({ train: 0 })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    const data = mkdtempSync(join(tmpdir(), "anygrad-"));
    writeFileSync(join(data, "train-images-idx3-ubyte"), "no images");
    await expect(datasets.mnist({ data })).rejects.toMatchObject({ code: expect.stringMatching(/^DATA/) });
    rmSync(data, { recursive: true });
  });

  it("of floats trains too", async () => {
    const net = await compiled(perceptron());
    const page = await onPage(perceptron());
    for (const one of [net, page]) await one.fit(blobs(), fitting);
    expect(await net.digest()).toBe(await page.digest());
  });
});
