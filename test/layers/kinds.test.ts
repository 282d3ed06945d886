/**
 * Every layer of src/layers/kinds.ts: shapes, parameters, the way to JSON and back. The rows are checked against the
 * list: a layer without one fails.
 */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { AnygradError } from "../../src/errors.ts";
import { type Layer, layerFromConfig, layers } from "../../src/layers/index.ts";
import { resetStates, sequential } from "../../src/model/index.ts";
import { sizeOf } from "../../src/tensor/shape.ts";
import { failure } from "../data/failure.ts";
import { type MergingName, merging } from "../model/graphs.ts";

interface Row {
  readonly layer: Layer;
  readonly input: readonly number[];
  readonly output: readonly number[];
  /** Shapes of the weights by name. */
  readonly weights?: Readonly<Record<string, readonly number[]>>;
  /** Its name in a model of its own, and its class in Keras. */
  readonly named: readonly [string, string];
  /** What `config` must hold of the options given. */
  readonly config?: object;
}

const image = [7, 6, 4];
const plain = (layer: Layer, name: string, keras: string, config?: object): Row => ({
  layer,
  input: image,
  output: image,
  named: [name, keras],
  ...(config && { config }),
});
const bn = { gamma: [4], beta: [4], moving_mean: [4], moving_variance: [4] };

/** Merging layers take several tensors: test/model/functional.test.ts. */
type Single = Exclude<keyof typeof layers, MergingName>;

const rows: Readonly<Record<Single, readonly Row[]>> = {
  activation: [
    plain(layers.activation("gelu"), "activation", "Activation", { activation: "gelu" }),
    plain(layers.activation({ activation: "softmax" }), "activation", "Activation", {
      activation: "softmax",
    }),
  ],
  relu: [plain(layers.relu(), "relu", "ReLU")],
  leakyRelu: [
    plain(layers.leakyRelu(), "leaky_relu", "LeakyReLU", { negativeSlope: 0.3 }),
    plain(layers.leakyRelu({ negativeSlope: 0.1 }), "leaky_relu", "LeakyReLU", { negativeSlope: 0.1 }),
  ],
  elu: [plain(layers.elu({ alpha: 0.5 }), "elu", "ELU", { alpha: 0.5 })],
  gelu: [plain(layers.gelu(), "gelu", "GELU")],
  silu: [plain(layers.silu(), "silu", "SiLU")],
  sigmoid: [plain(layers.sigmoid(), "sigmoid", "Sigmoid")],
  tanh: [plain(layers.tanh(), "tanh", "Tanh")],
  softplus: [plain(layers.softplus(), "softplus", "Softplus")],
  softmax: [plain(layers.softmax(), "softmax", "Softmax")],
  logSoftmax: [plain(layers.logSoftmax(), "log_softmax", "LogSoftmax")],
  dropout: [plain(layers.dropout({ rate: 0.25 }), "dropout", "Dropout", { rate: 0.25 })],
  rescaling: [
    plain(layers.rescaling({ scale: 2, offset: -1 }), "rescaling", "Rescaling", { scale: 2, offset: -1 }),
  ],
  flatten: [{ layer: layers.flatten(), input: image, output: [168], named: ["flatten", "Flatten"] }],
  reshape: [
    {
      layer: layers.reshape({ targetShape: [2, 84] }),
      input: image,
      output: [2, 84],
      named: ["reshape", "Reshape"],
      config: { targetShape: [2, 84] },
    },
    {
      layer: layers.reshape({ targetShape: [4, -1, 3] }),
      input: [24],
      output: [4, 2, 3],
      named: ["reshape", "Reshape"],
    },
  ],
  dense: [
    {
      layer: layers.dense({ units: 5 }),
      input: [3],
      output: [5],
      weights: { kernel: [3, 5], bias: [5] },
      named: ["dense", "Dense"],
      config: { units: 5, activation: "linear", useBias: true },
    },
    {
      layer: layers.dense({ units: 2, useBias: false, activation: "softmax" }),
      input: [3],
      output: [2],
      weights: { kernel: [3, 2] },
      named: ["dense", "Dense"],
      config: { useBias: false, activation: "softmax" },
    },
  ],
  conv2d: [
    {
      layer: layers.conv2d({ filters: 8, kernelSize: 3 }),
      input: image,
      output: [5, 4, 8],
      weights: { kernel: [3, 3, 4, 8], bias: [8] },
      named: ["conv2d", "Conv2D"],
      config: {
        filters: 8,
        kernelSize: [3, 3],
        strides: [1, 1],
        padding: "valid",
        dilationRate: [1, 1],
        groups: 1,
      },
    },
    {
      layer: layers.conv2d({
        filters: 8,
        kernelSize: [2, 3],
        strides: [2, 1],
        padding: "same",
        groups: 2,
        useBias: false,
      }),
      input: image,
      output: [4, 6, 8],
      weights: { kernel: [2, 3, 2, 8] },
      named: ["conv2d", "Conv2D"],
      config: { strides: [2, 1], padding: "same", groups: 2 },
    },
    {
      layer: layers.conv2d({ filters: 1, kernelSize: 3, dilationRate: [3, 2], activation: "elu" }),
      input: image,
      output: [1, 2, 1],
      weights: { kernel: [3, 3, 4, 1], bias: [1] },
      named: ["conv2d", "Conv2D"],
      config: { dilationRate: [3, 2] },
    },
  ],
  depthwiseConv2d: [
    {
      layer: layers.depthwiseConv2d({ kernelSize: 3 }),
      input: image,
      output: [5, 4, 4],
      weights: { kernel: [3, 3, 4, 1], bias: [4] },
      named: ["depthwise_conv2d", "DepthwiseConv2D"],
      config: { depthMultiplier: 1 },
    },
    {
      layer: layers.depthwiseConv2d({
        kernelSize: [3, 1],
        strides: 2,
        padding: "same",
        depthMultiplier: 3,
        useBias: false,
      }),
      input: image,
      output: [4, 3, 12],
      weights: { kernel: [3, 1, 4, 3] },
      named: ["depthwise_conv2d", "DepthwiseConv2D"],
      config: { depthMultiplier: 3 },
    },
  ],
  maxPooling2d: [
    {
      layer: layers.maxPooling2d(),
      input: image,
      output: [3, 3, 4],
      named: ["max_pooling2d", "MaxPooling2D"],
      config: { poolSize: [2, 2], strides: [2, 2], padding: "valid" },
    },
    {
      layer: layers.maxPooling2d({ poolSize: [3, 2], strides: 1, padding: "same" }),
      input: image,
      output: [7, 6, 4],
      named: ["max_pooling2d", "MaxPooling2D"],
    },
  ],
  averagePooling2d: [
    {
      layer: layers.averagePooling2d({ poolSize: 3 }),
      input: image,
      output: [2, 2, 4],
      named: ["average_pooling2d", "AveragePooling2D"],
      config: { strides: [3, 3] },
    },
    {
      layer: layers.averagePooling2d({ padding: "same" }),
      input: image,
      output: [4, 3, 4],
      named: ["average_pooling2d", "AveragePooling2D"],
    },
  ],
  globalAveragePooling2d: [
    {
      layer: layers.globalAveragePooling2d(),
      input: image,
      output: [4],
      named: ["global_average_pooling2d", "GlobalAveragePooling2D"],
    },
  ],
  batchNormalization: [
    {
      layer: layers.batchNormalization(),
      input: image,
      output: image,
      weights: bn,
      named: ["batch_normalization", "BatchNormalization"],
      config: { momentum: 0.99, epsilon: 1e-3 },
    },
    {
      layer: layers.batchNormalization({ momentum: 0.5, epsilon: 0.1 }),
      input: [4],
      output: [4],
      weights: bn,
      named: ["batch_normalization", "BatchNormalization"],
      config: { momentum: 0.5, epsilon: 0.1 },
    },
  ],
  layerNormalization: [
    {
      layer: layers.layerNormalization({ gammaInitializer: "zeros" }),
      input: image,
      output: image,
      weights: { gamma: [4], beta: [4] },
      named: ["layer_normalization", "LayerNormalization"],
      config: { epsilon: 1e-3, gammaInitializer: { type: "zeros" } },
    },
  ],
  simpleRNN: [
    {
      layer: layers.simpleRNN({ units: 3, activation: "relu", useBias: false }),
      input: [5, 2],
      output: [3],
      weights: { kernel: [2, 3], recurrent_kernel: [3, 3] },
      named: ["simple_rnn", "SimpleRNN"],
      config: { activation: "relu", returnSequences: false },
    },
  ],
  lstm: [
    {
      layer: layers.lstm({ units: 3 }),
      input: [5, 2],
      output: [3],
      weights: { kernel: [2, 12], recurrent_kernel: [3, 12], bias: [12] },
      named: ["lstm", "LSTM"],
      config: { activation: "tanh", recurrentActivation: "sigmoid", unitForgetBias: true },
    },
    {
      layer: layers.lstm({ units: 3, stateful: true, batchSize: 2, returnSequences: true }),
      input: [5, 2],
      output: [5, 3],
      weights: {
        kernel: [2, 12],
        recurrent_kernel: [3, 12],
        bias: [12],
        state_h: [2, 3],
        state_c: [2, 3],
      },
      named: ["lstm", "LSTM"],
      config: { stateful: true, batchSize: 2 },
    },
    {
      layer: layers.lstm({ units: 3, returnState: "rows" }),
      input: [5, 2],
      output: [3, 3],
      weights: { kernel: [2, 12], recurrent_kernel: [3, 12], bias: [12] },
      named: ["lstm", "LSTM"],
    },
  ],
  gru: [
    {
      layer: layers.gru({ units: 3 }),
      input: [5, 2],
      output: [3],
      weights: { kernel: [2, 9], recurrent_kernel: [3, 9], bias: [2, 9] },
      named: ["gru", "GRU"],
      config: { resetAfter: true, recurrentActivation: "sigmoid" },
    },
    {
      layer: layers.gru({ units: 3, resetAfter: false, returnSequences: true, goBackwards: true }),
      input: [5, 2],
      output: [5, 3],
      weights: { kernel: [2, 9], recurrent_kernel: [3, 9], bias: [9] },
      named: ["gru", "GRU"],
      config: { goBackwards: true },
    },
  ],
  bidirectional: [
    {
      layer: layers.bidirectional({ layer: layers.gru({ units: 3, returnSequences: true }) }),
      input: [5, 2],
      output: [5, 6],
      weights: {
        forward_kernel: [2, 9],
        forward_recurrent_kernel: [3, 9],
        forward_bias: [2, 9],
        backward_kernel: [2, 9],
        backward_recurrent_kernel: [3, 9],
        backward_bias: [2, 9],
      },
      named: ["bidirectional", "Bidirectional"],
      config: { mergeMode: "concat", layer: { type: "gru" } },
    },
    {
      layer: layers.bidirectional({
        layer: layers.simpleRNN({ units: 3 }),
        backwardLayer: layers.lstm({ units: 3, goBackwards: true, useBias: false }),
        mergeMode: "ave",
      }),
      input: [5, 2],
      output: [3],
      weights: {
        forward_kernel: [2, 3],
        forward_recurrent_kernel: [3, 3],
        forward_bias: [3],
        backward_kernel: [2, 12],
        backward_recurrent_kernel: [3, 12],
      },
      named: ["bidirectional", "Bidirectional"],
      config: { mergeMode: "ave", backwardLayer: { type: "lstm" } },
    },
  ],
  timeDistributed: [
    {
      layer: layers.timeDistributed({ layer: layers.dense({ units: 3 }) }),
      input: [5, 2],
      output: [5, 3],
      weights: { kernel: [2, 3], bias: [3] },
      named: ["time_distributed", "TimeDistributed"],
      config: { layer: { type: "dense" } },
    },
    {
      layer: layers.timeDistributed({ layer: layers.conv2d({ filters: 2, kernelSize: 3 }) }),
      input: [5, 4, 4, 1],
      output: [5, 2, 2, 2],
      weights: { kernel: [3, 3, 1, 2], bias: [2] },
      named: ["time_distributed", "TimeDistributed"],
    },
  ],
  embedding: [
    {
      layer: layers.embedding({ inputDim: 7, outputDim: 3, maskZero: true }),
      input: [5],
      output: [5, 3],
      weights: { embeddings: [7, 3] },
      named: ["embedding", "Embedding"],
      config: { inputDim: 7, maskZero: true },
    },
  ],
  masking: [
    {
      layer: layers.masking({ maskValue: -1 }),
      input: [5, 2],
      output: [5, 2],
      named: ["masking", "Masking"],
      config: { maskValue: -1 },
    },
  ],
  repeatVector: [
    {
      layer: layers.repeatVector({ n: 4 }),
      input: [3],
      output: [4, 3],
      named: ["repeat_vector", "RepeatVector"],
      config: { n: 4 },
    },
  ],
  sequenceRows: [
    {
      layer: layers.sequenceRows({ begin: 1, end: 3 }),
      input: [5, 2],
      output: [2, 2],
      named: ["sequence_rows", "GetItem"],
      config: { begin: 1, end: 3 },
    },
    {
      layer: layers.sequenceRows({ begin: 4 }),
      input: [5, 2],
      output: [2],
      named: ["sequence_rows", "GetItem"],
    },
  ],
};

it("every layer has rows, each of its own type", () => {
  expect([...Object.keys(rows), ...Object.keys(merging)].sort()).toEqual(Object.keys(layers).sort());
  for (const [type, list] of Object.entries(rows)) {
    expect(list.length, type).toBeGreaterThan(0);
    for (const { layer } of list) expect(layer.type).toBe(type);
  }
});

const engine = await createEngine();
const all = Object.entries(rows).flatMap(([type, list]) =>
  list.map((row, i): [string, Row] => [list.length > 1 ? `${type} ${i + 1}` : type, row]),
);

describe.each(all)("%s", (_, { layer, input, output, weights = {}, named: [name, keras], config = {} }) => {
  it("knows its output shape and its weights", () => {
    expect(layer.outputShape([input])).toEqual(output);
    expect(Object.fromEntries(layer.weights([input]).map((w) => [w.name, w.shape]))).toEqual(weights);
    expect(layer.config).toMatchObject(config);
  });

  it("in a model: its name, its parameters, an output of the shape promised, the same in both variants", async () => {
    const net = sequential([layer], { inputShape: input, seed: 4 });
    const total = Object.values(weights).reduce((sum, shape) => sum + sizeOf(shape), 0);
    const still = Object.entries(weights).reduce(
      (sum, [w, shape]) => sum + (/^(moving|state)/.test(w) ? sizeOf(shape) : 0),
      0,
    );
    expect(net.parameters).toEqual({ total, trainable: total - still, nonTrainable: still });
    expect(net.outputShape).toEqual(output);
    expect(net.summary()).toContain(`${name} (${keras})`);
    const x = Float32Array.from({ length: 2 * sizeOf(input) }, (_, i) => ((i * 7919) % 101) / 50 - 1);
    if (layer.type === "embedding") x.set(x.map((value) => Math.floor(3 * value + 3)));
    const found = [];
    for (const variant of ["scalar", "simd"] as const) {
      await net.compile({ loss: "meanSquaredError", engine: await createEngine({ variant }) });
      expect(net.getWeights().map((w) => w.name)).toEqual(Object.keys(weights).map((w) => `${name}/${w}`));
      resetStates(net);
      found.push(await net.predict(x));
    }
    expect(found[0]!.shape).toEqual([2, ...output]);
    expect(found[0]!.data.every(Number.isFinite)).toBe(true);
    expect(new Uint32Array(found[1]!.data.buffer)).toEqual(new Uint32Array(found[0]!.data.buffer));
  });

  it("comes back from JSON as it was", async () => {
    const saved = JSON.parse(
      JSON.stringify({ type: layer.type, name: "again", trainable: false, config: layer.config }),
    );
    const again = layerFromConfig(saved);
    expect([again.type, again.keras, again.name, again.trainable]).toEqual([
      layer.type,
      layer.keras,
      "again",
      false,
    ]);
    expect(JSON.stringify(again.config)).toBe(JSON.stringify(layer.config));
    expect(again.lastActivation).toBe(layer.lastActivation);
    expect(again.outputShape([input])).toEqual(output);
    const values = await Promise.all(
      [layer, again].map(async (one) => {
        const net = sequential([one], { inputShape: input, seed: 4 });
        await net.compile({ loss: "meanSquaredError", engine });
        return net.getWeights().map(({ data }) => data);
      }),
    );
    expect(values[1]).toEqual(values[0]);
  });

  it("takes a name and a flag, and refuses what is neither", async () => {
    const make = (shared: object): Layer =>
      layerFromConfig({
        type: layer.type,
        name: "x",
        trainable: true,
        config: { ...layer.config, ...shared },
      });
    expect(layer.name).toBeUndefined();
    expect(layer.trainable).toBe(true);
    expect(make({}).name).toBe("x");
    for (const bad of ["", "a/b", 5])
      expect(
        await failure(
          () => Reflect.apply(layerFromConfig, undefined, [{ ...make({}), name: bad }]),
          "INVALID_ARGUMENT",
        ),
      ).toBe(`${layer.type}: name is ${JSON.stringify(bad)}; pass a text without "/", or none`);
  });
});

describe("names", () => {
  const namesOf = (list: Layer[]): string[] =>
    sequential(list, { inputShape: [4] })
      .summary()
      .split("\n")
      .flatMap((line) => /^│ (\S+) \(/.exec(line)?.[1] ?? []);
  const { dense, relu } = layers;

  it("count as Keras counts: from the second on", () => {
    const list = [dense({ units: 4 }), relu(), dense({ units: 4 }), relu(), dense({ units: 4 })];
    expect(namesOf(list)).toEqual(["dense", "relu", "dense_1", "relu_1", "dense_2"]);
  });

  it("start again with every model, and leave those alone that the user gave", () => {
    const own = dense({ units: 4, name: "head" });
    expect(namesOf([dense({ units: 4 }), own, dense({ units: 4 })])).toEqual(["dense", "head", "dense_1"]);
    expect(namesOf([dense({ units: 4 })])).toEqual(["dense"]);
  });

  it("step around names that the user gave, before or after", () => {
    const named = (name: string): Layer => dense({ units: 4, name });
    expect(namesOf([named("dense"), dense({ units: 4 })])).toEqual(["dense", "dense_1"]);
    expect(namesOf([dense({ units: 4 }), named("dense")])).toEqual(["dense_1", "dense"]);
  });
});

describe("a layer used twice", () => {
  it("has weights of its own in each place: layers are descriptions", async () => {
    const shared = layers.dense({ units: 4 });
    const net = sequential([shared, shared], { inputShape: [4] });
    await net.compile({ loss: "meanSquaredError", engine });
    const [first, , second] = net.getWeights();
    expect([first!.name, second!.name]).toEqual(["dense/kernel", "dense_1/kernel"]);
    expect(second!.data).not.toEqual(first!.data);
  });
});

describe("an unknown type", () => {
  it.each(["lstm", "toString", "__proto__", "default"])("%s is refused", (type) => {
    expect(() => layerFromConfig({ type, name: "x", trainable: true, config: {} })).toThrow(AnygradError);
  });
});
