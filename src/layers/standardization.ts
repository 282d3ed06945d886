/** Normalisation by mean and variance that are known before training, or read off data. */
import { filled } from "../autograd/constant.ts";
import { AnygradError, quote } from "../errors.ts";
import type { Initializer } from "../initializers/index.ts";
import * as ops from "../ops/index.ts";
import { type Shape, sizeOf } from "../tensor/shape.ts";
import { type AdaptData, numbersOf } from "./adaptData.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import { exampleAxis } from "./exampleAxis.ts";
import type { Layer, LayerDefinition, LayerOptions } from "./layer.ts";

interface Config {
  axis: number | null;
  invert: boolean;
  mean?: readonly number[];
  variance?: readonly number[];
}

/** A layer that learns its statistics from data before the model is made. */
export interface NormalizationLayer extends Layer {
  /**
   * Takes mean and variance of each place of the axis from these data, raw as the model will get them.
   * @param data a data set, `{ x, shape }`, or a list of examples
   * @returns the layer itself
   * @throws AnygradError INVALID_ARGUMENT for what holds no numbers, NOT_READY where a model has been made of the layer
   */
  adapt(data: AdaptData | readonly unknown[]): NormalizationLayer;
}

const type = "normalization";

/** Mean and variance of each place of an axis; of all numbers without one. The sums are made in the order of the data. */
function statisticsOf(x: ArrayLike<number>, shape: Shape, axis: number | undefined): [number[], number[]] {
  const places = axis === undefined ? 1 : shape[axis]!;
  const inner = axis === undefined ? x.length : sizeOf(shape.slice(axis + 1));
  const each = x.length / places;
  const mean = new Array<number>(places).fill(0);
  const variance = new Array<number>(places).fill(0);
  const placeOf = (i: number): number => Math.floor(i / inner) % places;
  for (let i = 0; i < x.length; i++) mean[placeOf(i)]! += x[i]! / each;
  for (let i = 0; i < x.length; i++) {
    const distance = x[i]! - mean[placeOf(i)]!;
    variance[placeOf(i)]! += (distance * distance) / each;
  }
  return [mean, variance];
}

/** An initializer of these numbers. They stand in the layer's options, so that it is never looked up by its name. */
const given = (values: readonly number[]): Initializer => ({
  type: "given",
  config: {},
  fill: (target) => target.view.set(values),
});

/** Options of {@link normalization}. */
export interface NormalizationOptions extends LayerOptions {
  /** The axis whose places have statistics of their own, counted with the batch axis, which is 0; null for one of all. Default −1. */
  axis?: number | null;
  /** The mean of each place, or one number for all; with `variance`, in place of `adapt`. */
  mean?: number | readonly number[];
  /** The variance of each place, or one number for all. */
  variance?: number | readonly number[];
  /** Whether it undoes the normalisation: x · √variance + mean. Default false. */
  invert?: boolean;
}

function listOf(name: string, value: number | readonly number[] | undefined): readonly number[] | undefined {
  if (value === undefined) return undefined;
  const list = typeof value === "number" ? [value] : value;
  const isNumber = (n: unknown): boolean => Number.isFinite(n) && (name === "mean" || (n as number) >= 0);
  if (Array.isArray(list) && list.length > 0 && list.every(isNumber)) return [...list];
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${type}: ${name} is ${quote(value)}; pass a finite number${name === "mean" ? "" : " from 0"}, or one for each place of the axis`,
  );
}

/**
 * (x − mean) / √variance, place by place of an axis: features of a table, channels of an image. Statistics are options, or read off
 * data by `adapt` before the model is made. As the first layer it takes raw inputs: a data set's own normalisation is left out.
 * @throws AnygradError INVALID_ARGUMENT
 * @example
 * ```js
 * import { layers } from "anygrad";
 *
 * const layer = layers.normalization().adapt([[0, 10], [2, 30]]);
 * console.log(layer.config.mean, layer.config.variance); // [1, 20] [1, 100]
 * ```
 */
export function normalization(options?: NormalizationOptions): NormalizationLayer {
  const { axis = -1, invert = false, ...others } = optionsOf(options);
  const [mean, variance] = [listOf("mean", others.mean), listOf("variance", others.variance)];
  if ((mean === undefined) !== (variance === undefined))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${type}: ${mean ? "mean" : "variance"} is given alone; pass mean and variance, or neither and call adapt(data)`,
    );
  let config: Config = { axis, invert, ...(mean && variance && { mean, variance }) };
  let used = false;

  const place = (input: Shape): number | undefined =>
    config.axis === null ? undefined : exampleAxis(type, config.axis, input);
  const known = (): Required<Config> => {
    if (config.mean && config.variance) return config as Required<Config>;
    throw new AnygradError(
      "NOT_READY",
      `${type}: it does not know mean and variance; call adapt(data) before the model is made, or pass them`,
    );
  };
  const definition: LayerDefinition<object> = {
    type,
    keras: "Normalization",
    traits: { rescales: !invert },
    outputShape([input]) {
      const at = place(input!);
      const {
        mean: { length },
      } = known();
      const places = at === undefined ? 1 : input![at]!;
      if (length !== 1 && length !== places)
        throw new AnygradError(
          "SHAPE_MISMATCH",
          `${type}: it has statistics of ${length} places but the axis has ${places}; adapt it to data of this shape`,
        );
      return input!;
    },
    weights() {
      const { mean, variance } = known();
      used = true;
      return [
        { name: "mean", shape: [mean.length], initializer: given(mean), trainable: false },
        { name: "variance", shape: [variance.length], initializer: given(variance), trainable: false },
      ];
    },
    call([x], { weights: { mean, variance } }) {
      const at = place(x.shape.slice(1));
      const n = mean!.size;
      const shape = x.shape.map((_, i) => (at !== undefined && i === at + 1 ? n : 1));
      const [m, v] = [ops.reshape(mean!, shape), ops.reshape(variance!, shape)];
      const deviation = ops.maximum(ops.sqrt(v), filled(x.allocator, [], 1e-7));
      return invert ? ops.add(ops.multiply(x, deviation), m) : ops.divide(ops.subtract(x, m), deviation);
    },
  };
  const layer = createLayer(definition, config, others) as NormalizationLayer;
  return Object.assign(layer, {
    adapt(data: AdaptData | readonly unknown[]): NormalizationLayer {
      if (used)
        throw new AnygradError(
          "NOT_READY",
          `${type}: a model has been made of it already, whose statistics adapt would not change; adapt it before`,
        );
      const { x, shape } = numbersOf(type, data);
      const at = config.axis === null ? undefined : exampleAxis(type, config.axis, shape.slice(1)) + 1;
      const [mean, variance] = statisticsOf(x, shape, at);
      config = { ...config, mean, variance };
      Object.assign(layer, { config: Object.freeze(config) });
      return layer;
    },
  });
}

/** Null, which stands for no axis, is no missing option. */
function optionsOf(options: NormalizationOptions | undefined): NormalizationOptions {
  const { axis, ...others } = options ?? {};
  const checked = layerOptions<NormalizationOptions, string>(
    type,
    axis === null ? others : options,
    "axis:number mean variance invert:boolean",
  );
  return axis === null ? { ...checked, axis } : checked;
}
