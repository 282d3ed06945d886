/** Losses of numbers: how far predictions are off. */
import { checkPositive } from "../math/checks.ts";
import { type NoOptions, strictOptions } from "../math/options.ts";
import * as ops from "../ops/index.ts";
import { builtIn } from "../registry.ts";
import type { Loss } from "./loss.ts";

/** (p − t)², averaged over the outputs. */
export function meanSquaredError(options?: NoOptions): Loss {
  strictOptions("meanSquaredError", options, "");
  return {
    type: "meanSquaredError",
    config: {},
    targets: "dense",
    call: builtIn((p, t) => ops.meanSquaredError(p, t)),
  };
}

/** |p − t|, averaged over the outputs. */
export function meanAbsoluteError(options?: NoOptions): Loss {
  strictOptions("meanAbsoluteError", options, "");
  return {
    type: "meanAbsoluteError",
    config: {},
    targets: "dense",
    call: builtIn((p, t) => ops.meanAbsoluteError(p, t)),
  };
}

/** Quadratic up to delta (default 1), then linear. */
export function huber(options?: { delta?: number }): Loss {
  const { delta = 1 } = strictOptions("huber", options, "delta");
  checkPositive("huber: delta", delta);
  return {
    type: "huber",
    config: { delta },
    targets: "dense",
    call: builtIn((p, t) => ops.huber(p, t, { delta })),
  };
}
