/**
 * How a value that was read from a file is checked: a check gives the value back with its type, or says where it is not
 * what it is to be. Checks are put together as types are, so that a type follows from the check and is not written twice.
 */
import { AnygradError, reasonOf } from "../src/errors.ts";
import { measuredJson } from "../src/io/json.ts";

/**
 * @param place the file and the way to the value, for messages
 * @throws AnygradError DATA_FORMAT
 */
export type Check<T> = (value: unknown, place: string) => T;

/** The type that a check gives. */
export type TypeOf<C> = C extends Check<infer T> ? T : never;

/** The fields of an object by name. */
type Fields = Readonly<Record<string, Check<unknown>>>;

/** An object with these fields; those that may be undefined may be left out. */
type ObjectOf<F extends Fields> = {
  readonly [K in keyof F as undefined extends TypeOf<F[K]> ? never : K]: TypeOf<F[K]>;
} & {
  readonly [K in keyof F as undefined extends TypeOf<F[K]> ? K : never]?: TypeOf<F[K]>;
};

/** The longest text that is told of: a report need not become as large as what somebody wrote into a file. */
const LONGEST = 10_000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that must not get through
const noDocument = /[\u0000-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/gu;

/** Texts come from users' files: what no document may hold, XML's neither, becomes a sign that it may, and what is too long is cut. */
function documentText(value: string, longest: number): string {
  const told = value.slice(0, longest + 1).replace(noDocument, "\ufffd");
  return value.length > longest ? `${told.slice(0, longest - 1)}…` : told;
}

export const text: Check<string> = (value, place) => documentText(exactText(value, place), LONGEST);

/** A text that is used, and must be what was written. */
export const exactText: Check<string> = (value, place) =>
  typeof value === "string" ? value : refuse(value, place, "a text");

/** An object that is used, and must be what was written. */
export const exactRecord: Check<Readonly<Record<string, unknown>>> = (value, place) =>
  isObject(value) ? value : refuse(value, place, "an object");

/** A name, of which a line is enough. */
export const nameText: Check<string> = (value, place) => documentText(text(value, place), 200);

export const number: Check<number> = (value, place) =>
  typeof value === "number" ? value : refuse(value, place, "a number");

export const flag: Check<boolean> = (value, place) =>
  typeof value === "boolean" ? value : refuse(value, place, "true or false");

/** An object, whatever its fields are; they are told as they are, so that texts are checked as all others. */
export const record: Check<Readonly<Record<string, unknown>>> = (value, place) =>
  told(exactRecord(value, place), place, 0) as Readonly<Record<string, unknown>>;

/** Levels within an object whose fields are not known. */
const DEEPEST = 20;

function told(value: unknown, place: string, depth: number): unknown {
  if (typeof value === "string") return text(value, place);
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEEPEST) throw damage(`${place} is nested too deeply`);
  if (Array.isArray(value)) return value.map((part) => told(part, place, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, told(part, place, depth + 1)]),
  );
}

/** This text, or what the other check accepts. */
export function orText<const W extends string, T>(word: W, check: Check<T>): Check<W | T> {
  return (value, place) => (value === word ? word : check(value, place));
}

/** JSON has no NaN and writes null for it. */
export function orNull<T>(check: Check<T>): Check<T | null> {
  return (value, place) => (value === null ? null : check(value, place));
}

/** A field of an object that may be left out. */
export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (value, place) => (value === undefined ? undefined : check(value, place));
}

export function list<T>(item: Check<T>): Check<readonly T[]> {
  return (value, place) =>
    Array.isArray(value)
      ? value.map((one, i) => item(one, `${place}[${i}]`))
      : refuse(value, place, "a list");
}

/** An object with these fields; what else it has stays as it is. */
export function object<F extends Fields>(fields: F): Check<ObjectOf<F>> {
  return (value, place) => {
    const checked: Record<string, unknown> = { ...record(value, place) };
    for (const [name, check] of Object.entries(fields)) {
      const field = check(checked[name], within(place, name));
      if (field !== undefined) checked[name] = field;
    }
    return checked as ObjectOf<F>;
  };
}

/** The value that a file holds as JSON. @throws AnygradError DATA_FORMAT */
export function checkedJson<T>(content: string, file: string, check: Check<T>): T {
  const value = measuredJson(content, (reason, cause) =>
    damaged(file, `damaged, ${cause === undefined ? `it ${reason}` : `no JSON (${reasonOf(cause)})`}`),
  );
  return check(value, `${file}: damaged,`);
}

/** For whatever is wrong with a file of a run. */
export function damaged(file: string, what: string): AnygradError {
  return damage(`${file}: ${what}`);
}

function damage(what: string): AnygradError {
  return new AnygradError("DATA_FORMAT", `${what}; bring the file back, or train anew`);
}

function within(place: string, name: string): string {
  return place.endsWith(",") ? `${place} ${name}` : `${place}.${name}`;
}

function refuse(value: unknown, place: string, wanted: string): never {
  if (value === undefined) throw damage(`${place} is missing, wanted ${wanted}`);
  const got = JSON.stringify(value);
  throw damage(`${place} is ${got.length > 40 ? `${got.slice(0, 40)}…` : got}, wanted ${wanted}`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
