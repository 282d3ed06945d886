/**
 * Initializers by name, as options and saved models give them. The common three are here; the others are imported where a model is
 * compiled that has one.
 */
import type { Definition } from "../definitions/definition.ts";
import { builtIn, kindNamed, type SavedKind } from "../registry.ts";
import { constant, ones, zeros } from "./constant.ts";
import { glorotUniform } from "./glorotUniform.ts";
import type { Initializer } from "./initializer.ts";
import type * as kinds from "./kinds.ts";

export type { Initializer } from "./initializer.ts";
export * as initializers from "./kinds.ts";

/** The names of the initializers. */
export type InitializerName = keyof typeof kinds;
/** An initializer, its name, or what one is saved as. */
export type InitializerLike =
  | InitializerName
  | Initializer
  | SavedKind<Initializer["config"]>
  | Definition<[], Initializer>;

const common = { zeros, ones, constant, glorotUniform };

/** The simplest first, as messages list them. */
export const initializerNames = Object.fromEntries(
  "zeros ones constant identity randomNormal truncatedNormal randomUniform glorotUniform glorotNormal heUniform heNormal lecunUniform lecunNormal varianceScaling orthogonal"
    .split(" ")
    .map((name) => [name, name]),
) as Record<InitializerName, InitializerName>;

/**
 * An initializer from its name or its saved form. One that is not at hand is there once `prepare` has been waited for.
 * @throws AnygradError INVALID_ARGUMENT
 */
export function getInitializer(like: InitializerLike, subject = "initializer"): Initializer {
  // a function makes one, such as initializers.heNormal
  const given: unknown = typeof like === "function" ? (like as () => Initializer)() : like;
  const { type, config, fill } = Object(given) as Partial<Initializer>;
  if (fill && config) return given as Initializer; // an array has a fill, too
  const name = kindNamed(subject, config ? type : like, initializerNames);
  if (Object.hasOwn(common, name))
    return (common[name as keyof typeof common] as (config?: object) => Initializer)(config);
  let made: Initializer | undefined;
  return {
    type: name,
    get config() {
      return made?.config ?? config ?? {};
    },
    async prepare() {
      made ??= (await import("./byName.ts")).initializerNamed(name, config);
    },
    fill: builtIn((target, draw) => made!.fill(target, draw)),
  };
}
