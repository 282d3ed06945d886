/** Initializers that draw from one distribution, whatever the weight's shape. */
import { AnygradError } from "../errors.ts";
import { checkNumber } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import * as random from "../ops/random.ts";
import type { Initializer } from "./initializer.ts";

/** Options of the normal distributions. */
interface NormalOptions {
  /** The mean. Default 0. */
  mean?: number;
  /** The standard deviation. Default 0.05. */
  stddev?: number;
}

function normal(type: string, options: NormalOptions | undefined, truncated: boolean): Initializer {
  const { mean = 0, stddev = 0.05 } = strictOptions(type, options, "mean stddev");
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

/** A normal distribution. */
export const randomNormal = (options?: NormalOptions): Initializer => normal("randomNormal", options, false);
/** A normal distribution cut at two deviations. */
export const truncatedNormal = (options?: NormalOptions): Initializer =>
  normal("truncatedNormal", options, true);

/** Defaults: −0.05 to 0.05. */
export function randomUniform(options?: { minval?: number; maxval?: number }): Initializer {
  const { minval = -0.05, maxval = 0.05 } = strictOptions("randomUniform", options, "minval maxval");
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
