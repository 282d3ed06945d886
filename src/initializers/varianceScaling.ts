/**
 * Initializers that keep the variance of activations, or of gradients, from layer to layer.
 * Fans are those of [inputs, units] and [height, width, in, out] kernels.
 */
import { checkPositive } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import { randomUniform } from "../ops/random.ts";
import { randomNormal } from "../ops/randomNormal.ts";
import { builtIn } from "../registry.ts";
import { fans } from "./glorotUniform.ts";
import { drawOf, type Initializer, type SeedOption, seedConfig } from "./initializer.ts";

/** Deviation of a unit normal distribution cut at two: dividing by it restores the wanted variance. */
const cutDeviation = 0.87962566103423978;

/** What the variance is divided by: the inputs of a unit, its outputs, or their mean. */
type Fan = "fanIn" | "fanOut" | "fanAvg";

/** Options of {@link varianceScaling}. */
export interface VarianceScalingOptions extends SeedOption {
  /** The variance is scale / fan. Default 1. */
  scale?: number;
  /** Numbers that a unit takes in ("fanIn", default), that take one of them ("fanOut"), or the mean of both ("fanAvg"). */
  mode?: Fan;
  /** "truncatedNormal" (default), cut at two deviations, "untruncatedNormal" or "uniform". */
  distribution?: "truncatedNormal" | "untruncatedNormal" | "uniform";
}

/** Weights of variance scale / fan. The other initializers of this file are its common forms. */
export function varianceScaling(options?: VarianceScalingOptions): Initializer {
  const type = "varianceScaling";
  const {
    scale = 1,
    mode = "fanIn",
    distribution = "truncatedNormal",
    seed,
  } = strictOptions(
    type,
    options,
    "scale mode:fanIn|fanOut|fanAvg distribution:truncatedNormal|untruncatedNormal|uniform seed",
  );
  checkPositive(`${type}: scale`, scale);
  return scaled(type, { scale, mode, distribution, seed }, { scale, mode, distribution });
}

function scaled(
  type: string,
  { scale, mode, distribution, seed }: Required<Omit<VarianceScalingOptions, "seed">> & SeedOption,
  config: Initializer["config"],
): Initializer {
  return {
    type,
    config: { ...config, ...seedConfig(type, seed) },
    fill: builtIn((target, draw) => {
      const { allocator, shape } = target;
      const { fanIn, fanOut } = fans(shape);
      const wanted =
        mode === "fanAvg" ? (2 * scale) / (fanIn + fanOut) : scale / (mode === "fanIn" ? fanIn : fanOut);
      const limit = Math.sqrt(3 * wanted);
      const truncated = distribution === "truncatedNormal";
      const from = drawOf(draw, seed);
      const drawn =
        distribution === "uniform"
          ? randomUniform(allocator, shape, from, { low: -limit, high: limit })
          : randomNormal(allocator, shape, from, {
              stddev: truncated ? Math.sqrt(wanted) / cutDeviation : Math.sqrt(wanted),
              truncated,
            });
      target.write(drawn.view);
    }),
  };
}

const common =
  (type: string, scale: number, mode: Fan, distribution: "truncatedNormal" | "uniform") =>
  (options?: SeedOption): Initializer =>
    scaled(type, { scale, mode, distribution, ...strictOptions(type, options, "seed") }, {});

/** An initializer whose only option is a seed of its own. */
type Common = (options?: SeedOption) => Initializer;

/** Normal, of variance 2 / (fanIn + fanOut), cut at two deviations (Glorot and Bengio, 2010). */
export const glorotNormal: Common = common("glorotNormal", 1, "fanAvg", "truncatedNormal");
/** Variance 2 / fanIn, for relu (He et al., arXiv:1502.01852). */
export const heUniform: Common = common("heUniform", 2, "fanIn", "uniform");
/** Normal, of variance 2 / fanIn, for relu, cut at two deviations (He et al., arXiv:1502.01852). */
export const heNormal: Common = common("heNormal", 2, "fanIn", "truncatedNormal");
/** Variance 1 / fanIn (LeCun et al., 1998). */
export const lecunUniform: Common = common("lecunUniform", 1, "fanIn", "uniform");
/** Normal, of variance 1 / fanIn, cut at two deviations (LeCun et al., 1998). */
export const lecunNormal: Common = common("lecunNormal", 1, "fanIn", "truncatedNormal");
