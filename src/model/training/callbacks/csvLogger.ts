/**
 * The history as CSV, a line an epoch, to wherever you send it: this library's core has no file system. Files, a line a step and other
 * forms are in anygrad/node.
 *
 * ```ts
 * callbacks.csvLogger({ write: (line) => appendFile("history.csv", `${line}\n`) })
 * ```
 *
 * Numbers are written in full, so that reading them back gives the same bits.
 */
import { AnygradError } from "../../../errors.ts";
import type { Snapshot } from "../../../io/snapshot.ts";
import { SnapshotReader } from "../../../io/snapshotReader.ts";
import { strictOptions } from "../../../math/options.ts";
import type { Callback } from "./callback.ts";

/** The options of {@link csvLogger}. */
export interface CsvLoggerOptions {
  /** Takes a line, without its line break. May be async. */
  write(line: string): void | Promise<void>;
  /** Write the column names before the first line. Default true; false to go on with a file. */
  readonly header?: boolean;
  /** The logs to write, in this order. Default: all those of the first epoch, in their order. */
  readonly columns?: readonly string[];
  /** Default ",". */
  readonly separator?: string;
}

/**
 * Writes `epoch`, from 1 as in the files of a run (Keras's CSVLogger counts from 0), and the epoch's logs. A value that an epoch lacks
 * is an empty field. In Node `csvLogger(file)` of anygrad/node writes a file, which a resumed run goes on with.
 */
export function csvLogger(options: CsvLoggerOptions): Callback {
  const {
    write,
    header = true,
    separator = ",",
    columns: chosen,
  } = strictOptions("csvLogger", options, "write:function header:boolean columns:object separator:string");
  if (typeof write !== "function")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `csvLogger: write is ${typeof write}; pass a function that takes a line`,
    );
  let columns = chosen;
  let isFirst = true;
  return {
    onTrainBegin() {
      columns = chosen;
      isFirst = true;
    },
    async onEpochEnd(epoch, logs) {
      columns ??= Object.keys(logs);
      if (isFirst && header) await write(csvLine(["epoch", ...columns], separator));
      isFirst = false;
      const values = [epoch + 1, ...columns.map((column) => logs[column])];
      await write(
        csvLine(
          values.map((value) => String(value ?? "")),
          separator,
        ),
      );
    },
    save: () => ({ columns: isFirst ? null : [...(columns ?? [])] }),
    restore(saved: Snapshot) {
      const state = new SnapshotReader("csvLogger", saved);
      if (!state.has("columns")) return;
      columns = state.list("columns").map(String);
      isFirst = false;
    },
  };
}

/** The fields as a line of CSV, without its break. */
export function csvLine(fields: readonly string[], separator: string): string {
  return fields.map((field) => quoted(field, separator)).join(separator);
}

// RFC 4180: a field with a separator, a quote or a line break stands in quotes.
function quoted(field: string, separator: string): string {
  return field.includes(separator) || /["\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
