/** Losses of classifiers whose targets are probabilities: the cross-entropy of probabilities, or of logits. */
import * as ops from "../ops/index.ts";
import { builtIn } from "../registry.ts";
import type { Loss } from "./loss.ts";
import { type CrossentropyOptions, crossentropyOptions } from "./sparseCrossentropy.ts";

/** −Σ t ln p; targets are one-hot rows or probabilities. */
export function categoricalCrossentropy(options?: CrossentropyOptions): Loss {
  const { fromLogits, labelSmoothing } = crossentropyOptions("categoricalCrossentropy", options);
  return {
    type: "categoricalCrossentropy",
    config: { fromLogits, labelSmoothing },
    targets: "dense",
    fuses: "softmax",
    call: builtIn((predictions, targets, logits) =>
      ops.categoricalCrossentropy(predictions, targets, { fromLogits: fromLogits || logits, labelSmoothing }),
    ),
  };
}

/** −(t ln p + (1 − t) ln(1 − p)), averaged over the outputs. */
export function binaryCrossentropy(options?: CrossentropyOptions): Loss {
  const { fromLogits, labelSmoothing } = crossentropyOptions("binaryCrossentropy", options);
  return {
    type: "binaryCrossentropy",
    config: { fromLogits, labelSmoothing },
    targets: "dense",
    fuses: "sigmoid",
    call: builtIn((predictions, targets, logits) =>
      ops.binaryCrossentropy(predictions, targets, { fromLogits: fromLogits || logits, labelSmoothing }),
    ),
  };
}
