/** Raw rows, as users have them, for a model that was trained on a table: objects, lists of cells, whole tables. */

import { AnygradError } from "../../errors.ts";
import { didYouMean } from "../../math/oneOf.ts";
import type { Column, Preparation } from "../preparation.ts";
import { type Cell, CellReader, quoted, type RawColumn, type RawTable } from "../raw/rawTable.ts";
import { cellOf, type TableRow } from "../raw/readRaw.ts";
import { encodeRows, rowWidth } from "./encode.ts";
import { findColumn, headingOf, listed } from "./names.ts";

/** Raw rows: one or more, as objects or as lists of cells in the order of the columns; for windows, lists of windows too. */
export type RawRows =
  | TableRow
  | readonly TableRow[]
  | readonly (string | number | boolean | null)[]
  | readonly (readonly (string | number | boolean | null)[])[];

/** Encoded examples. */
export interface EncodedRows {
  readonly x: Float32Array;
  readonly shape: number[];
}

/** Whether these are raw rows: not a data set, a tensor, a typed array or what else is encoded already. */
export function isRaw(x: unknown): x is RawRows {
  if (Array.isArray(x)) return true;
  if (typeof x !== "object" || x === null || ArrayBuffer.isView(x)) return false;
  const { shape, data = undefined, x: values = data } = x as { shape?: unknown; data?: unknown; x?: unknown };
  return !(Array.isArray(shape) && typeof values === "object");
}

/**
 * Raw rows as the model takes them; of a model for windows, the windows over them.
 * @throws AnygradError DATA_FORMAT for values that training did not know, INVALID_ARGUMENT for names that are no column,
 *   SHAPE_MISMATCH for rows of another length and too short a series
 */
export function encodeRaw(rows: RawRows, preparation: Preparation, subject: string): EncodedRows {
  const { columns = [], window } = preparation;
  const list: readonly unknown[] = isOne(rows) ? [rows] : (rows as readonly unknown[]);
  const isListOfWindows =
    window !== undefined && list.length > 0 && list.every((each) => isList(each) && isRow(each[0]));
  const series = isListOfWindows ? (list as readonly (readonly unknown[])[]) : [list];
  if (list.length === 0)
    throw new AnygradError("SHAPE_MISMATCH", `${subject}: there are no rows; pass one at least`);
  const parts = series
    .flatMap((each) => inGroups(each, preparation))
    .map((each) => {
      const cells = each.map((row, i) => cellsOf(row, columns, preparation, `${subject}: row ${i + 1}`));
      return encode(
        subject,
        cells.length,
        (row, column) => cells[row]![column],
        (row) => `row ${row + 1}`,
        preparation,
      );
    });
  return joined(parts);
}

/** Whether a table has all columns that a model takes. */
export function hasColumns(table: RawTable, { columns = [] }: Preparation): boolean {
  return columnsIn(table, columns).every((each) => each !== undefined);
}

/** The columns of a table that a model takes, in the model's order; undefined for one that is not there. */
function columnsIn(table: RawTable, columns: readonly Column[]): (RawColumn | undefined)[] {
  // without a header the columns are taken as they come, where there are as many
  const isNameless = table.columns.every(({ name }, i) => name === `column ${i + 1}`);
  if (isNameless && table.columns.length === columns.length) return [...table.columns];
  return columns.map((column) => {
    const index = findColumn(table.columns, headingOf(column)) ?? findColumn(table.columns, column.name);
    return index === undefined ? undefined : table.columns[index];
  });
}

/**
 * The rows of a table that may have other columns too, in any order.
 * @returns what `predict` takes, the names of the columns that were left aside, and the first and last row of each window, from 0; none
 *   where there are no windows
 * @throws AnygradError DATA_FORMAT where a column is missing, or holds what training did not know
 */
export function encodeTable(
  table: RawTable,
  preparation: Preparation,
): EncodedRows & {
  readonly ignored: readonly string[];
  readonly spans: readonly (readonly [number, number])[];
} {
  const { columns = [], window } = preparation;
  const found = columnsIn(table, columns).map((each, i) => {
    if (each) return each;
    const { name: missing } = columns[i]!;
    throw new AnygradError(
      "DATA_FORMAT",
      `${table.name}: there is no column ${quoted(missing)}, which the model takes; ${didYouMean(
        missing,
        table.columns.map(({ name }) => name),
      )}it takes ${listed(columns.map(({ name }) => name))}`,
    );
  });
  const group = window?.group === undefined ? undefined : findColumn(table.columns, window.group);
  const runs = new Map<string, number[]>();
  for (let row = 0; row < table.rows; row++) {
    const key = group === undefined ? "" : String(table.columns[group]!.at(row));
    const run = runs.get(key);
    if (run) run.push(row);
    else runs.set(key, [row]);
  }
  const parts = [...runs.values()].map((run) =>
    encode(
      table.name,
      run.length,
      (row, column) => found[column]!.at(run[row]!),
      (row) => table.place(run[row]!),
      preparation,
    ),
  );
  const ignored = table.columns.flatMap((column, i) =>
    found.includes(column) || i === group ? [] : [column.name],
  );
  const spans = [...(window ? runs.values() : [])].flatMap((run) => {
    const { steps, stride } = window!;
    return Array.from({ length: Math.floor((run.length - steps) / stride) + 1 }, (_, i) => {
      const first = i * stride;
      return [run[first]!, run[first + steps - 1]!] as const;
    });
  });
  return { ...joined(parts), ignored, spans };
}

function encode(
  name: string,
  rows: number,
  at: (row: number, column: number) => Cell,
  place: (row: number) => string,
  { columns = [], window }: Preparation,
): EncodedRows {
  const x = encodeRows({ name, rows, at, place }, columns);
  const width = rowWidth(columns);
  if (!window) return { x, shape: [rows, width] };
  const { steps, stride } = window;
  if (rows < steps)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${name}: a series of ${rows} rows, but the model takes windows of ${steps}; pass as many rows at least`,
    );
  const count = Math.floor((rows - steps) / stride) + 1;
  const windows = new Float32Array(count * steps * width);
  for (let i = 0; i < count; i++)
    windows.set(x.subarray(i * stride * width, (i * stride + steps) * width), i * steps * width);
  return { x: windows, shape: [count, steps, width] };
}

function joined(parts: readonly EncodedRows[]): EncodedRows {
  const [first] = parts;
  if (parts.length === 1) return first!;
  const x = new Float32Array(parts.reduce((sum, part) => sum + part.x.length, 0));
  let [at, n] = [0, 0];
  for (const part of parts) {
    x.set(part.x, at);
    at += part.x.length;
    n += part.shape[0]!;
  }
  return { x, shape: [n, ...first!.shape.slice(1)] };
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
}

/** An object of names, or a list of cells. */
function isRow(value: unknown): boolean {
  return isList(value) ? !isList(value[0]) && !isObject(value[0]) : isObject(value);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(value instanceof Date) && !isList(value);
}

function isOne(rows: unknown): boolean {
  return isObject(rows) || (isList(rows) && rows.length > 0 && !isList(rows[0]) && !isObject(rows[0]));
}

/** Rows of one group together, where windows are laid in groups and rows name theirs. */
function inGroups(rows: readonly unknown[], { window }: Preparation): (readonly unknown[])[] {
  const group = window?.group;
  if (group === undefined || !rows.every((row) => isObject(row) && group in row)) return [rows];
  const groups = new Map<string, unknown[]>();
  for (const row of rows) {
    const key = String((row as Record<string, unknown>)[group]);
    const members = groups.get(key);
    if (members) members.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

function cellsOf(row: unknown, columns: readonly Column[], preparation: Preparation, place: string): Cell[] {
  const cells = new CellReader(place, false);
  if (isList(row)) {
    if (row.length !== columns.length)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `${place} has ${row.length} values but the model takes ${columns.length}: ${listed(columns.map(({ name }) => name))}`,
      );
    return columns.map(({ name }, i) => cellOf(row[i], cells, () => `${place}: ${quoted(name)}`));
  }
  if (!isObject(row))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${place} is ${row === null ? "null" : typeof row}; wanted an object with ${listed(columns.map(({ name }) => name))}, or a list of their values`,
    );
  const found = new Array<string | undefined>(columns.length);
  const aside = [
    preparation.label,
    preparation.target?.name,
    preparation.window?.group,
    ...(preparation.ignored ?? []),
  ];
  for (const key of Object.keys(row)) {
    const index = findColumn(columns, key);
    if (index === undefined) {
      if (
        findColumn(
          aside.flatMap((name) => (name === undefined ? [] : [{ name }])),
          key.replace(/\s*[([].*[)\]]$/, "") || key,
        ) !== undefined
      )
        continue;
      const names = columns.map(({ name }) => name);
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${place} has ${quoted(key)}, which is no column of the model; ${didYouMean(key, names)}it takes ${listed(names)}`,
      );
    }
    if (found[index] !== undefined)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${place} has ${quoted(found[index])} and ${quoted(key)}, which name one column; leave one out`,
      );
    found[index] = key;
  }
  return columns.map(({ name }, i) => {
    const key = found[i];
    if (key === undefined)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${place} has no ${quoted(name)}; the model takes ${listed(columns.map((column) => column.name))} (null where a value is missing)`,
      );
    return cellOf((row as Record<string, unknown>)[key], cells, () => `${place}: ${quoted(name)}`);
  });
}
