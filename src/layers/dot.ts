/** The product of two tensors along an axis of each, example by example. */
import { AnygradError, quote } from "../errors.ts";
import * as ops from "../ops/index.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import { exampleAxis } from "./exampleAxis.ts";
import { lengthOf } from "./groupNormalization.ts";
import type { LayerDefinition, LayerOptions } from "./layer.ts";
import { type Merging, merging } from "./merging.ts";

interface Config {
  axes: number | readonly [number, number];
  normalize: boolean;
}

/** The axes of both, from 0, without the batch. @throws AnygradError SHAPE_MISMATCH, INVALID_ARGUMENT */
function axesOf({ axes }: Config, shapes: readonly Shape[]): readonly [number, number] {
  const [a, b] = shapes;
  if (!a || !b || shapes.length !== 2)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `dot: it got ${shapes.length} tensor${shapes.length === 1 ? "" : "s"}; pass a list of two: layers.dot([a, b], { axes: -1 })`,
    );
  const [left, right] = typeof axes === "number" ? [axes, axes] : axes;
  const pair = [exampleAxis("dot", left, a), exampleAxis("dot", right, b)] as const;
  if (a[pair[0]] !== b[pair[1]])
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `dot: axis ${left} of ${formatShape(a)} has ${a[pair[0]]} and axis ${right} of ${formatShape(b)} has ${b[pair[1]]}; choose axes of one size`,
    );
  return pair;
}

const without = (shape: Shape, axis: number): Shape => shape.filter((_, i) => i !== axis);

/** x [n, …] as [n, rows, size of the axis]. */
function rowsAlong(x: Tensor, axis: number): Tensor {
  const order = [...x.shape.keys()].filter((i) => i !== axis).concat(axis);
  const last = order.every((each, i) => each === i) ? x : ops.transpose(x, order);
  return ops.reshape(last, [x.shape[0]!, -1, x.shape[axis]!]);
}

const definition: LayerDefinition<Config> = {
  type: "dot",
  keras: "Dot",
  traits: { merges: true, dropsMask: true },
  outputShape(shapes, config) {
    const [a, b] = axesOf(config, shapes);
    const shape = [...without(shapes[0]!, a), ...without(shapes[1]!, b)];
    return shape.length === 0 ? [1] : shape;
  },
  call(inputs, { config }) {
    const axes = axesOf(
      config,
      inputs.map(({ shape }) => shape.slice(1)),
    ).map((axis) => axis + 1);
    const [a, b] = inputs.map((x, i) => {
      const axis = axes[i]!;
      return rowsAlong(config.normalize ? ops.divide(x, lengthOf(x, [axis])) : x, axis);
    });
    const shape = inputs.flatMap(({ shape: each }, i) => without(each, axes[i]!).slice(1));
    const y = ops.matmul(a!, b!, { transposeB: true });
    return ops.reshape(y, [a!.shape[0]!, ...(shape.length === 0 ? [1] : shape)]);
  },
};

/** Options of {@link dot}. */
export interface DotOptions extends LayerOptions {
  /** The axis that is summed over, counted with the batch axis, which is 0; a pair where it differs. */
  axes: number | readonly [number, number];
  /** Whether both are brought to length 1 along it first: the product is their cosine. Default false. */
  normalize?: boolean;
}

/** The products of two tensors: `dot([a, b], { axes: -1 })` of [n, d] each gives [n, 1], of [n, s, d] and [n, t, d] [n, s, t]. */
export const dot: Merging<DotOptions> = merging((options) => {
  const { axes, normalize = false, ...shared } = layerOptions("dot", options, "axes normalize:boolean");
  const isAxis = (axis: unknown): boolean => Number.isInteger(axis);
  if (!isAxis(axes) && !(Array.isArray(axes) && axes.length === 2 && axes.every(isAxis)))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `dot: axes is ${quote(axes)}; pass the axis to sum over, such as -1, or one for each tensor, [2, 1]`,
    );
  return createLayer(
    definition,
    { axes: typeof axes === "number" ? axes : [axes![0], axes![1]], normalize },
    shared,
  );
});
