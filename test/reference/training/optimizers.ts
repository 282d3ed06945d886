/**
 * The optimizers in float64, in Keras's form, sorted by complexity. Each takes the parameters, this step's
 * gradients, its state (changed in place) and the 1-based step, and returns the new parameters.
 */

export interface OptimizerAttributes {
  readonly learningRate: number;
  readonly momentum?: number;
  readonly nesterov?: boolean;
  readonly rho?: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** RMSprop: g / (√v + ε) as in PyTorch, instead of Keras's g / √(v + ε). */
  readonly epsilonOutsideSqrt?: boolean;
  readonly weightDecay?: number;
  /** Adam: divide by the largest mean square so far. */
  readonly amsgrad?: boolean;
  /** RMSprop: divide by the deviation from the mean gradient. */
  readonly centered?: boolean;
  readonly initialAccumulatorValue?: number;
}

/** The running averages of one parameter; all start at zero. */
export interface OptimizerState {
  readonly velocity: Float64Array;
  readonly square: Float64Array;
  /** What few have: adam the largest mean square so far, RMSprop the mean gradient. */
  readonly third: Float64Array;
}

export function initialState(size: number): OptimizerState {
  return {
    velocity: new Float64Array(size),
    square: new Float64Array(size),
    third: new Float64Array(size),
  };
}

export type Update = (
  w: Float64Array,
  g: Float64Array,
  state: OptimizerState,
  step: number,
  attributes: OptimizerAttributes,
) => Float64Array;

/** Plain, with momentum (Polyak 1964) or Nesterov's look-ahead (Sutskever et al. 2013). */
const sgd: Update = (w, g, { velocity }, _step, { learningRate, momentum = 0, nesterov = false }) =>
  w.map((value, i) => {
    velocity[i] = momentum * velocity[i]! - learningRate * g[i]!;
    if (nesterov) return value + momentum * velocity[i]! - learningRate * g[i]!;
    return value + velocity[i]!;
  });

/** Tieleman & Hinton 2012: divide by a running root mean square. */
const rmsprop: Update = (w, g, state, _step, attributes) => {
  const { learningRate, rho = 0.9, momentum = 0, epsilon = 1e-7, epsilonOutsideSqrt = false } = attributes;
  return w.map((value, i) => {
    state.square[i] = rho * state.square[i]! + (1 - rho) * g[i]! * g[i]!;
    state.third[i] = rho * state.third[i]! + (1 - rho) * g[i]!;
    const spread = state.square[i]! - (attributes.centered ? state.third[i]! ** 2 : 0);
    const root = epsilonOutsideSqrt ? Math.sqrt(spread) + epsilon : Math.sqrt(spread + epsilon);
    state.velocity[i] = momentum * state.velocity[i]! + (learningRate * g[i]!) / root;
    return value - state.velocity[i]!;
  });
};

/** Kingma & Ba 2014, arXiv:1412.6980, with the bias correction folded into the learning rate. */
const adam: Update = (w, g, state, step, attributes) => {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = attributes;
  const rate = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  return w.map((value, i) => {
    state.velocity[i] = beta1 * state.velocity[i]! + (1 - beta1) * g[i]!;
    state.square[i] = beta2 * state.square[i]! + (1 - beta2) * g[i]! * g[i]!;
    state.third[i] = Math.max(state.third[i]!, state.square[i]!);
    const square = attributes.amsgrad ? state.third[i]! : state.square[i]!;
    return value - (rate * state.velocity[i]!) / (Math.sqrt(square) + epsilon);
  });
};

/** Loshchilov & Hutter 2017, arXiv:1711.05101: the decay acts on the weights, not through the averages. */
const adamw: Update = (w, g, state, step, attributes) => {
  const { learningRate, weightDecay = 0.004 } = attributes;
  const decayed = w.map((value) => value - learningRate * weightDecay * value);
  return adam(decayed, g, state, step, attributes);
};

/** Duchi et al. 2011: divide by the root of the sum of all squares, which begins above zero. */
const adagrad: Update = (w, g, { square }, step, attributes) => {
  const { learningRate, epsilon = 1e-7, initialAccumulatorValue = 0.1 } = attributes;
  return w.map((value, i) => {
    square[i] = (step === 1 ? initialAccumulatorValue : square[i]!) + g[i]! * g[i]!;
    return value - (learningRate * g[i]!) / Math.sqrt(square[i]! + epsilon);
  });
};

/** Zeiler 2012, arXiv:1212.5701: the step in the unit of the weights, by the root mean square of the steps so far. */
const adadelta: Update = (w, g, { velocity: steps, square }, _step, attributes) => {
  const { learningRate, rho = 0.95, epsilon = 1e-7 } = attributes;
  return w.map((value, i) => {
    square[i] = rho * square[i]! + (1 - rho) * g[i]! * g[i]!;
    const delta = (-Math.sqrt(steps[i]! + epsilon) * g[i]!) / Math.sqrt(square[i]! + epsilon);
    steps[i] = rho * steps[i]! + (1 - rho) * delta * delta;
    return value + learningRate * delta;
  });
};

/** Kingma & Ba 2014, section 7: adam by the infinity norm. */
const adamax: Update = (w, g, { velocity: mean, square: norm }, step, attributes) => {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = attributes;
  return w.map((value, i) => {
    mean[i] = beta1 * mean[i]! + (1 - beta1) * g[i]!;
    norm[i] = Math.max(beta2 * norm[i]!, Math.abs(g[i]!));
    return value - (learningRate * mean[i]!) / ((1 - beta1 ** step) * (norm[i]! + epsilon));
  });
};

/** Dozat 2016: adam that looks a step ahead, with a momentum that grows to beta1. */
const nadam: Update = (w, g, { velocity: mean, square }, step, attributes) => {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = attributes;
  const share = (t: number): number => beta1 * (1 - 0.5 * 0.96 ** t);
  let product = 1;
  for (let t = 1; t <= step; t++) product *= share(t);
  return w.map((value, i) => {
    mean[i] = beta1 * mean[i]! + (1 - beta1) * g[i]!;
    square[i] = beta2 * square[i]! + (1 - beta2) * g[i]! * g[i]!;
    const ahead =
      (share(step + 1) * mean[i]!) / (1 - product * share(step + 1)) +
      ((1 - share(step)) * g[i]!) / (1 - product);
    return value - (learningRate * ahead) / (Math.sqrt(square[i]! / (1 - beta2 ** step)) + epsilon);
  });
};

/** Chen et al. 2023, arXiv:2302.06675: the sign of a mean of the gradients. */
const lion: Update = (w, g, { velocity: mean }, _step, { learningRate, beta1 = 0.9, beta2 = 0.99 }) =>
  w.map((value, i) => {
    const direction = Math.sign(beta1 * mean[i]! + (1 - beta1) * g[i]!);
    mean[i] = beta2 * mean[i]! + (1 - beta2) * g[i]!;
    return value - learningRate * direction;
  });

/** As adamw: Keras takes the decay off the weights before the step. */
const decaying =
  (update: Update): Update =>
  (w, g, state, step, attributes) => {
    const { learningRate, weightDecay = 0 } = attributes;
    const decayed = w.map((value) => value - learningRate * weightDecay * value);
    return update(decayed, g, state, step, attributes);
  };

export const updates = {
  sgd,
  rmsprop,
  adam,
  adamw,
  adagrad: decaying(adagrad),
  adadelta: decaying(adadelta),
  adamax: decaying(adamax),
  nadam: decaying(nadam),
  lion: decaying(lion),
};

export type OptimizerName = keyof typeof updates;
