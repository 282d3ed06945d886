/**
 * Networks of convolutions with batch normalisation and relu, the shape of the recipes that aim at accuracy or at speed:
 * stages of 3 × 3 convolutions at one resolution, 2 × 2 pooling between them (after Simonyan & Zisserman 2014,
 * arXiv:1409.1556, and Ioffe & Szegedy 2015, arXiv:1502.03167).
 */
import { type Layer, layers } from "../layers/index.ts";
import { partsOf } from "./parts.ts";
import type { Preset } from "./preset.ts";

interface Stages {
  /** Filters of the convolutions of each stage. */
  readonly filters: readonly (readonly number[])[];
  /** Units of a dense layer on the flattened last stage; absent: the mean of each channel goes to the classes. */
  readonly units?: number;
}

/** convolution, batch norm, activation; …; pooling; … ; [dense, activation]; dense, softmax. */
export function normalizedStages({ filters, units }: Stages): Preset["network"] {
  return (options = {}) => {
    const parts = partsOf({ init: "he", ...options }, "relu");
    const stage = (counts: readonly number[]): Layer[] =>
      counts.flatMap((count) => [
        parts.convolution(count, 3, "same", "linear", false),
        // the moving statistics follow within some hundred steps: these runs are short
        layers.batchNormalization({ momentum: 0.9, epsilon: 1e-5 }),
        layers.activation({ activation: parts.activation }),
      ]);
    const body = filters.flatMap((counts, i) => (i === 0 ? stage(counts) : [parts.pool(), ...stage(counts)]));
    const head =
      units === undefined
        ? [layers.globalAveragePooling2d()]
        : [parts.pool(), parts.flatten(), parts.hidden(units)];
    return [...body, ...head, ...parts.dropout(0), parts.dense("softmax")];
  };
}
