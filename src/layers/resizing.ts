/** Layers that give images and sequences another size. */
import { checkCount } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
import { checkInterpolation, type Interpolation } from "../ops/resize.ts";
import { type Pair, pair } from "../ops/window.ts";
import { imageShape } from "./conv2d.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Layer, LayerDefinition, LayerOptions } from "./layer.ts";
import { sequenceShape } from "./sequence.ts";

interface ResizingConfig {
  height: number;
  width: number;
  interpolation: Interpolation;
}

const resizingDefinition: LayerDefinition<ResizingConfig> = {
  type: "resizing",
  keras: "Resizing",
  outputShape: ([input], { height, width }) => [height, width, imageShape("resizing", input)[2]],
  call: ([x], { config: { height, width, interpolation } }) =>
    ops.resize(x, [height, width], { interpolation }),
};

/** Options of {@link resizing}. */
export interface ResizingOptions extends LayerOptions {
  /** Rows of the result. */
  height: number;
  /** Columns of the result. */
  width: number;
  /** "bilinear" (default) or "nearest"; without anti-aliasing, as in Keras. */
  interpolation?: Interpolation;
}

/** Images of another size: [n, h, w, c] gives [n, height, width, c]. @throws AnygradError INVALID_ARGUMENT */
export function resizing(options: ResizingOptions): Layer {
  const given = layerOptions("resizing", options, "height width interpolation");
  const config = {
    height: checkCount("resizing: height", given.height),
    width: checkCount("resizing: width", given.width),
    interpolation: checkInterpolation("resizing", given.interpolation ?? "bilinear"),
  };
  return createLayer(resizingDefinition, config, given);
}

interface UpSampling2dConfig {
  size: readonly [number, number];
  interpolation: Interpolation;
}

const upSampling2dDefinition: LayerDefinition<UpSampling2dConfig> = {
  type: "upSampling2d",
  keras: "UpSampling2D",
  outputShape([input], { size }) {
    const [h, w, c] = imageShape("upSampling2d", input);
    return [h * size[0], w * size[1], c];
  },
  call: ([x], { config: { size, interpolation } }) =>
    ops.resize(x, [x.shape[1]! * size[0], x.shape[2]! * size[1]], { interpolation }),
};

/** Options of {@link upSampling2d}. */
export interface UpSampling2dOptions extends LayerOptions {
  /** Factors of [height, width], or one number for both. Default 2. */
  size?: Pair;
  /** "nearest" (default): pixels are repeated; or "bilinear". */
  interpolation?: Interpolation;
}

/** Images so many times as large: [n, h, w, c] gives [n, h · size, w · size, c]. @throws AnygradError INVALID_ARGUMENT */
export function upSampling2d(options?: UpSampling2dOptions): Layer {
  const given = layerOptions("upSampling2d", options, "size interpolation");
  const [h, w] = pair(given.size ?? 2, "upSampling2d: size");
  const interpolation = checkInterpolation("upSampling2d", given.interpolation ?? "nearest");
  return createLayer(upSampling2dDefinition, { size: [h, w], interpolation }, given);
}

const upSampling1dDefinition: LayerDefinition<{ size: number }> = {
  type: "upSampling1d",
  keras: "UpSampling1D",
  outputShape([input], { size }) {
    const [steps, features] = sequenceShape("upSampling1d", input);
    return [steps * size, features];
  },
  call([x], { config: { size } }) {
    const [n, steps, features] = x.shape as [number, number, number];
    const y = ops.resize(ops.reshape(x, [n, steps, 1, features]), [steps * size, 1], {
      interpolation: "nearest",
    });
    return ops.reshape(y, [n, steps * size, features]);
  },
};

/** Every step of a sequence `size` times (default 2). @throws AnygradError INVALID_ARGUMENT */
export function upSampling1d(options?: LayerOptions & { size?: number }): Layer {
  const { size = 2, ...shared } = layerOptions("upSampling1d", options, "size");
  return createLayer(upSampling1dDefinition, { size: checkCount("upSampling1d: size", size) }, shared);
}
