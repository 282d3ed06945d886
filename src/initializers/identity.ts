/** The identity matrix as first weights. */
import { AnygradError } from "../errors.ts";
import { checkNumber } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import { builtIn } from "../registry.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Initializer } from "./initializer.ts";

/** A matrix of gain, default 1, on the diagonal and 0 elsewhere. @throws AnygradError SHAPE_MISMATCH for a weight that is no matrix */
export const identity = (options?: { gain?: number }): Initializer => {
  const { gain = 1 } = strictOptions("identity", options, "gain");
  checkNumber("identity: gain", gain);
  return {
    type: "identity",
    config: { gain },
    fill: builtIn(({ view, shape }) => {
      const [rows, columns] = shape;
      if (rows === undefined || columns === undefined || shape.length !== 2)
        throw new AnygradError(
          "SHAPE_MISMATCH",
          `identity: the weight is ${formatShape(shape)}; only a matrix has a diagonal`,
        );
      view.fill(0);
      for (let i = 0; i < Math.min(rows, columns); i++) view[i * columns + i] = gain;
    }),
  };
};
