/** Pooling layers. */
import * as ops from "../ops/index.ts";
import { poolingGeometry } from "../ops/pooling2d.ts";
import { checkPadding, type Padding, type Pair, pair } from "../ops/window.ts";
import { applyActivation } from "./activation.ts";
import { imageShape } from "./conv2d.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Layer, LayerDefinition, LayerOptions, LayerTraits } from "./layer.ts";

interface Config {
  poolSize: readonly [number, number];
  strides: readonly [number, number];
  padding: Padding;
}

/** Options of the pooling layers. */
export interface PoolingOptions extends LayerOptions {
  /** [height, width] in pixels, or one number for both. Default 2. */
  poolSize?: Pair;
  /** Default: the pool size. */
  strides?: Pair;
  /** "valid" (default) or "same". */
  padding?: Padding;
}

function pooling(
  type: "maxPooling2d" | "averagePooling2d",
  keras: string,
  op: typeof ops.maxPooling2d, // by name: of ops[type] a bundler would keep all
  traits: LayerTraits = {},
): (options?: PoolingOptions) => Layer {
  const definition: LayerDefinition<Config> = {
    type,
    keras,
    traits: { convolves: false, ...traits },
    outputShape([input], config) {
      const { c, oh, ow } = poolingGeometry(type, [1, ...imageShape(type, input)], config);
      return [oh, ow, c];
    },
    call: ([x], { config, activation }) => applyActivation(op(x, config), activation),
  };
  return (options) => {
    const given = layerOptions(type, options, "poolSize strides padding");
    const poolSize = pair(given.poolSize ?? 2, `${type}: poolSize`);
    const strides = pair(given.strides ?? poolSize, `${type}: strides`);
    return createLayer(definition, { poolSize, strides, padding: checkPadding(type, given.padding) }, given);
  };
}

/** The largest value of each window. */
export const maxPooling2d: (options?: PoolingOptions) => Layer = pooling(
  "maxPooling2d",
  "MaxPooling2D",
  ops.maxPooling2d,
  { takesActivation: "ofPrevious" }, // max pooling commutes with a monotonic activation
);
/** The mean of each window; padding is not counted. */
export const averagePooling2d: (options?: PoolingOptions) => Layer = pooling(
  "averagePooling2d",
  "AveragePooling2D",
  ops.averagePooling2d,
);

const globalDefinition: LayerDefinition<{ readonly keepdims?: boolean }> = {
  type: "globalAveragePooling2d",
  keras: "GlobalAveragePooling2D",
  traits: { convolves: false },
  outputShape([input], { keepdims }) {
    const [, , channels] = imageShape("globalAveragePooling2d", input);
    return keepdims ? [1, 1, channels] : [channels];
  },
  call([x], { config: { keepdims } }) {
    const mean = ops.globalAveragePooling2d(x);
    return keepdims ? ops.reshape(mean, [x.shape[0]!, 1, 1, x.shape[3]!]) : mean;
  },
};

/** The mean of each channel: [n, h, w, c] gives [n, c], with `keepdims` [n, 1, 1, c]. */
export function globalAveragePooling2d(
  options?: LayerOptions & {
    /** Whether the axes that are pooled stay, with size 1. Default false. */
    keepdims?: boolean;
  },
): Layer {
  const { keepdims, ...shared } = layerOptions("globalAveragePooling2d", options, "keepdims:boolean");
  return createLayer(globalDefinition, keepdims ? { keepdims } : {}, shared);
}
