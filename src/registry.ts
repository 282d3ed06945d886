/** Kinds by name, as options, saved models and messages give them: one way to look them up for all registries. */
import { unknownName } from "./math/options.ts";

/** What a kind is saved as; with it `kindNamed(…)(config)` makes it again. */
export interface SavedKind<Config extends object = Record<string, unknown>> {
  /** Its name. */
  readonly type: string;
  /** Its options, as JSON can hold them. */
  readonly config: Readonly<Config>;
}

/**
 * What is listed under the name; what is listed itself, such as `losses.huber`, stands for its name.
 * @param kinds a namespace or object of them @param advice follows the names in the message
 * @throws AnygradError INVALID_ARGUMENT with the names that there are
 */
export function kindNamed<Kinds extends object>(
  subject: string,
  name: unknown,
  kinds: Kinds,
  advice = "",
): Kinds[keyof Kinds] {
  if (typeof name === "string" && Object.hasOwn(kinds, name)) return kinds[name as keyof Kinds];
  const listed: readonly unknown[] = Object.values(kinds);
  if (listed.includes(name)) return name as Kinds[keyof Kinds];
  throw unknownName(subject, name, Object.keys(kinds), advice);
}

/** The property that marks a function of the package, also of another copy of it: a page and its worker may have one each. */
const mark: unique symbol = Symbol.for("anygrad.builtIn") as never;

/**
 * Marks a function of the package: what a layer or a loss computes, what makes a metric's state. It makes the same kernel calls
 * whenever the shapes are the same, and name and options of what it belongs to say all about it, so that steps of nothing else
 * are captured and replayed and a file holds name and options alone. The mark is the function's: a changed copy of a layer,
 * loss or metric, whose function is another, has none. Not for a function that calls one of users.
 */
export function builtIn<F extends object>(call: F): F {
  Object.defineProperty(call, mark, { value: true });
  return call;
}

/** Whether `builtIn` has marked the function. */
export function isBuiltIn(call: object): boolean {
  return Object.hasOwn(call, mark);
}
