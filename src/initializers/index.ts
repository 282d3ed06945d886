/** Initializers by name, as options and saved models give them. */
import { kindNamed, type SavedKind } from "../registry.ts";
import type { Initializer } from "./initializer.ts";
import * as kinds from "./kinds.ts";

export type { Initializer } from "./initializer.ts";
export * as initializers from "./kinds.ts";

/** The names of the initializers. */
export type InitializerName = keyof typeof kinds;
/** An initializer, its name, or what one is saved as. */
export type InitializerLike = InitializerName | Initializer | SavedKind<Initializer["config"]>;

/** An initializer from its name or its saved form. @throws AnygradError INVALID_ARGUMENT */
export function getInitializer(like: InitializerLike, subject = "initializer"): Initializer {
  const { type, config, fill } = Object(like) as Partial<Initializer>;
  if (fill) return like as Initializer;
  // what is saved has its options; each checks its own
  const make = kindNamed(subject, config ? type : like, kinds) as (config?: object) => Initializer;
  return make(config);
}
