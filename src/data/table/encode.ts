/**
 * Rows of a table as a network takes them: numbers less their mean, divided by their deviation; categories as ones and zeros.
 * The one place where this is done, for training rows and for those that are predicted.
 */

import { AnygradError } from "../../errors.ts";
import { didYouMean } from "../../math/oneOf.ts";
import type { Column } from "../preparation.ts";
import { type Cell, quoted } from "../raw/rawTable.ts";
import { booleanOf } from "../raw/values.ts";
import { listed } from "./names.ts";

/** Rows whose cells are asked for by the position of a column. */
export interface CellRows {
  /** What errors call them. */
  readonly name: string;
  readonly rows: number;
  at(row: number, column: number): Cell;
  /** Where a row stands: "line 7". */
  place(row: number): string;
}

/** Inputs that a column becomes. */
export function widthOf(column: Column): number {
  return column.kind === "category" && column.encoding === "oneHot" ? column.categories.length : 1;
}

/** Inputs that a row becomes. */
export function rowWidth(columns: readonly Column[]): number {
  return columns.reduce((sum, column) => sum + widthOf(column), 0);
}

/**
 * The rows as Float32, `[rows, rowWidth]`.
 * @throws AnygradError DATA_FORMAT for a text where a number is wanted, a category that training did not know, a missing value
 *   where training had none
 */
export function encodeRows(rows: CellRows, columns: readonly Column[]): Float32Array {
  const width = rowWidth(columns);
  const x = new Float32Array(rows.rows * width);
  let at = 0;
  for (const [position, column] of columns.entries()) {
    const positions =
      column.kind === "category" ? new Map(column.categories.map((name, i) => [name, i])) : undefined;
    for (let row = 0; row < rows.rows; row++) {
      const cell = rows.at(row, position) ?? column.missing;
      const place = row * width + at;
      if (cell === undefined) throw missingFault(rows, row, column);
      if (column.kind === "number") {
        if (typeof cell !== "number") throw numberFault(rows, row, column, cell);
        x[place] = (cell - column.mean) / column.deviation;
      } else {
        const category = positions!.get(String(cell)) ?? sameBoolean(column.categories, cell);
        if (category === undefined) throw categoryFault(rows, row, column, cell);
        if (column.encoding === "oneHot") x[place + category] = 1;
        else x[place] = column.categories.length > 1 ? category / (column.categories.length - 1) : 0;
      }
    }
    at += widthOf(column);
  }
  return x;
}

/** true for a column of yes and no. */
function sameBoolean(categories: readonly string[], cell: number | string): number | undefined {
  const word = booleanOf(String(cell));
  if (!word || categories.length > 2 || !categories.every((name) => booleanOf(name))) return undefined;
  const found = categories.findIndex((name) => booleanOf(name)!.value === word.value);
  return found < 0 ? undefined : found;
}

function missingFault(rows: CellRows, row: number, { name }: Column): AnygradError {
  return new AnygradError(
    "DATA_FORMAT",
    `${rows.name}: ${rows.place(row)}: ${quoted(name)} is missing, which it never was in training; give a value`,
  );
}

function numberFault(rows: CellRows, row: number, { name }: Column, got: string): AnygradError {
  return new AnygradError(
    "DATA_FORMAT",
    `${rows.name}: ${rows.place(row)}: ${quoted(name)} is ${quoted(got)} where a number is wanted; correct it`,
  );
}

function categoryFault(
  rows: CellRows,
  row: number,
  column: Extract<Column, { kind: "category" }>,
  got: Cell,
): AnygradError {
  return new AnygradError(
    "DATA_FORMAT",
    `${rows.name}: ${rows.place(row)}: ${quoted(column.name)} is ${quoted(String(got))}, which training did not know; ${didYouMean(String(got), column.categories)}known are ${listed(column.categories)}`,
  );
}
