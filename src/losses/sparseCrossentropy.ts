/** The loss of classifiers whose targets are class indices, which nearly all name. Training has it at hand; the others come late. */
import { checkNumber, properShare } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import { sparseCategoricalCrossentropy as sparseCrossentropy } from "../ops/crossentropy.ts";
import { builtIn } from "../registry.ts";
import type { Loss } from "./loss.ts";

/** Options of the cross-entropies. */
export interface CrossentropyOptions {
  /** Are the predictions logits? Default false: probabilities. */
  fromLogits?: boolean;
  /** Share of every target that is spread over the classes. Default 0. */
  labelSmoothing?: number;
}

/** @throws AnygradError INVALID_ARGUMENT */
export function checkSmoothing(labelSmoothing: number): void {
  checkNumber("loss: labelSmoothing", labelSmoothing, properShare);
}

/** The loss over classes on the last axis; crossentropy.ts has that over any. */
export function sparseCategoricalCrossentropy(options?: CrossentropyOptions): Loss {
  const type = "sparseCategoricalCrossentropy";
  const { fromLogits = false, labelSmoothing = 0 } = strictOptions(
    type,
    options,
    "fromLogits:boolean labelSmoothing",
  );
  checkSmoothing(labelSmoothing);
  return {
    type,
    config: { fromLogits, labelSmoothing },
    targets: "labels",
    fuses: "softmax",
    call: builtIn((predictions, labels, logits) =>
      sparseCrossentropy(predictions, labels, { fromLogits: fromLogits || logits, labelSmoothing }),
    ),
  };
}
