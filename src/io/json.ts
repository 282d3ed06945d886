/** JSON of files that strangers made: how deep and how large it may become is known before it is parsed. */
import { AnygradError } from "../errors.ts";

/** A value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
/** An object of JSON. */
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The deepest that lists and objects may stand in each other; a network of networks of layers takes a dozen. */
const deepest = 200;
/** What a list or object, a name in one, and an item cost: memory, in units of 8 bytes, and the time that names take. */
const price = { container: 8, name: 32, item: 1 } as const;
/** The most that a text may cost: 256 MiB of memory, and seconds. A network of 20,000 layers costs a third of it. */
const dearest = 2 ** 25;

/**
 * The value of a text, in errors named by what holds it.
 *
 * @param subject what errors begin with
 * @param what names the text in errors, as in "model.json"
 * @throws AnygradError DATA_FORMAT for what is no JSON, nests deeper than 200 levels or holds too many values
 */
export function parseJson(subject: string, what: string, given: string | Uint8Array): Json {
  return measuredJson(
    given,
    (reason, cause) =>
      new AnygradError("DATA_FORMAT", `${subject}: ${what} ${reason}; save it again`, { cause }),
  );
}

/**
 * The value of a text.
 *
 * @param wrong makes the error of a reason such as "nests deeper than 200 levels"; the cause is there where the text is no JSON
 */
export function measuredJson(
  given: string | Uint8Array,
  wrong: (reason: string, cause?: unknown) => AnygradError,
): Json {
  let text: string;
  try {
    text = typeof given === "string" ? given : new TextDecoder("utf-8", { fatal: true }).decode(given);
  } catch (cause) {
    throw wrong("is no JSON", cause);
  }
  const { depth, cost } = measure(text);
  if (depth > deepest) throw wrong(`nests deeper than ${deepest} levels`);
  if (cost > dearest) throw wrong(`holds too many values, in ${text.length} characters`);
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw wrong("is no JSON", cause);
  }
}

/** Codes of the characters that count; "[" and "]" differ from "{" and "}" by the bit of 32. */
const codes = { quotation: 34, comma: 44, colon: 58, backslash: 92, opening: 123, closing: 125 } as const;

/** How deep a text nests, and what it costs; of a text that is no JSON anything. */
function measure(text: string): { depth: number; cost: number } {
  const { quotation, comma, colon, backslash, opening, closing } = codes;
  let [depth, deepestYet, cost] = [0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === quotation) {
      for (i++; i < text.length && text.charCodeAt(i) !== quotation; i++)
        if (text.charCodeAt(i) === backslash) i++;
      continue;
    }
    if (code === comma) cost += price.item;
    else if (code === colon) cost += price.name;
    else if ((code | 32) === opening) {
      cost += price.container;
      depth++;
      if (depth > deepestYet) deepestYet = depth;
    } else if ((code | 32) === closing) depth--;
  }
  return { depth: deepestYet, cost };
}
