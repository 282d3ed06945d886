/** A penalty on what passes through. */
import { checkNumber } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Layer, LayerDefinition, LayerOptions } from "./layer.ts";

const definition: LayerDefinition<{ l1: number; l2: number }> = {
  type: "activityRegularization",
  keras: "ActivityRegularization",
  traits: { isView: true, differsInTraining: true },
  outputShape: ([input]) => input!,
  call([x], { config: { l1, l2 }, penalize }) {
    const n = x.shape[0]!;
    if (l1 + l2 > 0) penalize?.(ops.multiply(ops.penalty(x, { l1, l2 }), 1 / n));
    return x;
  },
};

/** Options of {@link activityRegularization}. */
export interface ActivityRegularizationOptions extends LayerOptions {
  /** Factor of Σ |x|. Default 0. */
  l1?: number;
  /** Factor of Σ x². Default 0. */
  l2?: number;
}

/** Adds l1 · Σ |x| + l2 · Σ x² of its input to the loss, the mean over the batch's examples; the output is the input. */
export function activityRegularization(options?: ActivityRegularizationOptions): Layer {
  const { l1 = 0, l2 = 0, ...shared } = layerOptions("activityRegularization", options, "l1 l2");
  checkNumber("activityRegularization: l1", l1, { from: 0 });
  checkNumber("activityRegularization: l2", l2, { from: 0 });
  return createLayer(definition, { l1, l2 }, shared);
}
