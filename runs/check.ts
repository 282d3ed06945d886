/**
 * How a value that was read from a file is checked: a check gives the value back with its type, or says where it is not
 * what it is to be. Checks are put together as types are, so that a type follows from the check and is not written twice.
 */
import { AnygradError, reasonOf } from "../src/errors.ts";

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

export const text: Check<string> = (value, place) =>
  typeof value === "string" ? value : refuse(value, place, "a text");

export const number: Check<number> = (value, place) =>
  typeof value === "number" ? value : refuse(value, place, "a number");

export const flag: Check<boolean> = (value, place) =>
  typeof value === "boolean" ? value : refuse(value, place, "true or false");

/** An object, whatever its fields are. */
export const record: Check<Readonly<Record<string, unknown>>> = (value, place) =>
  isObject(value) ? value : refuse(value, place, "an object");

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
export function parseJson<T>(content: string, file: string, check: Check<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    throw damaged(file, `damaged, no JSON (${reasonOf(error)})`);
  }
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
