/**
 * The history as CSV, a line an epoch, to wherever you send it: this library's core has no file system.
 *
 * ```ts
 * callbacks.csvLog({ write: (line) => appendFile("history.csv", `${line}\n`) })
 * ```
 *
 * Numbers are written in full, so that reading them back gives the same bits.
 */
import { AnygradError } from "../../../errors.ts";
import type { Snapshot } from "../../../io/snapshot.ts";
import { SnapshotReader } from "../../../io/snapshotReader.ts";
import { strictOptions } from "../../../math/options.ts";
import type { Callback } from "./callback.ts";

/** The options of {@link csvLog}. */
export interface CsvLogOptions {
  /** Takes a line, without its line break. May be async. */
  write(line: string): void | Promise<void>;
  /** Write the column names before the first line. Default true; false to go on with a file. */
  readonly header?: boolean;
  /** The logs to write, in this order. Default: all those of the first epoch, in their order. */
  readonly columns?: readonly string[];
  /** Default ",". */
  readonly separator?: string;
}

/** Writes `epoch` (from 0) and the epoch's logs. A value that an epoch lacks is an empty field. */
export function csvLog(options: CsvLogOptions): Callback {
  const {
    write,
    header = true,
    separator = ",",
    columns: chosen,
  } = strictOptions("csvLog", options, "write:function header:boolean columns:object separator:string");
  if (typeof write !== "function")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `csvLog: write is ${typeof write}; pass a function that takes a line`,
    );
  const line = (fields: readonly string[]) => fields.map((field) => quoted(field, separator)).join(separator);
  let columns = chosen;
  let isFirst = true;
  return {
    onTrainBegin() {
      columns = chosen;
      isFirst = true;
    },
    async onEpochEnd(epoch, logs) {
      columns ??= Object.keys(logs);
      if (isFirst && header) await write(line(["epoch", ...columns]));
      isFirst = false;
      await write(
        line([epoch, ...columns.map((column) => logs[column])].map((value) => String(value ?? ""))),
      );
    },
    save: () => ({ columns: isFirst ? null : [...(columns ?? [])] }),
    restore(saved: Snapshot) {
      const state = new SnapshotReader("csvLog", saved);
      if (!state.has("columns")) return;
      columns = state.list("columns").map(String);
      isFirst = false;
    },
  };
}

// RFC 4180: a field with a separator, a quote or a line break stands in quotes.
function quoted(field: string, separator: string): string {
  return field.includes(separator) || /["\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
