/** Losses of classifiers: the cross-entropy of probabilities, or of logits, with labels or targets. */
import { checkNumber, properShare } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
import type { Loss } from "./loss.ts";

/** Options of the cross-entropies. */
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
