/** What is fused: a softmax or sigmoid with its cross-entropy, an activation with what stands beside it. Nobody can tell. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { type Dataset, oneHot } from "../../../src/data/dataset.ts";
import { type Layer, layers, type SymbolicTensor } from "../../../src/layers/index.ts";
import type { LossLike } from "../../../src/losses/index.ts";

import { type CompileOptions, input, type Model, sequential } from "../../../src/model/index.ts";
import { chain, chainEnds, connect } from "../../../src/model/network/connect.ts";
import { fuse } from "../../../src/model/network/fusing.ts";
import { placesBetween } from "../../../src/model/network/places.ts";
import { optimizers } from "../../../src/optimizers/index.ts";
import { blobs, mean, quarters, rows, sum } from "../examples.ts";

const engine = await createEngine();
const sparse = { loss: "sparseCategoricalCrossentropy" } as const;
const still = optimizers.sgd({ learningRate: 0 });

async function compiled(net: Model, options: Partial<CompileOptions> = {}): Promise<Model> {
  await net.compile({ optimizer: optimizers.adam(), ...sparse, engine, ...options });
  return net;
}

describe("in a graph", () => {
  const x = input({ shape: [8, 8, 1] });
  const normalized = layers
    .batchNormalization()
    .apply(layers.conv2d({ filters: 4, kernelSize: 3, activation: "relu" }).apply(x));
  const active = layers.relu().apply(normalized);
  const fusing = (outputs: SymbolicTensor) => {
    const { nodes, inputs, inputShape } = graphOf(outputs);
    expect(inputs).toEqual([{ name: "input_layer", shape: [8, 8, 1] }]);
    expect(inputShape).toEqual([8, 8, 1]);
    const { off, takes } = fuse(nodes);
    const names = (positions: Iterable<number>) => [...positions].map((i) => nodes[i]!.name);
    return { off: names(off), takes: names(takes.keys()) };
  };
  const graphOf = (outputs: SymbolicTensor) =>
    connect(placesBetween([x], [outputs]), {
      ...chainEnds("test", x.shape),
      inputs: [{ name: "input_layer", shape: x.sizes }],
    });
  const end = (from: SymbolicTensor) => layers.flatten().apply(from);

  it("an activation moves where nobody else sees what is before it", () => {
    expect(fusing(end(active))).toEqual({ off: ["relu"], takes: ["batch_normalization"] });
    const pooled = layers.maxPooling2d().apply(active);
    expect(fusing(end(pooled))).toEqual({ off: ["relu"], takes: ["max_pooling2d"] });
  });

  it.each([
    ["relu of a maxValue of 6", () => layers.relu({ maxValue: 6 }), true],
    ["relu6", () => layers.relu6(), true],
    ["relu of another maxValue", () => layers.relu({ maxValue: 5 }), false],
  ])("%s, if there is a kernel with it", (_, make, fuses) => {
    const { takes } = fusing(end(make().apply(normalized)));
    expect(takes).toEqual(fuses ? ["batch_normalization"] : []);
  });

  it("and stays where another uses that too", () => {
    expect(fusing(end(layers.add([active, normalized])))).toEqual({ off: [], takes: [] });
    const pooled = layers.maxPooling2d().apply(active);
    const beside = layers.averagePooling2d().apply(active);
    // pooling cannot take it, as two use it; the normalisation can
    expect(fusing(end(layers.add([pooled, beside])))).toEqual({
      off: ["relu"],
      takes: ["batch_normalization"],
    });
    expect(fusing(end(layers.relu().apply(layers.add([normalized, active]))))).toEqual({
      off: [],
      takes: [],
    });
  });
});

describe("a last activation that its cross-entropy takes over", () => {
  const hidden = (): Layer => layers.dense({ units: 8, activation: "tanh" });
  const binary: Dataset = { ...blobs({ n: 64, classes: 2 }) };
  const cases: [string, LossLike, "softmax" | "sigmoid", Dataset, number][] = [
    ["sparseCategoricalCrossentropy", "sparseCategoricalCrossentropy", "softmax", blobs({ n: 64 }), 3],
    [
      "categoricalCrossentropy",
      "categoricalCrossentropy",
      "softmax",
      { ...blobs({ n: 64 }), y: oneHot(blobs({ n: 64 }).y, 3) },
      3,
    ],
    [
      "categoricalCrossentropy, smoothed",
      { type: "categoricalCrossentropy", config: { labelSmoothing: 0.2 } },
      "softmax",
      { ...blobs({ n: 64 }), y: oneHot(blobs({ n: 64 }).y, 3) },
      3,
    ],
    ["binaryCrossentropy", "binaryCrossentropy", "sigmoid", binary, 1],
  ];

  it.each(cases)("%s: fused, apart and from logits agree", async (_, loss, activation, data, units) => {
    const { type, config } = typeof loss === "object" ? loss : { type: String(loss), config: {} };
    const run = async (end: Layer[], fromLogits: boolean) => {
      const net = sequential([hidden(), ...end], { inputShape: [6], seed: 3 });
      await compiled(net, {
        optimizer: optimizers.sgd({ learningRate: 1 }),
        loss: { type, config: { ...config, fromLogits } },
      });
      const { loss: losses } = await net.fit(data, { epochs: 3, batchSize: 64, shuffle: false });
      return {
        losses,
        weights: net.getWeights().flatMap((w) => [...w.data]),
        digest: await net.digest(),
        net,
      };
    };
    const option = await run([layers.dense({ units, activation })], false);
    const layer = await run([layers.dense({ units }), layers.activation(activation)], false);
    const logits = await run([layers.dense({ units })], true);
    // an activation that does nothing behind it, so that nothing can be fused
    const apart = await run([layers.dense({ units, activation }), layers.activation("linear")], false);

    expect(layer.digest).toBe(option.digest);
    expect(logits.digest).toBe(option.digest);
    apart.losses.forEach((value, i) => {
      expect(value).toBeCloseTo(option.losses[i]!, 5);
    });
    apart.weights.forEach((value, i) => {
      expect(value).toBeCloseTo(option.weights[i]!, 4);
    });

    // predict gives probabilities, fused or not; of a model that ends in logits, the logits
    const probabilities = await option.net.predict(data);
    const raw = await logits.net.predict(data);
    const apartProbabilities = await apart.net.predict(data);
    expect(probabilities.shape).toEqual([64, units]);
    probabilities.data.forEach((p, i) => {
      const row = raw.data.subarray(i - (i % units), i - (i % units) + units);
      const total = row.reduce((s, z) => s + Math.exp(z), 0);
      expect(p).toBeCloseTo(
        activation === "softmax" ? Math.exp(raw.data[i]!) / total : 1 / (1 + Math.exp(-raw.data[i]!)),
        5,
      );
      expect(p).toBeCloseTo(apartProbabilities.data[i]!, 4);
    });
  });

  it("shows metrics the probabilities all the same, in training and evaluation", async () => {
    const data: Dataset = { ...blobs({ n: 60, classes: 2, spread: 1.5 }) };
    const scores = async (end: Layer[]) => {
      const net = sequential([hidden(), layers.dense({ units: 1, activation: "sigmoid" }), ...end], {
        inputShape: [6],
        seed: 3,
      });
      const metrics = ["accuracy", "meanAbsoluteError"] as const;
      await compiled(net, { optimizer: still, loss: "binaryCrossentropy", metrics });
      const { accuracy, meanAbsoluteError } = await net.fit(data, { shuffle: false });
      const judged = await net.evaluate(data);
      expect(judged.meanAbsoluteError).toBeCloseTo(meanAbsoluteError![0]!, 6);
      expect(judged.accuracy).toBe(accuracy![0]);
      return judged;
    };
    const [fused, apart] = [await scores([]), await scores([layers.activation("linear")])];
    expect(fused.meanAbsoluteError).toBeCloseTo(apart.meanAbsoluteError!, 5);
    expect(fused.accuracy).toBe(apart.accuracy);
  });

  it("is not taken over where the loss says that it gets logits", async () => {
    // softmax twice, as the user asked for: fromLogits of a layer that already gives probabilities
    const net = sequential([layers.dense({ units: 3, activation: "softmax" })], { inputShape: [6] });
    await compiled(net, { loss: { type: "sparseCategoricalCrossentropy", config: { fromLogits: true } } });
    const { data: p } = await net.predict(blobs());
    const wanted = mean(
      rows(0, 96).map((i) => {
        const row = [...p.subarray(3 * i, 3 * i + 3)];
        return Math.log(sum(row.map(Math.exp))) - row[i % 3]!;
      }),
    );
    expect((await net.evaluate(blobs())).loss).toBeCloseTo(wanted, 5);
  });

  it("survives logits that no probability can hold", async () => {
    const net = sequential([layers.dense({ units: 3, activation: "softmax", kernelInitializer: "zeros" })], {
      inputShape: [6],
    });
    await compiled(net, { optimizer: still });
    net.setWeights([
      { shape: [6, 3], data: new Float32Array(18) },
      { shape: [3], data: Float32Array.of(200, 0, -200) },
    ]);
    const data: Dataset = { ...blobs(), y: new Uint8Array(96).fill(2) };
    expect((await net.fit(data)).loss[0]).toBeCloseTo(400, 3);
  });
});

describe("an activation that a neighbour takes over", () => {
  const bn = (): Layer => layers.batchNormalization();
  const conv = (activation: "linear" | "relu" = "linear"): Layer =>
    layers.conv2d({ filters: 4, kernelSize: 3, activation });
  const pool = (options = {}): Layer => layers.maxPooling2d(options);
  const head = (): Layer[] => [layers.flatten(), layers.dense({ units: 4, activation: "softmax" })];
  const act = layers.activation;
  const image = [8, 8, 1];

  const fusings: [string, Layer[], readonly number[], readonly (readonly [number, string])[]][] = [
    ["batch normalisation, activation", [conv(), bn(), act("tanh"), ...head()], [2], [[1, "tanh"]]],
    ["batch normalisation, layer of its own", [conv(), bn(), layers.relu(), ...head()], [2], [[1, "relu"]]],
    ["convolution with relu, max pooling", [conv("relu"), pool(), ...head()], [0], [[1, "relu"]]],
    ["activation, max pooling", [conv(), act("sigmoid"), pool(), ...head()], [1], [[2, "sigmoid"]]],
    [
      "batch normalisation, activation, max pooling",
      [conv(), bn(), act("relu"), pool(), ...head()],
      [2],
      [[3, "relu"]],
    ],
    ["an activation that can fall", [conv(), bn(), act("gelu"), pool(), ...head()], [], []],
    ["windows that make no less", [conv("relu"), pool({ strides: 1, padding: "same" }), ...head()], [], []],
    ["the mean of a window", [conv("relu"), layers.averagePooling2d(), ...head()], [], []],
    ["a layer between", [conv(), bn(), layers.dropout({ rate: 0.5 }), act("relu"), ...head()], [], []],
    ["the last activation", [layers.flatten(), layers.dense({ units: 1 }), bn(), act("sigmoid")], [], []],
    [
      "dense after batch normalisation",
      [layers.flatten(), bn(), layers.dense({ units: 3, activation: "relu" })],
      [],
      [],
    ],
  ];

  it.each(fusings)("%s", (_, list, off, takes) => {
    const { fusing } = chain(list, image);
    expect([...fusing.off]).toEqual(off);
    expect([...fusing.takes]).toEqual(takes);
  });

  it("is left alone where another layer uses it too", () => {
    const { nodes } = chain([conv("relu"), pool(), ...head()], image);
    const shared = fuse([...nodes, { ...nodes[3]!, inputs: [0] }]);
    expect(shared.off.size).toBe(0);
  });

  async function trained(list: Layer[]): Promise<{ net: Model; weights: number[] }> {
    const net = sequential(list, { inputShape: image, seed: 3 });
    await compiled(net, { optimizer: optimizers.sgd({ learningRate: 0.1 }) });
    await net.fit(quarters(), { epochs: 3, batchSize: 24, shuffle: false });
    return { net, weights: net.getWeights().flatMap(({ data }) => [...data]) };
  }
  /** Does nothing, and so keeps its neighbours apart. */
  const apart = (): Layer => act("linear");

  it.each(["relu", "sigmoid", "tanh"] as const)(
    "gives the same bits in the pass of a batch normalisation: %s",
    async (name) => {
      const fused = await trained([conv(), bn(), act(name), ...head()]);
      const separate = await trained([conv(), bn(), apart(), act(name), ...head()]);
      expect(fused.weights).toEqual(separate.weights);
      const [p, q] = [await fused.net.predict(quarters()), await separate.net.predict(quarters())];
      expect(p.data).toEqual(q.data);
    },
  );

  it("gives the same bits behind max pooling where it is relu, which ties nothing that counts", async () => {
    const fused = await trained([conv("relu"), pool(), ...head()]);
    const separate = await trained([conv("relu"), apart(), pool(), ...head()]);
    expect(fused.weights).toEqual(separate.weights);
  });

  it.each(["sigmoid", "tanh"] as const)(
    "gives the same behind max pooling but for ties: %s",
    async (name) => {
      const fused = await trained([conv(), bn(), act(name), pool(), ...head()]);
      const separate = await trained([conv(), bn(), act(name), apart(), pool(), ...head()]);
      expect(fused.weights.length).toBe(separate.weights.length);
      fused.weights.forEach((weight, i) => {
        expect(weight).toBeCloseTo(separate.weights[i]!, 4);
      });
    },
  );
});
