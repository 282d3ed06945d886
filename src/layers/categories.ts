/** Layers that make categories of numbers, and rows of 0 and 1 of categories. */
import { AnygradError, quote } from "../errors.ts";
import { checkCount } from "../math/checks.ts";
import { counted } from "../ops/count.ts";
import * as ops from "../ops/index.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Layer, LayerDefinition, LayerOptions } from "./layer.ts";

/**
 * What categories become. "oneHot": a row for each, 1 at its place. "multiHot": a row for the last axis, 1 at the place of each
 * that is there. "count": how often.
 */
export type CategoryOutput = "oneHot" | "multiHot" | "count";

/** @throws AnygradError INVALID_ARGUMENT for another mode */
export function checkOutput<Mode extends string>(subject: string, mode: Mode, modes: readonly Mode[]): Mode {
  if (modes.includes(mode)) return mode;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: outputMode is ${quote(mode)}; pass ${modes.map((each) => `"${each}"`).join(" or ")}`,
  );
}

/** The shape of encoded examples; an axis of 1 makes way for the row. */
export function encodedShape(input: Shape, mode: CategoryOutput, n: number): Shape {
  const alone = mode === "oneHot" && input.at(-1) !== 1;
  return alone ? [...input, n] : [...input.slice(0, -1), n];
}

/** Rows of 0 and 1, or counts, of categories. */
export function encode(x: Tensor, mode: CategoryOutput, n: number): Tensor {
  const rows = ops.equal(ops.reshape(x, [...x.shape, 1]), counted(x.allocator, [n]));
  if (mode === "oneHot") return ops.reshape(rows, encodedShape(x.shape, mode, n));
  return mode === "count" ? ops.sum(rows, { axis: -2 }) : ops.max(rows, { axis: -2 });
}

interface EncodingConfig {
  numTokens: number;
  outputMode: CategoryOutput;
}

const encodingDefinition: LayerDefinition<EncodingConfig> = {
  type: "categoryEncoding",
  keras: "CategoryEncoding",
  traits: { rescales: true }, // a category is a number as it is
  outputShape: ([input], { numTokens, outputMode }) => encodedShape(input!, outputMode, numTokens),
  call: ([x], { config }) => encode(x, config.outputMode, config.numTokens),
};

/** Options of {@link categoryEncoding}. */
export interface CategoryEncodingOptions extends LayerOptions {
  /** How many categories there are: 0 to numTokens − 1. */
  numTokens: number;
  /** Default "multiHot". */
  outputMode?: CategoryOutput;
}

/**
 * Rows of 0 and 1 of categories, whole numbers from 0 to numTokens − 1; any other number is none of them and gives zeros.
 * @throws AnygradError INVALID_ARGUMENT
 */
export function categoryEncoding(options: CategoryEncodingOptions): Layer {
  const given = layerOptions("categoryEncoding", options, "numTokens outputMode");
  const config = {
    numTokens: checkCount("categoryEncoding: numTokens", given.numTokens),
    outputMode: checkOutput("categoryEncoding", given.outputMode ?? "multiHot", [
      "multiHot",
      "oneHot",
      "count",
    ]),
  };
  return createLayer(encodingDefinition, config, given);
}
