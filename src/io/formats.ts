/**
 * The formats that models are saved in and loaded from. A new one is a file beside this one and a line in the table; models
 * in it can then be loaded. To save in one that is not the default, `SaveOptions` of src/model/saving/save.ts would get
 * an option `format`, a name of the table, which `saveModel` there looks up.
 */
import type { ArrayFormat } from "./arrays.ts";
import { safetensors } from "./safetensors.ts";

/** The formats by name, asked in this order whose the bytes are. */
export const formats: Readonly<Record<string, ArrayFormat>> = { safetensors };

/** What models are saved in. */
export const defaultFormat: ArrayFormat = safetensors;

/** The format of these bytes; the default where none knows them, since its error says what bytes are wanted. */
export function formatOf(bytes: Uint8Array): ArrayFormat {
  return Object.values(formats).find(({ recognizes }) => recognizes(bytes)) ?? defaultFormat;
}
