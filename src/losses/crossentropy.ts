/** Losses of classifiers: the cross-entropy of probabilities, or of logits, with labels or targets. */
import { checkNumber, properShare } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import * as ops from "../ops/index.ts";
import type { Loss } from "./loss.ts";

/** Options of the cross-entropies. */
interface CrossentropyOptions {
  /** Are the predictions logits? Default false: probabilities. */
  fromLogits?: boolean;
  /** Share of every target that is spread over the classes. Default 0. */
  labelSmoothing?: number;
}

/** @throws AnygradError INVALID_ARGUMENT */
function checked(type: string, options: CrossentropyOptions | undefined): Required<CrossentropyOptions> {
  const { fromLogits = false, labelSmoothing = 0 } = strictOptions(
    type,
    options,
    "fromLogits:boolean labelSmoothing",
  );
  return { fromLogits, labelSmoothing: checkNumber("loss: labelSmoothing", labelSmoothing, properShare) };
}

/** −ln of the probability of the label; targets are class indices. */
export function sparseCategoricalCrossentropy(options?: CrossentropyOptions): Loss {
  const { fromLogits, labelSmoothing } = checked("sparseCategoricalCrossentropy", options);
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
export function categoricalCrossentropy(options?: CrossentropyOptions): Loss {
  const { fromLogits, labelSmoothing } = checked("categoricalCrossentropy", options);
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
export function binaryCrossentropy(options?: CrossentropyOptions): Loss {
  const { fromLogits, labelSmoothing } = checked("binaryCrossentropy", options);
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
