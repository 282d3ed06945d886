/** The losses and optimizers that networks are drawn with: a line each, as in layers.ts. */
import type { Draws } from "./draws.ts";
import { kerasOptions, type Made, type Options, pascalCase } from "./program.ts";

/** What the last layer must give, and targets. */
export interface LossLine {
  /** The last activation: "any", or one whose range the loss wants. */
  head(options: Options): "softmax" | "sigmoid" | "softplus" | "linear" | "any";
  /** Targets: classes, a share of each class (or one that is all), truth values that may be shares or not, any numbers. */
  readonly targets: "labels" | "shares" | "classes" | "truths" | "binary" | "numbers";
  /** Default: no options. */
  draw?(draws: Draws): Options;
  /** Its class in Keras. Default: its name in PascalCase. */
  readonly keras?: string;
  /**
   * It holds probabilities within 1e-7 of 0 and 1, as Keras says. On TensorFlow Keras takes the logits of before a sigmoid
   * instead, if it finds them: it is given none.
   */
  readonly clips?: boolean;
}

const crossentropy = (draws: Draws): Options => ({
  fromLogits: draws.chance(0.4),
  ...(draws.chance(0.3) && { labelSmoothing: draws.number(0.01, 0.4) }),
});

const focal = (draws: Draws): Options => ({
  ...crossentropy(draws),
  ...(draws.chance(0.6) && { gamma: draws.number(0.5, 4), alpha: draws.number(0.1, 0.9) }),
});

/** A text in place of a line says why Keras cannot judge it. */
export const lossLines: Readonly<Record<string, LossLine | string>> = {
  sparseCategoricalCrossentropy: {
    head: ({ fromLogits }) => (fromLogits ? "linear" : "softmax"),
    targets: "labels",
    draw: (draws) => ({ fromLogits: draws.chance(0.4) }), // Keras's has no labelSmoothing
  },
  categoricalCrossentropy: {
    head: ({ fromLogits }) => (fromLogits ? "linear" : "softmax"),
    targets: "shares",
    draw: crossentropy,
  },
  binaryCrossentropy: {
    head: ({ fromLogits }) => (fromLogits ? "linear" : "sigmoid"),
    targets: "truths",
    draw: crossentropy,
  },
  meanSquaredError: { head: () => "any", targets: "numbers" },
  meanAbsoluteError: { head: () => "any", targets: "numbers" },
  huber: {
    head: () => "any",
    targets: "numbers",
    draw: (draws) => (draws.chance(0.3) ? {} : { delta: draws.number(0.2, 2) }),
  },
  logCosh: { head: () => "any", targets: "numbers" },
  meanAbsolutePercentageError: { head: () => "any", targets: "numbers" },
  meanSquaredLogarithmicError: { head: () => "softplus", targets: "truths" },
  klDivergence: { head: () => "softmax", targets: "shares", keras: "KLDivergence" },
  poisson: { head: () => "softplus", targets: "truths" },
  binaryFocalCrossentropy: {
    head: ({ fromLogits }) => (fromLogits ? "linear" : "sigmoid"),
    targets: "binary",
    clips: true,
    draw: (draws) => ({ ...focal(draws), applyClassBalancing: draws.chance(0.5) }),
  },
  categoricalFocalCrossentropy: {
    head: ({ fromLogits }) => (fromLogits ? "linear" : "softmax"),
    targets: "shares",
    draw: focal,
  },
  hinge: { head: () => "any", targets: "binary" },
  squaredHinge: { head: () => "any", targets: "binary" },
  categoricalHinge: { head: () => "any", targets: "classes" },
  cosineSimilarity: { head: () => "any", targets: "numbers" },
  dice: { head: () => "sigmoid", targets: "binary" },
  tversky: {
    head: () => "sigmoid",
    targets: "binary",
    draw: (draws) => (draws.chance(0.3) ? {} : { alpha: draws.number(0.1, 1), beta: draws.number(0.1, 1) }),
  },
  ctc: "its targets are sequences, which are not drawn; test/losses holds it to Keras",
  contrastive: "Keras has none; test/losses holds it to its formula",
  triplet: "Keras has none; test/losses holds it to its formula",
  tripletHard: "Keras has none; test/losses holds it to TensorFlow Addons' formula",
  tripletSemiHard: "Keras has none; test/losses holds it to TensorFlow Addons' formula",
};

export interface OptimizerLine {
  /** Its class in Keras. */
  readonly keras: string;
  /** Its own options; the learning rate, weight decay and clipping are drawn for all. */
  draw(draws: Draws): Options;
  /** Its names in Keras that are not ours in snake case. */
  readonly names?: Readonly<Record<string, string>>;
  /** It divides by the size of the gradient: of one that is rounding alone, a step is rounding alone. */
  readonly normalizes?: boolean;
}

const moments: Omit<OptimizerLine, "keras"> = {
  draw: (draws) => ({
    beta1: draws.number(0.5, 0.95),
    beta2: draws.number(0.9, 0.999),
    epsilon: draws.pick([1e-7, 1e-4, 0.01]),
  }),
  names: { beta1: "beta_1", beta2: "beta_2" },
  normalizes: true,
};

/** Adam and AdamW have one option more. */
const withAmsgrad: Omit<OptimizerLine, "keras"> = {
  ...moments,
  draw: (draws) => ({ ...moments.draw(draws), ...(draws.chance(0.4) && { amsgrad: true }) }),
};

export const optimizerLines: Readonly<Record<string, OptimizerLine | string>> = {
  sgd: {
    keras: "SGD",
    draw: (draws) =>
      draws.chance(0.5) ? {} : { momentum: draws.number(0.1, 0.95), nesterov: draws.chance(0.5) },
  },
  rmsprop: {
    keras: "RMSprop",
    draw: (draws) => ({
      rho: draws.number(0.5, 0.95),
      epsilon: draws.pick([1e-7, 1e-4, 0.01]),
      ...(draws.chance(0.3) && { momentum: draws.number(0.1, 0.95) }),
      ...(draws.chance(0.3) && { centered: true }),
    }),
    normalizes: true,
  },
  adam: { keras: "Adam", ...withAmsgrad },
  adamw: { keras: "AdamW", ...withAmsgrad },
  adamax: { keras: "Adamax", ...moments },
  nadam: { keras: "Nadam", ...moments },
  adagrad: {
    keras: "Adagrad",
    draw: (draws) => ({
      initialAccumulatorValue: draws.pick([0.01, 0.1, 1]),
      epsilon: draws.pick([1e-7, 1e-4, 0.01]),
    }),
    normalizes: true,
  },
  adadelta: {
    keras: "Adadelta",
    draw: (draws) => ({ rho: draws.number(0.5, 0.95), epsilon: draws.pick([1e-7, 1e-4, 0.01]) }),
    normalizes: true,
  },
  lion: {
    keras: "Lion",
    draw: (draws) => ({ beta1: draws.number(0.5, 0.95), beta2: draws.number(0.9, 0.999) }),
    names: { beta1: "beta_1", beta2: "beta_2" },
    normalizes: true,
  },
};

export function drawLoss(draws: Draws, type: string): Made {
  const line = lossLines[type] as LossLine;
  const options = line.draw?.(draws) ?? {};
  return {
    from: "losses",
    type,
    options,
    keras: {
      class: line.keras ?? pascalCase(type),
      options: kerasOptions(options),
      ...(line.clips && { clips: true }),
    },
  };
}

export function drawOptimizer(draws: Draws, type: string): Made {
  const line = optimizerLines[type] as OptimizerLine;
  const clipping = draws.chance(0.3)
    ? {
        [draws.pick(["clipnorm", "globalClipnorm", "clipvalue"])]: draws.number(0.01, 1),
      }
    : {};
  const options = {
    learningRate: draws.number(0.01, 0.3),
    ...line.draw(draws),
    ...(draws.chance(0.3) && { weightDecay: draws.number(0.001, 0.1) }),
    ...clipping,
  };
  return {
    from: "optimizers",
    type,
    options,
    keras: { class: line.keras, options: kerasOptions(options, line.names) },
  };
}
