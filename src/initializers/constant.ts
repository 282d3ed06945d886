/** Initializers that give all weights one value. */
import { AnygradError } from "../errors.ts";
import { checkNumber } from "../math/checks.ts";
import { type NoOptions, strictOptions } from "../math/options.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Initializer } from "./initializer.ts";

const fillWith = (type: string, value: number, config: Record<string, number>): Initializer => ({
  type,
  config,
  fill: (target) => target.view.fill(value),
});

/** All weights 0. */
export const zeros = (options?: NoOptions): Initializer =>
  fillWith("zeros", 0, strictOptions("zeros", options, ""));
/** All weights 1. */
export const ones = (options?: NoOptions): Initializer =>
  fillWith("ones", 1, strictOptions("ones", options, ""));
/** A matrix of gain, default 1, on the diagonal and 0 elsewhere. @throws AnygradError SHAPE_MISMATCH for a weight that is no matrix */
export const identity = (options?: { gain?: number }): Initializer => {
  const { gain = 1 } = strictOptions("identity", options, "gain");
  checkNumber("identity: gain", gain);
  return {
    type: "identity",
    config: { gain },
    fill({ view, shape }) {
      const [rows, columns] = shape;
      if (rows === undefined || columns === undefined || shape.length !== 2)
        throw new AnygradError(
          "SHAPE_MISMATCH",
          `identity: the weight is ${formatShape(shape)}; only a matrix has a diagonal`,
        );
      view.fill(0);
      for (let i = 0; i < Math.min(rows, columns); i++) view[i * columns + i] = gain;
    },
  };
};
/** Default value 0. */
export const constant = (options?: { value?: number }): Initializer => {
  const { value = 0 } = strictOptions("constant", options, "value");
  return fillWith("constant", checkNumber("constant: value", value), { value });
};
