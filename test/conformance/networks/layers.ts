/**
 * The layers that networks are drawn of: a line a layer. The command fails for a layer of src/layers/kinds.ts that has no
 * line; a text in place of a line says why Keras cannot judge it.
 */
import type { KnownActivation } from "../../../src/layers/activation.ts";
import type { Shape } from "../../../src/tensor/shape.ts";
import type { Draws } from "./draws.ts";
import { kerasOptions, type Made, type Options } from "./program.ts";

/** Draws a layer of a kind for the option of a wrapper, some of its options fixed. */
export type DrawLayer = (kind: string, shape: Shape, fixed?: Options) => Made;

export interface LayerLine {
  /** Numbers of axes of an example that it takes. Default: any, 1 to 3. */
  readonly ranks?: readonly number[];
  /** Whether it makes sense for an input of this shape. Default: always. */
  fits?(shape: Shape): boolean;
  /** Its options, for an input of this shape. What does not fit the shape is drawn again. Default: none. */
  draw?(draws: Draws, shape: Shape, layer: DrawLayer): Options;
  /** Its class and options in Keras, from its options in snake case. Default: the layer's `keras`, and these. */
  keras?(options: Options): { class: string; options: Options };
  /** Tensors that it takes. Default 1. */
  tensors?(draws: Draws): number;
  /** In Keras each of its tensors is an argument, in place of a list. */
  readonly spreads?: boolean;
  /** It does not stand behind a mask, where Keras has rules of its own for it: see README.md. */
  readonly unmasked?: boolean;
  /** Whether its output has a mask. */
  masks?(options: Options): boolean;
  /** Its tensors may differ in shape as far as broadcasting goes. */
  readonly broadcasts?: boolean;
  /** Keras's names of weights, by ours, where they differ. */
  readonly weights?: Readonly<Record<string, string>>;
  /** With these options a training step depends on random numbers, in which the libraries differ: only inference is compared. */
  isRandom?(options: Options): boolean;
  /** It takes whole numbers from 0, below this, and stands first. */
  wholeInputs?(options: Options): number;
}

/** Keras has a function of this name, but no layer. */
const asActivation = (name: string): LayerLine => ({
  keras: (options) => ({ class: "Activation", options: { activation: name, ...options } }),
});

/** The activations, for the option of that name: a new one is a name here. The names of Keras 3, which has no hardSigmoid2, are the same in snake case. */
export const activations: Readonly<Record<Exclude<KnownActivation, "hardSigmoid2">, true>> = {
  linear: true,
  relu: true,
  leakyRelu: true,
  elu: true,
  gelu: true,
  silu: true,
  sigmoid: true,
  tanh: true,
  softplus: true,
  softmax: true,
  logSoftmax: true,
  relu6: true,
  selu: true,
  hardSigmoid: true,
  hardSwish: true,
  mish: true,
  softsign: true,
};

/** A name of an activation; the commonest, linear and relu, more often. */
export function activation(draws: Draws): string {
  return draws.chance(0.4) ? draws.pick(["linear", "relu"]) : draws.pick(Object.keys(activations));
}

/** The regularizers: a new one is a line here. */
export const regularizerLines: Readonly<Record<string, (draws: Draws) => Made>> = {
  l1: (draws) => regularizer("l1", "L1", { l1: draws.number(0.001, 0.1) }),
  l2: (draws) => regularizer("l2", "L2", { l2: draws.number(0.001, 0.1) }),
  l1l2: (draws) =>
    regularizer("l1l2", "L1L2", { l1: draws.number(0.001, 0.1), l2: draws.number(0.001, 0.1) }),
};

function regularizer(type: string, name: string, options: Options): Made {
  return { from: "regularizers", type, options, keras: { class: name, options: kerasOptions(options) } };
}

/** One now and then. */
export function maybeRegularizer(draws: Draws): Made | undefined {
  return draws.chance(0.15) ? draws.pick(Object.values(regularizerLines))(draws) : undefined;
}

/** The constraints: a new one is a line here. All work along the axes that they are given, such as 0. */
export const constraintLines: Readonly<Record<string, (draws: Draws) => Made>> = {
  nonNeg: () => constraint("nonNeg", "NonNeg", {}),
  maxNorm: (draws) => constraint("maxNorm", "MaxNorm", { maxValue: draws.number(0.1, 2), axis: 0 }),
  unitNorm: () => constraint("unitNorm", "UnitNorm", { axis: 0 }),
  minMaxNorm: (draws) =>
    constraint("minMaxNorm", "MinMaxNorm", {
      minValue: draws.number(0.1, 0.5),
      maxValue: draws.number(0.6, 2),
      rate: draws.number(0.2, 1),
      axis: 0,
    }),
};

function constraint(type: string, name: string, options: Options): Made {
  return { from: "constraints", type, options, keras: { class: name, options: kerasOptions(options) } };
}

/** One now and then. */
function maybeConstraint(draws: Draws): Made | undefined {
  return draws.chance(0.1) ? draws.pick(Object.values(constraintLines))(draws) : undefined;
}

/** What all layers with a kernel take. @param kernel the name in kernelRegularizer */
function weighted(draws: Draws, kernel = "kernel"): Options {
  return {
    activation: activation(draws),
    useBias: draws.chance(0.8),
    [`${kernel}Regularizer`]: maybeRegularizer(draws),
    biasRegularizer: maybeRegularizer(draws),
    [`${kernel}Constraint`]: maybeConstraint(draws),
    biasConstraint: maybeConstraint(draws),
    ...frozen(draws),
  };
}

/** What all recurrent layers take. Dropout is rare: with it only inference is compared. */
function recurrent(draws: Draws, gated: boolean): Options {
  const { activation: output, kernelConstraint: _, biasConstraint: __, ...options } = weighted(draws);
  return {
    units: draws.count(1, 6),
    returnSequences: draws.chance(0.5),
    goBackwards: draws.chance(0.2),
    ...(draws.chance(0.3) && { activation: output }),
    ...(gated && draws.chance(0.2) && { recurrentActivation: draws.pick(["relu", "tanh", "softplus"]) }),
    ...(draws.chance(0.2) && { zeroOutputForMask: true }),
    ...(draws.chance(0.05) && { dropout: 0.3 }),
    ...(draws.chance(0.05) && { recurrentDropout: 0.3 }),
    recurrentRegularizer: maybeRegularizer(draws),
    ...options,
  };
}

const drops = ({ dropout = 0, recurrentDropout = 0 }: Options): boolean =>
  dropout !== 0 || recurrentDropout !== 0;

/** Frozen now and then. */
function frozen(draws: Draws): Options {
  return draws.chance(0.05) ? { trainable: false } : {};
}

/** What the separable convolutions take. */
function separable(draws: Draws): Options {
  const { kernelRegularizer, kernelConstraint: _, biasConstraint: __, ...options } = weighted(draws);
  return {
    ...options,
    depthwiseRegularizer: maybeRegularizer(draws),
    pointwiseRegularizer: kernelRegularizer,
  };
}

/** Strides or dilation: TensorFlow refuses both. */
function window(
  draws: Draws,
  strides: () => number | number[],
  dilation: () => number | number[] = () => draws.pair(1, 2),
): Options {
  const padding = draws.pick(["valid", "same"]);
  return draws.chance(0.2)
    ? { padding, dilationRate: dilation() }
    : { padding, strides: draws.chance(0.5) ? 1 : strides() };
}

const divisors = (n: number): number[] => [1, 2, 3, 4, 5, 6].filter((d) => n % d === 0);

const pooling: LayerLine = {
  ranks: [3],
  draw: (draws) => ({
    poolSize: draws.pair(1, 3),
    padding: draws.pick(["valid", "same"]),
    ...(draws.chance(0.4) && { strides: draws.pair(1, 3) }),
  }),
};

const pooling1d: LayerLine = {
  ranks: [2],
  draw: (draws) => ({
    poolSize: draws.count(1, 3),
    padding: draws.pick(["valid", "same"]),
    ...(draws.chance(0.4) && { strides: draws.count(1, 3) }),
  }),
};

const globalPooling = (rank: number): LayerLine => ({
  ranks: [rank],
  draw: (draws) => (draws.chance(0.3) ? { keepdims: true } : {}),
});

/** For one line or for both: a number, or one for each end. */
const ends = (draws: Draws): number | number[] =>
  draws.chance(0.5) ? draws.count(0, 2) : [draws.count(0, 2), draws.count(0, 2)];
const border = (draws: Draws): number | number[] | number[][] =>
  draws.chance(0.5)
    ? draws.pair(0, 2)
    : [ends(draws), ends(draws)].map((n) => (Array.isArray(n) ? n : [n, n]));

/** Noise of this option; half of it none, so that training is compared, too. */
const noise = (name: string, ranks?: readonly number[]): LayerLine => ({
  ...(ranks && { ranks }),
  draw: (draws) => ({ [name]: draws.pick([0, 0, 0, 0.3]) }),
  isRandom: (options) => options[name] !== 0,
});

/** Some axes of an example, counted with the batch's. */
function axes(draws: Draws, { length }: Shape): number | number[] {
  if (draws.chance(0.5)) return draws.pick([-1, draws.count(1, length)]);
  return Array.from({ length }, (_, i) => i + 1).filter((axis) => axis === length || draws.chance(0.5));
}

/** gamma and beta may be left out. */
function affine(draws: Draws): Options {
  return {
    ...(draws.chance(0.2) && { center: false }),
    ...(draws.chance(0.2) && { scale: false }),
    ...frozen(draws),
  };
}

const merging: LayerLine = {
  tensors: (draws) => draws.count(2, 4),
  broadcasts: true,
};

export const layerLines: Readonly<Record<string, LayerLine | string>> = {
  activation: { draw: (draws) => ({ activation: activation(draws) }) },
  relu: {
    draw: (draws) => ({
      ...(draws.chance(0.4) && { maxValue: draws.number(0.5, 3) }),
      ...(draws.chance(0.4) && { negativeSlope: draws.number(0, 0.9) }),
      ...(draws.chance(0.4) && { threshold: draws.number(0, 0.5) }),
    }),
  },
  leakyRelu: { draw: (draws) => (draws.chance(0.3) ? {} : { negativeSlope: draws.number(0, 0.9) }) },
  elu: { draw: (draws) => (draws.chance(0.3) ? {} : { alpha: draws.number(0.1, 2) }) },
  gelu: asActivation("gelu"),
  silu: asActivation("silu"),
  sigmoid: asActivation("sigmoid"),
  tanh: asActivation("tanh"),
  softplus: asActivation("softplus"),
  softmax: { unmasked: true },
  logSoftmax: asActivation("log_softmax"),
  dense: { draw: (draws) => ({ units: draws.count(1, 9), ...weighted(draws) }) },
  conv2d: {
    ranks: [3],
    draw(draws, [, , channels = 1]) {
      const groups = draws.chance(0.3) ? draws.pick(divisors(channels)) : 1;
      return {
        filters: groups * draws.count(1, Math.ceil(6 / groups)),
        kernelSize: draws.pair(1, 4),
        groups,
        ...window(draws, () => draws.pair(1, 3)),
        ...weighted(draws),
      };
    },
  },
  depthwiseConv2d: {
    ranks: [3],
    draw: (draws) => ({
      kernelSize: draws.pair(1, 3),
      depthMultiplier: draws.count(1, 2),
      ...window(draws, () => draws.count(1, 3)), // TensorFlow wants equal strides here
      ...weighted(draws, "depthwise"),
    }),
  },
  dropout: {
    draw: (draws) => ({ rate: draws.pick([0, 0, 0, 0.3, 0.6]) }),
    isRandom: ({ rate }) => rate !== 0,
  },
  batchNormalization: {
    draw: (draws, { length }) => ({
      ...(draws.chance(0.6) && { momentum: draws.number(0, 0.999), epsilon: draws.pick([1e-5, 1e-3, 0.1]) }),
      ...(draws.chance(0.2) && { axis: draws.count(1, length) }),
      ...affine(draws),
    }),
  },
  layerNormalization: {
    // of one number nothing is left but rounding, which a batch normalization behind it would multiply
    fits: (shape) => shape.every((n) => n !== 1),
    draw: (draws, shape) => ({
      ...(draws.chance(0.6) && { epsilon: draws.pick([1e-3, 0.1]) }),
      ...(draws.chance(0.3) && { axis: axes(draws, shape) }),
      ...affine(draws),
    }),
  },
  groupNormalization: {
    ranks: [2, 3],
    fits: (shape) => shape.every((n) => n !== 1),
    draw: (draws, shape) => ({ groups: draws.pick(divisors(shape.at(-1)!)), ...affine(draws) }),
  },
  rmsNormalization: { draw: (draws) => (draws.chance(0.5) ? {} : { epsilon: draws.pick([1e-5, 0.1]) }) },
  unitNormalization: { draw: (draws, shape) => (draws.chance(0.5) ? {} : { axis: axes(draws, shape) }) },
  rescaling: { draw: (draws) => ({ scale: draws.number(0.2, 2), offset: draws.number(-1, 1) }) },
  maxPooling2d: pooling,
  averagePooling2d: pooling,
  globalAveragePooling2d: { ranks: [3] },
  globalMaxPooling2d: globalPooling(3),
  maxPooling1d: pooling1d,
  averagePooling1d: pooling1d,
  globalAveragePooling1d: globalPooling(2),
  globalMaxPooling1d: globalPooling(2),
  flatten: {},
  reshape: {
    draw(draws, shape) {
      const size = shape.reduce((product, n) => product * n, 1);
      const first = draws.pick(divisors(size));
      const second = draws.pick(divisors(size / first));
      const last = draws.chance(0.5) ? -1 : size / first / second;
      return { targetShape: draws.pick([[size], [first, size / first], [first, second, last]]) };
    },
  },
  add: merging,
  subtract: { ...merging, tensors: () => 2 },
  multiply: merging,
  average: merging,
  maximum: merging,
  minimum: merging,
  concatenate: {
    tensors: (draws) => draws.count(2, 4),
    draw: (draws, shape) => (draws.chance(0.5) ? {} : { axis: draws.count(1, shape.length) }),
  },
  simpleRNN: { ranks: [2], draw: (draws) => recurrent(draws, false), isRandom: drops },
  lstm: {
    ranks: [2],
    draw: (draws) => ({ ...recurrent(draws, true), unitForgetBias: draws.chance(0.8) }),
    isRandom: drops,
  },
  gru: {
    ranks: [2],
    draw: (draws) => ({ ...recurrent(draws, true), resetAfter: draws.chance(0.6) }),
    isRandom: drops,
  },
  bidirectional: {
    ranks: [2],
    draw: (draws, shape, layer) => ({
      layer: layer(draws.pick(["simpleRNN", "lstm", "gru"]), shape, { goBackwards: false }), // as Keras wants it
      mergeMode: draws.pick(["concat", "sum", "mul", "ave"]),
    }),
    isRandom: ({ layer }) => drops((layer as Made).options),
  },
  timeDistributed: {
    ranks: [2, 3],
    draw: (draws, shape, layer) => ({
      layer: layer(shape.length === 2 ? "dense" : draws.pick(["flatten", "relu"]), shape.slice(1)),
    }),
  },
  embedding: {
    ranks: [1],
    draw: (draws) => ({
      inputDim: draws.count(2, 9),
      outputDim: draws.count(1, 6),
      maskZero: draws.chance(0.5),
      embeddingsRegularizer: maybeRegularizer(draws),
    }),
    wholeInputs: ({ inputDim }) => Number(inputDim),
    masks: ({ maskZero }) => maskZero === true,
  },
  masking: { ranks: [2], draw: (draws) => ({ maskValue: draws.pick([0, 1]) }), masks: () => true },
  repeatVector: { ranks: [1], draw: (draws) => ({ n: draws.count(1, 5) }) },
  sequenceRows:
    "Keras has no layer of it, only x[:, a:b]; test/layers/recurrent.test.ts holds it to Keras's states",
  selu: asActivation("selu"),
  mish: asActivation("mish"),
  softsign: asActivation("softsign"),
  relu6: asActivation("relu6"),
  hardSigmoid: asActivation("hard_sigmoid"),
  hardSwish: asActivation("hard_swish"),
  prelu: {
    draw: (draws, { length }) => ({
      ...(draws.chance(0.5) && { sharedAxes: [draws.count(1, length)] }),
      alphaRegularizer: maybeRegularizer(draws),
    }),
  },
  activityRegularization: {
    draw: (draws) => ({ l1: draws.number(0.001, 0.1), l2: draws.number(0.001, 0.1) }),
  },
  gaussianNoise: noise("stddev"),
  gaussianDropout: noise("rate"),
  spatialDropout1d: noise("rate", [2]),
  spatialDropout2d: noise("rate", [3]),
  conv1d: {
    ranks: [2],
    draw(draws, [, channels = 1]) {
      const groups = draws.chance(0.3) ? draws.pick(divisors(channels)) : 1;
      const { padding, ...others } = window(
        draws,
        () => draws.count(1, 3),
        () => draws.count(1, 2),
      );
      return {
        filters: groups * draws.count(1, Math.ceil(6 / groups)),
        kernelSize: draws.count(1, 4),
        groups,
        padding: draws.chance(0.2) ? "causal" : padding,
        ...others,
        ...weighted(draws),
      };
    },
  },
  depthwiseConv1d: {
    ranks: [2],
    draw: (draws) => ({
      kernelSize: draws.count(1, 3),
      depthMultiplier: draws.count(1, 2),
      ...window(
        draws,
        () => draws.count(1, 3),
        () => draws.count(1, 2),
      ),
      ...weighted(draws, "depthwise"),
    }),
  },
  conv2dTranspose: {
    ranks: [3],
    draw: (draws) => ({
      filters: draws.count(1, 4),
      kernelSize: draws.pair(1, 3),
      strides: draws.pair(1, 3),
      padding: draws.pick(["valid", "same"]),
      ...weighted(draws),
    }),
  },
  separableConv2d: {
    ranks: [3],
    draw: (draws) => ({
      filters: draws.count(1, 4),
      kernelSize: draws.pair(1, 3),
      depthMultiplier: draws.count(1, 2),
      ...window(draws, () => draws.count(1, 3)),
      ...separable(draws),
    }),
  },
  separableConv1d: {
    ranks: [2],
    draw: (draws) => ({
      filters: draws.count(1, 4),
      kernelSize: draws.count(1, 3),
      depthMultiplier: draws.count(1, 2),
      ...window(
        draws,
        () => draws.count(1, 3),
        () => draws.count(1, 2),
      ),
      ...separable(draws),
    }),
  },
  zeroPadding1d: { ranks: [2], draw: (draws) => ({ padding: ends(draws) }) },
  zeroPadding2d: { ranks: [3], draw: (draws) => ({ padding: border(draws) }) },
  cropping1d: { ranks: [2], draw: (draws) => ({ cropping: ends(draws) }) },
  cropping2d: { ranks: [3], draw: (draws) => ({ cropping: border(draws) }) },
  centerCrop: {
    ranks: [3],
    draw: (draws, [h = 1, w = 1]) => ({ height: draws.count(1, h), width: draws.count(1, w) }),
  },
  resizing: {
    ranks: [3],
    draw: (draws) => ({
      height: draws.count(1, 12),
      width: draws.count(1, 12),
      interpolation: draws.pick(["nearest", "bilinear"]),
    }),
  },
  upSampling1d: { ranks: [2], draw: (draws) => ({ size: draws.count(1, 3) }) },
  upSampling2d: {
    ranks: [3],
    draw: (draws) => ({ size: draws.pair(1, 3), interpolation: draws.pick(["nearest", "bilinear"]) }),
  },
  operation:
    "Keras has ops of many kinds, and none by this name; test/layers/operation.test.ts compares each with the op itself",
  permute: {
    draw: (draws, { length }) => ({ dims: [...draws.permutation(length)].map((axis) => axis + 1) }),
  },
  dot: {
    tensors: () => 2,
    ranks: [1, 2],
    draw: (draws, { length }) => ({ axes: draws.count(1, length), normalize: draws.chance(0.4) }),
  },
  attention: {
    ranks: [2],
    tensors: (draws) => draws.count(2, 3),
    draw: (draws) => ({ useScale: draws.chance(0.5) }),
  },
  additiveAttention: {
    ranks: [2],
    tensors: (draws) => draws.count(2, 3),
    draw: (draws) => ({ useScale: draws.chance(0.7) }),
  },
  multiHeadAttention: {
    ranks: [2],
    tensors: (draws) => draws.count(2, 3),
    spreads: true,
    draw: (draws) => ({
      numHeads: draws.count(1, 3),
      keyDim: draws.count(1, 4),
      ...(draws.chance(0.4) && { valueDim: draws.count(1, 4) }),
      useBias: draws.chance(0.8),
      kernelRegularizer: maybeRegularizer(draws),
    }),
  },
  categoryEncoding: {
    ranks: [1],
    draw: (draws) => ({ numTokens: draws.count(2, 6), outputMode: draws.pick(["multiHot", "count"]) }),
    wholeInputs: ({ numTokens }) => Number(numTokens),
  },
  discretization:
    "Keras's gives whole numbers, which no layer behind it takes; test/layers holds it to Keras",
  lambda: "it is a function; test/definitions holds it to the layers that do the same",
  normalization: "in Keras its statistics are options, here weights; test/layers holds it to Keras",
};
