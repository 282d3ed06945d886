/** Layers that disturb what they get, in training only. */
import { checkNumber, properShare } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
import { normalNoise } from "../ops/noise.ts";
import type { Shape } from "../tensor/shape.ts";
import { imageShape } from "./conv2d.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import { dropParts } from "./dropout.ts";
import type { Layer, LayerDefinition, LayerOptions } from "./layer.ts";
import { sequenceShape } from "./sequence.ts";

const noiseDefinition: LayerDefinition<{ stddev: number }> = {
  type: "gaussianNoise",
  keras: "GaussianNoise",
  traits: ({ stddev }) => (stddev > 0 ? { differsInTraining: true } : { isView: true }),
  outputShape: ([input]) => input!,
  call: ([x], { config: { stddev }, training, draw }) =>
    training && stddev > 0 ? ops.add(x, normalNoise(x, { mean: 0, deviation: stddev, ...draw })) : x,
};

/** Adds normal noise of mean 0 in training. @throws AnygradError INVALID_ARGUMENT */
export function gaussianNoise(
  options: LayerOptions & {
    /** Standard deviation of the noise, from 0. */
    stddev: number;
  },
): Layer {
  const { stddev, ...shared } = layerOptions("gaussianNoise", options, "stddev");
  return createLayer(
    noiseDefinition,
    { stddev: checkNumber("gaussianNoise: stddev", stddev, { from: 0 }) },
    shared,
  );
}

const dropoutDefinition: LayerDefinition<{ rate: number }> = {
  type: "gaussianDropout",
  keras: "GaussianDropout",
  traits: ({ rate }) => (rate > 0 ? { differsInTraining: true } : { isView: true }),
  outputShape: ([input]) => input!,
  call: ([x], { config: { rate }, training, draw }) =>
    training && rate > 0
      ? ops.multiply(x, normalNoise(x, { mean: 1, deviation: Math.sqrt(rate / (1 - rate)), ...draw }))
      : x,
};

/**
 * Multiplies by normal noise of mean 1 in training, of the deviation √(rate / (1 − rate)), which dropout of that rate has too.
 * @throws AnygradError INVALID_ARGUMENT
 */
export function gaussianDropout(
  options: LayerOptions & {
    /** From 0 to below 1. */
    rate: number;
  },
): Layer {
  const { rate, ...shared } = layerOptions("gaussianDropout", options, "rate");
  return createLayer(
    dropoutDefinition,
    { rate: checkNumber("gaussianDropout: rate", rate, properShare) },
    shared,
  );
}

function spatial(
  type: string,
  keras: string,
  check: (subject: string, input: Shape | undefined) => Shape,
): (options: LayerOptions & { rate: number }) => Layer {
  const definition: LayerDefinition<{ rate: number }> = {
    type,
    keras,
    traits: ({ rate }) => (rate > 0 ? { differsInTraining: true } : { isView: true }),
    outputShape: ([input]) => check(type, input),
    call([x], { config: { rate }, training, draw }) {
      if (!training || rate === 0) return x;
      const each = x.shape.map((n, axis) => (axis === 0 || axis === x.shape.length - 1 ? n : 1));
      return dropParts(x, each, rate, draw);
    },
  };
  return (options) => {
    const { rate, ...shared } = layerOptions(type, options, "rate");
    return createLayer(definition, { rate: checkNumber(`${type}: rate`, rate, properShare) }, shared);
  };
}

/** Dropout of whole features of a sequence (Tompson et al., arXiv:1411.4280): `rate` is the share of those that become 0. */
export const spatialDropout1d: (options: LayerOptions & { rate: number }) => Layer = spatial(
  "spatialDropout1d",
  "SpatialDropout1D",
  sequenceShape,
);
/** Dropout of whole channels of images (Tompson et al., arXiv:1411.4280): `rate` is the share of those that become 0. */
export const spatialDropout2d: (options: LayerOptions & { rate: number }) => Layer = spatial(
  "spatialDropout2d",
  "SpatialDropout2D",
  imageShape,
);
