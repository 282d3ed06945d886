/** Initializers by name, as options and saved models give them. */
import { kindNamed, type SavedKind } from "../registry.ts";
import type { Initializer } from "./initializer.ts";
import * as kinds from "./kinds.ts";

export type { Initializer } from "./initializer.ts";
export * as initializers from "./kinds.ts";

/** The names of the initializers. */
export type InitializerName = keyof typeof kinds;
/** An initializer, its name, or what one is saved as. */
export type InitializerLike = InitializerName | Initializer | SavedKind<Record<string, number>>;

/** An initializer from its name or its saved form. @throws AnygradError INVALID_ARGUMENT */
export function getInitializer(like: InitializerLike): Initializer {
  if (typeof like === "object" && "fill" in like) return like;
  const { type, config } = typeof like === "string" ? { type: like, config: {} } : like;
  const make: (config: Readonly<Record<string, number>>) => Initializer = kindNamed(
    "initializer",
    type,
    kinds,
  );
  return make(config);
}
