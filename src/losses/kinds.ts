/**
 * Losses under Keras's names. A loss maps predictions and targets to one number per example; the mean over the
 * batch (weighted where weights are given) is the training loop's business.
 * @packageDocumentation
 * @example
 * ```js
 * import { createEngine, layers, losses, sequential } from "anygrad";
 *
 * const net = sequential([layers.dense({ units: 10 })], { inputShape: [784], seed: 1 });
 * const loss = losses.sparseCategoricalCrossentropy({ fromLogits: true, labelSmoothing: 0.1 });
 * await net.compile({ optimizer: "adam", loss, engine: await createEngine() });
 * console.log(net.isCompiled); // true
 * ```
 */

import { checkNumber, checkPositive, properShare } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
import type { Loss } from "./loss.ts";

interface CrossentropyOptions {
  /** Are the predictions logits? Default false: probabilities. */
  fromLogits?: boolean;
  /** Share of every target that is spread over the classes. Default 0. */
  labelSmoothing?: number;
}

function checkSmoothing(labelSmoothing: number): void {
  checkNumber("loss: labelSmoothing", labelSmoothing, properShare);
}

/** −ln of the probability of the label; targets are class indices. */
export function sparseCategoricalCrossentropy({
  fromLogits = false,
  labelSmoothing = 0,
}: CrossentropyOptions = {}): Loss {
  checkSmoothing(labelSmoothing);
  return {
    type: "sparseCategoricalCrossentropy",
    config: { fromLogits, labelSmoothing },
    targets: "labels",
    repeatable: true,
    fuses: "softmax",
    call: (predictions, labels, logits) =>
      ops.sparseCategoricalCrossentropy(predictions, labels, {
        fromLogits: fromLogits || logits,
        labelSmoothing,
      }),
  };
}

/** −Σ t ln p; targets are one-hot rows or probabilities. */
export function categoricalCrossentropy({
  fromLogits = false,
  labelSmoothing = 0,
}: CrossentropyOptions = {}): Loss {
  checkSmoothing(labelSmoothing);
  return {
    type: "categoricalCrossentropy",
    config: { fromLogits, labelSmoothing },
    targets: "dense",
    repeatable: true,
    fuses: "softmax",
    call: (predictions, targets, logits) =>
      ops.categoricalCrossentropy(predictions, targets, { fromLogits: fromLogits || logits, labelSmoothing }),
  };
}

/** −(t ln p + (1 − t) ln(1 − p)), averaged over the outputs. */
export function binaryCrossentropy({
  fromLogits = false,
  labelSmoothing = 0,
}: CrossentropyOptions = {}): Loss {
  checkSmoothing(labelSmoothing);
  return {
    type: "binaryCrossentropy",
    config: { fromLogits, labelSmoothing },
    targets: "dense",
    repeatable: true,
    fuses: "sigmoid",
    call: (predictions, targets, logits) =>
      ops.binaryCrossentropy(predictions, targets, { fromLogits: fromLogits || logits, labelSmoothing }),
  };
}

/** (p − t)², averaged over the outputs. */
export function meanSquaredError(): Loss {
  return {
    type: "meanSquaredError",
    config: {},
    targets: "dense",
    repeatable: true,
    call: (p, t) => ops.meanSquaredError(p, t),
  };
}

/** |p − t|, averaged over the outputs. */
export function meanAbsoluteError(): Loss {
  return {
    type: "meanAbsoluteError",
    config: {},
    targets: "dense",
    repeatable: true,
    call: (p, t) => ops.meanAbsoluteError(p, t),
  };
}

/** Quadratic up to delta (default 1), then linear. */
export function huber({ delta = 1 }: { delta?: number } = {}): Loss {
  checkPositive("huber: delta", delta);
  return {
    type: "huber",
    config: { delta },
    targets: "dense",
    repeatable: true,
    call: (p, t) => ops.huber(p, t, { delta }),
  };
}
