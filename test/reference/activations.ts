/**
 * The activations and the other unary functions in float64: each is one row, the function and its derivative
 * side by side. Host `Math` is allowed here and only here: the twins are compared within a tolerance.
 */
import { type Array64, map } from "./array64.ts";

export interface UnaryAttributes {
  readonly negativeSlope?: number;
  readonly alpha?: number;
}

interface Unary {
  readonly forward: (x: number, attributes: UnaryAttributes) => number;
  readonly derivative: (x: number, attributes: UnaryAttributes) => number;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** Cumulative distribution and density of the standard normal. */
export const normalCumulative = (x: number): number => 0.5 * erfc(-x / Math.SQRT2);
export const normalDensity = (x: number): number => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);

const unary = {
  relu: {
    forward: (x) => (x > 0 || Number.isNaN(x) ? x : 0),
    derivative: (x) => (x > 0 ? 1 : 0),
  },
  leakyRelu: {
    forward: (x, { negativeSlope = 0.2 }) => (x > 0 ? x : negativeSlope * x),
    derivative: (x, { negativeSlope = 0.2 }) => (x > 0 ? 1 : negativeSlope),
  },
  elu: {
    forward: (x, { alpha = 1 }) => (x > 0 ? x : alpha * Math.expm1(x)),
    derivative: (x, { alpha = 1 }) => (x > 0 ? 1 : alpha * Math.exp(x)),
  },
  gelu: {
    forward: (x) => x * normalCumulative(x),
    derivative: (x) => normalCumulative(x) + x * normalDensity(x),
  },
  silu: {
    forward: (x) => x * sigmoid(x),
    derivative: (x) => sigmoid(x) * (1 + x * sigmoid(-x)),
  },
  sigmoid: {
    forward: (x) => sigmoid(x),
    derivative: (x) => sigmoid(x) * sigmoid(-x),
  },
  tanh: {
    forward: (x) => Math.tanh(x),
    derivative: (x) => 1 / Math.cosh(x) ** 2,
  },
  softplus: {
    forward: softplus,
    derivative: (x) => sigmoid(x),
  },
  negative: { forward: (x) => -x, derivative: () => -1 },
  abs: { forward: (x) => Math.abs(x), derivative: (x) => Math.sign(x) },
  square: { forward: (x) => x * x, derivative: (x) => 2 * x },
  sqrt: { forward: (x) => Math.sqrt(x), derivative: (x) => 0.5 / Math.sqrt(x) },
  exp: { forward: (x) => Math.exp(x), derivative: (x) => Math.exp(x) },
  log: { forward: (x) => Math.log(x), derivative: (x) => 1 / x },
  sign: { forward: (x) => Math.sign(x), derivative: () => 0 },
  floor: { forward: (x) => Math.floor(x), derivative: () => 0 },
  round: { forward: roundToEven, derivative: () => 0 },
  sin: { forward: (x) => Math.sin(x), derivative: (x) => Math.cos(x) },
  cos: { forward: (x) => Math.cos(x), derivative: (x) => -Math.sin(x) },
  tan: { forward: (x) => Math.tan(x), derivative: (x) => 1 / Math.cos(x) ** 2 },
  arcsin: { forward: (x) => Math.asin(x), derivative: (x) => 1 / Math.sqrt((1 - x) * (1 + x)) },
  arccos: { forward: (x) => Math.acos(x), derivative: (x) => -1 / Math.sqrt((1 - x) * (1 + x)) },
  arctan: { forward: (x) => Math.atan(x), derivative: (x) => 1 / (1 + x * x) },
  sinh: { forward: (x) => Math.sinh(x), derivative: (x) => Math.cosh(x) },
  cosh: { forward: (x) => Math.cosh(x), derivative: (x) => Math.sinh(x) },
  arcsinh: { forward: (x) => Math.asinh(x), derivative: (x) => 1 / Math.sqrt(x * x + 1) },
  arccosh: { forward: (x) => Math.acosh(x), derivative: (x) => 1 / Math.sqrt(x * x - 1) },
  arctanh: { forward: (x) => Math.atanh(x), derivative: (x) => 1 / ((1 - x) * (1 + x)) },
  erf: { forward: erf, derivative: (x) => (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) },
  relu6: {
    forward: (x) => (Number.isNaN(x) ? x : Math.min(Math.max(x, 0), 6)),
    derivative: (x) => (x > 0 && x < 6 ? 1 : 0),
  },
  selu: {
    forward: (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)),
    derivative: (x) => 1.0507009873554805 * (x > 0 ? 1 : 1.6732632423543772 * Math.exp(x)),
  },
  hardSigmoid: {
    forward: (x) => (Number.isNaN(x) ? x : Math.min(Math.max(x + 3, 0), 6) / 6),
    derivative: (x) => (x > -3 && x < 3 ? 1 / 6 : 0),
  },
  hardSwish: {
    forward: (x) => (Number.isNaN(x) ? x : (x * Math.min(Math.max(x + 3, 0), 6)) / 6),
    derivative: (x) => (x >= 3 ? 1 : x > -3 ? (2 * x + 3) / 6 : 0),
  },
  mish: {
    forward: (x) => x * Math.tanh(softplus(x)),
    derivative: (x) => Math.tanh(softplus(x)) + (x * sigmoid(x)) / Math.cosh(Math.min(softplus(x), 300)) ** 2,
  },
  softsign: {
    forward: (x) => x / (1 + Math.abs(x)),
    derivative: (x) => 1 / (1 + Math.abs(x)) ** 2,
  },
} satisfies Readonly<Record<string, Unary>>;

export type UnaryName = keyof typeof unary;

export function applyUnary(name: UnaryName, x: Array64, attributes: UnaryAttributes = {}): Array64 {
  const { forward }: Unary = unary[name];
  return map(x, (value) => forward(value, attributes));
}

export function applyUnaryBackward(
  name: UnaryName,
  dy: Array64,
  x: Array64,
  attributes: UnaryAttributes = {},
): Array64 {
  const { derivative }: Unary = unary[name];
  return map(x, (value, i) => dy.data[i]! * derivative(value, attributes));
}

/** The activations that dense and convolution carry in their epilogue. */
export type Activation = "linear" | "relu" | "sigmoid" | "tanh" | "relu6";

export function activate(activation: Activation, z: Array64): Array64 {
  return activation === "linear" ? z : applyUnary(activation, z);
}

/** dz of y = activation(z) */
export function activateBackward(activation: Activation, dy: Array64, z: Array64): Array64 {
  return activation === "linear" ? dy : applyUnaryBackward(activation, dy, z);
}

/** The nearest whole number, of two the even one. */
function roundToEven(x: number): number {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}

/** The error function, with its relative precision kept near zero. */
function erf(x: number): number {
  if (Math.abs(x) >= 2) return 1 - erfc(x);
  let term = x;
  let sum = x;
  for (let n = 1; n < 100; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

/** 1 − erf(x): the power series near zero, Lentz's continued fraction in the tails (relative error below 1e-13). */
function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  if (x === Number.POSITIVE_INFINITY) return 0;
  if (x < 2) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 100; n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 120; n >= 1; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}
