/** Pooling of sequences, and over whole sequences and images. */
import { checkCount } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
import { checkPadding, type Padding, slide } from "../ops/window.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { applyActivation } from "./activation.ts";
import { imageShape } from "./conv2d.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Layer, LayerDefinition, LayerOptions, LayerTraits } from "./layer.ts";
import { alongside, maskOf } from "./masks.ts";
import { asImages, sequenceShape } from "./sequence.ts";

interface Config {
  poolSize: number;
  strides: number;
  padding: Padding;
}

/** Options of the pooling layers of sequences. */
export interface Pooling1dOptions extends LayerOptions {
  /** Steps of a window. Default 2. */
  poolSize?: number;
  /** Default: the pool size. */
  strides?: number;
  /** "valid" (default) or "same". */
  padding?: Padding;
}

function pooling(
  type: string,
  keras: string,
  op: typeof ops.maxPooling2d,
  traits: LayerTraits = {},
): (options?: Pooling1dOptions) => Layer {
  const definition: LayerDefinition<Config> = {
    type,
    keras,
    traits: { ...traits, dropsMask: true },
    outputShape([input], { poolSize, strides, padding }) {
      const [steps, features] = sequenceShape(type, input);
      return [slide(steps, poolSize, strides, 1, padding, type).out, features];
    },
    call([x], { config: { poolSize, strides, padding }, activation }) {
      const attributes = { poolSize: [1, poolSize], strides: [1, strides], padding } as const;
      return applyActivation(
        asImages(x, (images) => op(images, attributes)),
        activation,
      );
    },
  };
  return (options) => {
    const given = layerOptions(type, options, "poolSize strides padding");
    const poolSize = checkCount(`${type}: poolSize`, given.poolSize ?? 2);
    const strides = checkCount(`${type}: strides`, given.strides ?? poolSize);
    return createLayer(definition, { poolSize, strides, padding: checkPadding(type, given.padding) }, given);
  };
}

/** The largest value of each window of a sequence. */
export const maxPooling1d: (options?: Pooling1dOptions) => Layer = pooling(
  "maxPooling1d",
  "MaxPooling1D",
  ops.maxPooling2d,
  { takesActivation: "ofPrevious" }, // max pooling commutes with a monotonic activation
);
/** The mean of each window of a sequence; padding is not counted. */
export const averagePooling1d: (options?: Pooling1dOptions) => Layer = pooling(
  "averagePooling1d",
  "AveragePooling1D",
  ops.averagePooling2d,
);

interface GlobalConfig {
  keepdims: boolean;
}

/** Options of the layers that pool whole examples. */
export interface GlobalPoolingOptions extends LayerOptions {
  /** Whether the axes that are pooled stay, with size 1. Default false. */
  keepdims?: boolean;
}

function globally(
  type: string,
  keras: string,
  op: (x: Tensor, axes: readonly number[], keepdims: boolean, mask: Tensor | undefined) => Tensor,
  shapeOf: (subject: string, input: Shape | undefined) => Shape,
): (options?: GlobalPoolingOptions) => Layer {
  const definition: LayerDefinition<GlobalConfig> = {
    type,
    keras,
    outputShape([input], { keepdims }) {
      const shape = shapeOf(type, input);
      return shape.flatMap((n, axis) => (axis === shape.length - 1 ? [n] : keepdims ? [1] : []));
    },
    call: ([x], { config, place }) =>
      op(
        x,
        x.shape.slice(1, -1).map((_, i) => i + 1),
        config.keepdims,
        maskOf(place),
      ),
  };
  return (options) => {
    const { keepdims = false, ...shared } = layerOptions(type, options, "keepdims:boolean");
    return createLayer(definition, { keepdims }, shared);
  };
}

const largest = (x: Tensor, axis: readonly number[], keepdims: boolean): Tensor =>
  ops.max(x, { axis, keepdims });

/** The mean over the steps that count, of all where there is no mask; zeros where none counts. */
function averageOfSteps(
  x: Tensor,
  axis: readonly number[],
  keepdims: boolean,
  mask: Tensor | undefined,
): Tensor {
  if (!mask) return ops.mean(x, { axis, keepdims });
  const counts = alongside(mask, x);
  const n = ops.maximum(ops.sum(counts, { axis, keepdims }), 1);
  return ops.divide(ops.sum(ops.multiply(x, counts), { axis, keepdims }), n);
}

/** The mean of each feature over all steps that no mask passes over: [n, steps, features] gives [n, features]. */
export const globalAveragePooling1d: (options?: GlobalPoolingOptions) => Layer = globally(
  "globalAveragePooling1d",
  "GlobalAveragePooling1D",
  averageOfSteps,
  sequenceShape,
);
/** The largest value of each feature over all steps: [n, steps, features] gives [n, features]. */
export const globalMaxPooling1d: (options?: GlobalPoolingOptions) => Layer = globally(
  "globalMaxPooling1d",
  "GlobalMaxPooling1D",
  largest,
  sequenceShape,
);
/** The largest value of each channel: [n, h, w, c] gives [n, c]. */
export const globalMaxPooling2d: (options?: GlobalPoolingOptions) => Layer = globally(
  "globalMaxPooling2d",
  "GlobalMaxPooling2D",
  largest,
  imageShape,
);
