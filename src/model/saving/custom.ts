/** What `load` is given of the user's own, told apart by what it is and by its name in the file. */
import {
  type CustomKind,
  type Definition,
  definer,
  isDefinition,
  isOwn,
  listOwn,
  type Own,
} from "../../definitions/definition.ts";
import { ownIn } from "../../definitions/ownIn.ts";
import { AnygradError, quote } from "../../errors.ts";
import type { Loss, LossFunction } from "../../losses/index.ts";
import type { Metric } from "../../metrics/index.ts";
import { checkMetric } from "../../metrics/named.ts";

/** Something of the user's own: what a define function gave or made, a loss, a metric, or a function that is one of the two. */
export type CustomGiven = Pick<Definition, "kind" | "type"> | Loss | LossFunction | Metric | Own;

/** What is of the user's own: a list, or by the names that the file has. */
export type Custom = readonly CustomGiven[] | Readonly<Record<string, CustomGiven>>;

/** What the user gave, by names. */
export class CustomKinds {
  readonly #definitions = new Map<string, Definition>();
  readonly #losses = new Map<string, Loss | LossFunction>();
  readonly #metrics = new Map<string, Metric | LossFunction>();
  readonly #subject: string;

  /** @throws AnygradError INVALID_ARGUMENT for what is nothing of the kind, and for two definitions of one name */
  constructor(subject: string, custom: Custom | undefined) {
    this.#subject = subject;
    const isList = Array.isArray(custom);
    if (custom !== undefined && !isList && Object.prototype.toString.call(custom) !== "[object Object]")
      throw this.#wrong(
        `custom is ${quote(custom)}; pass a list of what define functions gave, such as { custom: [scale] }, or losses and metrics by their names, as { custom: { mine: loss } }`,
      );
    for (const [name, given] of Object.entries(custom ?? {})) this.#add(given, isList ? undefined : name);
  }

  /** @param name that of the file; undefined where it is the thing's own */
  #add(given: CustomGiven, name: string | undefined): void {
    const definition = isDefinition(given) ? given : isOwn(given) ? given.definition : undefined;
    if (definition) {
      const key = `${definition.kind} ${name ?? definition.type}`;
      const other = this.#definitions.get(key);
      if (other && other !== definition)
        throw this.#wrong(
          `custom has two definitions of ${key}; files tell them apart by their names, so rename one`,
        );
      this.#definitions.set(key, definition as Definition);
    } else if (typeof (given as Partial<Metric> | undefined)?.create === "function") {
      const metric = checkMetric(given as Metric);
      this.#metrics.set(name ?? metric.name, metric);
    } else if (typeof given === "function") {
      this.#losses.set(name ?? given.name, given as LossFunction);
      this.#metrics.set(name ?? given.name, given as LossFunction);
    } else if (typeof (given as Partial<Loss> | undefined)?.call === "function" && !("outputShape" in given))
      this.#losses.set(name ?? ((given as Loss).type || "loss"), given as Loss);
    else
      throw this.#wrong(
        `custom: ${name === undefined ? "an item" : quote(name)} is ${quote(given)}, neither a definition nor a loss nor a metric; pass what a define function gave, a function (yTrue, yPred), a loss, or { name, config, create }`,
      );
  }

  /** The definition of this name, if it was given. */
  definition(kind: CustomKind, name: string): Definition<[options?: object]> | undefined {
    return this.#definitions.get(`${kind} ${name}`) as Definition<[options?: object]> | undefined;
  }

  /** The loss of this name that is no definition. */
  loss(name: string): Loss | LossFunction | undefined {
    return this.#losses.get(name);
  }

  /** The metric of this name that is no definition. */
  metric(name: string): Metric | LossFunction | undefined {
    return this.#metrics.get(name);
  }

  /** @throws AnygradError NOT_READY where the layers of a file need definitions that were not given */
  checkLayers(layers: readonly object[]): void {
    const missing = ownIn(layers).filter(({ custom, type }) => !this.definition(custom, type));
    if (missing.length > 0) throw absent(this.#subject, missing);
  }

  /** What finds the definitions of a file whose layers have been checked. */
  readonly find = (saved: Own): Definition => {
    const found = this.definition(saved.custom, saved.type);
    if (found) return found as Definition;
    throw absent(this.#subject, [saved]);
  };

  #wrong(fault: string): AnygradError {
    return new AnygradError("INVALID_ARGUMENT", `${this.#subject}: ${fault}`);
  }
}

/** Throws where training needs something of the user's own that is not at hand. */
export function absence(custom: CustomKind, type: string): (action: string) => never {
  return (action) => {
    throw new AnygradError(
      "NOT_READY",
      `${action}: the ${custom} ${quote(type)} is one of your own, which files do not hold; pass it as load(bytes, { custom: [${type}] }), or compile again`,
    );
  };
}

/** The error where layers need definitions that are not at hand. */
function absent(action: string, missing: readonly Pick<Own, "custom" | "type">[]): AnygradError {
  const names = [...new Set(missing.map(({ type }) => type))].join(", ");
  const makers = [...new Set(missing.map(({ custom }) => definer(custom)))].join(", ");
  return new AnygradError(
    "NOT_READY",
    `${action}: the model has ${listOwn(missing)} of your own, which files do not hold; pass what ${makers} gave, as load(bytes, { custom: [${names}] })`,
  );
}
