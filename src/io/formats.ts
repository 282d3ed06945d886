/**
 * The formats that models are saved in and loaded from. A new one is a file beside this one and a line in the table; models
 * in it can then be loaded. To save in one that is not the default, `SaveOptions` of src/model/saving/save.ts would get
 * an option `format`, a name of the table, which `saveModel` there looks up. Each is imported when it is needed: a page that
 * trains and saves nothing downloads none.
 */
import type { ArrayFormat } from "./arrays.ts";

type FormatImport = () => Promise<ArrayFormat>;

/** What models are saved in. */
export const defaultFormat: FormatImport = async () => (await import("./safetensors/format.ts")).safetensors;

/** The formats by name, asked in this order whose the bytes are. */
export const formats: Readonly<Record<string, FormatImport>> = { safetensors: defaultFormat };

/** The format of these bytes; the default where none knows them, since its error says what bytes are wanted. */
export async function formatOf(bytes: Uint8Array): Promise<ArrayFormat> {
  for (const format of Object.values(formats)) {
    const loaded = await format();
    if (loaded.recognizes(bytes)) return loaded;
  }
  return defaultFormat();
}
