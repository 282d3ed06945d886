/** The loss of sequences whose labels have no known places: speech, handwriting. */
import { type NoOptions, strictOptions } from "../../math/options.ts";
import { ctc as ctcOp } from "../../ops/ctc.ts";
import { builtIn } from "../../registry.ts";
import type { Loss } from "../loss.ts";

/**
 * Minus the logarithm of the chance that outputs [steps, classes], logits, are read as the labels (Graves et al., 2006). Targets are
 * class indices [n, steps], the labels with zeros behind them; class 0 is the blank.
 */
export function ctc(options?: NoOptions): Loss {
  strictOptions("ctc", options, "");
  return {
    type: "ctc",
    config: {},
    targets: "labels",
    call: builtIn((predictions, labels) => ctcOp(predictions, labels)),
  };
}
