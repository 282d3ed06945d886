/** Cross-entropies of probabilities, or of logits, over the classes of any axis. */
import { strictOptions } from "../math/options.ts";
import * as ops from "../ops/index.ts";
import { builtIn } from "../registry.ts";
import { axisLast, checkAxis } from "./composed/compose.ts";
import type { Loss } from "./loss.ts";
import {
  type CrossentropyOptions,
  checkSmoothing,
  sparseCategoricalCrossentropy as overLast,
} from "./sparseCrossentropy.ts";

/** Options of the cross-entropies. */
export interface AxisCrossentropyOptions extends CrossentropyOptions {
  /** The axis of the classes, counted with the batch axis, which is 0. Default −1, the last. */
  axis?: number;
}

function crossentropy(
  type: "categoricalCrossentropy" | "binaryCrossentropy",
  fuses: NonNullable<Loss["fuses"]>,
  op: typeof ops.categoricalCrossentropy,
  options: AxisCrossentropyOptions | undefined,
): Loss {
  const {
    fromLogits = false,
    labelSmoothing = 0,
    axis = -1,
  } = strictOptions(type, options, "fromLogits:boolean labelSmoothing axis:number");
  checkSmoothing(labelSmoothing);
  const isLast = checkAxis(type, axis) === -1;
  return {
    type,
    config: { fromLogits, labelSmoothing, ...(!isLast && { axis }) },
    targets: "dense",
    ...(isLast && { fuses }), // an activation is over the last axis
    call: builtIn((predictions, targets, logits) => {
      const [p, t] = isLast
        ? [predictions, targets]
        : [axisLast(type, predictions, axis), axisLast(type, targets, axis)];
      return op(p, t, { fromLogits: fromLogits || logits, labelSmoothing });
    }),
  };
}

/** −Σ t ln p over the classes; targets are one-hot rows or probabilities. */
export function categoricalCrossentropy(options?: AxisCrossentropyOptions): Loss {
  return crossentropy("categoricalCrossentropy", "softmax", ops.categoricalCrossentropy, options);
}

/** −(t ln p + (1 − t) ln(1 − p)), averaged over the outputs. */
export function binaryCrossentropy(options?: AxisCrossentropyOptions): Loss {
  return crossentropy("binaryCrossentropy", "sigmoid", ops.binaryCrossentropy, options);
}

/**
 * −ln of the probability of the label; targets are class indices, in the predictions' shape without the axis of the classes.
 * @throws AnygradError INVALID_ARGUMENT
 */
export function sparseCategoricalCrossentropy(options?: AxisCrossentropyOptions): Loss {
  const type = "sparseCategoricalCrossentropy";
  const { axis = -1, ...others } = strictOptions(
    type,
    options,
    "fromLogits:boolean labelSmoothing axis:number",
  );
  const last = overLast(others);
  if (checkAxis(type, axis) === -1) return last;
  const { fuses: _, call, config, ...kind } = last;
  return {
    ...kind,
    config: { ...config, axis },
    classAxis: axis,
    call: builtIn((predictions, labels) => call(axisLast(type, predictions, axis), labels, false)),
  };
}
