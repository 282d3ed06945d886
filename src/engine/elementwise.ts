/** Derivatives of functions of each element, and of the arithmetic of two arrays. */

import { filled } from "../autograd/constant.ts";
import { add, divide, multiply, subtract } from "../ops/arithmetic.ts";
import { greater, greaterEqual, less, lessEqual } from "../ops/comparison.ts";
import { cos, erf, floor, sin } from "../ops/functions.ts";
import { dropout, type StepDraw } from "../ops/random.ts";
import { rescale } from "../ops/rescale.ts";
import { abs, exp, negative, sigmoid, softplus, square, tanh } from "../ops/unary.ts";
import { where } from "../ops/where.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Derivative, type Reached, unrepeated } from "./derivative.ts";

/** dx = dy · slope, for a function of each element. `alpha` is the parameter of those that have one. */
function sloped(slope: (x: Tensor, y: Tensor, alpha: number) => Tensor): Derivative {
  return {
    gradients: ({ dy, y, inputs: [x], attributes }: Reached<number>) => [
      () => multiply(dy, slope(x!, y, attributes)),
    ],
  };
}

/** x · scale + shift. */
const line = (x: Tensor, scale: number, shift: number): Tensor => rescale(x, { scale, shift });

/** `right` where x > 0, else `left`. */
const sides = (x: Tensor, right: number, left: number): Tensor => line(greater(x, 0), right - left, left);

const within = (x: Tensor, low: number, high: number): Tensor => multiply(greater(x, low), less(x, high));

/** Zeros, whatever dy is, but such as depend on it: a gradient that is zero can be asked for. */
const flat: Derivative = {
  gradients: ({ dy }) => [() => where(filled(dy.allocator, [], 0), dy, 0)],
};

/** Those of an op of two operands, before they are summed over what was repeated. */
function ofTwo(
  slopes: (dy: Tensor, a: Tensor, b: Tensor, y: Tensor) => [() => Tensor, () => Tensor],
): Derivative {
  return {
    gradients({ dy, y, inputs: [a, b] }) {
      const [da, db] = slopes(dy, a!, b!, y);
      return [() => unrepeated(da(), a!.shape), () => unrepeated(db(), b!.shape)];
    },
  };
}

/** Where one of the two is chosen, a where `right` is 0. */
const chosen = (right: (a: Tensor, b: Tensor) => Tensor): Derivative =>
  ofTwo((dy, a, b) => {
    const isRight = right(a, b);
    return [() => multiply(dy, line(isRight, -1, 1)), () => multiply(dy, isRight)];
  });

const selu = { scale: 1.0507009873554805, limit: 1.7580993408473766 };

/** Derivatives by the names of the ops. */
export const elementwise: Readonly<Record<string, Derivative>> = {
  relu: sloped((x) => greater(x, 0)),
  relu6: sloped((x) => within(x, 0, 6)),
  leakyRelu: sloped((x, _, alpha) => sides(x, 1, alpha)),
  abs: sloped((x) => subtract(greater(x, 0), less(x, 0))),
  negative: { gradients: ({ dy }) => [() => negative(dy)] },
  square: sloped((x) => line(x, 2, 0)),
  sqrt: { gradients: ({ dy, y }) => [() => divide(dy, line(y, 2, 0))] },
  exp: sloped((_, y) => y),
  log: { gradients: ({ dy, inputs: [x] }) => [() => divide(dy, x!)] },
  sigmoid: sloped((_, y) => subtract(y, square(y))),
  tanh: sloped((_, y) => line(square(y), -1, 1)),
  softplus: sloped((x) => sigmoid(x)),
  silu: sloped((x, y) => {
    const s = sigmoid(x);
    return add(s, multiply(y, line(s, -1, 1)));
  }),
  gelu: sloped((x) => {
    const chance = line(erf(line(x, Math.SQRT1_2, 0)), 0.5, 0.5);
    return add(chance, multiply(x, line(exp(line(square(x), -0.5, 0)), 0.3989422804014327, 0)));
  }),
  elu: sloped((x, y, alpha) => where(greater(x, 0), 1, line(y, 1, alpha))),
  selu: sloped((x, y) => where(greater(x, 0), selu.scale, line(y, 1, selu.limit))),
  softsign: {
    gradients: ({ dy, inputs: [x] }) => [() => divide(dy, square(line(abs(x!), 1, 1)))],
  },
  hardSigmoid: sloped((x) => line(within(x, -3, 3), 1 / 6, 0)),
  hardSwish: sloped((x) => add(multiply(within(x, -3, 3), line(x, 1 / 3, 0.5)), greaterEqual(x, 3))),
  mish: sloped((x) => {
    const t = tanh(softplus(x));
    return add(t, multiply(multiply(x, sigmoid(x)), line(square(t), -1, 1)));
  }),
  sin: sloped((x) => cos(x)),
  cos: sloped((x) => negative(sin(x))),
  erf: sloped((x) => line(exp(negative(square(x))), 1.1283791670955126, 0)),
  sign: flat,
  floor: flat,
  round: flat,
  clip: {
    gradients: ({ dy, inputs: [x], attributes: { low, high } }: Reached<{ low: number; high: number }>) => [
      () => multiply(dy, multiply(greaterEqual(x!, low), lessEqual(x!, high))),
    ],
  },
  rescale: {
    gradients: ({ dy, attributes: { scale } }: Reached<{ scale: number }>) => [() => line(dy, scale, 0)],
  },
  dropout: {
    gradients: ({ dy, inputs: [, step], attributes }: Reached<StepDraw & { rate: number }>) => [
      () => dropout(dy, { ...attributes, step: step! }),
    ],
  },
  add: ofTwo((dy) => [() => dy, () => dy]),
  subtract: ofTwo((dy) => [() => dy, () => negative(dy)]),
  multiply: ofTwo((dy, a, b) => [() => multiply(dy, b), () => multiply(dy, a)]),
  divide: ofTwo((dy, _, b, y) => [() => divide(dy, b), () => negative(divide(multiply(dy, y), b))]),
  mod: ofTwo((dy, a, b) => [() => dy, () => negative(multiply(dy, floor(divide(a, b))))]),
  maximum: chosen((a, b) => greater(b, a)),
  minimum: chosen((a, b) => greater(a, b)),
  where: {
    gradients: ({ dy, inputs: [condition, a, b] }) => [
      undefined, // a condition has none
      () => unrepeated(where(condition!, dy, 0), a!.shape),
      () => unrepeated(where(condition!, 0, dy), b!.shape),
    ],
  },
};
