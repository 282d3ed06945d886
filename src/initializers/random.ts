/** Initializers that draw from one distribution, whatever the weight's shape. */
import { AnygradError } from "../errors.ts";
import { checkNumber } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import { randomUniform as uniformNumbers } from "../ops/random.ts";
import { randomNormal as normalNumbers } from "../ops/randomNormal.ts";
import { builtIn } from "../registry.ts";
import { drawOf, type Initializer, type SeedOption, seedConfig } from "./initializer.ts";

/** Options of the normal distributions. */
interface NormalOptions extends SeedOption {
  /** The mean. Default 0. */
  mean?: number;
  /** The standard deviation. Default 0.05. */
  stddev?: number;
}

function normal(type: string, options: NormalOptions | undefined, truncated: boolean): Initializer {
  const { mean = 0, stddev = 0.05, seed } = strictOptions(type, options, "mean stddev seed");
  checkNumber(`${type}: mean`, mean);
  checkNumber(`${type}: stddev`, stddev, { from: 0 });
  return {
    type,
    config: { mean, stddev, ...seedConfig(type, seed) },
    fill: builtIn((target, draw) => {
      target.write(
        normalNumbers(target.allocator, target.shape, drawOf(draw, seed), { mean, stddev, truncated }).view,
      );
    }),
  };
}

/** A normal distribution. */
export const randomNormal = (options?: NormalOptions): Initializer => normal("randomNormal", options, false);
/** A normal distribution cut at two deviations. */
export const truncatedNormal = (options?: NormalOptions): Initializer =>
  normal("truncatedNormal", options, true);

/** Defaults: −0.05 to 0.05. */
export function randomUniform(options?: SeedOption & { minval?: number; maxval?: number }): Initializer {
  const {
    minval = -0.05,
    maxval = 0.05,
    seed,
  } = strictOptions("randomUniform", options, "minval maxval seed");
  checkNumber("randomUniform: minval", minval);
  checkNumber("randomUniform: maxval", maxval);
  if (minval > maxval)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `randomUniform: minval is ${minval}, above maxval ${maxval}; exchange them`,
    );
  return {
    type: "randomUniform",
    config: { minval, maxval, ...seedConfig("randomUniform", seed) },
    fill: builtIn((target, draw) => {
      target.write(
        uniformNumbers(target.allocator, target.shape, drawOf(draw, seed), {
          low: minval,
          high: maxval,
        }).view,
      );
    }),
  };
}
