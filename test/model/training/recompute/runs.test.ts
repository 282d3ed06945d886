/** `fit({ recompute: true })` beside all else that a run can be asked for: the same bits, or an error that says what to do. */
import { describe, expect, it } from "vitest";
import { createEngine, type Engine } from "../../../../src/autograd/engine.ts";
import { augmentation, defineLayer, ops } from "../../../../src/index.ts";
import { layers, type SymbolicTensor } from "../../../../src/layers/index.ts";
import { type CompileOptions, input, type Model, model, sequential } from "../../../../src/model/index.ts";
import type { FitOptions } from "../../../../src/model/training/options.ts";
import { failure } from "../../../data/failure.ts";
import { long } from "../../../long.ts";

const convolution = { filters: 8, kernelSize: 3, padding: "same" } as const;
const softmax = { units: 4, activation: "softmax" } as const;
const classes: CompileOptions = {
  optimizer: "adam",
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
};

/** n pictures of noise, [12, 12, 1]. */
const pictures = (n: number) => ({
  x: Float32Array.from({ length: 144 * n }, (_, i) => ((i * 2654435761) >>> 24) / 255),
  y: Uint8Array.from({ length: n }, (_, i) => i % 4),
  shape: [n, 12, 12, 1],
});

/** Blocks of normalisation, activation, convolution and what is given, each beside its input. */
function blocks(depth: number, extra: (y: SymbolicTensor, i: number) => SymbolicTensor = (y) => y): Model {
  const x = input({ shape: [12, 12, 1] });
  let y: SymbolicTensor = layers.conv2d(convolution).apply(x);
  for (let i = 0; i < depth; i++) {
    const active = layers.relu().apply(layers.batchNormalization().apply(y));
    y = layers.add([y, extra(layers.conv2d(convolution).apply(active), i)]);
  }
  const outputs = layers.dense(softmax).apply(layers.globalAveragePooling2d().apply(y));
  return model({ inputs: x, outputs, seed: 1 });
}

interface Run {
  /** The most memory is taken by something else than a step. */
  readonly isElsewhere?: boolean;
  readonly make: () => Model;
  readonly compile?: CompileOptions;
  readonly fit: (net: Model, options: FitOptions) => Promise<object>;
}

/** Its bits, history and bytes; of the steps' memory alone. */
async function ended({ make, compile = classes, fit: training }: Run, recompute: boolean, engine: Engine) {
  const net = make();
  await net.compile({ ...compile, engine });
  const { seconds: _, ...history } = (await training(net, recompute ? { recompute } : {})) as {
    seconds?: unknown;
  };
  const found = { history, weights: await net.digest(), bytes: engine.info.peakBytes };
  engine.dispose();
  return found;
}

const drop = (y: SymbolicTensor): SymbolicTensor => layers.dropout({ rate: 0.3 }).apply(y);
const set = pictures(40);
const fitted = (net: Model, options: FitOptions) => net.fit(set, { epochs: 2, batchSize: 16, ...options });

const swish = defineLayer({
  name: "ownSwish",
  weights: (shape) => ({ beta: { shape: [shape.at(-1) as number], initializer: "ones" } }),
  call: (x, { weights }) => ops.multiply(x, ops.sigmoid(ops.multiply(x, weights.beta!))),
});

const runs: Readonly<Record<string, Run>> = {
  "dropout and batch normalisation, whose statistics move once": { make: () => blocks(8, drop), fit: fitted },
  "averaged weights, validation and new statistics": {
    isElsewhere: true,
    make: () => blocks(8),
    fit: (net, options) => fitted(net, { ema: 0.9, recalibrate: 2, validationSplit: 0.2, ...options }),
  },
  "augmentation, with mixed examples, and weights of classes": {
    make: () => blocks(8),
    fit: (net, options) =>
      fitted(net, { augment: augmentation({ shift: 1, mixup: 0.3 }), classWeight: { 0: 2 }, ...options }),
  },
  "a stream of batches": {
    make: () => blocks(8),
    fit: (net, options) => net.fit([pictures(16), pictures(9)] as never, { epochs: 2, ...options }),
  },
  "penalties of weights and activations": {
    make: () => blocks(8, (y) => layers.activityRegularization({ l2: 1e-3 }).apply(y)),
    fit: fitted,
  },
  "layers of the user's own": { make: () => blocks(8, (y) => swish({}).apply(y)), fit: fitted },
  "a network that begins with frozen layers": {
    make() {
      const net = blocks(8, drop);
      for (const layer of net.layers.slice(0, 9)) layer.trainable = false;
      return net;
    },
    fit: fitted,
  },
  "one layer at many places, and two outputs of which one has a loss": {
    make() {
      const x = input({ shape: [12, 12, 1] });
      const shared = layers.conv2d({ ...convolution, activation: "tanh", kernelRegularizer: "l2" });
      let y: SymbolicTensor = layers.conv2d(convolution).apply(x);
      const early = layers.globalAveragePooling2d().apply(y);
      for (let i = 0; i < 10; i++) y = shared.apply(y);
      const late = layers.dense({ ...softmax, name: "late" }).apply(layers.globalAveragePooling2d().apply(y));
      return model({
        inputs: x,
        outputs: [layers.dense({ ...softmax, name: "early" }).apply(early), late],
        seed: 2,
      }) as never; // what it gives is a list, which nobody looks at
    },
    compile: { ...classes, loss: { late: "sparseCategoricalCrossentropy" }, metrics: { late: ["accuracy"] } },
    fit: (net, options) =>
      net.fit({ ...set, y: { late: set.y } } as never, { epochs: 2, batchSize: 16, ...options }),
  },
  "masked sequences through recurrent layers that keep their states": {
    make: () =>
      sequential(
        [
          layers.embedding({ inputDim: 20, outputDim: 12, maskZero: true }),
          layers.lstm({ units: 12, returnSequences: true, stateful: true, batchSize: 10 }),
          layers.gru({ units: 12, returnSequences: true }),
          layers.lstm({ units: 12, returnSequences: true, recurrentDropout: 0.2, dropout: 0.1 }),
          layers.batchNormalization(),
          layers.lstm({ units: 12 }),
          layers.dense(softmax),
        ],
        { inputShape: [15], seed: 1 },
      ),
    fit: (net, options) =>
      net.fit(
        {
          x: Float32Array.from({ length: 300 }, (_, i) => ((i * 2654435761) >>> 24) % 20),
          y: set.y.slice(0, 20),
          shape: [20, 15],
        },
        { epochs: 3, batchSize: 10, shuffle: false, ...options },
      ),
  },
};

describe("fit({ recompute: true }) ends with the same bits in less memory", () => {
  const short = /stream|frozen|many places|sequences/; // the others take half a second and more
  describe.each(Object.entries(runs))("%s", (name, run) => {
    (short.test(name) ? it : long)("on one thread and two, and in the scalar build", () => expectSame(run));
  });

  async function expectSame(run: Run): Promise<void> {
    const kept = await ended(run, false, await createEngine({ threads: 1, variant: "simd" }));
    const twice = await ended(run, true, await createEngine({ threads: 2, variant: "simd" }));
    const scalar = await ended(run, true, await createEngine({ threads: 1, variant: "scalar" }));
    if (!run.isElsewhere) expect(scalar.bytes).toBeLessThan(kept.bytes);
    for (const { weights, history } of [twice, scalar])
      expect({ weights, history }).toEqual({ weights: kept.weights, history: kept.history });
  }

  it("and a run that was left goes on with or without it", async () => {
    const engine = await createEngine({ threads: 1 });
    const options = { epochs: 3, batchSize: 16, seed: 5 };
    const [whole, parts] = [blocks(6, drop), blocks(6, drop)];
    for (const net of [whole, parts]) await net.compile({ ...classes, engine });
    await whole.fit(set, options);
    for await (const { globalStep } of parts.train(set, { ...options, recompute: true }))
      if (globalStep === 3) break;
    await parts.fit(set, { epochs: 3, resume: true });
    expect(await parts.digest()).toBe(await whole.digest());
    engine.dispose();
  });
});

describe("fit({ recompute: true }) refuses", () => {
  it("a layer whose ops are others in each step, with what to do", async () => {
    let calls = 0;
    const fickle = defineLayer({
      name: "fickle",
      call: (x) => (calls++ % 2 === 0 ? ops.relu(x) : ops.tanh(ops.multiply(x, 1))),
      outputShape: (shape) => shape,
    });
    const engine = await createEngine({ threads: 1 });
    const net = blocks(7, (y) => fickle({}).apply(y)); // seven layers: each is another one in the next step
    await net.compile({ ...classes, engine });
    const message = await failure(() => fitted(net, { recompute: true }), "UNSUPPORTED");
    expect(message).toMatch(/^fit: recompute: .* let shapes alone decide/);
    engine.dispose();
  });

  it("a layer that cannot run without numbers", async () => {
    const picky = defineLayer({
      name: "picky",
      call(x) {
        if (x.data.every((value) => value === 0)) throw new Error("all are zero");
        return x;
      },
      outputShape: (shape) => shape,
    });
    const engine = await createEngine({ threads: 1 });
    const net = sequential([layers.dense({ units: 4 }), picky({}), layers.dense(softmax)], {
      inputShape: [4],
    });
    await net.compile({ ...classes, engine });
    const y = [0, 1];
    const message = await failure(
      () =>
        net.fit(
          [
            [1, 2, 3, 4],
            [2, 3, 4, 5],
          ],
          y,
          { recompute: true },
        ),
      "UNSUPPORTED",
    );
    expect(message).toMatch(/cannot run without numbers/);
    engine.dispose();
  });
});
