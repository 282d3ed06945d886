/** Normalisations without statistics of a batch: over groups of channels, by the root mean square, to length 1. */

import { filled } from "../autograd/constant.ts";
import { AnygradError } from "../errors.ts";
import { getInitializer } from "../initializers/index.ts";
import { checkNumber, checkPositive } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
import { normalizeAxis, type Shape, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import { exampleAxis, withAxesLast } from "./exampleAxis.ts";
import type { Layer, LayerDefinition, LayerOptions } from "./layer.ts";
import { type AffineOptions, affine, affineNames, gammaAndBeta } from "./normalization.ts";

/** Options of {@link groupNormalization}. */
export interface GroupNormalizationOptions extends AffineOptions {
  /** Groups of channels, which they must divide; −1 for one each (instance normalisation). Default 32. */
  groups?: number;
  /** The axis of the channels, counted with the batch axis, which is 0. Default −1, the last. */
  axis?: number;
}

type GroupConfig = ReturnType<typeof affine> & { groups: number; axis: number };

const group = "groupNormalization";

/** The channels, and the groups that they are in. @throws AnygradError SHAPE_MISMATCH where groups do not divide them */
function groupsOf(input: Shape, { groups, axis }: GroupConfig): readonly [channels: number, groups: number] {
  const channels = input[exampleAxis(group, axis, input)]!;
  const count = groups === -1 ? channels : groups;
  if (channels % count !== 0)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${group}: ${count} groups do not divide ${channels} channels; pass groups that do, or -1 for one a channel`,
    );
  return [channels, count];
}

const groupDefinition: LayerDefinition<GroupConfig> = {
  type: group,
  keras: "GroupNormalization",
  outputShape([input], config) {
    groupsOf(input!, config);
    return input!;
  },
  weights: ([input], config) => gammaAndBeta([groupsOf(input!, config)[0]], config),
  call([x], { config, weights: { gamma, beta } }) {
    const [channels, groups] = groupsOf(x.shape.slice(1), config);
    const axis = normalizeAxis(config.axis, x.shape.length, group);
    return withAxesLast(x, [axis], (last) => {
      const n = x.shape[0]!;
      const places = sizeOf(last.shape.slice(1, -1));
      const each = channels / groups;
      const split = ops.transpose(ops.reshape(last, [n, places, groups, each]), [0, 2, 1, 3]);
      const size = places * each;
      const rows = ops.layerNormalization(
        ops.reshape(split, [n * groups, size]),
        filled(x.allocator, [size], 1),
        filled(x.allocator, [size], 0),
        { epsilon: config.epsilon },
      );
      const back = ops.transpose(ops.reshape(rows, [n, groups, places, each]), [0, 2, 1, 3]);
      const scaled = gamma
        ? ops.multiply(ops.reshape(back, last.shape), gamma)
        : ops.reshape(back, last.shape);
      return beta ? ops.add(scaled, beta) : scaled;
    });
  },
};

/**
 * Normalises each example over groups of channels and all places (Wu and He, arXiv:1803.08494): it does not depend on the batch.
 * @throws AnygradError INVALID_ARGUMENT
 */
export function groupNormalization(options?: GroupNormalizationOptions): Layer {
  const given = layerOptions(group, options, `groups axis:number ${affineNames}`);
  const { groups = 32, axis = -1 } = given;
  if (groups !== -1)
    checkNumber(`${group}: groups`, groups, { whole: true, from: 1 }, ", or -1 for one a channel");
  return createLayer(groupDefinition, { groups, axis, ...affine(group, given) }, given);
}

/** The axes of a batch, from 0. */
function axesOf(subject: string, axis: number | readonly number[], input: Shape): number[] {
  return [axis].flat().map((each) => exampleAxis(subject, each, input) + 1);
}

const rms = "rmsNormalization";

const rmsDefinition: LayerDefinition<{ axis: number | readonly number[]; epsilon: number }> = {
  type: rms,
  keras: "RMSNormalization",
  traits: { dropsMask: true },
  outputShape([input], { axis }) {
    axesOf(rms, axis, input!);
    return input!;
  },
  weights: ([input], { axis }) => [
    {
      name: "scale",
      shape: axesOf(rms, axis, input!).map((each) => input![each - 1]!),
      initializer: getInitializer("ones"),
    },
  ],
  call([x], { config, weights: { scale } }) {
    const axes = axesOf(rms, config.axis, x.shape.slice(1));
    const squares = ops.mean(ops.square(x), { axis: axes, keepdims: true });
    const y = ops.divide(x, ops.sqrt(ops.add(squares, config.epsilon)));
    return ops.multiply(y, alongAxes(scale!, x, axes));
  },
};

/** A weight over these axes, in a shape that broadcasts against x. */
function alongAxes(weight: Tensor, x: Tensor, axes: readonly number[]): Tensor {
  const rising = axes.every((axis, i) => i === 0 || axes[i - 1]! < axis);
  const sorted = [...axes.keys()].sort((a, b) => axes[a]! - axes[b]!);
  const turned = rising ? weight : ops.transpose(weight, sorted);
  return ops.reshape(
    turned,
    x.shape.map((n, axis) => (axes.includes(axis) ? n : 1)),
  );
}

/** Options of {@link rmsNormalization}. */
export interface RmsNormalizationOptions extends LayerOptions {
  /** The axis or axes over which it normalises, counted with the batch axis, which is 0. Default −1, the last. */
  axis?: number | readonly number[];
  /** Added to the mean square. Default 1e-6. */
  epsilon?: number;
}

/** x / √(mean of x² + epsilon) · scale, over the last axis (Zhang and Sennrich, arXiv:1910.07467). */
export function rmsNormalization(options?: RmsNormalizationOptions): Layer {
  const given = layerOptions(rms, options, "axis:number|object epsilon");
  const { axis = -1, epsilon = 1e-6 } = given;
  const config = {
    axis: typeof axis === "number" ? axis : [...axis],
    epsilon: checkPositive(`${rms}: epsilon`, epsilon),
  };
  return createLayer(rmsDefinition, config, given);
}

const unit = "unitNormalization";

const unitDefinition: LayerDefinition<{ axis: number | readonly number[] }> = {
  type: unit,
  keras: "UnitNormalization",
  outputShape([input], { axis }) {
    axesOf(unit, axis, input!);
    return input!;
  },
  call([x], { config }) {
    const axes = axesOf(unit, config.axis, x.shape.slice(1));
    return ops.divide(x, lengthOf(x, axes));
  },
};

/** √(Σ x²) over the axes, which stay with size 1; at least 10⁻⁶, as in Keras. */
export function lengthOf(x: Tensor, axis: readonly number[]): Tensor {
  return ops.sqrt(ops.maximum(ops.sum(ops.square(x), { axis, keepdims: true }), 1e-12));
}

/** Brings what lies along an axis to length 1: x / √(Σ x²). */
export function unitNormalization(
  options?: LayerOptions & {
    /** The axis or axes, counted with the batch axis, which is 0. Default −1, the last. */
    axis?: number | readonly number[];
  },
): Layer {
  const { axis = -1, ...shared } = layerOptions(unit, options, "axis:number|object");
  return createLayer(unitDefinition, { axis: typeof axis === "number" ? axis : [...axis] }, shared);
}
