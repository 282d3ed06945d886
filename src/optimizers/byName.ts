/**
 * The optimizers as an object, whose keys are their names. Training imports this file late: a page downloads no optimizer that it
 * does not name. Not a namespace, which would need the bundler's helper for namespaces, in a chunk of its own.
 */
import { kindNamed } from "../registry.ts";
import type * as kinds from "./kinds.ts";
import { adam, adamw, rmsprop, sgd } from "./kinds.ts";

const byName: typeof kinds = { sgd, rmsprop, adam, adamw };

/** What makes the optimizers of this name. @throws AnygradError INVALID_ARGUMENT */
export function optimizerNamed(type: unknown): (typeof kinds)[keyof typeof kinds] {
  return kindNamed("optimizer", type, byName);
}
