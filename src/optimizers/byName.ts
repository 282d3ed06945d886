/** Every optimizer by its name. Training imports this file late: a page downloads no optimizer that it does not name. */
import { kindNamed } from "../registry.ts";
import * as kinds from "./kinds.ts";

/** What makes the optimizers of this name. @throws AnygradError INVALID_ARGUMENT */
export function optimizerNamed(type: unknown): (typeof kinds)[keyof typeof kinds] {
  return kindNamed("optimizer", type, kinds);
}
