/**
 * The optimizers as an object, whose keys are their names. Training imports this file late: a page downloads no optimizer that it
 * does not name, and those with kernels of their own only where one of them is named. Not a namespace, which would need the
 * bundler's helper for namespaces, in a chunk of its own.
 */
import { isDefinition } from "../definitions/definition.ts";
import { kindNamed } from "../registry.ts";
import { adam, adamw } from "./adam.ts";
import type * as kinds from "./kinds.ts";
import { rmsprop } from "./rmsprop.ts";
import { sgd } from "./sgd.ts";

const common = { sgd, rmsprop, adam, adamw };

/** What makes the optimizers of this name. @throws AnygradError INVALID_ARGUMENT */
export async function optimizerNamed(type: unknown): Promise<(typeof kinds)[keyof typeof kinds]> {
  if (isDefinition(type) && type.kind === "optimizer") return type as never; // it takes what each of them does
  if (Object.hasOwn(common, type as string)) return common[type as keyof typeof common];
  const { adaptiveOptimizers } = await import("./adaptiveByName.ts");
  const all = { ...common, ...adaptiveOptimizers } satisfies typeof kinds;
  return kindNamed("optimizer", type, all);
}
