/**
 * Logs of a line an entry: JSON lines with all entries, and CSV, a table of one kind of them. A line is in the file when the
 * run goes on, so that a program that follows the file sees it at once.
 */
import type { SnapshotRecord } from "../../src/io/snapshot.ts";
import type { SnapshotReader } from "../../src/io/snapshotReader.ts";
import { csvLine } from "../../src/model/training/callbacks/csvLogger.ts";
import { AppendFile } from "./appendFile.ts";
import type { LogRecord, RunLog } from "./log.ts";

/** What the lines of a log are made by. */
interface LineForm {
  /** The line of an entry, with its break; "" for one that is left out. */
  text(record: LogRecord): string;
  /** A file without a line begins. */
  begin?(): void;
  save?(): SnapshotRecord;
  restore?(saved: SnapshotReader): void;
}

/** A line an entry, such as `{"event":"epoch","time":"2026-11-27T09:30:00.000Z","epoch":1,"epochs":10,"step":157,"loss":0.31}`. */
export function jsonLines(path: string): RunLog {
  return linesIn(path, { text: jsonLine });
}

/** The same, to whoever reads a stream. A run that goes on writes what follows. */
export function jsonLinesTo(write: (text: string) => void): RunLog {
  return {
    open() {},
    begin() {},
    resume: () => undefined,
    write: (record) => write(jsonLine(record)),
    sync() {},
    state: () => ({}),
    close() {},
  };
}

/** What is no number, such as the loss of a run out of bounds, is null. */
function jsonLine({ event, time, epoch, epochs, step, scores }: LogRecord): string {
  const place = { event, time: new Date(time).toISOString(), epoch, epochs, step };
  return `${JSON.stringify({ ...place, ...scores })}\n`;
}

/**
 * The columns epoch and step, and the scores that the first entry has, in its order; a later one that lacks one has an empty field.
 * @param event of which kind the entries are
 */
export function csvTable(path: string, event: LogRecord["event"], separator = ","): RunLog {
  let columns: readonly string[] | undefined;
  let isHeaded = false;
  return linesIn(path, {
    text({ event: kind, epoch, step, scores }) {
      if (kind !== event) return "";
      columns ??= Object.keys(scores);
      const head = isHeaded ? "" : `${csvLine(["epoch", "step", ...columns], separator)}\n`;
      isHeaded = true;
      const values = [epoch, step, ...columns.map((name) => scores[name])];
      return `${head}${csvLine(
        values.map((value) => String(value ?? "")),
        separator,
      )}\n`;
    },
    begin() {
      columns = undefined;
      isHeaded = false;
    },
    save: () => ({ columns: columns ?? null }),
    restore(saved) {
      columns = saved.has("columns") ? saved.list("columns").map(String) : undefined;
      isHeaded = columns !== undefined;
    },
  });
}

function linesIn(path: string, form: LineForm): RunLog {
  const file = new AppendFile(path);
  const encoder = new TextEncoder();
  return {
    open: () => file.open(),
    begin() {
      file.cut(0);
      form.begin?.();
    },
    resume(state) {
      const bytes = state.count("bytes");
      const isWhole = file.cut(bytes);
      form.restore?.(state);
      if (file.length === 0) form.begin?.();
      return isWhole
        ? undefined
        : `${path} has ${file.length} of the ${bytes} bytes that this run has written`;
    },
    write(record) {
      const text = form.text(record);
      if (text !== "") file.append(encoder.encode(text));
    },
    sync: () => file.sync(),
    state: () => ({ bytes: file.length, ...form.save?.() }),
    close: () => file.close(),
  };
}
