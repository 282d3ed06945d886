/** Layers that add or take away what lies around images and sequences. */
import { AnygradError, quote } from "../errors.ts";
import { checkCount } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { imageShape } from "./conv2d.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Layer, LayerDefinition, LayerOptions } from "./layer.ts";
import { sequenceShape } from "./sequence.ts";

/** How many at the two ends of an axis. */
export type Ends = readonly [before: number, after: number];

const isCount = (n: unknown): n is number => Number.isInteger(n) && (n as number) >= 0;
const isEnds = (value: unknown): value is Ends =>
  Array.isArray(value) && value.length === 2 && value.every(isCount);

function refuse(subject: string, value: unknown, wanted: string): never {
  throw new AnygradError("INVALID_ARGUMENT", `${subject} is ${quote(value)}; pass ${wanted}`);
}

/** Both ends of a sequence. @throws AnygradError INVALID_ARGUMENT */
function endsOf(subject: string, value: number | Ends): Ends {
  if (isCount(value)) return [value, value];
  if (isEnds(value)) return [...value];
  return refuse(subject, value, "a whole number from 0, or two of them: [before, after]");
}

/** The ends of rows and columns. @throws AnygradError INVALID_ARGUMENT */
function bothEnds(subject: string, value: Border): readonly [Ends, Ends] {
  if (isCount(value)) return [endsOf(subject, value), endsOf(subject, value)];
  if (Array.isArray(value) && value.length === 2 && (isEnds(value) || value.every(isEnds)))
    return [endsOf(subject, value[0] as number | Ends), endsOf(subject, value[1] as number | Ends)];
  return refuse(subject, value, "a whole number from 0, [rows, columns], or [[top, bottom], [left, right]]");
}

/** One number for all sides, [rows, columns] for two sides each, or [[top, bottom], [left, right]]. */
export type Border = number | readonly [number, number] | readonly [Ends, Ends];

const padded = (n: number, [before, after]: Ends): number => before + n + after;

function cropped(subject: string, n: number, [before, after]: Ends): number {
  if (n - before - after >= 1) return n - before - after;
  throw new AnygradError(
    "SHAPE_MISMATCH",
    `${subject}: nothing is left of an axis of ${n} without ${before} and ${after}; crop less`,
  );
}

/** x without so many at the ends of its axes behind the batch. */
function crop(x: Tensor, ends: readonly Ends[]): Tensor {
  return ops.slice(x, {
    begin: [null, ...ends.map(([before]) => before)],
    end: [null, ...ends.map(([, after], i) => x.shape[i + 1]! - after)],
  });
}

function sequences(
  type: string,
  keras: string,
  option: "padding" | "cropping",
  sizeOf: (steps: number, ends: Ends) => number,
  work: (x: Tensor, ends: Ends) => Tensor,
): (options?: LayerOptions & { padding?: number | Ends; cropping?: number | Ends }) => Layer {
  const definition: LayerDefinition<Record<string, Ends>> = {
    type,
    keras,
    outputShape([input], config) {
      const [steps, features] = sequenceShape(type, input);
      return [sizeOf(steps, config[option]!), features];
    },
    call: ([x], { config }) => work(x, config[option]!),
  };
  return (options) => {
    const given = strictly(type, options, option);
    return createLayer(definition, { [option]: endsOf(`${type}: ${option}`, given[option] ?? 1) }, given);
  };
}

function images(
  type: string,
  keras: string,
  option: "padding" | "cropping",
  byDefault: Border,
  sizeOf: (pixels: number, ends: Ends) => number,
  work: (x: Tensor, rows: Ends, columns: Ends) => Tensor,
): (options?: LayerOptions & { padding?: Border; cropping?: Border }) => Layer {
  const definition: LayerDefinition<Record<string, readonly [Ends, Ends]>> = {
    type,
    keras,
    outputShape([input], config) {
      const [h, w, c] = imageShape(type, input);
      const [rows, columns] = config[option]!;
      return [sizeOf(h, rows), sizeOf(w, columns), c];
    },
    call: ([x], { config }) => work(x, ...config[option]!),
  };
  return (options) => {
    const given = strictly(type, options, option);
    return createLayer(
      definition,
      { [option]: bothEnds(`${type}: ${option}`, given[option] ?? byDefault) },
      given,
    );
  };
}

function strictly<Options extends LayerOptions>(
  type: string,
  options: Options | undefined,
  option: "padding" | "cropping",
): Options {
  return layerOptions<Options, string>(type, options, option);
}

/** Options of {@link zeroPadding1d}. */
export interface ZeroPadding1dOptions extends LayerOptions {
  /** Steps at both ends, or [before, after]. Default 1. */
  padding?: number | Ends;
}
/** Options of {@link zeroPadding2d}. */
export interface ZeroPadding2dOptions extends LayerOptions {
  /** Pixels on all sides, [rows, columns], or [[top, bottom], [left, right]]. Default 1. */
  padding?: Border;
}
/** Options of {@link cropping1d}. */
export interface Cropping1dOptions extends LayerOptions {
  /** Steps at both ends, or [before, after]. Default 1. */
  cropping?: number | Ends;
}
/** Options of {@link cropping2d}. */
export interface Cropping2dOptions extends LayerOptions {
  /** Pixels on all sides, [rows, columns], or [[top, bottom], [left, right]]. Default 0. */
  cropping?: Border;
}

/** Zeros before and behind a sequence: [n, steps, features] gives [n, more steps, features]. */
export const zeroPadding1d: (options?: ZeroPadding1dOptions) => Layer = sequences(
  "zeroPadding1d",
  "ZeroPadding1D",
  "padding",
  padded,
  (x, ends) => ops.pad(x, [[0, 0], ends, [0, 0]]),
);
/** Zeros around images: [n, h, w, c] gives [n, more rows, more columns, c]. */
export const zeroPadding2d: (options?: ZeroPadding2dOptions) => Layer = images(
  "zeroPadding2d",
  "ZeroPadding2D",
  "padding",
  1,
  padded,
  (x, rows, columns) => ops.pad(x, [[0, 0], rows, columns, [0, 0]]),
);
/** A sequence without some steps at its ends. */
export const cropping1d: (options?: Cropping1dOptions) => Layer = sequences(
  "cropping1d",
  "Cropping1D",
  "cropping",
  (steps, ends) => cropped("cropping1d", steps, ends),
  (x, ends) => crop(x, [ends]),
);
/** Images without some rows and columns at their edges. */
export const cropping2d: (options?: Cropping2dOptions) => Layer = images(
  "cropping2d",
  "Cropping2D",
  "cropping",
  0,
  (pixels, ends) => cropped("cropping2d", pixels, ends),
  (x, rows, columns) => crop(x, [rows, columns]),
);

interface CenterConfig {
  height: number;
  width: number;
}

function centered(input: Shape | undefined, { height, width }: CenterConfig): readonly [Ends, Ends] {
  const [h, w] = imageShape("centerCrop", input);
  const around = (size: number, wanted: number): Ends => {
    if (size < wanted)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `centerCrop: images of ${h} by ${w} have no middle of ${height} by ${width}; crop less, or put layers.resizing() before it`,
      );
    const before = Math.floor((size - wanted) / 2);
    return [before, size - wanted - before];
  };
  return [around(h, height), around(w, width)];
}

const centerDefinition: LayerDefinition<CenterConfig> = {
  type: "centerCrop",
  keras: "CenterCrop",
  outputShape([input], config) {
    centered(input, config);
    return [config.height, config.width, input!.at(-1)!];
  },
  call: ([x], { config }) => crop(x, centered(x.shape.slice(1), config)),
};

/** The middle of images: [n, h, w, c] gives [n, height, width, c]. @throws AnygradError INVALID_ARGUMENT */
export function centerCrop(options: LayerOptions & { height: number; width: number }): Layer {
  const { height, width, ...shared } = layerOptions("centerCrop", options, "height width");
  return createLayer(
    centerDefinition,
    {
      height: checkCount("centerCrop: height", height),
      width: checkCount("centerCrop: width", width),
    },
    shared,
  );
}
