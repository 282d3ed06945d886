/** The initializer that kernels have by default. Apart from its kin, so that a page that names none has this one alone. */
import { strictOptions } from "../math/options.ts";
import { randomUniform } from "../ops/random.ts";
import { builtIn } from "../registry.ts";
import { type Shape, sizeOf } from "../tensor/shape.ts";
import { drawOf, type Initializer, type SeedOption, seedConfig } from "./initializer.ts";

/** Inputs and outputs that meet in one weight. */
export function fans(shape: Shape): { fanIn: number; fanOut: number } {
  if (shape.length < 2) return { fanIn: sizeOf(shape), fanOut: sizeOf(shape) };
  const receptiveField = sizeOf(shape.slice(0, -2));
  return { fanIn: shape.at(-2)! * receptiveField, fanOut: shape.at(-1)! * receptiveField };
}

/** Variance 2 / (fanIn + fanOut) (Glorot and Bengio, 2010; "Xavier"). */
export function glorotUniform(options?: SeedOption): Initializer {
  const { seed } = strictOptions("glorotUniform", options, "seed");
  return {
    type: "glorotUniform",
    config: seedConfig("glorotUniform", seed),
    fill: builtIn((target, draw) => {
      const { fanIn, fanOut } = fans(target.shape);
      const high = Math.sqrt(3 * (2 / (fanIn + fanOut)));
      target.write(
        randomUniform(target.allocator, target.shape, drawOf(draw, seed), { low: -high, high }).view,
      );
    }),
  };
}
