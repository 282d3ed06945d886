/** Small networks in which every kind of layer stands that ONNX can express, with weights of their own. */
import type { Engine } from "../../../src/autograd/engine.ts";
import { type Layer, layers } from "../../../src/layers/index.ts";
import type { RecurrentOptions } from "../../../src/layers/recurrent.ts";
import type { ExampleShape } from "../../../src/math/shape.ts";
import { input, type Model, model, modelFromConfig, sequential } from "../../../src/model/index.ts";

/** Networks by their names. */
export type Networks = Readonly<Record<string, () => Model>>;

const image = [7, 6, 4];
const sequence = [9, 4];
const chain =
  (inputShape: ExampleShape, ...list: Layer[]) =>
  () =>
    sequential(list, { inputShape, seed: 3 });

/** Activations by the names that layers take them by. */
const activations = [
  "relu",
  "leakyRelu",
  "elu",
  "gelu",
  "silu",
  "sigmoid",
  "tanh",
  "softplus",
  "softmax",
  "logSoftmax",
  "relu6",
  "selu",
  "hardSigmoid",
  "hardSwish",
  "mish",
  "softsign",
] as const;

const recurrent: Readonly<Record<string, (options: RecurrentOptions) => Layer>> = {
  simpleRNN: layers.simpleRNN,
  lstm: layers.lstm,
  gru: layers.gru,
};

/** Every kind of layer that is a chain of its own. */
export const networks: Networks = {
  ...Object.fromEntries(
    activations.map((name) => [
      `dense, ${name}`,
      chain([5], layers.dense({ units: 6, activation: name }), layers.activation(name)),
    ]),
  ),
  "activation layers": chain(
    image,
    layers.conv2d({ filters: 4, kernelSize: 3 }),
    layers.leakyRelu({ negativeSlope: 0.1 }),
    layers.elu({ alpha: 0.5 }),
    layers.prelu({ sharedAxes: [1, 2] }),
    layers.prelu(),
  ),
  conv1d: chain(
    sequence,
    layers.conv1d({ filters: 8, kernelSize: 3, padding: "causal", dilationRate: 2, groups: 2 }),
    layers.maxPooling1d(),
    layers.conv1d({ filters: 6, kernelSize: 2, strides: 2, padding: "same", activation: "tanh" }),
  ),
  depthwiseConv1d: chain(sequence, layers.depthwiseConv1d({ kernelSize: 3, depthMultiplier: 2 })),
  separableConv1d: chain(sequence, layers.separableConv1d({ filters: 5, kernelSize: 2, strides: 2 })),
  conv2d: chain(
    image,
    layers.conv2d({ filters: 8, kernelSize: 3, padding: "same", strides: 2, activation: "relu" }),
    layers.conv2d({ filters: 6, kernelSize: [2, 3], groups: 2, useBias: false }),
    layers.flatten(),
    layers.dense({ units: 3 }),
  ),
  dilated: chain(image, layers.conv2d({ filters: 3, kernelSize: 2, dilationRate: [2, 3], padding: "same" })),
  depthwiseConv2d: chain(
    image,
    layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: "same", activation: "sigmoid" }),
  ),
  separableConv2d: chain(
    image,
    layers.separableConv2d({ filters: 5, kernelSize: [3, 2], depthMultiplier: 2 }),
  ),
  "conv2dTranspose, same": chain(
    image,
    layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: "same", activation: "relu" }),
  ),
  "conv2dTranspose, valid": chain(
    image,
    layers.conv2dTranspose({ filters: 2, kernelSize: [2, 4], strides: [3, 2], outputPadding: [1, 0] }),
  ),
  pooling: chain(
    [9, 8, 4],
    layers.maxPooling2d({ poolSize: 3, strides: 2, padding: "same" }),
    layers.averagePooling2d({ poolSize: 2, strides: 1, padding: "same" }),
    layers.globalAveragePooling2d(),
  ),
  globalMaxPooling2d: chain(image, layers.globalMaxPooling2d(), layers.dense({ units: 2 })),
  pooling1d: chain(
    sequence,
    layers.averagePooling1d({ poolSize: 3, padding: "same" }),
    layers.globalMaxPooling1d({ keepdims: true }),
  ),
  globalAveragePooling1d: chain(sequence, layers.globalAveragePooling1d()),
  borders: chain(
    image,
    layers.zeroPadding2d({ padding: [[1, 2], [0, 3]] }), // biome-ignore format: a line an option
    layers.cropping2d({ cropping: 1 }),
    layers.centerCrop({ height: 4, width: 5 }),
  ),
  borders1d: chain(sequence, layers.zeroPadding1d({ padding: [0, 3] }), layers.cropping1d()),
  upSampling: chain(
    image,
    layers.upSampling2d(),
    layers.conv2d({ filters: 3, kernelSize: 3 }),
    layers.upSampling2d({ size: [1, 3], interpolation: "bilinear" }),
    layers.resizing({ height: 5, width: 4 }),
    layers.resizing({ height: 7, width: 9, interpolation: "nearest" }),
  ),
  upSampling1d: chain(sequence, layers.upSampling1d({ size: 3 })),
  normalizations: chain(
    image,
    layers.rescaling({ scale: 0.5, offset: -0.1 }),
    layers.conv2d({ filters: 4, kernelSize: 3 }),
    layers.batchNormalization(),
    layers.groupNormalization({ groups: 2 }),
    layers.layerNormalization(),
    layers.rmsNormalization(),
    layers.unitNormalization({ axis: [1, 2] }),
    layers.normalization({ mean: [0, 1, 2, 3], variance: [1, 1, 4, 4] }),
  ),
  "batchNormalization of rows": chain(
    [6],
    layers.dense({ units: 8 }),
    layers.batchNormalization(),
    layers.activation("relu"),
    layers.dropout({ rate: 0.5 }),
    layers.dense({ units: 2 }),
  ),
  "batchNormalization of sequences": chain(sequence, layers.batchNormalization()),
  noise: chain(
    image,
    layers.gaussianNoise({ stddev: 0.5 }),
    layers.gaussianDropout({ rate: 0.5 }),
    layers.spatialDropout2d({ rate: 0.5 }),
    layers.activityRegularization({ l1: 0.1 }),
    layers.dense({ units: 3 }),
  ),
  shapes: chain(
    image,
    layers.permute({ dims: [3, 1, 2] }),
    layers.reshape({ targetShape: [4, -1, 3] }),
    layers.flatten(),
    layers.repeatVector({ n: 2 }),
  ),
  attention: chain(sequence, layers.attention({ useScale: true })),
  additiveAttention: chain(sequence, layers.additiveAttention()),
  multiHeadAttention: chain(
    sequence,
    layers.multiHeadAttention({ numHeads: 2, keyDim: 3 }),
    layers.multiHeadAttention({ numHeads: 2, keyDim: 3, useCausalMask: true }),
    layers.layerNormalization(),
  ),
  embedding: chain([5], layers.embedding({ inputDim: 5, outputDim: 3 }), layers.globalAveragePooling1d()),
  categories: chain([4], layers.categoryEncoding({ numTokens: 6 }), layers.dense({ units: 2 })),
  discretization: chain([4], layers.discretization({ binBoundaries: [-0.5, 0, 0.5] })),
  timeDistributed: chain(
    [3, 7, 6, 2],
    layers.timeDistributed({ layer: layers.conv2d({ filters: 3, kernelSize: 3 }) }),
    layers.timeDistributed({ layer: layers.flatten() }),
    layers.timeDistributed({ layer: layers.dense({ units: 4 }) }),
  ),
  ...Object.fromEntries(
    Object.entries(recurrent).flatMap(([name, make]) => [
      [name, chain(sequence, make({ units: 5 }))],
      [
        `${name}, backwards`,
        chain(
          sequence,
          make({ units: 5, goBackwards: true, returnSequences: true, activation: "relu" }),
          make({ units: 3, goBackwards: true, useBias: false }),
        ),
      ],
      [
        `${name}, both ways`,
        chain(
          sequence,
          layers.bidirectional({ layer: make({ units: 5, returnSequences: true }) }),
          layers.bidirectional({ layer: make({ units: 3, activation: "linear" }), mergeMode: "sum" }),
        ),
      ],
    ]),
  ),
  "gru, reset before": chain(
    sequence,
    layers.gru({ units: 5, resetAfter: false, returnSequences: true }),
    layers.gru({ units: 3, resetAfter: false, useBias: false }),
  ),
  "states of an lstm": () => {
    const x = input({ shape: sequence });
    const [y, h, c] = layers.lstm({ units: 4, returnSequences: true, returnState: true }).apply(x);
    const z = layers.lstm({ units: 4 }).apply([layers.dropout({ rate: 0.1 }).apply(y!), h!, c!]);
    return model({ inputs: x, outputs: layers.concatenate([z, c!]), seed: 2 });
  },
  residual: () => {
    const x = input({ shape: image });
    const convolution = (to: typeof x) =>
      layers
        .batchNormalization()
        .apply(layers.conv2d({ filters: 4, kernelSize: 3, padding: "same" }).apply(to));
    const a = layers.relu().apply(layers.add([convolution(x), x]));
    const b = layers.multiply([convolution(a), a]);
    const pooled = layers.reshape({ targetShape: [1, 1, 4] }).apply(layers.globalAveragePooling2d().apply(b));
    const gate = layers.dense({ units: 4, activation: "sigmoid" }).apply(pooled);
    const gated = layers.multiply([b, gate]);
    const joined = layers.concatenate([gated, layers.maximum([a, b]), layers.average([a, b])]);
    return model({ inputs: x, outputs: layers.subtract([joined, layers.relu().apply(joined)]), seed: 4 });
  },
  merging: () => {
    const x = input({ shape: sequence });
    const a = layers.dense({ units: 4 }).apply(x);
    const both = layers.concatenate([layers.minimum([a, x]), layers.subtract([a, x])], { axis: 1 });
    return model({ inputs: x, outputs: layers.dot([both, a], { axes: 2, normalize: true }), seed: 4 });
  },
};

/** Networks of the table that work at any length. */
const anyLength = [
  "conv1d",
  "depthwiseConv1d",
  "separableConv1d",
  "dilated",
  "depthwiseConv2d",
  "separableConv2d",
  "conv2dTranspose, same",
  "conv2dTranspose, valid",
  "pooling",
  "globalMaxPooling2d",
  "pooling1d",
  "globalAveragePooling1d",
  "borders1d",
  "upSampling",
  "upSampling1d",
  "normalizations",
  "batchNormalization of sequences",
  "noise",
  "attention",
  "additiveAttention",
  "multiHeadAttention",
  "embedding",
  "categories",
  "discretization",
  ...Object.keys(recurrent).flatMap((name) => [name, `${name}, backwards`, `${name}, both ways`]),
  "gru, reset before",
  "residual",
  "merging",
];

/** A network with all axes of its input open but the channels. */
function opened(net: Model): Model {
  const { inputShape, ...config } = net.getConfig();
  const channels = inputShape.length > 1 ? inputShape.slice(-1) : [];
  const open = [...new Array<null>(Math.max(1, inputShape.length - 1)).fill(null), ...channels];
  return modelFromConfig({ ...config, inputShape: open });
}

/** The same for models that take any length. */
export const openNetworks: Networks = {
  ...Object.fromEntries(anyLength.map((name) => [name, () => opened(networks[name]!())])),
  "states of an lstm": () => {
    const x = input({ shape: [null, 4] });
    const [y, h, c] = layers.lstm({ units: 4, returnSequences: true, returnState: true }).apply(x);
    const z = layers.lstm({ units: 4, returnSequences: true }).apply([y!, h!, c!]);
    return model({ inputs: x, outputs: layers.concatenate([z, y!]), seed: 2 });
  },
  "states of both ways": () => {
    const x = input({ shape: [null, 4] });
    const gru = layers.gru({ units: 3, returnSequences: true, returnState: true });
    const [y, forward, backward] = layers.bidirectional({ layer: gru }).apply(x) as [typeof x, typeof x, typeof x]; // biome-ignore format: one cast
    const pooled = layers.globalMaxPooling1d().apply(y);
    return model({ inputs: x, outputs: layers.concatenate([pooled, forward, backward]), seed: 2 });
  },
};

/** Lengths that they are tried at; pictures have the next one as their width. */
export const lengths = [7, 12, 9, 23] as const;

/** The shape of an example at one of these lengths. */
export const exampleAt = ({ inputs }: Model, i: number): number[] =>
  inputs[0]!.shape.map((n, axis) => n ?? lengths[(i + axis) % lengths.length]!);

/** A compiled network with weights that are not as initialisers leave them: no statistic is 0 or 1. */
export async function built(make: () => Model, engine: Engine): Promise<Model> {
  const net = make();
  await net.compile({ optimizer: "sgd", loss: "meanSquaredError", engine });
  const isVariance = (name: string): boolean => /variance|gamma|scale/.test(name);
  const weights = net.getWeights().map(({ name, shape, data }, k) => ({
    name,
    shape,
    data: data.map((value, i) => value + (isVariance(name) ? 0.3 : 0.1) * (((i * 7 + k) % 11) / 11)),
  }));
  net.setWeights(weights);
  return net;
}

/** Numbers for n examples, the same for the same shape; of networks that take categories whole ones. */
export function examplesFor(
  example: readonly number[],
  n: number,
  network = "",
): { x: Float32Array; shape: number[] } {
  const size = n * example.reduce((product, each) => product * each, 1);
  const whole = { embedding: 5, categories: 6 }[network];
  const number = (i: number): number => (whole ? i % whole : ((i * 37) % 101) / 60 - 0.8);
  return { x: Float32Array.from({ length: size }, (_, i) => number(i)), shape: [n, ...example] };
}
