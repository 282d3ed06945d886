/**
 * First values of weights, under Keras's names and with its defaults.
 * Fans are those of [inputs, units] and [height, width, in, out] kernels.
 */

import { AnygradError } from "../errors.ts";
import { checkNumber } from "../math/checks.ts";
import * as random from "../ops/random.ts";
import { type Shape, sizeOf } from "../tensor/shape.ts";
import type { Initializer } from "./initializer.ts";
import { orthogonalize } from "./orthogonal.ts";

function fillWith(type: string, value: number, config: Record<string, number> = {}): Initializer {
  return { type, config, fill: (target) => target.view.fill(value) };
}

export const zeros = (): Initializer => fillWith("zeros", 0);
export const ones = (): Initializer => fillWith("ones", 1);
/** Default value 0. */
export const constant = ({ value = 0 }: { value?: number } = {}): Initializer =>
  fillWith("constant", checkNumber("constant: value", value), { value });

interface NormalOptions {
  /** Default 0. */
  mean?: number;
  /** Default 0.05. */
  stddev?: number;
}

function normal(type: string, { mean = 0, stddev = 0.05 }: NormalOptions, truncated: boolean): Initializer {
  checkNumber(`${type}: mean`, mean);
  checkNumber(`${type}: stddev`, stddev, { from: 0 });
  return {
    type,
    config: { mean, stddev },
    fill(target, draw) {
      target.write(
        random.randomNormal(target.allocator, target.shape, draw, { mean, stddev, truncated }).view,
      );
    },
  };
}

export const randomNormal = (options: NormalOptions = {}): Initializer =>
  normal("randomNormal", options, false);
/** A normal distribution cut at two deviations. */
export const truncatedNormal = (options: NormalOptions = {}): Initializer =>
  normal("truncatedNormal", options, true);

/** Defaults: −0.05 to 0.05. */
export function randomUniform({
  minval = -0.05,
  maxval = 0.05,
}: {
  minval?: number;
  maxval?: number;
} = {}): Initializer {
  checkNumber("randomUniform: minval", minval);
  checkNumber("randomUniform: maxval", maxval);
  if (minval > maxval)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `randomUniform: minval is ${minval}, above maxval ${maxval}; exchange them`,
    );
  return {
    type: "randomUniform",
    config: { minval, maxval },
    fill(target, draw) {
      target.write(
        random.randomUniform(target.allocator, target.shape, draw, { low: minval, high: maxval }).view,
      );
    },
  };
}

/** Inputs and outputs that meet in one weight. */
function fans(shape: Shape): { fanIn: number; fanOut: number } {
  if (shape.length < 2) return { fanIn: sizeOf(shape), fanOut: sizeOf(shape) };
  const receptiveField = sizeOf(shape.slice(0, -2));
  return { fanIn: shape.at(-2)! * receptiveField, fanOut: shape.at(-1)! * receptiveField };
}

/** Deviation of a unit normal distribution cut at two: dividing by it restores the wanted variance. */
const cutDeviation = 0.87962566103423978;

/** Weights of variance 1 / divisor(fans): uniform, or normal cut at two deviations. */
function varianceScaling(
  type: string,
  distribution: "uniform" | "normal",
  variance: (f: { fanIn: number; fanOut: number }) => number,
): Initializer {
  return {
    type,
    config: {},
    fill(target, draw) {
      const { allocator, shape } = target;
      const wanted = variance(fans(shape));
      const limit = Math.sqrt(3 * wanted);
      const drawn =
        distribution === "uniform"
          ? random.randomUniform(allocator, shape, draw, { low: -limit, high: limit })
          : random.randomNormal(allocator, shape, draw, {
              stddev: Math.sqrt(wanted) / cutDeviation,
              truncated: true,
            });
      target.write(drawn.view);
    },
  };
}

/** Variance 2 / (fanIn + fanOut) (Glorot and Bengio, 2010; "Xavier"). */
export const glorotUniform = (): Initializer =>
  varianceScaling("glorotUniform", "uniform", ({ fanIn, fanOut }) => 2 / (fanIn + fanOut));
export const glorotNormal = (): Initializer =>
  varianceScaling("glorotNormal", "normal", ({ fanIn, fanOut }) => 2 / (fanIn + fanOut));
/** Variance 2 / fanIn, for relu (He et al., arXiv:1502.01852). */
export const heUniform = (): Initializer => varianceScaling("heUniform", "uniform", ({ fanIn }) => 2 / fanIn);
export const heNormal = (): Initializer => varianceScaling("heNormal", "normal", ({ fanIn }) => 2 / fanIn);
/** Variance 1 / fanIn (LeCun et al., 1998). */
export const lecunUniform = (): Initializer =>
  varianceScaling("lecunUniform", "uniform", ({ fanIn }) => 1 / fanIn);
export const lecunNormal = (): Initializer =>
  varianceScaling("lecunNormal", "normal", ({ fanIn }) => 1 / fanIn);

/** Orthonormal rows or columns times gain, default 1 (Saxe et al., arXiv:1312.6120). */
export function orthogonal({ gain = 1 }: { gain?: number } = {}): Initializer {
  checkNumber("orthogonal: gain", gain);
  return {
    type: "orthogonal",
    config: { gain },
    fill(target, draw) {
      const columns = target.shape.at(-1) ?? 1;
      const normal = random.randomNormal(target.allocator, target.shape, draw);
      target.write(orthogonalize(normal.view, target.size / columns, columns, gain));
    },
  };
}
