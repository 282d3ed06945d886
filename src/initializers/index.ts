/** Initializers by name, as options and saved models give them. */
import { AnygradError } from "../errors.ts";
import type { Initializer } from "./initializer.ts";
import * as kinds from "./kinds.ts";

export type { Initializer } from "./initializer.ts";
export * as initializers from "./kinds.ts";

export type InitializerName = keyof typeof kinds;
export type InitializerLike =
  | InitializerName
  | Initializer
  | { type: string; config: Readonly<Record<string, number>> };

/** An initializer from its name or its saved form. @throws AnygradError INVALID_ARGUMENT */
export function getInitializer(like: InitializerLike): Initializer {
  if (typeof like === "object" && "fill" in like) return like;
  const { type, config } = typeof like === "string" ? { type: like, config: {} } : like;
  if (!Object.hasOwn(kinds, type))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `initializer: ${JSON.stringify(type)} is unknown; use one of ${Object.keys(kinds).join(", ")}`,
    );
  const make: (config: Readonly<Record<string, number>>) => Initializer = kinds[type as InitializerName];
  return make(config);
}
