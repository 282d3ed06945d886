/**
 * Networks of convolutions with batch normalisation and relu, the shape of the recipes that aim at accuracy or at speed:
 * stages of 3 × 3 convolutions at one resolution, 2 × 2 pooling between them (after Simonyan & Zisserman 2014,
 * arXiv:1409.1556, and Ioffe & Szegedy 2015, arXiv:1502.03167).
 */
import { type Layer, layers } from "../layers/index.ts";
import { partsOf } from "./parts.ts";
import type { Preset } from "./preset.ts";

/**
 * convolution, batch norm, activation; …; convolution, pooling, batch norm, activation; … ; dense, softmax.
 *
 * A stage pools before it normalises, so that its last normalisation passes over a quarter of the numbers.
 *
 * @param stages filters of the convolutions of each stage
 */
export function normalizedStages(stages: readonly (readonly number[])[]): Preset["network"] {
  return (options = {}) => {
    const parts = partsOf({ init: "he", ...options }, "relu");
    const convolution = (filters: number, isLast: boolean): Layer[] => [
      parts.convolution(filters, 3, "same", "linear", false),
      ...(isLast ? parts.pool() : []),
      // the moving statistics follow within some hundred steps: these runs are short
      layers.batchNormalization({ momentum: 0.9, epsilon: 1e-5 }),
      layers.activation({ activation: parts.activation }),
    ];
    return [
      ...parts.picture(),
      ...stages.flatMap((counts) =>
        counts.flatMap((count, i) => convolution(count, i === counts.length - 1)),
      ),
      parts.flatten(),
      ...parts.dropout(0),
      ...parts.output("softmax"),
    ];
  };
}
