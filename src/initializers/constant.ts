/** Initializers that give all weights one value. */
import { checkNumber } from "../math/checks.ts";
import type { Initializer } from "./initializer.ts";

function fillWith(type: string, value: number, config: Record<string, number> = {}): Initializer {
  return { type, config, fill: (target) => target.view.fill(value) };
}

/** All weights 0. */
export const zeros = (): Initializer => fillWith("zeros", 0);
/** All weights 1. */
export const ones = (): Initializer => fillWith("ones", 1);
/** Default value 0. */
export const constant = ({ value = 0 }: { value?: number } = {}): Initializer =>
  fillWith("constant", checkNumber("constant: value", value), { value });
