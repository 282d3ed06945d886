/** Streams of batches: the same bits as the same batches of a data set, whatever gives them, wherever the run is interrupted. */
import { describe, expect, it } from "vitest";
import { augmentation } from "../../../../src/augmentation/augmentation.ts";
import { createEngine } from "../../../../src/autograd/engine.ts";
import type { Dataset } from "../../../../src/data/dataset.ts";
import { subset } from "../../../../src/data/selection.ts";
import { AnygradError } from "../../../../src/errors.ts";
import {
  type Batch,
  type BatchSource,
  callbacks,
  type FitOptions,
  load,
  type Model,
  type StreamPosition,
} from "../../../../src/model/index.ts";
import { optimizers } from "../../../../src/optimizers/index.ts";
import { failure } from "../../../data/failure.ts";
import { blobs, convolution, perceptron, quarters } from "../../examples.ts";

const engine = await createEngine({ threads: 1 });
const set = blobs({ n: 50 });
const size = 16;

async function net(make: () => Model = perceptron): Promise<Model> {
  const model = make();
  const how = { loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"], engine } as const;
  await model.compile({ ...how, optimizer: optimizers.adam({ learningRate: 0.01 }) });
  return model;
}

function cut(data: Dataset, sizes = [16, 16, 16, 2]): Dataset[] {
  let from = 0;
  return sizes.map((n) =>
    subset(
      data,
      Array.from({ length: n }, () => from++),
    ),
  );
}

/** Counts how often a source was opened and closed. */
function watched(data: Dataset[]): { source: () => AsyncGenerator<Batch>; opened: number; closed: number } {
  const watch = {
    opened: 0,
    closed: 0,
    async *source(): AsyncGenerator<Batch> {
      watch.opened++;
      try {
        for (const { x, y } of data) yield { x, y };
      } finally {
        watch.closed++;
      }
    },
  };
  return watch;
}

const rows = ({ x, y, shape: [n = 0] }: Dataset): [number[][], number[]] => {
  const width = x.length / n;
  return [Array.from({ length: n }, (_, i) => [...x.subarray(i * width, (i + 1) * width)]), [...y]];
};

const asStream = (batches: Dataset[]): ReadableStream<Batch> =>
  new ReadableStream({
    start(controller) {
      for (const batch of batches) controller.enqueue(batch);
      controller.close();
    },
  });

const inOrder: FitOptions = { epochs: 3, batchSize: size, shuffle: false, seed: 4 };
const streamed: FitOptions = { epochs: 3, seed: 4 };

describe("the same bits as a data set in order", async () => {
  const wanted = await net();
  const history = await wanted.fit(set, { ...inOrder, validationData: set });

  it.each<[string, BatchSource]>([
    ["an array of data sets", cut(set)],
    ["pairs of nested arrays", cut(set).map(rows) as unknown as Batch[]],
    ["an iterable", new Set<Batch>(cut(set))],
    ["a function that gives an array", () => cut(set)],
    ["an async generator's function", watched(cut(set)).source],
    ["a promise of a generator", async () => cut(set).values()],
    ["a function that gives a ReadableStream", () => asStream(cut(set))],
    ["typed arrays without a shape", () => cut(set).map(({ x, y }) => ({ x, y }))],
  ])("%s", async (_, source) => {
    const model = await net();
    const validationData = cut(set);
    const { seconds: _s, ...got } = await model.fit(source, { ...streamed, validationData });
    const { seconds: _t, ...want } = history;
    expect(await model.digest()).toBe(await wanted.digest());
    expect(got.loss).toEqual(want.loss);
    expect(got.accuracy).toEqual(want.accuracy);
    expect(got.val_accuracy).toEqual(want.val_accuracy);
    expect(await model.evaluate(source)).toEqual(await model.evaluate(set, { batchSize: size }));
  });

  it("a lone generator is enough for one epoch, and for evaluate", async () => {
    const [one, other] = [await net(), await net()];
    await one.fit(set, { ...inOrder, epochs: 1 });
    await other.fit(watched(cut(set)).source(), { epochs: 1, seed: 4 });
    expect(await other.digest()).toBe(await one.digest());
    expect(await other.evaluate(asStream(cut(set)))).toEqual(await one.evaluate(set, { batchSize: size }));
  });

  it("with weights of classes and examples, augmentation, averages and Uint8 pixels", async () => {
    const pixels: Dataset = { ...quarters({ n: 40 }), normalization: { scale: 1 / 255, shift: 0 } };
    const sampleWeight = Float32Array.from({ length: 40 }, (_, i) => 1 + (i % 3));
    const how: FitOptions = {
      epochs: 2,
      seed: 3,
      classWeight: { 1: 3 },
      ema: 0.9,
      augment: augmentation({ shift: 1, mixup: 0.3 }),
    };
    const [one, other] = [await net(convolution), await net(convolution)];
    const validation = cut(pixels, [16, 16, 8]);
    await one.fit(pixels, { ...how, sampleWeight, batchSize: 16, shuffle: false, validationData: pixels });
    const batches = validation.map((batch, i) => ({
      ...batch,
      sampleWeight: sampleWeight.subarray(i * 16, i * 16 + batch.shape[0]!),
    }));
    await other.fit(batches, { ...how, validationData: () => validation });
    expect(await other.digest()).toBe(await one.digest());
    expect(other.normalization).toEqual(pixels.normalization);
  });

  it("takes batches of any sizes", async () => {
    const model = await net();
    const sizes: number[] = [];
    const seen = { onStepEnd: ({ batchSize }: { batchSize: number }) => void sizes.push(batchSize) };
    await model.fit(cut(set, [1, 30, 7, 12]), { callbacks: [seen] });
    expect(sizes).toEqual([1, 30, 7, 12]);
  });
});

describe("how long an epoch is", () => {
  it("is not known before the first has ended", async () => {
    const model = await net();
    const seen: (number | undefined)[] = [];
    const spy = callbacks.hooks({ onStepEnd: (_, run) => void seen.push(run.stepsPerEpoch) });
    await model.fit(cut(set), { epochs: 2, callbacks: [spy] });
    expect(seen).toEqual([undefined, undefined, undefined, undefined, 4, 4, 4, 4]);
    expect(model.position).toMatchObject({ stepsPerEpoch: 4, examples: undefined, done: true });
  });

  it("is stepsPerEpoch of a source that has more, even without an end", async () => {
    const watch = { closed: 0 };
    const endless = function* ({ epoch }: StreamPosition): Generator<Batch> {
      try {
        for (let i = epoch; ; i++) yield cut(set)[i % 3]!;
      } finally {
        watch.closed++;
      }
    };
    const model = await net();
    const steps: number[] = [];
    const run = model.train(endless, { epochs: 3, stepsPerEpoch: 5 });
    for await (const { epochLogs, step } of run) if (epochLogs) steps.push(step + 1);
    expect(steps).toEqual([5, 5, 5]);
    expect(watch.closed).toBe(3);
  });

  it("yields one step each, the last with the epoch's logs", async () => {
    const model = await net();
    const ends: boolean[] = [];
    for await (const { epochLogs } of model.train(cut(set), { epochs: 2 })) ends.push(!!epochLogs);
    expect(ends).toEqual([false, false, false, true, false, false, false, true]);
  });
});

describe("resume", () => {
  const seeking = ({ epoch, step }: StreamPosition): Batch[] =>
    cut(epoch % 2 ? set : blobs({ n: 50, seed: 2 })).slice(step);
  const plain = ({ epoch }: StreamPosition): Batch[] => cut(epoch % 2 ? set : blobs({ n: 50, seed: 2 }));
  const lazily = async function* (at: StreamPosition): AsyncGenerator<Batch> {
    yield* seeking({ epoch: at.epoch, step: at.step });
  };

  it.each<[string, (at: StreamPosition) => Batch[] | AsyncGenerator<Batch>]>([
    ["skips what was taken", plain],
    ["leaves seeking to who reads the step", seeking],
    ["also in a generator, which reads it late", lazily],
  ])("%s", async (_, source) => {
    const wanted = await net();
    const { seconds: _s, ...history } = await wanted.fit(plain, streamed);
    for (let most = 1; most < 12; most++) {
      const model = await net();
      let steps = 0;
      for await (const __ of model.train(source, streamed)) if (++steps === most) break;
      const again = await load(await model.save({ optimizer: true }), { engine });
      expect(again.position).toMatchObject({ epoch: Math.floor(most / 4), step: most % 4 });
      const { seconds: _t, ...rest } = await again.fit(source, { resume: true });
      expect(await again.digest()).toBe(await wanted.digest());
      expect(rest).toEqual(history);
    }
  });

  it("goes on from a file that a callback saved after the last step of an epoch", async () => {
    for (const source of [plain, seeking]) {
      const [wanted, model] = [await net(), await net()];
      await wanted.fit(plain, streamed);
      let bytes: Uint8Array | undefined;
      const onStepEnd = async ({ globalStep }: { globalStep: number }): Promise<void> => {
        if (globalStep === 3) bytes = await model.save({ optimizer: true });
      };
      await model.fit(source, { ...streamed, callbacks: [{ onStepEnd }] });
      const again = await load(bytes!, { engine });
      await again.fit(source, { resume: true });
      expect(await again.digest()).toBe(await wanted.digest());
    }
  });

  it("goes on in the last epoch with a generator from the epoch's beginning", async () => {
    const [wanted, model] = [await net(), await net()];
    await wanted.fit(cut(set), { epochs: 1, seed: 4 });
    for await (const _ of model.train(watched(cut(set)).source(), { epochs: 1, seed: 4 })) break;
    await model.fit(watched(cut(set)).source(), { resume: true });
    expect(await model.digest()).toBe(await wanted.digest());
  });

  it("refuses other data", async () => {
    const model = await net();
    for await (const _ of model.train(cut(set), { epochs: 2 })) break;
    for await (const _ of model.train(cut(set), { resume: true })) break;
    expect(await failure(() => model.fit(set, { resume: true }), "INVALID_ARGUMENT")).toContain(
      "the run began with a stream of batches but the data has 50;",
    );
    expect(await failure(() => model.fit(cut(set, [16]), { resume: true }), "DATA_FORMAT")).toContain(
      "the batches of epoch 1 end after 1 but the run has done 2",
    );
    const other = await net();
    for await (const _ of other.train(set, { epochs: 2 })) break;
    expect(await failure(() => other.fit(cut(set), { resume: true }), "INVALID_ARGUMENT")).toContain(
      "the run began with 50 examples but the data has a stream of batches",
    );
  });
});

describe("a source is closed", () => {
  it.each<[string, (watch: ReturnType<typeof watched>) => Promise<unknown>]>([
    ["at its end", async ({ source }) => (await net()).fit(source())],
    [
      "by early stopping",
      async ({ source }) =>
        (await net()).fit(source, { epochs: 3, callbacks: [{ onStepEnd: (_, run) => run.stop() }] }),
    ],
    [
      "by an abort",
      async ({ source }) => {
        const controller = new AbortController();
        const stop = { onStepEnd: () => controller.abort() };
        const how = { callbacks: [stop], signal: controller.signal };
        await failure(async () => (await net()).fit(source, how), "ABORTED");
      },
    ],
    [
      "by a caller that leaves",
      async ({ source }) => {
        for await (const _ of (await net()).train(source)) break;
      },
    ],
    [
      "by an error of a callback",
      async ({ source }) => {
        const broken = { onStepEnd: () => Promise.reject(new Error("broken")) };
        await expect((await net()).fit(source, { callbacks: [broken] })).rejects.toThrow("broken");
      },
    ],
    [
      "by options that make no sense",
      async ({ source }) => failure(async () => (await net()).fit(source, { seed: -1 }), "INVALID_ARGUMENT"),
    ],
    ["by evaluate", async ({ source }) => (await net()).evaluate(source)],
  ])("%s", async (_, work) => {
    const watch = watched(cut(set));
    await work(watch);
    expect([watch.opened, watch.closed]).toEqual([1, 1]);
  });

  it("by an abort while it keeps the run waiting", async () => {
    let closed = 0;
    const stuck: AsyncIterable<Batch> = {
      [Symbol.asyncIterator]: () => {
        let given = 0;
        return {
          next: () =>
            given++ === 0
              ? Promise.resolve({ done: false, value: cut(set)[0]! })
              : new Promise<IteratorResult<Batch>>(() => {}),
          return: async () => ({ done: true, value: void closed++ }),
        };
      },
    };
    const model = await net();
    const signal = AbortSignal.timeout(50);
    expect(await failure(() => model.fit(stuck, { signal }), "ABORTED")).toContain("waited for a batch");
    expect(closed).toBe(1);
    expect(model.position).toMatchObject({ epoch: 0, step: 1 });
  });

  it("not where it has thrown by itself, and its error is the run's", async () => {
    const broken = new Error("the disk is gone");
    const source = async function* (): AsyncGenerator<Batch> {
      yield* cut(set).slice(0, 2);
      throw broken;
    };
    const model = await net();
    await expect(model.fit(source, { epochs: 2 })).rejects.toBe(broken);
    expect(model.position).toMatchObject({ epoch: 0, step: 2 });
  });
});

describe("what is wrong with a stream is said, with the batch's number", () => {
  const second = (batch: unknown): BatchSource => [cut(set)[0]!, batch as Batch];
  const [x, y] = rows(cut(set)[1]!);

  it.each<[string, BatchSource | (() => BatchSource), FitOptions, string]>([
    [
      "a label that is no class",
      second({ x, y: y.map(() => 7) }),
      {},
      "fit: batch 2 of epoch 1: label 0 is 7",
    ],
    ["NaN", second({ x: x.map((row) => row.map(() => Number.NaN)), y }), {}, "fit: batch 2 of epoch 1: "],
    [
      "another shape",
      second([x.map((row) => row.slice(1)), y]),
      {},
      "batch 2 of epoch 1: an example has the shape [5]",
    ],
    ["too few labels", second([x, y.slice(1)]), {}, "batch 2 of epoch 1: x has 16 examples but y has 15"],
    [
      "tfjs's names",
      second({ xs: x, ys: y }),
      {},
      "batch 2 of epoch 1: got { xs, ys } where a batch { x, y } or [x, y] is wanted",
    ],
    [
      "one example",
      second({ x: x[0], y: 1 }),
      {},
      "batch 2 of epoch 1: y is number; a batch has several examples",
    ],
    ["nothing", second(undefined), {}, "got undefined where a batch"],
    ["no batches", new Set<Batch>(), {}, "fit: there are no batches"],
    [
      "bytes among floats",
      second({ ...cut(set)[1]!, x: new Uint8Array(96) }),
      {},
      "x is a Uint8Array but batches before had a Float32Array",
    ],
    [
      "weights that come late",
      second({ x, y, sampleWeight: y }),
      {},
      "has a sampleWeight but batches before had none",
    ],
    [
      "weights of another length",
      [{ ...cut(set)[0]!, sampleWeight: [1] }],
      {},
      "sampleWeight has 1 numbers but there are 16",
    ],
    ["batchSize", cut(set), { batchSize: 4 }, "fit: batchSize cannot be had with a stream"],
    ["shuffle", cut(set), { shuffle: true }, "fit: shuffle: true cannot be had with a stream"],
    ["validationSplit", cut(set), { validationSplit: 0.2 }, "validationSplit cannot be had"],
    ["sampleWeight", cut(set), { sampleWeight: [1] }, "pass it in each batch"],
    ["stepsPerEpoch of 0", cut(set), { stepsPerEpoch: 0 }, "fit: stepsPerEpoch is 0"],
    [
      "too few batches",
      cut(set),
      { stepsPerEpoch: 9 },
      "the batches of epoch 1 end after 4 but stepsPerEpoch is 9",
    ],
    [
      "a generator for two epochs",
      watched(cut(set)).source(),
      { epochs: 2 },
      "pass a function that makes them anew",
    ],
    [
      "a ReadableStream for two epochs",
      asStream(cut(set)),
      { epochs: 2 },
      "pass a function that makes them anew",
    ],
    [
      "a generator to validate twice",
      cut(set),
      { epochs: 2, validationData: watched(cut(set)).source() },
      "fit: validationData: these batches",
    ],
    [
      "validation that is wrong",
      cut(set),
      { validationData: second([x, y.map(() => 9)]) },
      "fit: validationData: batch 2: label 0 is 9",
    ],
    [
      "a function that gives the same generator",
      (
        (generator) => () =>
          generator
      )(watched(cut(set)).source()),
      { epochs: 2 },
      "fit: epoch 2: there are no batches",
    ],
    [
      "a function that gives nothing",
      (() => undefined) as unknown as BatchSource,
      {},
      "the function gave undefined, which is not iterable",
    ],
  ])("%s", async (_, source, options, message) => {
    const model = await net();
    const error: unknown = await model.fit(source as BatchSource, options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AnygradError);
    const text = (error as AnygradError).message;
    expect(text).toContain(message);
    expect(text.length).toBeLessThan(500);
  });

  it("stepsPerEpoch is not for data sets, and evaluate's batchSize not for streams", async () => {
    const model = await net();
    expect(await failure(() => model.fit(set, { stepsPerEpoch: 2 }), "INVALID_ARGUMENT")).toContain(
      "fit: stepsPerEpoch is 2 but the data are no stream of batches",
    );
    expect(await failure(() => model.evaluate(cut(set), { batchSize: 2 }), "INVALID_ARGUMENT")).toContain(
      "evaluate: batchSize cannot be had with a stream",
    );
  });
});
