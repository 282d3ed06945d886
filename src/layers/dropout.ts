/** Dropout: active in training only. */
import { filled } from "../autograd/constant.ts";
import { AnygradError, quote } from "../errors.ts";
import { checkNumber, properShare } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
import type { StepDraw } from "../ops/random.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Layer, LayerDefinition, LayerOptions } from "./layer.ts";

/** The sizes within which elements drop on their own, the batch's in front; null: as the input's. */
type NoiseShape = readonly (number | null)[];

interface DropoutConfig {
  readonly rate: number;
  readonly noiseShape?: NoiseShape;
}

/** x with whole parts of it dropped: along axes of `shape` that are 1 all elements share their fate. */
export function dropParts(x: Tensor, shape: Shape, rate: number, draw: StepDraw): Tensor {
  return ops.multiply(x, ops.dropout(filled(x.allocator, shape, 1), { rate, ...draw }));
}

const definition: LayerDefinition<DropoutConfig> = {
  type: "dropout",
  keras: "Dropout",
  traits: ({ rate }) => (rate > 0 ? { differsInTraining: true, convolves: false } : { isView: true }),
  outputShape([input], { noiseShape }) {
    if (noiseShape) checkNoise(noiseShape, input!);
    return input!;
  },
  call([x], { config: { rate, noiseShape }, training, draw }) {
    if (!training || rate === 0) return x;
    if (!noiseShape) return ops.dropout(x, { rate, ...draw });
    return dropParts(
      x,
      x.shape.map((size, axis) => noiseShape[axis] ?? size),
      rate,
      draw,
    );
  },
};

/** @throws AnygradError SHAPE_MISMATCH @param input shape of an example */
function checkNoise(noiseShape: NoiseShape, input: Shape): void {
  const fits = noiseShape.slice(1).every((size, axis) => size === null || size === 1 || size === input[axis]);
  if (fits && noiseShape.length === input.length + 1) return;
  throw new AnygradError(
    "SHAPE_MISMATCH",
    `dropout: noiseShape is ${quote(noiseShape)}, the input [n, ${formatShape(input).slice(1)}; give a number or null for each axis, with the batch's in front: 1 to drop along it as a whole, null to drop each by itself`,
  );
}

/**
 * Sets a share `rate` of the elements to 0 and scales the others by 1 / (1 − rate), in training only.
 * @throws AnygradError INVALID_ARGUMENT; SHAPE_MISMATCH where noiseShape does not fit the input
 */
export function dropout(
  options: LayerOptions & {
    /** The share that drops, from 0 to below 1. */
    rate: number;
    /**
     * Which elements share their fate, an axis each with the batch's in front: 1 for those along an axis, null for none. [null, 1, 1, null] drops whole
     * channels of images, [null, 1, 1, 1] whole examples, as residual networks do with their branches (Huang et al., arXiv:1603.09382).
     * Default: each element by itself.
     */
    noiseShape?: NoiseShape;
  },
): Layer {
  const { rate, noiseShape, ...shared } = layerOptions("dropout", options, "rate noiseShape:object");
  const isValid = (list: unknown): list is NoiseShape =>
    Array.isArray(list) &&
    (list[0] === null || list[0] === 1) &&
    list.every((size) => size === null || (Number.isInteger(size) && size > 0));
  if (noiseShape !== undefined && !isValid(noiseShape))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `dropout: noiseShape is ${quote(noiseShape)}; pass a list of sizes or null, that of the batch in front, such as [null, 1, 1, 1]`,
    );
  const config = {
    rate: checkNumber("dropout: rate", rate, properShare),
    ...(noiseShape && { noiseShape: [...noiseShape] }),
  };
  return createLayer(definition, config, shared);
}
