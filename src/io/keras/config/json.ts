/** What configurations of Keras are made of, and how errors tell where in one something stands. */
import { AnygradError, type ErrorCode, quote } from "../../../errors.ts";
import { isObject, type Json, type JsonObject } from "../../json.ts";

/** Where in a file something stands, as errors say it: `loadKeras: layer "conv" (Conv2D)`. */
export class Place {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** A place within this one. */
  in(what: string): Place {
    return new Place(`${this.text}: ${what}`);
  }

  layer(name: string, className: string): Place {
    return this.in(`layer ${quote(name)} (${className})`);
  }

  error(code: ErrorCode, fault: string, cause?: unknown): AnygradError {
    return new AnygradError(code, `${this.text}: ${fault}`, { cause });
  }

  /** What a file may hold and this package has not. */
  unsupported(fault: string): AnygradError {
    return this.error("UNSUPPORTED", fault);
  }

  /** What no whole file holds. */
  damaged(fault: string): AnygradError {
    return this.error("DATA_FORMAT", `${fault}; save the model again`);
  }

  /** What a function of the package gives; what it refuses is told with the place. */
  try<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      if (!(cause instanceof AnygradError)) throw cause;
      throw this.error(cause.code === "INVALID_ARGUMENT" ? "UNSUPPORTED" : cause.code, cause.message, cause);
    }
  }

  object(value: unknown, what: string): JsonObject {
    if (isObject(value)) return value;
    throw this.damaged(`${what} is ${quote(value)} in place of an object`);
  }

  list(value: unknown, what: string): readonly Json[] {
    const plain = unwrapped(value as Json);
    if (Array.isArray(plain)) return plain;
    throw this.damaged(`${what} is ${quote(value)} in place of a list`);
  }

  string(value: unknown, what: string): string {
    if (typeof value === "string") return value;
    throw this.damaged(`${what} is ${quote(value)} in place of a text`);
  }
}

/** A value without what Python's tuples and arrays are wrapped in. */
export function unwrapped(value: Json): Json {
  if (Array.isArray(value)) return value.map(unwrapped);
  if (!isObject(value)) return value;
  const { class_name: name, config, items, type } = value;
  if (name === "__tuple__" && Array.isArray(items)) return items.map(unwrapped);
  if ((name === "__numpy__" || name === "__tensor__") && isObject(config))
    return unwrapped(config.value ?? null);
  if (type === "ndarray" && "value" in value) return unwrapped(value.value ?? null);
  return value;
}

/** kernel_size: kernelSize, GlorotUniform: glorotUniform. */
export function camelCase(name: string): string {
  const camel = name.replace(/(?<=.)_+(\w)/g, (_, letter: string) => letter.toUpperCase());
  return camel && camel[0]!.toLowerCase() + camel.slice(1);
}

/** kernelSize: kernel_size. A number in a name stays where it is: l2. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The one of the names that is meant by another spelling: "Conv2D", "conv_2d" and "conv2d" are one. */
export function sameName(name: string, names: readonly string[]): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replace(/[_\W]/g, "");
  const wanted = plain(name);
  return names.find((each) => plain(each) === wanted);
}
