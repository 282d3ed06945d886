/** Initializers that give all weights one value. */
import { checkNumber } from "../math/checks.ts";
import { type NoOptions, strictOptions } from "../math/options.ts";
import { builtIn } from "../registry.ts";
import type { Initializer } from "./initializer.ts";

const fillWith = (type: string, value: number, config: Record<string, number>): Initializer => ({
  type,
  config,
  fill: builtIn((target) => target.view.fill(value)),
});

/** All weights 0. */
export const zeros = (options?: NoOptions): Initializer =>
  fillWith("zeros", 0, strictOptions("zeros", options, ""));
/** All weights 1. */
export const ones = (options?: NoOptions): Initializer =>
  fillWith("ones", 1, strictOptions("ones", options, ""));
/** Default value 0. */
export const constant = (options?: { value?: number }): Initializer => {
  const { value = 0 } = strictOptions("constant", options, "value");
  return fillWith("constant", checkNumber("constant: value", value), { value });
};
