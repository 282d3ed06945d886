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
}

/** The running averages of one parameter; all start at zero. */
export interface OptimizerState {
  readonly velocity: Float64Array;
  readonly square: Float64Array;
}

export function initialState(size: number): OptimizerState {
  return { velocity: new Float64Array(size), square: new Float64Array(size) };
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
    const root = epsilonOutsideSqrt
      ? Math.sqrt(state.square[i]!) + epsilon
      : Math.sqrt(state.square[i]! + epsilon);
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
    return value - (rate * state.velocity[i]!) / (Math.sqrt(state.square[i]!) + epsilon);
  });
};

/** Loshchilov & Hutter 2017, arXiv:1711.05101: the decay acts on the weights, not through the averages. */
const adamw: Update = (w, g, state, step, attributes) => {
  const { learningRate, weightDecay = 0.004 } = attributes;
  const decayed = w.map((value) => value - learningRate * weightDecay * value);
  return adam(decayed, g, state, step, attributes);
};

export const updates = { sgd, rmsprop, adam, adamw };

export type OptimizerName = keyof typeof updates;
