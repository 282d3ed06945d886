/** Derivatives of functions of each element, and of the arithmetic of two arrays. */

import { copy, filled } from "../autograd/constant.ts";
import { apply, type Op } from "../autograd/op.ts";
import { untracked } from "../autograd/untracked.ts";
import { softplus } from "../ops/activations.ts";
import { add, multiply } from "../ops/arithmetic.ts";
import { exp, log, sqrt } from "../ops/elementary.ts";
import { divide, subtract } from "../ops/inverses.ts";
import { rescale } from "../ops/rescale.ts";
import { abs, negative } from "../ops/signs.ts";
import { reaches } from "../ops/threshold.ts";
import { sigmoid, square, tanh } from "../ops/unary.ts";
import type { Tensor } from "../tensor/tensor.ts";
import {
  again,
  backwards,
  type Derivative,
  linear,
  type Reached,
  repeated,
  slopeOf,
  unrepeated,
} from "./derivative.ts";

/** dx = dy · slope, for a function of each element. `alpha` is the parameter of those that have one. */
function sloped(slope: (x: Tensor, y: Tensor, alpha: number) => Tensor): Derivative {
  return {
    gradients: ({ dy, y, inputs: [x], attributes }: Reached<number>) => [
      () => multiply(dy, slope(x!, y, attributes)),
    ],
  };
}

/** dx = dy / divisor. */
function over(divisor: (x: Tensor) => Tensor): Derivative {
  return { gradients: ({ dy, inputs: [x] }) => [() => divide(dy, divisor(x!))] };
}

/** x · scale + shift. */
const line = (x: Tensor, scale: number, shift: number): Tensor => rescale(x, { scale, shift });

/** `right` from zero on, else `left`. */
const sides = (x: Tensor, right: Tensor | number, left: Tensor): Tensor => {
  const isRight = reaches(x, 0);
  return add(multiply(isRight, right), multiply(line(isRight, -1, 1), left));
};

/** For functions made of straight lines: the slope is a constant, which their own backward pass tells. */
const straight: Derivative = {
  gradients: (reached) => [() => multiply(reached.dy, slopeOf(reached))],
};

/** A slope that an op's own backward pass computes, and what the slope changes by with x. */
interface Slope {
  readonly reached: Reached<unknown>;
  change(x: Tensor, y: Tensor): Tensor;
}

const slopeOp: Op<[x: Tensor], Slope, void> = {
  name: "slope",
  shape: ([x]) => x.shape,
  forward({ y }, [x], { reached: { op } }) {
    backwards(op, y, filled(x.allocator, x.shape, 1), 0, { ...op, inputs: [x] });
  },
  backward(_, { dy, gradient }, [x], { reached, change }) {
    const dx = gradient(0);
    if (dx)
      copy(
        dx,
        untracked(x.allocator, () => multiply(dy, change(x, reached.y))),
      );
  },
};

/** For functions whose slope no other op of the core computes. */
function bySlope(change: Slope["change"]): Derivative {
  return {
    gradients: (reached) => [
      () => multiply(reached.dy, apply(slopeOp, [reached.inputs[0]!], { reached, change })),
    ],
  };
}

/** Those of an op of two operands, before they are summed over what was repeated. */
function ofTwo(
  slopes: (dy: Tensor, a: Tensor, b: Tensor, y: Tensor) => readonly [() => Tensor, () => Tensor],
): Derivative {
  return {
    gradients({ dy, y, inputs: [a, b] }) {
      const [da, db] = slopes(dy, a!, b!, y);
      return [() => unrepeated(da(), a!.shape), () => unrepeated(db(), b!.shape)];
    },
  };
}

/** Where an element of one of several inputs is chosen: constants say which. */
const chosen: Derivative = {
  gradients(reached) {
    const { dy, y, inputs } = reached;
    const whole = inputs.map((input) => repeated(input, y.shape));
    return inputs.map(
      ({ shape }, i) =>
        () =>
          unrepeated(multiply(dy, slopeOf(reached, i, whole)), shape),
    );
  },
};

const selu = { scale: 1.0507009873554805, limit: 1.7580993408473766 };
/** The smallest number above 0. */
const SMALLEST = 1.401298464324817e-45;
/** The density of the normal distribution is this times e^(−x² / 2). */
const density = 0.3989422804014327;

/** Derivatives by the names of the ops. */
export const elementwise: Readonly<Record<string, Derivative>> = {
  relu: straight,
  relu6: straight,
  leakyRelu: straight,
  abs: straight,
  negative: straight,
  hardSigmoid: straight,
  clip: straight,
  sign: straight,
  floor: straight,
  round: straight,
  rescale: straight,
  dropout: linear(),
  square: sloped((x) => line(x, 2, 0)),
  sqrt: { gradients: ({ dy, y }) => [() => divide(dy, line(y, 2, 0))] },
  exp: sloped((_, y) => y),
  log: over((x) => x),
  sigmoid: sloped((_, y) => subtract(y, square(y))),
  tanh: sloped((_, y) => line(square(y), -1, 1)),
  softplus: sloped((x) => sigmoid(x)),
  silu: sloped((x, y) => {
    const s = sigmoid(x);
    return add(s, multiply(y, line(s, -1, 1)));
  }),
  gelu: bySlope((x) => multiply(line(exp(line(square(x), -0.5, 0)), density, 0), line(square(x), -1, 2))),
  elu: sloped((x, y, alpha) => sides(x, 1, line(y, 1, alpha))),
  selu: sloped((x, y) => sides(x, selu.scale, line(y, 1, selu.limit))),
  softsign: over((x) => square(line(abs(x), 1, 1))),
  hardSwish: bySlope((x) => line(subtract(reaches(x, -3), reaches(x, 3)), 1 / 3, 0)),
  mish: sloped((x) => {
    const t = tanh(softplus(x));
    return add(t, multiply(multiply(x, sigmoid(x)), line(square(t), -1, 1)));
  }),
  sinh: bySlope((_, y) => y),
  cosh: bySlope((_, y) => y),
  arcsin: over((x) => sqrt(line(square(x), -1, 1))),
  arccos: over((x) => negative(sqrt(line(square(x), -1, 1)))),
  arctan: over((x) => line(square(x), 1, 1)),
  arcsinh: over((x) => sqrt(line(square(x), 1, 1))),
  arccosh: over((x) => sqrt(line(square(x), 1, -1))),
  arctanh: over((x) => line(square(x), -1, 1)),
  sin: bySlope((_, y) => negative(y)),
  cos: bySlope((_, y) => negative(y)),
  erf: sloped((x) => line(exp(negative(square(x))), 1.1283791670955126, 0)),
  slope: {
    gradients: ({ dy, inputs: [x], attributes: { reached, change } }: Reached<Slope>) => [
      () => multiply(dy, change(x!, reached.y)),
    ],
  },
  add: ofTwo((dy) => [() => dy, () => dy]),
  subtract: ofTwo((dy) => [() => dy, () => negative(dy)]),
  multiply: ofTwo((dy, a, b) => [() => multiply(dy, b), () => multiply(dy, a)]),
  divide: ofTwo((dy, _, b, y) => [() => divide(dy, b), () => negative(divide(multiply(dy, y), b))]),
  // b a^(b − 1) and a^b ln a, the latter where a is above 0
  pow: {
    gradients({ dy, y, inputs, op }) {
      const [a, b] = inputs as [Tensor, Tensor];
      const isPositive = reaches(a, SMALLEST);
      const logarithm = (): Tensor => log(add(multiply(isPositive, a), line(isPositive, -1, 1)));
      return [
        () => unrepeated(multiply(dy, multiply(b, again(op, [a, line(b, 1, -1)]))), a.shape),
        () => unrepeated(multiply(dy, multiply(y, logarithm())), b.shape),
      ];
    },
  },
  // (y − a) / b = −⌊a / b⌋
  mod: ofTwo((dy, a, b, y) => [
    () => dy,
    () =>
      multiply(
        dy,
        untracked(dy.allocator, () => divide(subtract(y, a), b)),
      ),
  ]),
  maximum: chosen,
  minimum: chosen,
  where: chosen,
};
