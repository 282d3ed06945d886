/** Which column is predicted, and whether as classes or as numbers: as the user says, else by rules that are told. */

import { AnygradError } from "../../errors.ts";
import { didYouMean } from "../../math/oneOf.ts";
import type { Task } from "../preparation.ts";
import { quoted, type RawColumn, type RawTable } from "../raw/rawTable.ts";
import { booleanOf } from "../raw/values.ts";
import { categoriesOf, meaningOf } from "./columns.ts";
import { findColumn, listed } from "./names.ts";

/** What is learned from a table. */
export interface Label {
  readonly column: RawColumn;
  readonly task: Task;
  /** One name a class, in the order of their numbers; empty where numbers are predicted. */
  readonly classNames: readonly string[];
  /** How it was chosen, for the user to read. */
  readonly note: string;
}

/** What the column that is predicted is usually called. */
export const usualNames: readonly string[] = [
  "label",
  "labels",
  "class",
  "classes",
  "target",
  "targets",
  "species",
  "outcome",
  "diagnosis",
];
const MOST_CLASSES = 1000;
/** Whole numbers are classes up to so many, unless the task is given. */
const FEW = 20;

/**
 * The column that the user names, by its name or its position from 1 (from the end where it is negative).
 * @throws AnygradError INVALID_ARGUMENT
 */
export function columnNamed(table: RawTable, asked: string | number, option: string): RawColumn {
  const { columns, name } = table;
  const position = typeof asked === "number" ? asked : undefined;
  const index =
    position === undefined
      ? findColumn(columns, asked as string)
      : position < 0
        ? columns.length + position
        : position - 1;
  const column = index === undefined ? undefined : columns[index];
  if (column) return column;
  const names = columns.map((each) => each.heading);
  throw new AnygradError(
    "INVALID_ARGUMENT",
    position === undefined
      ? `${name}: ${option}: there is no column ${quoted(asked as string)}; ${didYouMean(asked as string, names)}there are ${listed(names)}`
      : `${name}: ${option}: there is no column ${asked}; pass a name, or a number from 1 to ${columns.length}, or from the end −1 to −${columns.length}`,
  );
}

/** @throws AnygradError INVALID_ARGUMENT, DATA_FORMAT where it cannot be predicted */
export function labelOf(
  table: RawTable,
  asked: string | number | undefined,
  askedTask: Task | undefined,
  known?: readonly string[],
): Label {
  const { column, how } = chosen(table, asked);
  const unit = column.unit === undefined ? "" : ` (${column.unit})`;
  const categories = categoriesOf(column);
  const isText = column.texts.length > 0;
  if (column.length === column.gaps)
    throw new AnygradError("DATA_FORMAT", `${table.name}: the label ${quoted(column.name)} has no values`);
  if (askedTask !== "classification" && !known) meaningOf(table, column, undefined); // refuses dates and stray texts
  const whole = !isText && categories.every((text) => Number.isInteger(Number(text)));
  const few = categories.length <= Math.max(2, Math.min(FEW, (column.length - column.gaps) / 3));
  const task = askedTask ?? (isText || (whole && few) ? "classification" : "regression");
  if (task === "regression") {
    if (isText)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${table.name}: the label ${quoted(column.name)} holds texts, such as ${quoted(column.texts[0]!)}, so it is no regression; leave { task: "regression" } out, or name a label of numbers`,
      );
    if (categories.length < 2) throw onlyOne(table, column, categories);
    return {
      column,
      task,
      classNames: [],
      note: `predicts ${quoted(column.name)}${unit}, ${how}: numbers, a regression`,
    };
  }
  const classNames = known ?? inOrder(categories);
  const stray = known && categories.find((category) => !known.includes(category));
  if (stray !== undefined)
    throw new AnygradError(
      "DATA_FORMAT",
      `${table.name}: the label ${quoted(column.name)} holds ${quoted(stray)}, which is none of the model's classes: ${listed(known!)}`,
    );
  if (!known) refuseClasses(table, column, categories, isText);
  const guessed = askedTask === undefined && !isText;
  return {
    column,
    task,
    classNames,
    note: `predicts ${quoted(column.name)}, ${how}: ${classNames.length} classes${guessed ? ', since it has few whole numbers ({ task: "regression" } takes them as numbers)' : ""}`,
  };
}

function refuseClasses(
  table: RawTable,
  column: RawColumn,
  categories: readonly string[],
  isText: boolean,
): void {
  const present = column.length - column.gaps;
  if (categories.length < 2) throw onlyOne(table, column, categories);
  if (!isText && categories.some((text) => !Number.isInteger(Number(text))))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${table.name}: the label ${quoted(column.name)} has fractions, so its numbers are no classes; pass { task: "regression" }, or name another label`,
    );
  if (categories.length > MOST_CLASSES || (categories.length === present && present > 2))
    throw new AnygradError(
      "DATA_FORMAT",
      `${table.name}: the label ${quoted(column.name)} has ${categories.length} different values in ${present} rows, too many for classes; name another label${isText ? "" : ', or pass { task: "regression" }'}`,
    );
}

function onlyOne(table: RawTable, column: RawColumn, [only = ""]: readonly string[]): AnygradError {
  return new AnygradError(
    "DATA_FORMAT",
    `${table.name}: the label ${quoted(column.name)} is ${quoted(only)} in all rows, so there is nothing to learn; name another label`,
  );
}

function chosen(table: RawTable, asked: string | number | undefined): { column: RawColumn; how: string } {
  if (asked !== undefined) return { column: columnNamed(table, asked, "label"), how: "as asked" };
  const { columns } = table;
  const named = columns.findLast(({ name }) => usualNames.includes(name.toLowerCase()));
  if (named) return { column: named, how: "by its name" };
  const y = columns.find(({ name }) => name === "y");
  if (y) return { column: y, how: "by its name" };
  return { column: columns.at(-1)!, how: "the last column ({ label: … } names another)" };
}

/** no before yes; all else as it is. */
function inOrder(categories: readonly string[]): readonly string[] {
  const words = categories.map(booleanOf);
  if (categories.length !== 2 || !words.every((word) => word && word.pair === words[0]!.pair))
    return categories;
  return categories.toSorted((a, b) => booleanOf(a)!.value - booleanOf(b)!.value);
}
