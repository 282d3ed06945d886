/**
 * What every runtime is asked to do: train, predict, time. Plain JavaScript over the public names of the package, which
 * the host hands in, so that the same file runs in a process, a page, a Web Worker, an edge worker and under vitest.
 *
 * A host makes `const ask = program(anygrad, { control })`; a driver sends it plans, which are JSON, and gets JSON back.
 */

const scores = { loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] };

/** The runs whose digests test/golden/runtimes.json pins. Batches of 8 keep the scalar build at two seconds. */
export const runs = {
  "cnn-bn-sigmoid with dropout and augmentation, 30 steps": {
    network: "cnn-bn-sigmoid",
    batchSize: 8,
    steps: 30,
    epochs: 1,
    augment: {
      shift: 2,
      rotation: 10,
      zoom: 0.1,
      shear: 5,
      flip: "both",
      cutout: 6,
      brightness: 0.2,
      elastic: { alpha: 20 },
      mixup: 0.2,
    },
  },
  "mlp-128-64, 100 steps": { network: "mlp-128-64", batchSize: 64, steps: 100, epochs: 5 },
  "lstm and gru with dropout, 30 steps": { network: "recurrent", batchSize: 16, steps: 30, epochs: 2 },
  "attention with dropout, 30 steps": { network: "attention", batchSize: 16, steps: 30, epochs: 2 },
  "conv1d, 30 steps": { network: "conv1d", batchSize: 16, steps: 30, epochs: 2 },
};

/** The name of what the task `families` gives, in that file. */
export const familyOps = "ops of the families of kernels";

/** Presets, from public layers; test/runtimes/golden.test.ts holds them against src/presets. */
export const networks = {
  "cnn-bn-sigmoid": ({ layers }) => {
    const normalized = (activation) => [layers.batchNormalization(), layers.activation({ activation })];
    return [
      layers.conv2d({ filters: 32, kernelSize: 3, padding: "same" }),
      ...normalized("sigmoid"),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.conv2d({ filters: 64, kernelSize: 5, padding: "same" }),
      ...normalized("sigmoid"),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dense({ units: 128 }),
      ...normalized("sigmoid"),
      layers.dropout({ rate: 0.3 }),
      layers.dense({ units: 10 }),
      ...normalized("softmax"),
    ];
  },
  "mlp-128-64": ({ layers }) => [
    layers.flatten(),
    layers.dense({ units: 128, activation: "relu" }),
    layers.dropout({ rate: 0.5 }),
    layers.dense({ units: 64, activation: "relu" }),
    layers.dense({ units: 10, activation: "softmax" }),
  ],
  "cnn-32-32": ({ layers }) => [
    layers.conv2d({ filters: 32, kernelSize: 3, activation: "relu" }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.conv2d({ filters: 32, kernelSize: 3, activation: "relu" }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.flatten(),
    layers.dense({ units: 128, activation: "relu" }),
    layers.dense({ units: 10, activation: "softmax" }),
  ],
};

/** Networks of sequences: the rows of a digit, from the first to the last. Their kernels are families, which are loaded late. */
export const sequences = {
  recurrent: ({ layers }) => [
    layers.reshape({ targetShape: [28, 28] }),
    layers.bidirectional({ layer: layers.lstm({ units: 12, returnSequences: true, dropout: 0.1 }) }),
    layers.gru({ units: 20, recurrentDropout: 0.1 }),
    layers.dense({ units: 10, activation: "softmax" }),
  ],
  attention: ({ layers }) => [
    layers.reshape({ targetShape: [28, 28] }),
    layers.dense({ units: 16 }),
    layers.multiHeadAttention({ numHeads: 2, keyDim: 8, dropout: 0.1 }),
    layers.layerNormalization(),
    layers.attention({ useScale: true, useCausalMask: true }),
    layers.globalAveragePooling1d(),
    layers.dense({ units: 10, activation: "softmax" }),
  ],
  conv1d: ({ layers }) => [
    layers.reshape({ targetShape: [28, 28] }),
    layers.conv1d({ filters: 24, kernelSize: 5, padding: "causal", dilationRate: 2, activation: "relu" }),
    layers.maxPooling1d({ poolSize: 2 }),
    layers.separableConv1d({ filters: 16, kernelSize: 3, activation: "relu" }),
    layers.globalMaxPooling1d(),
    layers.dense({ units: 10, activation: "softmax" }),
  ],
};

/**
 * @param anygrad the package's names
 * @param host.control gives the kernels with one sum reordered (control.mjs): modules or their bytes
 * @param host.kernels gives kernels by variant, where the package's own cannot be used
 */
export function program(anygrad, { control, kernels } = {}) {
  const engines = new Map();
  const timed = new Map();

  async function engineFor({ variant, threads = 1, reordered = false }) {
    const key = `${variant} ${threads} ${reordered}`;
    if (!engines.has(key)) {
      const own = reordered ? await control() : await kernels?.(variant);
      const engine = await anygrad.createEngine({ variant, threads, ...(own && { kernels: own }) });
      engines.set(key, engine);
      await wake(engine);
    }
    return engines.get(key);
  }

  /** Workers start with the first job; a run that ends before they come would say nothing about them. */
  async function wake(engine) {
    const wanted = engine.info.threads - 1;
    const began = performance.now();
    while (engine.info.workers < wanted && performance.now() - began < 10_000) {
      const x = engine.variable(new Float32Array(1 << 16), [256, 256]);
      engine.step(() => anygrad.ops.matmul(x, x));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async function compiled(network, engine) {
    const options = { inputShape: [28, 28, 1], seed: 1, name: network };
    const layers = (networks[network] ?? sequences[network])(anygrad);
    const net = anygrad.sequential(layers, options);
    await net.compile({ ...scores, optimizer: anygrad.optimizers.adam({ learningRate: 1e-3 }), engine });
    return net;
  }

  const tasks = {
    /** What the runtime says of itself. */
    async about() {
      const engine = await engineFor({ variant: "auto" });
      return {
        runtime: engine.info.runtime,
        variant: engine.info.variant,
        userAgent: globalThis.navigator?.userAgent,
        isolated: globalThis.crossOriginIsolated,
        inWorker: typeof document === "undefined" && typeof importScripts === "function",
      };
    },

    /** One of `runs`: trains, then judges and predicts 200 other examples. */
    async train({ run, ...build }) {
      const { network, batchSize, steps, epochs, augment } = runs[run];
      const engine = await engineFor(build);
      const examples = (batchSize * steps) / epochs;
      const { train, test } = await anygrad.datasets.digits({ train: examples, test: 200, seed: 1 });
      const net = await compiled(network, engine);
      const began = performance.now();
      const history = await net.fit(train, {
        epochs,
        batchSize,
        seed: 1,
        ...(augment && { augment: anygrad.augmentation(augment) }),
      });
      const { loss, accuracy } = await net.evaluate(test);
      const predicted = await net.predict(test);
      return {
        weights: await net.digest(),
        predictions: await sha256(predicted.data),
        trainingLoss: history.loss.at(-1),
        loss,
        accuracy,
        engine: engine.info,
        seconds: (performance.now() - began) / 1000,
      };
    },

    /** Ops of the families of kernels, which a runtime loads when one is called: their values and a gradient through them. */
    async families(build) {
      const { ops } = anygrad;
      const engine = await engineFor(build);
      const began = performance.now();
      const numbers = Float32Array.from(
        { length: 40_000 },
        (_, i) => ((i * 2654435761) % 2 ** 32) / 2 ** 30 - 2,
      );
      const x = engine.variable(numbers, [200, 200]);
      const order = engine.tensor(
        Int32Array.from({ length: 300 }, (_, i) => (i * 7) % 200),
        [300],
        "int32",
      );
      const arrays = () => {
        const padded = ops.pad(
          ops.slice(x, { begin: [3, 5], strides: [1, 2] }),
          [
            [1, 2],
            [51, 51],
          ],
          { mode: "reflect" },
        );
        const taken = ops.gather(padded, order, { axis: 1 });
        const waves = ops.where(ops.less(taken, 0), ops.sin(taken), ops.erf(taken));
        return ops.clip(ops.add(ops.mod(waves, 0.37), ops.cos(ops.round(taken))), -0.9, 1.1);
      };
      const { gradients } = engine.valueAndGrad(() => ops.sum(ops.square(arrays())), [x]);
      const values = engine.step(() => arrays().data);
      return {
        values: await sha256(values),
        gradient: await sha256(gradients[0].data),
        engine: engine.info,
        seconds: (performance.now() - began) / 1000,
      };
    },

    /** Milliseconds per step of a network at batch 64, over so many steps of a run that goes on from call to call. */
    async time({ network, steps, ...build }) {
      const key = JSON.stringify([network, build]);
      if (!timed.has(key)) {
        const engine = await engineFor(build);
        const { train } = await anygrad.datasets.digits({ train: 1280, test: 1, seed: 1 });
        const net = await compiled(network, engine);
        timed.set(key, { engine, run: net.train(train, { epochs: 1e6, batchSize: 64, seed: 1 }) });
      }
      const { run, engine } = timed.get(key);
      await run.next(); // brings this core and the sleeping workers back
      const began = performance.now();
      let last;
      for (let step = 0; step < steps; step++) last = await run.next();
      if (last.done) throw new Error("the timed run has ended: an earlier error of it went unseen");
      return { ms: (performance.now() - began) / steps, engine: engine.info };
    },
  };

  /** The answer to a plan, or the error in plain words. */
  return async function ask({ task, ...plan }) {
    try {
      return await tasks[task](plan);
    } catch (error) {
      const { name, code, message, stack } = error ?? {};
      return { error: { name, code, message: message ?? String(error), stack } };
    }
  };
}

/** Hex SHA-256 of float32 values, little-endian; no NaN is expected here. */
async function sha256(values) {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => {
    view.setFloat32(4 * i, value, true);
  });
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", view));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
