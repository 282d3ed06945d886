/**
 * What a process that runs for months does, a kind of work each: `begin` makes what the work needs, `work` does it n times, `count` is how
 * often the whole soak does it.
 */
import { openSync } from "node:fs";
import { devNull } from "node:os";
import { createEngine, layers, load, ops, sequential } from "../../dist/index.js";
import { inWorker } from "../../dist/worker/index.js";

const n = 40;
const features = 16;
const x = Float32Array.from({ length: n * features }, (_, i) => ((i * 7919) % 1009) / 1009);
const y = Uint8Array.from({ length: n }, (_, i) => i % 3);
const rows = { x, y, shape: [n, features] };
const pictures = { x, y, shape: [n, 4, 4, 1] };
const sequences = { x, y, shape: [n, 4, 4] };

const loss = "sparseCategoricalCrossentropy";
const head = () => layers.dense({ units: 3, activation: "softmax" });
const perceptron = () =>
  sequential([layers.dense({ units: 8, activation: "relu" }), layers.dropout({ rate: 0.2 }), head()], {
    inputShape: [features],
    seed: 1,
  });
const convolution = () =>
  sequential(
    [
      layers.conv2d({ filters: 4, kernelSize: 3, activation: "relu" }),
      layers.batchNormalization(),
      layers.flatten(),
      head(),
    ],
    { inputShape: [4, 4, 1], seed: 1 },
  );
const recurrent = () => sequential([layers.gru({ units: 4 }), head()], { inputShape: [4, 4], seed: 1 });

async function compiled(net, engine) {
  await net.compile({ optimizer: "adam", loss, metrics: ["accuracy"], ...(engine && { engine }) });
  return net;
}

/** Does it n times, in turns with what else the process has to do. */
async function times(count, work) {
  for (let i = 0; i < count; i++) {
    await work(i);
    if (i % 256 === 255) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Awaits what must fail with this code. */
async function fails(code, promise) {
  const error = await promise.then(
    () => undefined,
    (thrown) => thrown,
  );
  if ((error?.code ?? error?.message) !== code)
    throw new Error(`${code} was expected, not ${error ?? "success"}`, { cause: error });
}

/** Batches of which the last fails: as a generator, an asynchronous one, and a source whose first is bad. */
const throwing = [
  function* () {
    yield { x: [[...x.subarray(0, features)]], y: [0] };
    throw new Error("source");
  },
  async function* () {
    yield { x: [[...x.subarray(0, features)]], y: [1] };
    throw new Error("source");
  },
  () => {
    throw new Error("source");
  },
];

/** In engines of 64 × 64 products both threads have work. */
const wide = (engine) => {
  const a = engine.tensor(new Float32Array(200 * 200), [200, 200]);
  engine.step(() => ops.matmul(a, a).data[0]);
};

export const kinds = {
  steps: {
    count: 1e6,
    async begin() {
      const net = await compiled(perceptron());
      const perEpoch = n / 4;
      return (count) => net.fit(rows, { epochs: Math.ceil(count / perEpoch), batchSize: 4 });
    },
  },
  fits: {
    count: 1e4,
    async begin() {
      const nets = [
        [await compiled(perceptron()), rows],
        [await compiled(convolution()), pictures],
        [await compiled(recurrent()), sequences],
      ];
      return (count) =>
        times(count, async (i) => {
          const [net, data] = nets[i % nets.length];
          await net.fit(data, { epochs: 1, batchSize: 16, validationSplit: 0.2 });
        });
    },
  },
  loads: {
    count: 1e4,
    async begin() {
      const files = [];
      for (const net of [perceptron(), convolution(), recurrent()])
        files.push(await (await compiled(net)).save({ optimizer: true }));
      return (count) =>
        times(count, async (i) => {
          const net = await load(files[i % files.length]);
          await net.predict(x.subarray(0, features));
          if (i % 16 === 0) await net.save();
        });
    },
  },
  predictions: {
    count: 1e5,
    async begin() {
      const net = await compiled(perceptron());
      const sizes = [1, 3, 40, 7];
      return (count) =>
        times(count, async (i) => {
          const given = x.subarray(0, sizes[i % sizes.length] * features);
          if (i % 8 === 0) await net.classify(given);
          else await net.predict(given);
        });
    },
  },
  compiles: {
    count: 1e4,
    async begin() {
      const net = perceptron();
      return (count) =>
        times(count, async (i) => {
          await net.compile({ optimizer: i % 2 ? "adam" : "sgd", loss });
          if (i % 4 === 0) await net.trainOnBatch(x.subarray(0, 4 * features), y.subarray(0, 4));
        });
    },
  },
  aborted: {
    count: 2000,
    async begin() {
      const net = await compiled(perceptron());
      return (count) =>
        times(count, async (i) => {
          const control = new AbortController();
          const onStepEnd = (step) => step === 1 + (i % 5) && control.abort();
          await net
            .fit(rows, { epochs: 2, batchSize: 8, signal: control.signal, callbacks: [{ onStepEnd }] })
            .catch(() => {});
          for await (const { step } of net.train(rows, { epochs: 2, batchSize: 8 })) if (step === 2) break;
        });
    },
  },
  failing: {
    count: 2000,
    async begin() {
      const small = await createEngine({ threads: 1, memoryLimit: 2 ** 22 });
      const net = await compiled(perceptron(), small);
      const many = { x: new Float32Array(3e4 * features), y: new Uint8Array(3e4), shape: [3e4, features] };
      const onStepEnd = () => {
        throw new Error("callback");
      };
      return (count) =>
        times(count, async (i) => {
          await fails("callback", net.fit(rows, { callbacks: [{ onStepEnd }] }));
          await fails("SHAPE_MISMATCH", net.fit(pictures, {}));
          if (i % 50 === 0) await fails("MEMORY_LIMIT", net.fit(many, { batchSize: 3e4 }));
        });
    },
  },
  throwing: {
    count: 2000,
    async begin() {
      const net = await compiled(perceptron());
      return (count) =>
        times(count, async (i) => {
          const source = throwing[i % throwing.length];
          await fails("source", net.fit(source, { epochs: 2 }));
          await fails("source", net.evaluate(source));
        });
    },
  },
  shapes: {
    count: 2000,
    async begin() {
      const net = await compiled(convolution());
      return (count) =>
        times(count, async (i) => {
          const size = 1 + (i % n);
          await net.fit(pictures, { epochs: 1, batchSize: size, shuffle: false });
          await net.predict({ x: x.subarray(0, size * features), shape: [size, 4, 4, 1] });
        });
    },
  },
  dropped: {
    count: 200,
    begin: async () => (count) =>
      times(count, async () => {
        const engine = await createEngine({ threads: 2, memoryLimit: 2 ** 24 });
        wide(engine);
        await (await compiled(perceptron(), engine)).fit(rows, { batchSize: 8 });
      }),
  },
  disposed: {
    count: 200,
    begin: async () => (count) =>
      times(count, async () => {
        const engine = await createEngine({ threads: 2, memoryLimit: 2 ** 24 });
        wide(engine);
        engine.dispose();
      }),
  },
  workerModels: {
    count: 200,
    begin: async () => (count) =>
      times(count, async (i) => {
        const net = inWorker(i % 2 ? perceptron() : await compiled(perceptron()), {
          engine: { threads: 1, memoryLimit: 2 ** 24 },
        });
        await net.compile({ optimizer: "adam", loss });
        await net.fit(rows, { batchSize: 8 });
        await net.predict(x.subarray(0, features));
        net.dispose();
      }),
  },
  worker: {
    count: 4000,
    async begin() {
      const net = inWorker(perceptron(), { engine: { threads: 1 } });
      await net.compile({ optimizer: "adam", loss });
      const work = (count) =>
        times(count, async (i) => {
          const control = new AbortController();
          if (i % 4 === 0) await net.fit(rows, { batchSize: 8 });
          if (i % 4 === 1)
            await net
              .fit(rows, {
                batchSize: 8,
                signal: control.signal,
                callbacks: [{ onEpochEnd: () => control.abort() }],
                epochs: 3,
              })
              .catch(() => {});
          if (i % 4 === 2) await fails("source", net.fit(throwing[i % 8 === 2 ? 0 : 1], {}));
          await net.predict(x.subarray(0, features));
        });
      return Object.assign(work, {
        bytes: async () => (await net.engineInfo()).memoryBytes,
        end: () => net.dispose(),
      });
    },
  },
  /** Not part of the soak: what it keeps must be found. */
  leaking: {
    count: 0,
    async begin() {
      const kept = [];
      const { allocator } = (await compiled(perceptron())).trainableVariables[0];
      return (count) =>
        times(count, (i) => {
          kept.push(new Array(512).fill(0));
          if (i % 10 === 0) kept.push(openSync(devNull), allocator.engine.variable(new Float32Array(2048)));
        });
    },
  },
};
