/** Numbers to bins, whose boundaries are known before training, or read off data. */
import { AnygradError, quote } from "../errors.ts";
import { checkCount, checkNumber } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
import { type AdaptData, numbersOf } from "./adaptData.ts";
import { type CategoryOutput, checkOutput, encode, encodedShape } from "./categories.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Layer, LayerDefinition, LayerOptions } from "./layer.ts";

interface Config {
  binBoundaries?: readonly number[];
  numBins?: number;
  epsilon?: number;
  outputMode: "int" | CategoryOutput;
}

/** Options of {@link discretization}. */
export interface DiscretizationOptions extends LayerOptions {
  /** Where a bin ends and the next one begins, rising: [0, 10] makes three bins, below 0, from 0 to below 10, from 10 on. */
  binBoundaries?: readonly number[];
  /** How many bins `adapt` makes, each of as many of the data's numbers; in place of `binBoundaries`. */
  numBins?: number;
  /** How exact `adapt` is: the largest share of the numbers that a boundary may be off. Default 0.01. */
  epsilon?: number;
  /** "int" (default): the number of the bin; or what `categoryEncoding` makes of it. */
  outputMode?: "int" | CategoryOutput;
}

/** A layer that learns its boundaries from data before the model is made. */
export interface DiscretizationLayer extends Layer {
  /**
   * Takes boundaries between `numBins` bins that hold about as many of these numbers each, as Keras estimates them.
   * @param data a data set, `{ x, shape }`, or a list of examples
   * @returns the layer itself
   * @throws AnygradError INVALID_ARGUMENT for what holds no numbers, and for a layer whose boundaries were given; NOT_READY where a
   *   model has been made of the layer
   */
  adapt(data: AdaptData | readonly unknown[]): DiscretizationLayer;
}

const type = "discretization";

/**
 * The bins that numbers lie in. Boundaries are options, or read off data by `adapt` before the model is made.
 * @throws AnygradError INVALID_ARGUMENT
 * @example
 * ```js
 * import { layers } from "anygrad";
 *
 * const layer = layers.discretization({ numBins: 4 }).adapt([1, 2, 3, 4, 5, 6, 7, 8]);
 * console.log(layer.config.binBoundaries); // [2, 4, 6]
 * ```
 */
export function discretization(options: DiscretizationOptions): DiscretizationLayer {
  const given = layerOptions(type, options, "binBoundaries numBins epsilon outputMode");
  const { binBoundaries, numBins, epsilon = 0.01, outputMode: mode = "int" } = given;
  if ((binBoundaries === undefined) === (numBins === undefined))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${type}: binBoundaries is ${quote(binBoundaries)} and numBins ${quote(numBins)}; pass one of them, rising numbers such as [0, 10], or how many bins adapt(data) should make`,
    );
  const outputMode = checkOutput(type, mode, ["int", "oneHot", "multiHot", "count"]);
  const share = checkNumber(`${type}: epsilon`, epsilon, { above: 0, below: 1 });
  const bins = numBins === undefined ? 0 : checkCount(`${type}: numBins`, numBins, 2);
  let config: Config = binBoundaries
    ? { binBoundaries: checkBoundaries(binBoundaries), outputMode }
    : { numBins: bins, epsilon: share, outputMode };
  let used = false;
  const known = (): readonly number[] => {
    if (config.binBoundaries) return config.binBoundaries;
    throw new AnygradError(
      "NOT_READY",
      `${type}: it does not know its boundaries; call adapt(data) before the model is made, or pass binBoundaries`,
    );
  };
  const definition: LayerDefinition<object> = {
    type,
    keras: "Discretization",
    traits: { rescales: true }, // boundaries are those of raw numbers
    outputShape([input]) {
      const { length } = known();
      used = true;
      return outputMode === "int" ? input! : encodedShape(input!, outputMode, length + 1);
    },
    call([x]) {
      const boundaries = known();
      const places = boundaries
        .map((boundary) => ops.greaterEqual(x, boundary))
        .reduce((sum, each) => ops.add(sum, each));
      return outputMode === "int" ? places : encode(places, outputMode, boundaries.length + 1);
    },
  };
  const layer = createLayer(definition, config, given) as DiscretizationLayer;
  return Object.assign(layer, {
    adapt(data: AdaptData | readonly unknown[]): DiscretizationLayer {
      if (binBoundaries)
        throw new AnygradError(
          "INVALID_ARGUMENT",
          `${type}: its boundaries were given; pass numBins in their place to have adapt find them`,
        );
      if (used)
        throw new AnygradError(
          "NOT_READY",
          `${type}: a model has been made of it already, whose boundaries adapt would not change; adapt it before`,
        );
      config = { binBoundaries: boundariesOf(numbersOf(type, data).x, bins, share), outputMode };
      Object.assign(layer, { config: Object.freeze(config) });
      return layer;
    },
  });
}

/** @throws AnygradError INVALID_ARGUMENT for what are no rising numbers; data of few values may have equal ones */
function checkBoundaries(boundaries: readonly number[]): readonly number[] {
  const rising =
    Array.isArray(boundaries) &&
    boundaries.length > 0 &&
    boundaries.every((n, i) => Number.isFinite(n) && (i === 0 || n >= boundaries[i - 1]));
  if (rising) return [...boundaries];
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${type}: binBoundaries is ${quote(boundaries)}; pass rising numbers, such as [0, 10]`,
  );
}

/** Numbers in rising order, and how many numbers of the data each stands for. */
interface Summary {
  readonly values: readonly number[];
  readonly weights: readonly number[];
}

/** The boundaries between bins of equal weight, in Keras's steps and precision. @throws AnygradError INVALID_ARGUMENT for one number */
function boundariesOf(x: ArrayLike<number>, bins: number, epsilon: number): readonly number[] {
  const sorted = Float32Array.from(x).sort();
  const step = Math.max(sorted.length / (1 / epsilon), 1);
  const values: number[] = [];
  for (let i = Math.trunc(step - 1); i < sorted.length; i += Math.trunc(step)) values.push(sorted[i]!);
  const whole = compressed({ values, weights: values.map(() => Math.fround(step)) }, epsilon);
  const boundaries = compressed(whole, 1 / bins).values.slice(0, -1);
  if (boundaries.length > 0 && sorted.every(Number.isFinite)) return boundaries;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${type}: adapt got ${sorted.length === 1 ? "one number" : "numbers that are not finite"}, of which no bins can be made; pass more data`,
  );
}

/** A summary of about 1 / epsilon numbers, by interpolation of the shares that lie below. */
function compressed(summary: Summary, epsilon: number): Summary {
  const { values, weights } = summary;
  if (values.length * epsilon < 1) return summary;
  let sum = 0;
  const below = weights.map((weight) => {
    sum = Math.fround(sum + weight);
    return sum;
  });
  const shares = below.map((part) => Math.fround(part / sum));
  const asked = Array.from({ length: Math.ceil(1 / epsilon) }, (_, i) => epsilon + i * epsilon);
  const counts = asked.map((share) => interpolated(share, shares, below));
  return {
    values: asked.map((share) => Math.fround(interpolated(share, shares, values))),
    weights: counts.map((count, i) => Math.fround(count - (counts[i - 1] ?? 0))),
  };
}

/** What a line through the points has at x; the first or last one's outside of them. */
function interpolated(x: number, xs: readonly number[], ys: readonly number[]): number {
  const next = xs.findIndex((each) => each > x);
  if (next === 0) return ys[0]!;
  if (next < 0) return ys.at(-1)!;
  const [x0, y0] = [xs[next - 1]!, ys[next - 1]!];
  return ((ys[next]! - y0) / (xs[next]! - x0)) * (x - x0) + y0;
}
