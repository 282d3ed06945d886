/**
 * Kinds of users' own, such as layers and losses: what `defineLayer` and its like make. One form for all: a definition has a name
 * and options with defaults, and is a function that makes the kind with options. What it makes carries name, options and definition,
 * so that a file holds the first two and `load` asks for the third.
 */
import { AnygradError, quote } from "../errors.ts";
import { strictOptions } from "../math/options.ts";

/** What can be defined. */
export type CustomKind =
  | "layer"
  | "loss"
  | "metric"
  | "activation"
  | "initializer"
  | "regularizer"
  | "constraint"
  | "optimizer";

/**
 * The options of a definition: a default for each, whose type values must have; or Number, String, Boolean, Array or Object for one
 * that must be given.
 */
export type OptionTable = Readonly<Record<string, unknown>>;

/** What a table of options has in place of a default, for one that must be given. */
type Asked =
  | NumberConstructor
  | StringConstructor
  | BooleanConstructor
  | ArrayConstructor
  | ObjectConstructor;

/** The type of an option's value. */
type Value<Default> = Default extends number | NumberConstructor
  ? number
  : Default extends string | StringConstructor
    ? string
    : Default extends boolean | BooleanConstructor
      ? boolean
      : Default extends ArrayConstructor
        ? readonly number[]
        : Default extends ObjectConstructor
          ? Readonly<Record<string, unknown>>
          : Default;

/** The options as what is defined gets them: all of them, with their defaults. */
export type ConfigOf<Table> = { readonly [Name in keyof Table]: Value<Table[Name]> };

/** The names of the options that must be given. */
type AskedNames<Table> = { [Name in keyof Table]: Table[Name] extends Asked ? Name : never }[keyof Table];

/** The options as a definition takes them. */
export type OptionsOf<Table> = {
  readonly [Name in Exclude<keyof Table, AskedNames<Table>>]?: Value<Table[Name]>;
} & { readonly [Name in AskedNames<Table>]: Value<Table[Name]> };

/** What a define function gives: it makes the kind, and `load` takes it. */
export interface Definition<Arguments extends readonly unknown[] = readonly never[], Made = unknown> {
  (...options: Arguments): Made;
  /** What it defines. */
  readonly kind: CustomKind;
  /** Its name in files. */
  readonly type: string;
}

/** A definition by its table of options, and what every one of the kind takes besides. */
export type DefinitionOf<Table, Shared extends object, Made> = Definition<
  [AskedNames<Table>] extends [never]
    ? [options?: OptionsOf<Table> & Shared]
    : [options: OptionsOf<Table> & Shared],
  Made
>;

/** What says of something that it is of the user's own. */
export interface Own {
  /** What it is. */
  readonly custom: CustomKind;
  /** The name of its definition. */
  readonly type: string;
  /** Its options. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Its definition, which files do not hold. */
  readonly definition: Definition;
}

/** What a kind of definition says of itself. */
interface Form {
  readonly kind: CustomKind;
  /** The names that are the package's. */
  readonly taken: readonly string[];
  /** The names, with types, of the options that every one of the kind takes. */
  readonly shared?: string;
}

/** What every define function takes. */
export interface OwnDefinition<Table extends OptionTable, Call> {
  /** Its name in files; none of anygrad's own. */
  readonly name: string;
  /** A default for each option; Number, String, Boolean, Array or Object for one that must be given. Default: no options. */
  readonly options?: Table;
  /** What it computes. */
  readonly call: Call;
}

/** No options. */
export type NoTable = Readonly<Record<never, never>>;

/** What a define function was given, checked. @param more further names, with types @throws AnygradError INVALID_ARGUMENT */
export function strictDefinition<Given extends { readonly call?: unknown }>(
  kind: CustomKind,
  given: Given,
  form: string,
  more = "",
): Given {
  const taken = strictOptions<object, string>(
    definer(kind),
    given === undefined ? {} : given,
    `name call:function options ${more}`,
  ) as Given;
  if (typeof taken.call === "function") return taken;
  throw wrong(definer(kind), `call is ${quote(taken.call)}; pass a function ${form}`);
}

/** The name of a define function. */
export function definer(kind: CustomKind): string {
  return `define${kind[0]!.toUpperCase()}${kind.slice(1)}`;
}

/**
 * A definition.
 * @param make gets what marks the made as the user's own, and the options of every one of the kind
 * @throws AnygradError INVALID_ARGUMENT for a name that is none or taken, and for a default that files cannot hold
 */
export function define<Made>(
  { kind, taken, shared = "" }: Form,
  { name, options = {} }: { readonly name: string; readonly options?: OptionTable | undefined },
  make: (own: Own, shared: object) => Made,
): Definition<[options?: object], Made> {
  const subject = definer(kind);
  if (typeof name !== "string" || name === "" || name.includes("/") || name.length > 60)
    throw wrong(subject, `name is ${quote(name)}; pass a text of up to 60 characters without "/"`);
  if (taken.includes(name))
    throw wrong(
      subject,
      `name ${quote(name)} is that of anygrad's own ${kind}; choose another, which files can tell from it`,
    );
  const table = Object.entries(strictTable(subject, options));
  const own = shared.split(" ").map((word) => word.split(":")[0]!);
  const line = table.map(([option, fallback]) => {
    if (own.includes(option) || /[\s:]/.test(option))
      throw wrong(
        subject,
        `the option ${quote(option)} is one that every ${kind} has, or no name; choose another`,
      );
    return `${option}${typesOf(fallback)}`;
  });
  const words = [...line, shared].join(" ");
  const definition = Object.assign(
    (given?: object): Made => {
      const all = strictOptions<object, string>(name, given, words) as Record<string, unknown>;
      const config: Record<string, unknown> = {};
      const rest: Record<string, unknown> = { ...all };
      for (const [option, fallback] of table) {
        config[option] = taking(`${name}: ${option}`, fallback, all[option]);
        delete rest[option];
      }
      return make({ custom: kind, type: name, config: Object.freeze(config), definition }, rest);
    },
    { kind, type: name },
  ) as Definition<[options?: object], Made>;
  return Object.defineProperty(definition, "name", { value: name });
}

/** @throws AnygradError INVALID_ARGUMENT for what is no object of defaults */
function strictTable(subject: string, options: unknown): OptionTable {
  if (Object.prototype.toString.call(options) === "[object Object]") return options as OptionTable;
  throw wrong(
    subject,
    `options is ${quote(options)}; pass a default for each by its name, such as { rate: 0.1 }`,
  );
}

const asked: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [Number, "number"],
  [String, "string"],
  [Boolean, "boolean"],
  [Array, "object"],
  [Object, "object"],
]);

/** The types that values of an option may have, as a line of options says them: those of its default. */
function typesOf(fallback: unknown): string {
  if (fallback === undefined || fallback === null) return "";
  const type = asked.get(fallback) ?? typeof fallback;
  return `:${type === "function" || type === "object" ? "object|function" : type}`;
}

/** The value of an option, or its default, as files can hold it. @throws AnygradError INVALID_ARGUMENT */
function taking(subject: string, fallback: unknown, given: unknown): unknown {
  const type = asked.get(fallback);
  if (given === undefined && type)
    throw wrong(subject, `it is missing; pass a value of type ${fallback === Array ? "array" : type}`);
  const value = given ?? fallback;
  const isList = Array.isArray(value) || ArrayBuffer.isView(value);
  if ((fallback === Array || Array.isArray(fallback)) && !isList)
    throw wrong(subject, `it is ${quote(value)}; pass a list`);
  return storable(subject, value);
}

/** A value as files can hold it: of JSON, or a kind with its type and config. @throws AnygradError INVALID_ARGUMENT */
function storable(subject: string, value: unknown): unknown {
  if (isDefinition(value)) return value();
  if (["string", "boolean", "undefined"].includes(typeof value) || value === null) return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return Object.freeze(value.map((each) => storable(subject, each)));
  if (ArrayBuffer.isView(value)) return storable(subject, Array.from(value as unknown as ArrayLike<unknown>));
  if (Object.prototype.toString.call(value) === "[object Object]") {
    if ("type" in (value as object) && "config" in (value as object)) return value;
    const entries = Object.entries(value as object);
    return Object.freeze(Object.fromEntries(entries.map(([name, each]) => [name, storable(subject, each)])));
  }
  throw wrong(
    subject,
    `it is ${quote(value)}, which a file cannot hold; pass finite numbers, texts, lists or objects of them, or what a define function makes`,
  );
}

/** Whether something is a definition, also one of another copy of the package. */
export function isDefinition(value: unknown): value is Definition<[options?: object]> {
  const { kind, type } = Object(value) as Partial<Definition>;
  return typeof value === "function" && typeof kind === "string" && typeof type === "string";
}

/** Whether something is of the user's own, as it was made or as a file has it. */
export function isOwn(value: unknown, kind?: CustomKind): value is Own {
  const { custom, type } = Object(value) as Partial<Own>;
  return typeof custom === "string" && typeof type === "string" && (kind === undefined || custom === kind);
}

/** The options of a file with what is of the user's own among them made again. @param find gives the definitions */
export function revived<T>(value: T, find: (saved: Own) => Definition): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => revived(each, find) as unknown) as T;
  if ("call" in value || "fill" in value) return value; // it is made already
  if (isOwn(value)) return made(value, find) as T;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, revived(each, find)])) as T;
}

/** What is of the user's own as a file has it, made again. @param shared the options of every one of the kind */
export function made(saved: Own, find: (saved: Own) => Definition, shared: object = {}): unknown {
  const { name, trainable } = saved as { name?: string; trainable?: boolean };
  const ofLayer = saved.custom === "layer" ? { name, trainable } : {};
  const definition = find(saved) as Definition<[options?: object]>;
  return definition({ ...revived(saved.config, find), ...ofLayer, ...shared });
}

/** Names of the user's own kinds, for messages: `the layer "scale" and the loss "mine"`. */
export function listOwn(list: readonly Pick<Own, "custom" | "type">[]): string {
  const names = [...new Set(list.map(({ custom, type }) => `the ${custom} ${quote(type)}`))];
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

const wrong = (subject: string, fault: string): AnygradError =>
  new AnygradError("INVALID_ARGUMENT", `${subject}: ${fault}`);
