/**
 * Initializers that keep the variance of activations, or of gradients, from layer to layer.
 * Fans are those of [inputs, units] and [height, width, in, out] kernels.
 */
import { type NoOptions, strictOptions } from "../math/options.ts";
import * as random from "../ops/random.ts";
import { type Shape, sizeOf } from "../tensor/shape.ts";
import type { Initializer } from "./initializer.ts";

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
  options: NoOptions | undefined,
): Initializer {
  strictOptions(type, options, "");
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
export const glorotUniform = (options?: NoOptions): Initializer =>
  varianceScaling("glorotUniform", "uniform", ({ fanIn, fanOut }) => 2 / (fanIn + fanOut), options);
/** Normal, of variance 2 / (fanIn + fanOut), cut at two deviations (Glorot and Bengio, 2010). */
export const glorotNormal = (options?: NoOptions): Initializer =>
  varianceScaling("glorotNormal", "normal", ({ fanIn, fanOut }) => 2 / (fanIn + fanOut), options);
/** Variance 2 / fanIn, for relu (He et al., arXiv:1502.01852). */
export const heUniform = (options?: NoOptions): Initializer =>
  varianceScaling("heUniform", "uniform", ({ fanIn }) => 2 / fanIn, options);
/** Normal, of variance 2 / fanIn, for relu, cut at two deviations (He et al., arXiv:1502.01852). */
export const heNormal = (options?: NoOptions): Initializer =>
  varianceScaling("heNormal", "normal", ({ fanIn }) => 2 / fanIn, options);
/** Variance 1 / fanIn (LeCun et al., 1998). */
export const lecunUniform = (options?: NoOptions): Initializer =>
  varianceScaling("lecunUniform", "uniform", ({ fanIn }) => 1 / fanIn, options);
/** Normal, of variance 1 / fanIn, cut at two deviations (LeCun et al., 1998). */
export const lecunNormal = (options?: NoOptions): Initializer =>
  varianceScaling("lecunNormal", "normal", ({ fanIn }) => 1 / fanIn, options);
